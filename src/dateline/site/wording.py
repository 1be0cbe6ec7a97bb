"""Dates, numbers and names of findings in the words of the page's language, which is the one it is ``speaking``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.utils.dateformat import format as in_words
from django.utils.text import capfirst
from django.utils.translation import ngettext

from dateline.reading.authority import country_of
from dateline.site.countries import country_in
from dateline.site.language import gettext as _
from dateline.site.language import pgettext, speech
from dateline.story import Mention, Moment, Place, Role, Stamp
from dateline.text import calendars
from dateline.text.almanac import counted

Said = TypeVar("Said", bound=Callable[..., str])
_DURATION = re.compile(r"P(T?)(\d+)([YMWDH])")


def kept(say: Said) -> Said:
    """Remember what a function says of a value in each language: a page says the same few words again and again."""

    @lru_cache(maxsize=10_000, typed=True)
    def said(language: str, value: Any) -> str:
        return say(value)

    @wraps(say)
    def ask(value: Any) -> str:
        return said(speech(), value)

    return cast(Said, ask)


@kept
def digits(text: object) -> str:
    """Return ``text`` with the digits the active language writes."""
    return calendars.in_digits(str(text), speech())


def day(value: date) -> str:
    """Return a day in the calendar of the active language."""
    return iso(f"{value:%Y-%m-%d}")


def long_day(value: date) -> str:
    return f"{in_words(value, 'l')}{_comma()} {day(value)}"


def month(value: date) -> str:
    return iso(f"{value:%Y-%m}")


def moment_utc(value: datetime) -> str:
    """Return a moment of the archive's own clock, to the minute, in UTC."""
    return f"{iso(f'{value.astimezone(UTC):%Y-%m-%dT%H:%M}')} UTC"


@kept
def iso(value: str) -> str:
    """Return an ISO 8601 date, cut to any precision, in words that are no more precise than it is."""
    return calendars.write_date(value, language=speech())


def beside(stamp: Stamp) -> str:
    """Return a stamp's day in the second calendar of the active language, where it has one."""
    return calendars.beside(stamp.value, language=speech())


def day_beside(value: date) -> str:
    return calendars.beside(f"{value:%Y-%m-%d}", language=speech())


def calendar_month(value: date) -> str:
    """Return the month a day lies in, in the calendar that the active language counts in first."""
    return capfirst(calendars.month_of(value, language=speech()))


def months_beside(first: date, last: date) -> str:
    """Return the months of the second calendar from one day to another, where the active language has one."""
    names = dict.fromkeys(calendars.month_of(value, language=speech(), second=True) for value in (first, last))
    return " – ".join(name for name in names if name)


def calendar_day(value: date) -> tuple[int, int, int]:
    """Return year, month and day as the first calendar of the active language counts them."""
    return counted(value, calendars.calendar_of(speech())) or (value.year, value.month, value.day)


def _comma() -> str:
    return pgettext("between items", ",")


def stamped(stamp: Stamp) -> str:
    """Return a story's date exactly as precise as it was stated."""
    return iso(stamp.value)


def briefly(stamp: Stamp) -> str:
    """Return a story's date for a list: to the minute."""
    return iso(stamp.value[:16])


def zoned(stamp: Stamp) -> str:
    """Say which zone a time was stated in; nothing for a bare day."""
    if "T" not in stamp.value:
        return ""
    if stamp.zone is None:
        return _("no time zone stated")
    return "UTC" if stamp.zone == "+00:00" else f"UTC{stamp.zone}"


def dated(stamp: Stamp | None) -> str:
    """Return a story's date in one line, with the zone of its time as it was stated."""
    if stamp is None:
        return _("no date stated")
    zone = zoned(stamp)
    return f"{briefly(stamp)} ({zone})" if zone else briefly(stamp)


def resolved(moment: Moment) -> str:
    """Say what a moment means, and what it was counted from."""
    clocks = {
        "dateline": _("by the story’s date"),
        "moment": _("by a date said before"),
        "none": _("not tied to a date"),
    }
    what = _("again and again") if moment.type == "SET" else _meaning(moment)
    how = clocks.get(moment.clock, "")
    return " · ".join(part for part in (what, how) if part)


def _meaning(moment: Moment) -> str:
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?)?", moment.value):
        return iso(moment.value)
    if moment.first and moment.last:
        if moment.first == moment.last:
            return iso(moment.first)
        return _("%(first)s to %(last)s") % {"first": iso(moment.first), "last": iso(moment.last)}
    if found := _DURATION.fullmatch(moment.value):
        return _length(int(found[2]), found[1] + found[3])
    return ""


def _length(number: int, unit: str) -> str:
    words = {
        "Y": ngettext("%(n)s year", "%(n)s years", number),
        "M": ngettext("%(n)s month", "%(n)s months", number),
        "W": ngettext("%(n)s week", "%(n)s weeks", number),
        "D": ngettext("%(n)s day", "%(n)s days", number),
        "TH": ngettext("%(n)s hour", "%(n)s hours", number),
        "TM": ngettext("%(n)s minute", "%(n)s minutes", number),
    }
    return words[unit] % {"n": digits(number)} if unit in words else ""


def located(place: Place | Mention) -> str:
    """Say where a place lies; nothing when it was only named."""
    if not isinstance(place, Place):
        return ""
    return " · ".join(part for part in (country(place.country), _coordinates(place)) if part)


