"""A story's body as HTML, built through lxml: what feeds and ninjs carry as full text."""

from __future__ import annotations

from typing import Any

from lxml import etree
from lxml.builder import E

from dateline.story import Figure, Story
from dateline.wire.trees import safe


def body_html(story: Story) -> str:
    """Return paragraphs and figures in their places, as an HTML fragment."""
    parts: list[str] = []
    paragraphs = story.paragraphs
    for number in range(len(paragraphs) + 1):
        last = number == len(paragraphs)
        figures = [each for each in story.figures if each.after == number or (last and each.after > number)]
        parts += [_markup(_figure(each)) for each in figures if each.url or each.caption]
        if not last:
            parts.append(_markup(E.p(safe(paragraphs[number]))))
    return "".join(parts)


def _markup(element: Any) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html"))


def _figure(figure: Figure) -> Any:
    element = E.figure()
    if figure.url:
        image = E.img(src=safe(figure.url), alt=safe(figure.alt))
        for name, value in (("width", figure.width), ("height", figure.height)):
            if value:
                image.set(name, str(value))
        element.append(image)
    if figure.caption or figure.credit:
        caption = E.figcaption(safe(figure.caption))
        if figure.credit:
            cite = E.cite(safe(figure.credit))
            if figure.caption:
                caption.text = f"{safe(figure.caption)} "
            caption.append(cite)
        element.append(caption)
    return element
