"""The text of a story as the page sets it: paragraphs with their marks, figures where they stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from dateline.site.marking import Mark, Segment, segments
from dateline.story import Figure, Story

_LETTER = {"source": "s", "cue": "c", "content": "t"}


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


def blocks(story: Story, marks: tuple[Mark, ...], *, site_url: str) -> tuple[Block, ...]:
    """Return the body of a story in reading order."""
    return tuple(_blocks(story, marks, site_url))


def _blocks(story: Story, marks: tuple[Mark, ...], site_url: str) -> Iterator[Block]:
    waiting = sorted(story.figures, key=lambda figure: figure.after)
    for number, paragraph in enumerate(segments(story.text, marks)):
        while waiting and waiting[0].after <= number:
            yield Block(picture=_picture(waiting.pop(0), site_url))
        opening = story.dateline if number == 0 and not _opens_with(story.text, story.dateline) else None
        yield Block(html=_paragraph(paragraph), dateline=opening)
    for figure in waiting:
        yield Block(picture=_picture(figure, site_url))


def _opens_with(text: str, dateline: str | None) -> bool:
    return bool(dateline) and text.casefold().startswith(str(dateline).casefold())


def _picture(figure: Figure, site_url: str) -> Picture:
    return Picture(figure=figure, held=bool(figure.url) and str(figure.url).startswith(f"{site_url}/"))


def _paragraph(paragraph: tuple[Segment, ...]) -> SafeString:
    return format_html_join("", "{}", ((_segment(segment),) for segment in paragraph))


def _segment(segment: Segment) -> SafeString:
    if not segment.marks:
        return escape(segment.text)
    names = " ".join(dict.fromkeys(name for mark in segment.marks for name in _classes(mark)))
    anchors = format_html_join("", '<span id="f{}"></span>', ((number,) for number in segment.opens))
    if segment.link is None:
        return format_html('{}<span class="{}">{}</span>', anchors, names, segment.text)
    return format_html('{}<a class="{}" href="#p{}">{}</a>', anchors, names, segment.link, segment.text)


def _classes(mark: Mark) -> tuple[str, ...]:
    letter = _LETTER.get(mark.part)
    return (f"f{mark.number}", f"{letter}{mark.number}") if letter else (f"f{mark.number}",)
