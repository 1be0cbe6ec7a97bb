"""The article of a web page: trafilatura finds its text, the page's own tree says where the pictures stand."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import Any

from lxml import etree

from dateline.clean.blocks import Blocks, figure_in, is_hidden, read_blocks
from dateline.clean.wording import tidy
from dateline.story import Figure

# Boxes in or beside an article that are not of it, by the words of their class or id. Each was met on pages of the
# article-extraction benchmark or in our samples; the floor in the tests holds what they are worth together.
_NOT_OF_IT = re.compile(
    r"(?:^|[\s_-])(?:read-?more|related(?:-?(?:inline|links?|stories|articles|content|posts|items))?|pull-?quote|"
    r"newsletter(?:-?(?:signup|box|form))?|share(?:-?(?:bar|buttons?|tools|links?))?|social(?:-?(?:share|links|media|bar|icons))?|"
    r"sign-?up|promo|advert(?:isement)?|sponsor(?:ed)?|taboola|outbrain|recommended|most-?(?:read|popular|viewed)|"
    r"comments?(?:-?(?:section|list|area))?|breadcrumbs?|cookie(?:s|-?(?:note|banner|bar|consent|notice))?|paywall|"
    r"author-?(?:bio|box|info)|about-?(?:the-)?author|screen-?reader-?text|sr-only|visually-?hidden|print-?only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-)?caption(?:$|[\s_-])|caption-?text|image-?credit|photo-?credit", re.IGNORECASE
)
_GONE = ("figure", "figcaption", "button", "script", "style", "noscript", "template", "iframe", "svg")
_BOXES = ("aside", "nav", "form")
_TEI = {
    "head": "h2",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "list": "ul",
    "lb": "br",
    "ab": "p",
    "code": "pre",
}
_KEY = 120  # letters by which a paragraph is found again
_LEAVES = ("p", "li", "h2", "h3", "h4", "h5", "blockquote", "pre", "td", "div", "span", "dd", "dt")
_NEVER_INSIDE = ("aside", "nav", "footer", "form", "header")


def paragraphs_of(root: Any) -> list[str]:
    """Return the paragraphs trafilatura takes for the article's, furniture boxes taken out before."""
    from trafilatura import bare_extraction

    tree = deepcopy(root)
    _prune(tree)
    _unlayout(tree)
    quotations = [read_blocks(each).paragraphs for each in tree.iter("blockquote")]
    quoted = {_key(line) for lines in quotations for line in lines}
    seen = read_blocks(tree).paragraphs if quoted else []
    found = bare_extraction(
        tree, include_comments=False, include_images=False, include_links=False, with_metadata=False, deduplicate=False
    )
    body = getattr(found, "body", None)
    return [] if body is None else _filled(_lines(body), seen, quoted) if quoted else _lines(body)


def _lines(body: Any) -> list[str]:
    """Return one line for each block of trafilatura's tree, whose names are TEI's."""
    for each in body.iter():
        if each.tag in _TEI:  # a broken name may stand in a tree, but not be given again
            each.tag = _TEI[each.tag]
    return read_blocks(body).paragraphs


def _filled(lines: list[str], seen: list[str], quoted: set[str]) -> list[str]:
    """Return the article's lines with the quotations that stand between two of them and trafilatura left out.

    Only what the page marks as quoted, a post for the most part: other text between two paragraphs is as
    likely a caption or an advertisement (measured: it costs more precision than it brings recall).
    """
    places: dict[str, list[int]] = {}
    for number, line in enumerate(seen):
        places.setdefault(_key(line), []).append(number)
    told = {_key(line) for line in lines}
    filled: list[str] = []
    reached: int | None = None
    for line in lines:
        here = next((at for at in places.get(_key(line), ()) if reached is None or at > reached), None)
        if here is not None:
            between = seen[reached + 1 : here] if reached is not None else []
            filled += [said for said in between if _key(said) in quoted and _key(said) not in told]
            reached = here
        filled.append(line)
    return filled


