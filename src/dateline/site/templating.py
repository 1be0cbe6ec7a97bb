"""How a template becomes a page: Jinja's language, our filters, and the words of the language the page speaks.

A text of the interface stands in a template as ``{{ "Archive"|_ }}``. Each language has its templates compiled with
its own words in them, so that those cost a page nothing; only texts with a value or a number in them are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import ngettext
from jinja2 import BytecodeCache, Environment, FileSystemLoader, select_autoescape
from jinja2.bccache import Bucket
from markupsafe import Markup

from dateline.site import derived, wording
from dateline.site.findings import Around, items
from dateline.site.language import direction, gettext, pgettext, speech
from dateline.site.panel import Entry, Group
from dateline.story import Story

LONGEST_ADDRESS = 70


def fill(template: str, **context: Any) -> str:
    """Fill a template in the active language."""
    return _environment(speech()).get_template(template).render(context)


class Compiled(BytecodeCache):
    """The templates compiled in a language, kept from one process to the next."""

    def __init__(self, language: str) -> None:
        self.language = language

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := derived.held(f"{self.language}-{bucket.key}"):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        derived.keep(f"{self.language}-{bucket.key}", bucket.bytecode_to_string())


@cache
def _environment(language: str) -> Environment:
    """Return the templates in a language: they are compiled while it is the active one."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(("html", "xml")),
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=Compiled(language),
    )
    made.filters |= {
        "_": translated,
        "_in": translated_in,
        "_many": translated_many,
        "isolated": isolated,
        "shortened": shortened,
        "cut": cut,
        "lang_of": lang_of,
        "stamped": wording.stamped,
        "briefly": wording.briefly,
        "beside": wording.beside,
        "zoned": wording.zoned,
        "counted": wording.digits,
        "day": wording.day,
        "daylong": wording.long_day,
        "daybeside": wording.day_beside,
        "moment": wording.moment_utc,
        "office": wording.office,
        "stance": wording.stance,
        "kind": wording.kind,
        "deed": wording.deed,
        "quad": wording.quad,
        "modality": wording.modality,
        "reader": wording.reader,
        "repair": wording.repair,
        "form": wording.form,
        "origin": wording.origin,
        "isoday": wording.iso,
    }
    made.globals["findings"] = findings
    return made


def translated(text: str, **said: object) -> Markup:
    """Return a text of the interface; the values ``said`` in it are escaped."""
    return _filled(gettext(text), said)


def translated_in(text: str, context: str) -> Markup:
    """Return a text whose translation depends on where it stands."""
    return _filled(pgettext(context, text), {})


def translated_many(one: str, many: str, number: int, **said: object) -> Markup:
    return _filled(ngettext(one, many, number), said)


def _filled(text: str, said: dict[str, object]) -> Markup:
    # A text of the interface is ours, markup and all.
    return Markup(text) % said if said else Markup(text)  # noqa: S704


def findings(group: Group, entries: Iterable[Entry], story: Story, language: str | None) -> SafeString:
    """Write the items of a list of findings, each with what it is about. ``language`` is the paper's, if in one."""
    around = Around(language=language or None, way=lang_of(story))
    return SafeString(items(group, entries, around))


def isolated(text: str) -> SafeString:
    """Keep foreign words from turning the line they stand in."""
    return format_html("<bdi>{}</bdi>", text)


def shortened(url: str) -> str:
    """Return an address as people read it: no scheme, no percent signs, not too long."""
    parts = urlsplit(url)
    shown = parts.netloc.removeprefix("www.") + unquote(parts.path).rstrip("/")
    return shown if len(shown) <= LONGEST_ADDRESS else shown[: LONGEST_ADDRESS - 1] + "…"


def cut(text: str, length: int) -> str:
    """Return a text of ``length`` characters at most, letters with their accents counted as one."""
    return Truncator(text).chars(length)


def lang_of(story: Story) -> SafeString:
    """Write ``lang`` and ``dir`` where the story's language is not the page's."""
    if story.language == speech():
        return SafeString("")
    if story.language == "und":
        return format_html(' lang="und" dir="{}"', direction(story.text))
    return format_html(' lang="{}" dir="{}"', story.language, direction(story.text, story.language))
