"""The text of a story as the page sets it: paragraphs with their marks, figures where they stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import MappingProxyType
from urllib.parse import urlsplit

from django.utils.safestring import SafeString

from dateline.site.language import gettext as _
from dateline.site.marking import Mark, Part, Segment, segments, unlinked
from dateline.site.wording import digits
from dateline.story import Figure, Story

# Parts that light up in a colour of their own when their finding is chosen.
_LETTER = {"source": "s", "cue": "c", "content": "t", "answered": "t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure, and whether we may show the image itself: only one kept on our own site.

    An image of another host is linked to, never embedded: a reader of this page is not told on to third parties,
    and a picture that vanished there leaves no hole here.
    """

    figure: Figure
    held: bool

    @property
    def host(self) -> str:
        return urlsplit(self.figure.url or "").hostname or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a figure. ``dateline`` opens the first paragraph where the text does not say it itself."""

    html: str = ""
    picture: Picture | None = None
    dateline: str | None = None


# The names of spots, by anchor (see ``Panel``).
Names = Mapping[str, tuple[str, ...]]


def blocks(
    story: Story, marks: tuple[Mark, ...], *, site_url: str, names: Names = MappingProxyType({})
) -> tuple[Block, ...]:
    """Return the body of a story in reading order."""
    return tuple(_blocks(story, marks, site_url, names))


def _blocks(story: Story, marks: tuple[Mark, ...], site_url: str, names: Names) -> Iterator[Block]:
    waiting = sorted(story.figures, key=lambda figure: figure.after)
    paragraphs = segments(story.text, marks)
    apart = unlinked(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        while waiting and waiting[0].after <= number:
            yield Block(picture=_picture(waiting.pop(0), site_url))
        opening = story.dateline if number == 0 and not _opens_with(story.text, story.dateline) else None
        yield Block(html=_paragraph(paragraph, apart, names), dateline=opening)
    for figure in waiting:
        yield Block(picture=_picture(figure, site_url))


def _opens_with(text: str, dateline: str | None) -> bool:
    return bool(dateline) and text.casefold().startswith(str(dateline).casefold())


def _picture(figure: Figure, site_url: str) -> Picture:
    return Picture(figure=figure, held=bool(figure.url) and str(figure.url).startswith(f"{site_url}/"))


def _paragraph(paragraph: tuple[Segment, ...], apart: frozenset[str], names: Names) -> SafeString:
    return SafeString("".join(_segment(segment, apart, names) for segment in paragraph))


def _segment(segment: Segment, apart: frozenset[str], names: Names) -> str:
    text, lead = escape(segment.text), segment.lead
    if not segment.marks:
        return text
    anchors = "".join(_anchor(mark, apart) + _named(mark, names) for mark in segment.opens)
    classes = _classes(tuple([(mark.part, mark.number) for mark in segment.marks]))
    if lead is None:
        return f'{anchors}<span class="{classes}">{text}</span>'
    return f'{anchors}<a class="{classes}" href="#p{lead.number}">{text}</a>'


def _anchor(mark: Mark, apart: frozenset[str]) -> str:
    """Return where a link to a finding arrives; a footnote's number where no words of its own lead back."""
    shown, number = digits(mark.number), mark.number
    if mark.anchor not in apart:
        return f'<span id="{mark.anchor}" class="a{number}" data-n="{shown}"></span>'
    label = escape(_("Finding %(n)s") % {"n": shown})
    return f'<a id="{mark.anchor}" class="ref a{number}" href="#p{number}" data-n="{shown}" aria-label="{label}"></a>'


def _named(mark: Mark, names: Names) -> str:
    """Return where links from other pages arrive."""
    return "".join(f'<i id="{escape(name)}" class="a{mark.number}"></i>' for name in names.get(mark.anchor, ()))


@lru_cache(maxsize=10_000)
def _classes(marks: tuple[tuple[Part, int], ...]) -> str:
    """Return what the sheets know characters by: their parts, then the findings that may light them up."""
    parts = [part for part, _ in marks]
    # One within another of its kind: a quotation in a quotation, an event in an event.
    looks = [f"m-{part}" for part in parts] + [f"m-{part}s" for part in ("content", "event") if parts.count(part) > 1]
    lights = [
        f"{letter}{number}" for part, number in marks for letter in ("f", _LETTER.get(part)) if letter is not None
    ]
    return " ".join(dict.fromkeys([*looks, *lights]))
