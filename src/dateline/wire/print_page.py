"""Our own print page: everything about a story that paper can hold, written so that it reads back.

Reading it back (``clean.print_page``), as HTML, as text copied from the browser or as text of a PDF, gives the
same headline, text, language, published and updated (value, precision, zone), dateline, byline, credit, summary,
section, tags, figures, note, code, url, site_name and site_url. What it does not carry: guid, status, version,
corrects, translations, repairs, and what a Stamp says of its own origin. Limits: a line break inside a paragraph reads
as a new paragraph; a figure without an address reads as ``missing``; a figure that stands past the last paragraph reads
as standing after it; a paragraph that is nothing but a label, a date, an address or a word of a page ("Print") reads
as that.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from dateline.story import Batch, Figure, Item, Stamp, Story
from dateline.text.calendars import beside, write_date
from dateline.text.captions import NO_CREDIT, split_caption
from dateline.text.credits import read_credit
from dateline.text.direction import Direction, direction_of_language, stretches
from dateline.text.labels import label, language_of_labels
from dateline.text.language import identify
from dateline.text.urls import is_address, is_front
from dateline.wire.encoding import decode
from dateline.wire.qr import svg


def parse(data: bytes) -> Batch:
    """Return a pasted print page as one item: its lines, untouched."""
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    return Batch(format="print", items=(Item(format="print", body=text, body_type="print"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What a reader of an edition must know of its original: it has moved on, or was ``withdrawn``."""

    path: str
    language: str
    of_version: int
    version_now: int
    since: int
    withdrawn: bool = False


def dump(page: PrintPage, *, pictures: bool = True) -> bytes:
    """Write the print page as one HTML file that needs nothing beside it but the site's own pictures.

    The page is marked with the story's own language where that is known. Without ``pictures`` their lines stay:
    caption, credit, address.
    """
    story = page.story
    title = f"{story.headline} – {page.site_name}" if page.site_name else story.headline
    link = f'<link rel="canonical" href="{escape(page.permalink)}">' if page.permalink else ""
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(story.language)}" dir="{page.direction}">\n<head>',
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>{link}',
        f"<style>{style()}</style>\n</head>\n<body>\n<main>",
        masthead(page.site(), page.direction),
        *article(page, heading="h1", pictures=pictures),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def dump_text(page: PrintPage) -> bytes:
    """Write the same lines as plain text, a blank line between paragraphs."""
    blocks = ["\n".join(page.site()), page.story.headline, "\n".join(page.about())]
    for block in page.body():
        blocks.append(block if isinstance(block, str) else "\n".join(page.figure(block)))
    blocks.append("\n".join(page.foot()))
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """The lines of one page. ``language`` is that of its labels, English where there are none in it."""

    story: Story
    permalink: str | None
    code: str | None
    site_name: str | None
    site_url: str | None
    language: str
    behind: Behind | None = None

    @property
    def direction(self) -> Direction:
        return direction_of_language(self.story.language if self.story.language != "und" else self.language)

    def site(self) -> list[str]:
        return site_lines(self.site_name, self.site_url, language=self.language)

    def about(self) -> list[str]:
        """Return the lines between headline and body."""
        story = self.story
        lines = [
            *self._stamp("published", story.published),
            *self._stamp("updated", story.updated),
            *self._byline(),
            *self._line("source", story.credit),
            *self._line("place", story.dateline),
            *self._line("section", story.section),
            *self._line("summary", story.summary),
            *self._line("note", story.note),
        ]
        if not self._is_in_its_language():
            lines += self._line("language", story.language)
        return [*lines, *self._standing()]

    def _is_in_its_language(self) -> bool:
        """Say whether who reads the page back finds the story's language: in doubt, he believes the labels."""
        story, labels = self.story, language_of_labels(self.language)
        return story.language not in ("und", "") and story.language == identify(
            f"{story.headline}\n\n{story.text}", stated=labels
        )

    def _standing(self) -> list[str]:
        if self.behind is None:
            return []
        if self.behind.withdrawn:
            return [label("recalled_form", self.language)]
        versions = (figure(each, self.language) for each in (self.behind.of_version, self.behind.version_now))
        return [label("behind_form", self.language).format(*versions)]

    def body(self) -> list[str | Figure]:
        """Return paragraphs and figures in their order."""
        paragraphs = self.story.paragraphs
        blocks: list[str | Figure] = []
        for number in range(len(paragraphs) + 1):
            last = number == len(paragraphs)
            blocks += [each for each in self.story.figures if each.after == number or (last and each.after > number)]
            if not last:
                blocks.append(paragraphs[number])
        return blocks

    def figure(self, figure: Figure) -> list[str]:
        """Return the lines under a picture: caption, credit, where it is, what it shows."""
        searched = figure.caption is not None and split_caption(figure.caption) != (figure.caption, None)
        credit = figure.credit or (NO_CREDIT if searched else None)
        where = figure.url if figure.url and not figure.missing else label("no_picture", self.language)
        if figure.width or figure.height:
            where += f" · {figure.width or '?'} × {figure.height or '?'}"
        return [
            *self._line("image", figure.caption),
            *self._line("photo", credit),
            *self._line("picture", where),
            *self._line("alt", figure.alt),
        ]

    def foot(self) -> list[str]:
        """Return tags, story code and link."""
        tags = self.story.tags
        plain = len(tags) > 1 and not any(" · " in tag for tag in tags)
        return [
            *(self._line("tags", " · ".join(tags)) if plain else [self._labelled("tag", tag) for tag in tags]),
            *self._line("code", self.code),
            *self._line("link", self.permalink),
        ]

    def _stamp(self, kind: str, stamp: Stamp | None) -> list[str]:
        if stamp is None:
            return []
        written = write_date(stamp.value, zone=stamp.zone, language=self.language)
        other = beside(stamp.value, language=self.language)
        written += f" ({other})" if other else ""
        # A year or a month alone could be anything; a day could not.
        bare = kind == "published" and stamp.precision not in ("year", "month")
        return [written] if bare else [self._labelled(kind, written)]

    def _byline(self) -> list[str]:
        byline = self.story.byline
        if not byline:
            return []
        if read_credit(byline) == (byline, None):
            return [label("byline_form", self.language).format(byline)]
        return [self._labelled("byline", byline)]

    def _line(self, kind: str, value: str | None) -> list[str]:
        return [self._labelled(kind, value)] if value else []

    def _labelled(self, kind: str, value: str) -> str:
        return f"{label(kind, self.language)}: {value}"


