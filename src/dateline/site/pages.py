"""What every page has around it, and the one way a template becomes a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from dateline.site import assets
from dateline.site.language import SPOKEN, direction, interface, name_of, speaking
from dateline.site.templating import fill
from dateline.text.direction import Direction
from dateline.text.slugs import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the paper, known by the name its stories give it."""

    name: str
    language: str

    @property
    def path(self) -> str:
        return f"/{self.language}/section/{slug(self.name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """An edition of the paper in one language, as the switch in the masthead offers it."""

    language: str
    path: str

    @property
    def name(self) -> str:
        return name_of(self.language)

    @property
    def direction(self) -> Direction:
        return direction(language=self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """The paper around the story: the same on every page in a language."""

    language: str
    site_name: str
    site_url: str
    sheet: str
    editions: tuple[Tongue, ...]

    @property
    def interface(self) -> str:
        return interface(self.language)

    @property
    def dossier_sheet(self) -> str:
        """The address of what pages with charts and lists of findings have beside the common sheet."""
        return assets.dossier_sheet_path()

    @property
    def direction(self) -> Direction:
        return direction(language=self.interface)


def chrome(language: str, languages: Iterable[str] = (), *, paths: Mapping[str, str] | None = None) -> Chrome:
    """Return the chrome for stories in ``language``; ``languages`` are what stories stand in besides the spoken.

    The switch of editions leads to the front pages, but where ``paths`` names the page's own edition in a language.
    """
    own, languages = paths or {}, {*languages, *(paths or ())}
    offered = dict.fromkeys([*SPOKEN, *sorted(languages), language])
    return Chrome(
        language=language,
        site_name=settings.DATELINE_SITE_NAME,
        site_url=settings.DATELINE_SITE_URL,
        sheet=assets.sheet_path(),
        editions=tuple(Tongue(language=each, path=own.get(each, f"/{each}/")) for each in offered),
    )


def render(template: str, around: Chrome, page: dict[str, Any] | None = None, **context: Any) -> str:
    """Render a template of the site in the words of its language. ``page`` is what the frame itself asks of a page."""
    with speaking(around.language):
        return fill(template, chrome=around, page=page or {}, **context)
