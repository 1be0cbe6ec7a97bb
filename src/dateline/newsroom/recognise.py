"""Find out which story this is: its own code, its source's identifier, its address, its words, words like its."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db.models import QuerySet

from dateline.archive.codes import code_in
from dateline.archive.models import Record, Sighting, Source, Version
from dateline.archive.sketches import alike, holders
from dateline.clean.arrivals import Arrival, key_of
from dateline.plain import instant
from dateline.story import Item, Story
from dateline.text.folding import fold
from dateline.text.similarity import numbers_agree, resemblance, shingles
from dateline.text.urls import is_front
from dateline.text.variants import page_of

By = Literal["code", "identifier", "address", "words", "likeness"]
# Formats whose identifiers an agency vouches for; a feed's are whatever its software makes of them.
AGENCY = frozenset({"nitf", "ninjs", "newsml1", "newsmlg2", "iptc7901", "anpa", "wxr", "print"})
# Two texts of one story share more; two stories from one template are told apart by their figures.
_ALIKE = 0.5
# An identifier or address that is doubtful needs this much more to be believed.
_SUPPORT = 0.25
_APART = timedelta(days=7)
_LOOKED_AT = 20  # versions of a record, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The record a story belongs to, and by what it was known."""

    record: Record
    by: By


def recognise(
    arrival: Arrival, *, source: Source, site_url: str, shared: frozenset[str] = frozenset()
) -> Recognition | None:
    """Return the record a story belongs to, None when it is new.

    ``shared`` are the identifiers and addresses that several items of the same document bear: such a one says
    nothing by itself.
    """
    story = arrival.story
    code = code_in(story.url or "", site_url)
    if code is not None and (record := Record.objects.filter(code=code).first()):
        return Recognition(record=record, by="code")
    if story.corrects and (record := _corrected(story.corrects, source)):
        return Recognition(record=record, by="identifier")
    if story.guid and (record := _by_identifier(story, source, arrival.item_format, shared)):
        return Recognition(record=record, by="identifier")
    if story.url and not is_front(story.url) and (record := _by_address(story, shared)):
        return Recognition(record=record, by="address")
    if not story.text:
        return None
    if story.code and (record := _by_foreign_code(story, source)):
        return Recognition(record=record, by="identifier")
    same = Version.objects.select_related("record").filter(digest=arrival.words).order_by("pk").first()
    if same:
        return Recognition(record=same.record, by="words")
    record = _by_likeness(arrival)
    return Recognition(record=record, by="likeness") if record else None


def shared_names(items: Iterable[Item]) -> frozenset[str]:
    """Return the identifiers and page keys that items of other words bear in one document."""
    said: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for name in {key_of(item.guid) if item.guid else "", key_of(page_of(item.url)) if item.url else ""} - {""}:
            said[name].add(item.body)  # an entry that is listed twice shares its names with itself
    return frozenset(name for name, words in said.items() if len(words) > 1)


def _corrected(named: str, source: Source) -> Record | None:
    sightings = Sighting.objects.select_related("record").order_by("-pk")
    by_guid = sightings.filter(guid=key_of(named))
    found = (
        by_guid.filter(source=source).first()
        or by_guid.first()
        or sightings.filter(page=key_of(page_of(named))).first()
    )
    return found.record if found else None


def _by_identifier(story: Story, source: Source, item_format: str, shared: frozenset[str]) -> Record | None:
    assert story.guid is not None
    name = key_of(story.guid)
    candidates = _records(Sighting.objects.filter(source=source, guid=name))
    vouched = item_format in AGENCY and name not in shared
    if vouched and len(candidates) == 1:
        return candidates[0]
    return next((record for record in candidates if _is_supported(story, record, shared=shared)), None)


def _by_address(story: Story, shared: frozenset[str]) -> Record | None:
    assert story.url is not None
    page = key_of(page_of(story.url))
    candidates = _records(Sighting.objects.filter(page=page))
    if len(candidates) == 1 and page not in shared:
        return candidates[0]
    return next((record for record in candidates if _resembles(story, record)), None)


def _by_foreign_code(story: Story, source: Source) -> Record | None:
    """Return the record that another site's story code is of: that site's own, or one in like words.

    Without a site's name or address nobody says whose code it is; at two addresses one site has two stories.
    """
    seen = Sighting.objects.filter(foreign_code=story.code)
    own = _records(seen.filter(source=source))
    if len(own) == 1 and (story.site_name or story.url) and _has_one_address(story, own[0]):
        return own[0]
    return next((record for record in [*own, *_records(seen)] if _resembles(story, record)), None)


def _has_one_address(story: Story, record: Record) -> bool:
    pages = set(record.sightings.exclude(page="").values_list("page", flat=True))
    return not pages or not story.url or is_front(story.url) or key_of(page_of(story.url)) in pages


def _records(sightings: QuerySet[Sighting]) -> list[Record]:
    """Return the records seen, the one seen last first."""
    found: dict[int, Record] = {}
    for sighting in sightings.select_related("record__current").order_by("-last_seen_at", "-pk")[:50]:
        found.setdefault(sighting.record_id, sighting.record)
    return list(found.values())


def _is_supported(story: Story, record: Record, *, shared: frozenset[str]) -> bool:
    """Tell whether anything beside a doubtful identifier says that ``story`` is this record's."""
    if not story.text or record.current is None or not record.current.story["text"]:
        return True  # a withdrawal has no words to compare, and names what it withdraws on purpose
    if story.url and not is_front(story.url):
        page = key_of(page_of(story.url))
        pages = set(record.sightings.exclude(page="").values_list("page", flat=True))
        if page in pages and page not in shared:
            return True
        if pages and page not in pages:
            return _resembles(story, record)
    return _resembles(story, record) or _is_headed_alike(story, record)


def _resembles(story: Story, record: Record) -> bool:
    own = shingles(story.text)
    versions = record.versions.order_by("-number")[:_LOOKED_AT]
    return any(resemblance(own, shingles(each.as_story().text)) >= _SUPPORT for each in versions)


def _is_headed_alike(story: Story, record: Record) -> bool:
    """Tell whether a version bears the same headline and no other date: "The week in pictures" comes every week."""
    for version in record.versions.order_by("-number")[:_LOOKED_AT]:
        known = version.as_story()
        dates = {instant(each.published) for each in (story, known)} - {None}
        if fold(known.headline) == fold(story.headline) and len(dates) < 2:
            return True
    return False


def _by_likeness(arrival: Arrival) -> Record | None:
    """Return the record with a version that is nearly this text, from about the same days."""
    near = alike(arrival.sketch, holders(arrival.sketch))[:_LOOKED_AT]
    if not near:
        return None
    story, own = arrival.story, shingles(arrival.story.text)
    best: tuple[float, Record] | None = None
    for version in Version.objects.select_related("record").filter(pk__in=near):
        known = version.as_story()
        likeness = resemblance(own, shingles(known.text))
        if (
            likeness >= _ALIKE
            and known.language == story.language
            and _are_close(story, known)
            and numbers_agree(story.text, known.text)
            and (best is None or likeness > best[0])
        ):
            best = (likeness, version.record)
    return best[1] if best else None


def _are_close(one: Story, other: Story) -> bool:
    first, second = instant(one.published), instant(other.published)
    return first is None or second is None or abs(first - second) <= _APART