def site_lines(name: str | None, address: str | None, *, language: str) -> list[str]:
    """Return the lines of a site's name and address: together they need no label."""
    if name and not (address and is_address(address) and is_front(address) and _is_plain(name)):
        name = f"{label('site', language)}: {name}"
    return [line for line in (name, address) if line]


def masthead(site: list[str], way: Direction) -> str:
    """Return the site's lines as the head of a page."""
    spans = zip(("name", "address"), site, strict=False)
    lines = "".join(f'<p class="{kind}">{set_line(line, way)}</p>' for kind, line in spans)
    return f'<header class="site">{lines}</header>' if lines else ""


def article(page: PrintPage, *, heading: str, pictures: bool = True, foot: Sequence[str] = ()) -> list[str]:
    """Return the markup of the story itself, its QR code in it; ``foot`` are lines that go before its tags."""
    way, told = page.direction, [*foot, *page.foot()]
    code_picture = svg(page.permalink, alt=label("qr", page.language)) if page.permalink else ""
    return [
        f"<{heading}>{set_line(page.story.headline, way)}</{heading}>",
        '<div class="about">',
        *(f'<p class="{"wide" if len(line) > 90 else "when"}">{set_line(line, way)}</p>' for line in page.about()),
        '</div>\n<div class="text">',
        *_body(page, way, pictures=pictures),
        f'</div>\n<footer>{code_picture}<div class="told">',
        *(f"<p>{set_line(line, way)}</p>" for line in told),
        "</div></footer>",
    ]


def _body(page: PrintPage, way: Direction, *, pictures: bool) -> list[str]:
    lines: list[str] = []
    for block in page.body():
        if isinstance(block, str):
            lines.append(f"<p>{set_line(block, way)}</p>")
            continue
        told = page.figure(block)
        fine = len(told) - sum(
            line.startswith((label("picture", page.language), label("alt", page.language))) for line in told
        )
        shown = "".join(
            f"<p{' class=fine' if number >= fine else ''}>{set_line(line, way)}</p>" for number, line in enumerate(told)
        )
        image = _image(block, page.site_url) if pictures else ""
        lines.append(f"<figure>{image}<figcaption>{shown}</figcaption></figure>")
    return lines


def set_line(text: str, way: Direction) -> str:
    """Escape a line; what runs against the page gets an element of its own, so that a PDF tells their order."""
    parts = [f"<span>{escape(part)}</span>" if against else escape(part) for part, against in stretches(text, way)]
    return "".join(parts)


def _image(figure: Figure, site_url: str | None) -> str:
    """Show a picture that is our own; another's is told by its address: who opens a page asks no third party."""
    if figure.missing or not figure.url or not site_url or not figure.url.startswith(f"{site_url}/"):
        return ""
    size = "".join(
        f' {side}="{pixels}"' for side, pixels in (("width", figure.width), ("height", figure.height)) if pixels
    )
    return f'<img src="{escape(figure.url)}" alt="{escape(figure.alt or "")}"{size}>'


def figure(number: int | str, language: str) -> str:
    """Return a number in the digits of a language."""
    written = str(number)
    return written.translate({48 + digit: 0x6F0 + digit for digit in range(10)}) if language == "fa" else written


def _is_plain(name: str) -> bool:
    return len(name) <= 60 and len(name.split()) <= 7 and name[-1] not in ".!?…:"


@cache
def style() -> str:
    """Return the sheet that print pages carry in themselves."""
    return (files("dateline.wire") / "data" / "print_page.css").read_text("utf-8")


def style_source(sheet: str) -> str:
    """Return what a Content-Security-Policy must allow for a page's one style (CSP 3, hash-source)."""
    return f"sha256-{b64encode(sha256(sheet.encode()).digest()).decode()}"
