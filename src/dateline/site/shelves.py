"""What the archive has on the public shelves, as pages show it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils.encoding import iri_to_uri

from dateline.archive import days, stories
from dateline.archive.editions import basis_of, editions_of
from dateline.archive.models import Correction, Edition, Record
from dateline.archive.models.records import Opening, RecordSet
from dateline.archive.prepared import Prepared
from dateline.site.cards import Card
from dateline.site.language import SPOKEN
from dateline.site.pages import Chrome, Section, chrome
from dateline.site.story_page import Notice, Sighted, Stage, Telling, Twin, credit_of
from dateline.wire.print_page import Behind

SECTIONS = 7
# What a card shows of a record; the rest is mostly times, and those take longer to read than all of this.
ON_A_CARD = ("code", "language", "slug", "headline", "section", "credit", "published_at", "current__story")
IN_SITEMAP = 1_000  # codes; the protocol allows 50,000 addresses


def public(language: str) -> RecordSet:
    """Return the published stories in a language, newest first, with their texts."""
    return Record.objects.published().in_language(language).newest().with_text()


def notices(language: str) -> QuerySet[Correction]:
    """Return what readers of a language were told about stories they may have seen, newest first."""
    seen = Q(record__state=Record.State.PUBLISHED) | Q(
        record__state=Record.State.WITHDRAWN, record__released_at__isnull=False, kind=Correction.Kind.RETRACTION
    )
    return Correction.objects.filter(seen, record__language=language).select_related("record")


def notices_in(language: str, year: int, month: int) -> QuerySet[Correction]:
    """Return those of one month (of UTC)."""
    first = datetime(year, month, 1, tzinfo=UTC)
    last = datetime.combine(first.replace(day=monthrange(year, month)[1]), time.max, UTC)
    return notices(language).filter(at__gte=first, at__lte=last)


def months_of_notices(language: str) -> list[tuple[str, int]]:
    """Return the months (``2015-05``) in which readers were told something, newest first, with how often."""
    return _counted_notices(language)


_counted_notices = Prepared(
    lambda language: (
        notices(language)
        .order_by()
        .annotate(month=Opening("at", letters=7))
        .values_list("month")
        .annotate(told=Count("pk"))
        .order_by("-month")
    ),
    str,
)


def languages() -> list[str]:
    """Return the languages that published stories are in."""
    return stories.languages()


def live_chrome(language: str, paths: Mapping[str, str] | None = None) -> Chrome:
    """Return the chrome of a page that is made on request, so that it can offer every edition there is."""
    return chrome(language, languages(), paths=paths)


def is_edition(language: str) -> bool:
    return language in SPOKEN or Record.objects.published().in_language(language).exists()


def sections(language: str) -> list[Section]:
    """Return the largest sections of late, largest first."""
    return [Section(name=name, language=language) for name in stories.sections(language, most=SECTIONS)]


def part_of(code: int) -> int:
    """Return the number of the sitemap that lists a story: it stays the same, whatever becomes of the others."""
    return code // IN_SITEMAP


def parts() -> list[int]:
    """Return the numbers of the sitemaps that list a story, in their order."""
    part = F("code") / IN_SITEMAP
    numbered = Record.objects.published().order_by().annotate(part=part).values_list("part", flat=True)
    return sorted(numbered.distinct())


def _nearest(side: str, order: str) -> Prepared[datetime]:
    """Return the look-up of the story next to a moment in a language, on one side of it."""
    return Prepared(
        lambda language, at: (
            Record.objects.published()
            .in_language(language)
            .filter(**{f"published_at__{side}": at})
            .order_by(order)
            .values_list("published_at", flat=True)[:1]
        ),
        str,
        datetime,
    )


_before, _after = _nearest("lt", "-published_at"), _nearest("gt", "published_at")


def neighbours(asked: date, language: str) -> tuple[date | None, date | None]:
    """Return the nearest days before and after that anything stands on."""
    told = days.neighbours(asked) if language in SPOKEN else (None, None)
    earlier = [told[0]] if told[0] else []
    earlier += [at.date() for at in _before(language, datetime.combine(asked, time.min, UTC))]
    later = [told[1]] if told[1] else []
    later += [at.date() for at in _after(language, datetime.combine(asked, time.max, UTC))]
    return max(earlier, default=None), min(later, default=None)


def address(path: str) -> str:
    """Return the full address of a path, in ASCII as feeds and machines want it."""
    return iri_to_uri(settings.DATELINE_SITE_URL + path) or ""


def card(record: Record, *, corrected: bool) -> Card:
    story = record.current.as_story() if record.current else None
    paragraphs = story.paragraphs if story else ()
    summary = story.summary if story else None
    # A feed's summary is often the first words of the text itself.
    told = paragraphs if not summary or summary[:60] == "".join(paragraphs[:1])[:60] else (summary, *paragraphs)
    return Card(
        code=record.code,
        path=record.path,
        headline=record.headline,
        gist=told[0] if told else "",
        more=told[1] if len(told) > 1 else "",
        language=record.language,
        published=story.published if story else None,
        came_in=None if story and story.published else record.published_at.astimezone(UTC).date(),
        credit=credit_of(story) if story else record.credit,
        section=Section(name=record.section, language=record.language) if record.section else None,
        corrected=corrected,
    )


def cards(records: Iterable[Record]) -> list[Card]:
    """Return the cards of records that come with their texts."""
    listed = list(records)
    told = Correction.objects.filter(record__in=listed, kind=Correction.Kind.CORRECTION)
    corrected = set(told.values_list("record", flat=True)) if listed else set()
    return [card(record, corrected=record.pk in corrected) for record in listed]


def telling(record: Record) -> Telling:
    """Gather all that a record's page tells. The record has a current version."""
    assert record.current is not None
    current = record.current
    return Telling(
        story=current.as_story(),
        reading=current.as_reading(),
        code=record.code,
        path=record.path,
        language=record.language,
        notices=[
            Notice(at=each.at, text=each.note, kind=each.kind)
            for each in stories.corrections(record.pk)
            if each.kind == Correction.Kind.CORRECTION
        ],
        sightings=[
            Sighted(at=each.first_seen_at, source=each.source.name, form=each.item_format, url=each.url)
            for each in stories.sightings(record.pk)
        ],
        stages=[
            Stage(
                at=version.filed_at,
                headline=version.story["headline"],
                language=version.story["language"],
                current=version.pk == current.pk,
            )
            for version in stories.versions(record.pk)
        ],
        group=record.group_id,
        twins=[
            Twin(
                language=each.record.language,
                path=each.record.path,
                headline=each.record.headline,
                original=each.of_version is None,
                since=each.out_of_date_since,
            )
            for each in editions_of(record)
        ],
        behind=behind(record),
    )