def _coordinates(place: Place) -> str:
    if place.lat is None or place.lon is None:
        return ""
    north = pgettext("compass", "N") if place.lat >= 0 else pgettext("compass", "S")
    east = pgettext("compass", "E") if place.lon >= 0 else pgettext("compass", "W")
    return digits(f"{abs(place.lat):.1f}°") + f" {north} " + digits(f"{abs(place.lon):.1f}°") + f" {east}"


def office(role: Role) -> str:
    return f"{_comma()} ".join(part for part in (role.office, role.organisation, country(role.country)) if part)


def country(code: str | None) -> str:
    """Return a state's name, a code that is none as it stands."""
    return country_in(speech(), code) if code else ""


@kept
def place_name(name: str) -> str:
    """Return a state's name, given in English as the gazetteer has it, in the active language; others as they stand."""
    code = country_of(name)
    return country(code) if code and country_in("en", code) == name else name


@kept
def stance(name: str) -> str:
    """Return the word for what a speaker does with a claim; an unknown one stays as it is."""
    words = {
        "say": _("says"),
        "argue": _("argues"),
        "think": _("thinks"),
        "show": _("shows"),
        "want": _("wants"),
        "ask": _("asks"),
        "promise": _("promises"),
        "threaten": _("threatens"),
        "accuse": _("accuses"),
        "deny": _("denies"),
        "reject": _("rejects"),
        "praise": _("praises"),
        "agree": _("agrees"),
        "predict": _("predicts"),
        "order": _("orders"),
    }
    return words.get(name, name)


def somebody() -> str:
    """Return who did it where nobody is named."""
    return _("somebody")


@kept
def quoted(kind: str) -> str:
    return {"direct": _("word for word"), "mixed": _("partly word for word"), "indirect": _("reported")}.get(kind, kind)


@kept
def kind(name: str) -> str:
    """Return the word for whom or what a name names."""
    words = {"PER": _("person"), "ORG": _("organisation"), "LOC": _("place"), "MISC": _("name")}
    return words.get(name, name)


@kept
def deed(name: str) -> str:
    """Return what is done in an event of a PLOVER type; an unknown one stays as it is."""
    words = {
        "AGREE": _("agrees"),
        "CONSULT": _("meets"),
        "SUPPORT": _("supports"),
        "CONCEDE": _("gives in"),
        "COOPERATE": _("cooperates"),
        "AID": _("gives aid"),
        "RETREAT": _("retreats"),
        "REQUEST": _("demands"),
        "ACCUSE": _("accuses"),
        "REJECT": _("rejects"),
        "THREATEN": _("threatens"),
        "PROTEST": _("protests"),
        "SANCTION": _("imposes sanctions"),
        "MOBILIZE": _("mobilises forces"),
        "COERCE": _("coerces"),
        "ASSAULT": _("attacks"),
    }
    return words.get(name, name)


@kept
def quad(number: int) -> str:
    """Return what PLOVER's quad class is, in words."""
    words = {
        1: _("cooperation in words"),
        2: _("cooperation in deeds"),
        3: _("conflict in words"),
        4: _("conflict in deeds"),
    }
    return words.get(number, str(number))


@kept
def modality(name: str) -> str:
    """Return how real an event is told to be."""
    words = {
        "happened": _("happened"),
        "ongoing": _("going on"),
        "planned": _("planned"),
        "threatened": _("threatened"),
        "denied": _("denied"),
        "hypothetical": _("supposed"),
    }
    return words.get(name, name)


@kept
def reader(name: str) -> str:
    """Return what a reader looks for, in a word."""
    words = {
        "names": _("names"),
        "roles": _("offices"),
        "moments": _("dates and times"),
        "places": _("places"),
        "quotes": _("quotations"),
        "events": _("events"),
    }
    return words.get(name, name)


@kept
def repair(kind: str) -> str:
    """Return what a repair of this kind mends, in a sentence; an unknown kind by its name."""
    words = {
        "doubled-alt": _("A picture’s label stood twice."),
        "caption-shortcode": _("Markup for a caption had leaked into the text."),
        "escaped-shortcode": _("An escaped markup code was printed as it was meant."),
        "unknown-shortcode": _("A markup code nobody could read was taken out; its words stayed."),
        "furniture": _("A line of the page, not of the story, was taken out."),
        "doubled-line": _("A line stood twice."),
        "headline": _("No headline was stated: the first words stand in."),
        "note": _("A correction’s note stood in the text and was set apart."),
    }
    return words.get(kind, kind.replace("-", " "))


@kept
def form(name: str) -> str:
    """Return the form a story came in, in words."""
    words = {
        "print": _("print page"),
        "review": _("press review"),
        "page": _("web page"),
        "text": _("plain text"),
        "pdf": "PDF",
        "rss": "RSS",
        "atom": "Atom",
        "nitf": "NITF",
        "wxr": _("WordPress export"),
    }
    return words.get(name, name)


@kept
def origin(name: str) -> str:
    """Return where a date was found, in words; the name of a field stays as it is."""
    words = {
        "date line": _("the date line"),
        "visible date line": _("a date line in the text"),
        "time element": _("the page’s time element"),
        "address": _("the address"),
        "desk": _("the desk’s records"),
    }
    return words.get(name, name)


def side(name: str) -> str:
    """Return which events of an entity are shown, in words."""
    return {"did": _("what they did"), "had": _("what was done to them")}.get(name, _("everything"))