def _prune(tree: Any) -> None:
    """Take out figures and boxes that are not of the article, unless that takes the article itself."""
    whole = _length(tree)
    for each in list(tree.iter()):
        if not isinstance(each.tag, str) or each.getparent() is None or each.tag in ("html", "body", "main", "article"):
            continue
        marks = f"{each.get('class') or ''} {each.get('id') or ''}"
        boxed = each.tag in _BOXES or _NOT_OF_IT.search(marks) or _CAPTION.search(marks) or is_hidden(each)
        small = (
            boxed and each.find(".//blockquote") is None and each.find(".//h1") is None and _length(each) * 3 < whole
        )
        if each.tag in _GONE or small or _only_link(each):
            each.drop_tree()


def _only_link(element: Any) -> bool:
    """Tell whether a paragraph is nothing but a link to another story."""
    if element.tag != "p" or len(links := list(element.iter("a"))) != 1:
        return False
    said, linked = tidy("".join(element.itertext())), tidy("".join(links[0].itertext()))
    return said == linked and len(said.split()) > 3


def _length(element: Any) -> int:
    return sum(len(tidy("".join(each.itertext()))) for each in element.iter("p")) or len(
        tidy("".join(element.itertext()))
    )


def _unlayout(tree: Any) -> None:
    """Turn tables that lay out a page into boxes: they hold headings and paragraphs, not figures."""
    for table in list(tree.iter("table")):
        if table.find(".//h1") is not None or len(table.findall(".//p")) > 2:
            for each in table.iter("table", "tbody", "tr", "td", "th"):
                if each.tag in ("td", "th", "table") or each.getparent() is not None:
                    each.tag = "div"


def beside(root: Any, line: str, following: str | None) -> bool:
    """Tell whether two paragraphs stand side by side in the page, rather than one in a box of its own."""
    keys = {_key(said): said for said in (line, following) if said}
    holders = {
        _key("".join(each.itertext())): each.getparent()
        for each in root.iter("p", "div", "h2", "h3", "span")
        if _key("".join(each.itertext())) in keys
    }
    return len(holders) == len(keys) and len(set(holders.values())) == 1


# --- pictures ----------------------------------------------------------------------------------------


def placed(root: Any, paragraphs: list[str], *, base: str | None) -> tuple[Blocks, list[str]]:
    """Return paragraphs and figures in their places; captions that were taken for paragraphs are taken out.

    A figure belongs to the article when it stands between its headline and its last paragraph, in no box of the page's.
    """
    wanted = {_key(line): number for number, line in reversed(list(enumerate(paragraphs)))}
    figures: list[Figure] = []
    waiting: list[Figure] = []
    reached, begun = 0, False
    walk = etree.iterwalk(root, events=("start",))
    for _, each in walk:
        if not isinstance(each.tag, str):
            continue
        if each.tag == "h1":
            begun = True
        figure = figure_in(each, base)
        if figure is not None:
            walk.skip_subtree()
            if figure and (begun or reached) and not _boxed(each):
                waiting.append(replace(figure, after=reached))
            continue
        if each.tag in _LEAVES and (number := wanted.get(_key_of(each))) is not None and number >= reached:
            reached = number + 1
            figures += waiting
            waiting = []
    captions = {_key(said) for figure in figures for said in (figure.caption, figure.credit) if said}
    kept = [line for line in paragraphs if _key(line) not in captions]
    return Blocks(paragraphs=kept, figures=figures), [line for line in paragraphs if _key(line) in captions]


def _key(said: str) -> str:
    return re.sub(r"\W+", "", said)[:_KEY]


def _key_of(element: Any) -> str:
    """Return the key of an element's text, read no further than a key is long."""
    key = ""
    for said in element.itertext():
        key += re.sub(r"\W+", "", said[: 4 * _KEY])
        if len(key) >= _KEY:
            break
    return key[:_KEY]


def _boxed(element: Any) -> bool:
    for above in element.iterancestors():
        if above.tag in _NEVER_INSIDE and above.find(".//h1") is None:
            return True
        marks = f"{above.get('class') or ''} {above.get('id') or ''}"
        if _NOT_OF_IT.search(marks) and above.find(".//h1") is None:
            return True
    return False