def behind(record: Record) -> Behind | None:
    """Return what readers of an edition must be told, where they can see its original or could once."""
    basis = basis_of(record)
    if basis is None or basis.original.released_at is None:
        return None
    original, withdrawn = basis.original, basis.original.state == Record.State.WITHDRAWN
    if original.state == Record.State.FILED or not (withdrawn or basis.out_of_date_since):
        return None
    return Behind(
        path=f"/{original.code}" if withdrawn else original.path,
        language=original.language,
        of_version=basis.of_version,
        version_now=basis.version_now,
        since=basis.out_of_date_since or basis.version_now,
        withdrawn=withdrawn,
    )


def alternates(records: Iterable[Record]) -> dict[int, list[tuple[str, str]]]:
    """Return, by code, the addresses of the stories that have editions: each language's, its own among them."""
    found: dict[int, list[tuple[str, str]]] = {}
    links = Edition.objects.filter(record__in=records, other__state=Record.State.PUBLISHED).select_related(
        "record", "other"
    )
    for link in links.order_by("record__code", "other__language"):
        own = [(link.record.language, address(link.record.path))]
        found.setdefault(link.record.code, own).append((link.other.language, address(link.other.path)))
    return found


def retraction(record: Record) -> Notice | None:
    """Return the public notice of a withdrawn story."""
    found = record.corrections.filter(kind=Correction.Kind.RETRACTION).first()
    return Notice(at=found.at, text=found.note, kind=found.kind) if found else None
