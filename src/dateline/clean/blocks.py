"""Markup → paragraphs and figures, in the order a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from dateline.clean.wording import tidy
from dateline.story import Figure, Refused
from dateline.text.captions import split_caption
from dateline.text.urls import is_address

PICTURE = "\ufffc"  # stands in text where a figure stands that was found before parsing
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body bq block center credit dd details dir div dl dt fieldset figcaption
        figure footer form h1 h2 h3 h4 h5 h6 header hgroup hl1 hl2 hr html legend li lq main media menu ol p pre
        section summary table tbody tfoot thead tr ul""",
    )
)
# Containers that hold paragraphs as bare text where a writer left a blank line (WordPress's wpautop).
_HOLDERS = frozenset({"body", "div", "blockquote", "section", "article", "td", "center", "main"})
_UNSEEN = frozenset(
    re.findall(
        r"\w+",
        """applet aside audio button canvas datalist dialog embed head iframe input link map math meta nav noscript
        object option script select style svg template textarea title video""",
    )
)
_FIGURE_CLASS = re.compile(r"(?:^|[\s_-])(?:wp-caption|figure|picture|photo|image|img)(?:$|[\s_-])", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"caption|(?:^|[\s_-])legend(?:$|[\s_-])", re.IGNORECASE)
_CREDIT_CLASS = re.compile(r"credit|copyright|photographer|image-source|(?:^|[\s_-])rights(?:$|[\s_-])", re.IGNORECASE)
# lxml reads them and then refuses to move the text they stand in.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_LAZY = ("src", "data-src", "data-original", "data-lazy-src", "data-hi-res-src", "data-image")


@dataclass(slots=True, kw_only=True)
class Blocks:
    """Paragraphs in order, and figures whose ``after`` counts them."""

    paragraphs: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


def tree_from(markup: str) -> Any:
    """Return the root of parsed HTML. Raises Refused (not-text) where there is no element at all."""
    parser = lxml_html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, encoding="utf-8"
    )
    document = _CONTROL.sub("", markup).encode("utf-8", errors="replace")
    try:
        root = lxml_html.document_fromstring(document, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("not-text", "markup without an element") from error
    return root


def read_blocks(root: Any, *, found: tuple[Figure, ...] = (), base: str | None = None) -> Blocks:
    """Return what an element holds. ``found`` are the figures that stand in its text as U+FFFC, in order."""
    blocks, waiting = Blocks(), list(found)
    for said in _pieces(root, base):
        if isinstance(said, Figure):
            blocks.figures.append(replace(said, after=len(blocks.paragraphs)))
            continue
        for part in re.split(r"\n[^\S\n]*\n\s*", said):
            for number, words in enumerate(part.split(PICTURE)):
                if number and waiting:
                    blocks.figures.append(replace(waiting.pop(0), after=len(blocks.paragraphs)))
                if line := tidy(words):
                    blocks.paragraphs.append(line)
    return blocks


def _pieces(root: Any, base: str | None) -> Iterator[str | Figure]:
    """Yield runs of text between block boundaries, and figures; ``\\n\\n`` in a run divides paragraphs."""
    run: list[str] = []

    def flush() -> Iterator[str]:
        if any(part.strip() for part in run):
            yield "".join(run)
        run.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            if tag in _BLOCKS:
                yield from flush()
            if element is not root:
                run.append(" " if tag in ("td", "th") else "")
                run.append(_text(element.tail or "", element.getparent()))
            continue
        figure = None if element is root else figure_in(element, base)
        if element is not root and (tag in _UNSEEN or not tag or figure is not None or is_hidden(element)):
            if figure is not None:
                yield from flush()
            if figure:
                yield figure
            walk.skip_subtree()
            continue
        if tag in _BLOCKS:
            yield from flush()
        run.append("\n" if tag == "br" else _text(element.text or "", element))
    yield from flush()


def _text(said: str, holder: Any) -> str:
    """Return text with white space folded; blank lines stay where bare text is divided by them."""
    if holder is not None and holder.tag in _HOLDERS and "\n" in said:
        return "\n\n".join(re.sub(r"\s+", " ", part) for part in re.split(r"[^\S\n]*\n[^\S\n]*\n\s*", said))
    return re.sub(r"\s+", " ", said)


def is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "").lower()


# --- figures -----------------------------------------------------------------------------------------


def figure_in(element: Any, base: str | None) -> Figure | Literal[False] | None:
    """Return the figure an element is, None when it is none, False when it is one without a picture to show."""
    if not isinstance(element.tag, str):
        return None
    if element.tag == "img":
        return figure_of(element, None, base)
    if element.tag != "figure" and not _FIGURE_CLASS.search(element.get("class") or ""):
        return None
    images = list(element.iter("img"))
    captions = [each for each in element.iter() if _is_caption(each)]
    if not images or (element.tag != "figure" and not (len(images) == 1 and _holds_little(element, captions))):
        # A pull quote or a film says nothing the story does not; a table or a listing does.
        told = element.find(".//table") is not None or element.find(".//pre") is not None
        return None if element.tag != "figure" or told or images else False
    return figure_of(images[0], captions[0] if captions else None, base, box=element)


def _is_caption(element: Any) -> bool:
    return element.tag == "figcaption" or bool(
        isinstance(element.tag, str) and _CAPTION_CLASS.search(element.get("class") or "")
    )


def _holds_little(element: Any, captions: list[Any]) -> bool:
    said = len(tidy("".join(element.itertext())))
    return said <= len(tidy("".join(captions[0].itertext()))) + 120 if captions else said <= 40


def figure_of(image: Any, caption: Any, base: str | None, *, box: Any = None) -> Figure | None:
    """Build a Figure from an image and what stands under it; None for a pixel, a spacer or inline data."""
    url = _address(image, base)
    width, height = _pixels(image.get("width")), _pixels(image.get("height"))
    if not url or (width is not None and width < 40) or (height is not None and height < 40):
        return None
    said, credit = _caption(caption, box) if box is not None else (None, None)
    alt = tidy(image.get("alt") or "") or None
    return Figure(url=url, caption=said, credit=credit, alt=alt, width=width, height=height)


def _caption(caption: Any, box: Any) -> tuple[str | None, str | None]:
    """Return a caption's words and its credit: marked up as one, or in the words themselves."""
    marked = [
        each
        for each in box.iter()
        if each.tag == "cite" or (isinstance(each.tag, str) and _CREDIT_CLASS.search(each.get("class") or ""))
    ]
    credit = None
    if marked and marked[0] is not caption:
        # "(Agency)" and "Photo: Agency" are how a credit is written, not what it is.
        bare, named = split_caption(tidy("".join(marked[0].itertext())))
        credit = (named or bare or "").strip("()[] ") or None
    words = (
        "" if caption is None else tidy("".join(_without(caption, [each for each in marked if each is not caption])))
    )
    if credit is None and words:
        return split_caption(words)
    return words or None, credit


def _without(element: Any, left_out: list[Any]) -> Iterator[str]:
    """Yield an element's text but that of the elements left out."""
    yield element.text or ""
    for each in element:
        if each not in left_out:
            yield from _without(each, left_out)
        yield each.tail or ""


def _address(image: Any, base: str | None) -> str | None:
    for name in _LAZY:
        url = (image.get(name) or "").strip()
        if url and not url.startswith("data:"):
            try:
                url = urljoin(base or "", url)
            except ValueError:
                continue
            return url if is_address(url) else None
    return None


def _pixels(said: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*", said or "")
    return int(found[1]) if found else None
