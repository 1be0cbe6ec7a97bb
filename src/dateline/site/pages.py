"""What every page has around it, and the one way a template becomes a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from dateline.site import assets
from dateline.site.language import SPOKEN, direction, interface, name_of, speaking
from dateline.site.templating import fill
from dateline.text.direction import Direction
from dateline.text.slugs import slug

_still = ContextVar[Callable[[set[str]], set[str]] | None]("still", default=None)
_TAG = re.compile(r"<(a|link) [^>]*>")
_HREF = re.compile(r' href="([^"]*)"')
# The search of a baked site knows words, and no fields.
_WORDS = re.compile(r"/[a-z]{2,3}/search\?q=(?:(?!%3A)[^&])*")


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
    """The paper around the story: the same on every page in a language. See ``still`` for a page that ``is_still``."""

    language: str
    site_name: str
    site_url: str
    sheet: str
    editions: tuple[Tongue, ...]
    is_still: bool = False

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
    told, is_still = {*languages}, _still.get() is not None
    own = {each: path for each, path in (paths or {}).items() if each in told or not is_still}
    offered = dict.fromkeys([*SPOKEN, *sorted({*told, *own}), language])
    return Chrome(
        language=language,
        site_name=settings.DATELINE_SITE_NAME,
        site_url=settings.DATELINE_SITE_URL,
        sheet=assets.sheet_path(),
        editions=tuple(Tongue(language=each, path=own.get(each, f"/{each}/")) for each in offered),
        is_still=is_still,
    )


def render(template: str, around: Chrome, page: dict[str, Any] | None = None, **context: Any) -> str:
    """Render a template of the site in the words of its language. ``page`` is what the frame itself asks of a page."""
    with speaking(around.language):
        made = fill(template, chrome=around, page=page or {}, **context)
    return _without_dead_ends(made) if around.is_still else made


@contextmanager
def still(absent: Callable[[set[str]], set[str]]) -> Iterator[None]:
    """Make pages for a site without a server, as long as the block lasts: no link in them asks what no file answers.

    ``absent`` says of all addresses that a page leads to which of them no file stands for.
    """
    before = _still.set(absent)
    try:
        yield
    finally:
        _still.reset(before)


def _without_dead_ends(made: str) -> str:
    absent = _still.get()
    dead = absent({link[1] for link in _HREF.finditer(made)}) if absent else set()

    def kept(tag: re.Match[str]) -> str:
        href = _HREF.search(tag[0])
        if href is None or not (href[1] in dead or ("?" in href[1] and not _WORDS.fullmatch(href[1]))):
            return tag[0]
        return tag[0].replace(href[0], "") if tag[1] == "a" else ""

    return _TAG.sub(kept, made)
