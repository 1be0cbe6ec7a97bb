"""Link the editions of a story where its sources say which they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q

from dateline.archive.filing import filing
from dateline.archive.models import Act, Edition, NamedTranslation, Record, Sighting, Version
from dateline.archive.rows import asked_for, insert
from dateline.clean.arrivals import Arrival, key_of
from dateline.newsroom.link_edition import link_edition
from dateline.newsroom.press import Press
from dateline.plain import instant
from dateline.story import Refused, Stamp, Story, Translation
from dateline.text.urls import is_address
from dateline.text.variants import page_of

_LOOKED_AT = 20  # versions of an original, newest first


@filing()
def link_as_told(found: Sequence[tuple[Record, Arrival]], *, by: str, now: datetime, press: Press) -> None:
    """Keep what stories that came in name as themselves in other languages, and link what is in the archive of it.

    A translation is believed that names its original; of others each must name the other. Nothing is linked because
    it is alike, and what the desk has parted stays so.
    """
    _keep_names((record, came.story) for record, came in found if came.story.translations)
    pairs = sorted(set(_named_by(found)) | set(_naming(found)))
    records = Record.objects.with_current().in_bulk({key for pair in pairs for key in pair})
    for one, other in sorted(([records[key] for key in pair] for pair in pairs), key=_by_date):
        _link(one, other, by=by, now=now, press=press)


def _by_date(pair: list[Record]) -> list[tuple[datetime, int]]:
    return sorted((each.published_at, each.code) for each in pair)


def _keep_names(told: Iterable[tuple[Record, Story]]) -> None:
    for record, story in told:
        record.named_translations.all().delete()
        insert(NamedTranslation(record=record, name=_name(each), standing=each.standing) for each in story.translations)


def _name(told: Translation) -> str:
    """Return what a translation is looked up by among the names of sightings."""
    return key_of(page_of(told.name) if is_address(told.name) else told.name)


def _named_by(found: Sequence[tuple[Record, Arrival]]) -> Iterator[tuple[int, int]]:
    """Yield each story that came in, with one in the archive that names it."""
    names: dict[str, set[int]] = defaultdict(set)
    for record, came in found:
        for name in {came.guid, came.page} - {""}:
            names[name].add(record.pk)
    asked = asked_for("SELECT name, record_id FROM archive_namedtranslation WHERE name IN (%s)", names)
    yield from (_pair(key, other) for name, other in asked for key in names[name] if key != other)


def _naming(found: Sequence[tuple[Record, Arrival]]) -> Iterator[tuple[int, int]]:
    """Yield each story that came in, with one in the archive that it names."""
    names: dict[str, set[int]] = defaultdict(set)
    for record, came in found:
        for told in came.story.translations:
            names[_name(told)].add(record.pk)
    for column in ("page", "guid"):
        asked = asked_for(f"SELECT {column}, record_id FROM archive_sighting WHERE {column} IN (%s)", names)  # noqa: S608
        yield from (_pair(key, other) for name, other in asked for key in names[name] if key != other)


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _link(one: Record, other: Record, *, by: str, now: datetime, press: Press) -> None:
    """Link two of which one names the other, where what is said is enough to tell the original."""
    told = _original(one, other)
    if told is None or Act.objects.filter(verb="unlink edition", record__in=(one, other)).exists():
        return
    original, reason = told
    edition = other if original == one else one
    version = _version_told(original, edition)
    known = Edition.objects.filter(record=original, other=edition).first()
    # The desk may have said that it is the other way about, or made of a later version.
    if known and (known.of_version.record_id != original.pk or known.of_version.number >= version.number):
        return
    try:
        link_edition(original, edition, of_version=version, by=by, now=now, press=press, reason=reason)
    except Refused:
        return  # both in one language, one withdrawn, one linked already: they stay as they are


def _original(one: Record, other: Record) -> tuple[Record, str] | None:
    """Return which of two is the original, and how that is known; None where not enough is said."""
    named = {one: _standings(other, one), other: _standings(one, other)}

    def called(standing: str) -> list[Record]:
        return [record for record, standings in named.items() if standing in standings]

    if originals := called("original"):
        return (originals[0], "the translation names its original") if len(originals) == 1 else None
    if not all(named.values()):
        return None
    if translations := called("translation"):
        (original,) = {one, other} - {translations[0]}
        return (original, "each names the other, and one as its translation") if len(translations) == 1 else None
    if len(defaults := called("default")) == 1:
        return defaults[0], "each names the other, and one as the default"
    if NamedTranslation.objects.filter(record__in=(one, other), standing__in=("original", "default")).exists():
        return None  # both are editions of a third
    has_editions = next((each for each in (one, other) if each.editions.exists()), None)
    earlier = min(one, other, key=lambda each: (each.published_at, each.code))
    return has_editions or earlier, "each names the other; the earlier is taken for the original"


def _standings(record: Record, named: Record) -> set[str]:
    """Return how ``record`` names another, by names that only that one bears."""
    seen = Sighting.objects.filter(record=named).values_list("page", "guid")
    names = {name for each in seen for name in each} - {""}
    others = Sighting.objects.filter(Q(page__in=names) | Q(guid__in=names)).exclude(record=named)
    shared = {name for each in others.values_list("page", "guid") for name in each}
    return set(record.named_translations.filter(name__in=names - shared).values_list("standing", flat=True))


def _version_told(original: Record, edition: Record) -> Version:
    """Return the version of the original that stood when its edition was last worked on, as both say; else the last."""
    assert original.current is not None and edition.current is not None
    worked_on = _worked_on(edition.current.as_story())
    if worked_on is None:
        return original.current
    versions = list(original.versions.order_by("-number")[:_LOOKED_AT])
    stood = (each for each in versions if (at := _worked_on(each.as_story())) is None or at <= worked_on)
    return next(stood, versions[-1])


def _worked_on(story: Story) -> datetime | None:
    """Return the moment a story says it was last changed; None where it is known to the day only."""
    stamp: Stamp | None = story.updated or story.published
    return instant(stamp) if stamp and stamp.precision in ("minute", "second") else None
