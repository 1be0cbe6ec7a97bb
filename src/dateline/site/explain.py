"""Stories with all that was read in them, as one page that needs nothing else: no script, no other file, no host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import mark_safe

from dateline.site import assets
from dateline.site.body import Block, blocks
from dateline.site.language import direction, interface, name_of, speaking
from dateline.site.panel import Panel, panel
from dateline.site.templating import fill
from dateline.story import Reading, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A story as the page sets it. The findings of a page's stories are numbered through."""

    story: Story
    panel: Panel
    blocks: tuple[Block, ...]
    reader: str

    @property
    def language_name(self) -> str:
        return name_of(self.story.language)

    @property
    def credit(self) -> str | None:
        return self.story.credit or self.story.site_name


def explanation(read: Iterable[tuple[Story, Reading]]) -> str:
    """Return the page, in the words of its first story's language."""
    told: list[Explained] = []
    first = 1
    pairs = list(read)
    with speaking(pairs[0][0].language):
        for story, reading in pairs:
            found = panel(story, reading, first=first)
            first += len(found.entries)
            body = blocks(story, found.marks, site_url="")
            told.append(Explained(story=story, panel=found, blocks=body, reader=reading.reader))
        spoken = interface(told[0].story.language)
        page = {
            "chrome": None,
            "explained": told,
            "title": told[0].story.headline,
            "interface": spoken,
            "direction": direction(language=spoken),
            # Our own sheets, which hold no "<".
            "style": mark_safe((assets.sheet() + assets.explained() + assets.lights(first - 1)).decode()),  # noqa: S308
        }
        return fill("site/explain.html", **page)
