"""The list of what a change touches is complete: every page is rendered before and after every verb."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from dateline.clean.arrivals import arrival
from dateline.story import Stamp, Story

SITE = "https://dateline.example"
NOW = datetime(2015, 12, 20, 9, 0, tzinfo=UTC)
# Not made of records: the same whatever changes.
FIXED = re.compile(r"/(robots\.txt|favicon\.(svg|ico)|assets/.*|)")
ANSWERED_IN = ("en", "fa")
HREF = re.compile(r"""(?:href|src)="([^"#?]+)[^"]*"|<loc>([^<]+)</loc>|"url": ?"([^"]+)"|<id>([^<]+)</id>""")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make lists so short that the samples fill several leaves."""
    for module in ("paging.STRETCH", "paging.LENGTH", "views.section.LENGTH", "views.corrections.LENGTH"):
        monkeypatch.setattr(f"dateline.site.{module}", 2)
    monkeypatch.setattr("dateline.site.answered.ENOUGH", 2)


@pytest.fixture
def told() -> Story:
    return Story(
        headline="Lighthouse lit again",
        text="The keeper of the lighthouse lit it again on Saturday.\n\nShips had asked for it.",
        language="en",
        section="Rivers",
        published=Stamp(value="2015-12-12T08:00:00", precision="second", zone="+00:00", said="", origin="given"),
        url="https://pier.example/lighthouse",
        site_name="The Pier",
    )


def crawled() -> dict[str, bytes]:
    """Return every page that can be reached from the addresses the site knows of, by its address.

    Of those that are made when they are asked for, these are the pages of a baked site, in the languages ANSWERED_IN.
    """
    from dateline.site import answered, shelves
    from dateline.site.touched import addresses

    found: dict[str, bytes] = {}
    ahead = {"/en/", *addresses(), *spelled(set(answered.addresses()), shelves.languages())}
    ahead |= of_records(ahead)
    while ahead:
        path = ahead.pop()
        body = found[path] = page(path)
        for link in (unquote(next(filter(None, groups))) for groups in HREF.findall(body.decode())):
            parts = urlsplit(link)
            if link.startswith((f"{SITE}/", "/")) and parts.path not in found and not link.startswith("//"):
                ahead.add(parts.path)
    return found


def page(path: str) -> bytes:
    """Return the page at an address as it is kept or baked; nothing where it is neither."""
    from dateline.site.answered import absent_from, is_baked
    from dateline.site.pages import still
    from dateline.site.press import page_at
    from dateline.site.touched import ASKED

    if not ASKED.fullmatch(path):
        answer = page_at(path)
    else:
        with still(absent_from(path)):
            answer = page_at(path) if path.split("/")[1] in ANSWERED_IN and is_baked(path) else None
    return answer.body if answer else b""


def spelled(paths: set[str], languages: list[str]) -> set[str]:
    """Return the addresses that some of the journal stand for."""
    from dateline.site.answered import in_each

    return of_records(paths).union(*(in_each(path, languages) for path in paths))


def of_records(paths: set[str]) -> set[str]:
    """Return the addresses that stand for records' pages in the journal, written out."""
    from dateline.archive.models import Record

    records = Record.objects.filter(code__in=[path[1:] for path in paths if path[1:].isdecimal()])
    return {place for each in records for place in (f"/{each.code}", each.path, f"{each.path}/print")}


@pytest.fixture
def desk(paper: None, db: None, small: None, told: Story) -> Iterator[Any]:
    """Yield the verbs, by name, each to be tried on the samples."""
    from dateline.archive.models import Record
    from dateline.site.press import SitePress

    how: dict[str, Any] = {"by": "test", "now": NOW, "press": SitePress(later=True)}

    def file(story: Story, **changes: Any) -> Any:
        from dateline.newsroom.take_in import take_in

        story = replace(story, **changes)
        came = arrival(story, item_format="page", raw=repr(story).encode(), now=NOW)
        return take_in(came, site_url=SITE, **how).record

    def publish(story: Story, **changes: Any) -> Any:
        from dateline.newsroom.publish import publish

        record = file(story, **changes)
        publish(record, **how)
        return record

    def correct(record: Any, note: str | None = None, **changes: Any) -> None:
        from dateline.newsroom.correct import correct

        correct(record, replace(record.current.as_story(), **changes), note=note, **how)

    def retract(record: Any) -> None:
        from dateline.newsroom.retract import retract

        retract(record, reason="It was not so.", **how)

    english = Record.objects.published().in_language("en").newest().with_current()
    yield {"file": file, "publish": publish, "correct": correct, "retract": retract, "how": how, "english": english}


def dated(day: str) -> Stamp:
    return Stamp(value=f"{day}T08:00:00", precision="second", zone="+00:00", said="", origin="given")


def linked(desk: Any) -> None:
    from dateline.archive.models import Record
    from dateline.newsroom.link_edition import link_edition

    original = desk["english"].first()
    edition = Record.objects.published().in_language("fa").filter(editions=None).with_current().first()
    link_edition(original, edition, of_version=original.current, **desk["how"])


def unlinked(desk: Any) -> None:
    from dateline.newsroom.unlink_edition import unlink_edition

    unlink_edition(desk["english"].exclude(editions=None).first(), **desk["how"])


def read_events(desk: Any) -> None:
    """Read the stories that put events on days, of which one has nothing else, and two that tell of one event."""
    from django.db.models import Q

    from dateline.archive.models import Finding
    from dateline.newsroom.read import read
    from dateline.reading.reader import read as reader

    twice_told = Q(headline__startswith="Cuba and") | Q(headline__startswith="A flag on")
    for record in [*desk["english"][:6], *desk["english"].filter(twice_told)]:
        read(record.current, reader=reader, **desk["how"])
    assert Finding.objects.filter(kind="event", dated__in=("day", "span")).exists()


def group(desk: Any) -> None:
    from dateline.newsroom.group import group

    assert group(**desk["how"])
    assert _grouped()


def read_anew(desk: Any) -> None:
    from dateline.newsroom.read import read
    from dateline.reading.reader import READER
    from dateline.story import Reading

    def reader(story: Story, *, known: Any) -> Reading:
        return Reading(reader=READER, language="en", unread=("quotes", "events"))

    read(desk["english"].first().current, reader=reader, **desk["how"])


def seen_elsewhere(desk: Any, told: Story) -> None:
    from dateline.archive.models import Source
    from dateline.newsroom.take_in import take_in

    source = Source.objects.create(slug="mirror", name="The Mirror", first_seen_at=NOW)
    mirrored = replace(told, url="https://pier.example/lighthouse?from=mirror", guid="mirror:1")
    came = arrival(mirrored, item_format="rss", raw=b"mirrored", now=NOW)
    take_in(came, site_url=SITE, source=source, **desk["how"])


def embargo_ends(desk: Any, told: Story) -> None:
    from dateline.newsroom.release import release

    held = desk["file"](told, headline="Harbour fees fall", text="Fees fall. " * 9, url="https://pier.example/fees")
    held.embargoed_until = NOW + timedelta(hours=1)
    held.save()
    assert not release(held, **desk["how"])
    assert release(held, **desk["how"] | {"now": NOW + timedelta(hours=1)})


def several(desk: Any, told: Story) -> None:
    """Publish stories in one go that are the first of their language, and follow upon each other there."""
    from dateline.newsroom.publish import publish

    records = [
        desk["file"](
            told,
            headline=f"Faro {section} {day}",
            language="it",
            section=section,
            text=f"Il guardiano del faro {section} {day} parla. " * 12,
            url=f"https://pier.example/it/{section}/{day}",
            published=dated(day),
        )
        for day, section in (
            ("2014-03-01", "Mare"),
            ("2014-03-02", "Porto"),
            ("2014-03-02", "Mare"),
            ("2014-05-01", ""),
        )
    ]
    publish(*records, **desk["how"])


def verbs(desk: Any, told: Story) -> Iterator[tuple[str, Callable[[], object]]]:
    newest = desk["english"].first
    yield "publish in a known section", lambda: desk["publish"](told)
    yield "seen elsewhere", lambda: seen_elsewhere(desk, told)
    other = {"text": "Another story of a quite different thing. " * 9}
    yield (
        "publish in a new section and year",
        lambda: desk["publish"](
            told, headline="Ice", section="Ice", published=dated("2013-02-01"), url="https://pier.example/ice", **other
        ),
    )
    yield (
        "publish in a new language",
        lambda: desk["publish"](
            told, headline="Phare rallumé", language="fr", url="https://pier.example/fr", text="Le gardien. " * 20
        ),
    )
    yield "publish several in a new language", lambda: several(desk, told)
    yield "correct with a note", lambda: desk["correct"](newest(), note="The tower is older.")
    yield "correct the headline", lambda: desk["correct"](newest(), headline="Lighthouse lit")
    yield "correct the section", lambda: desk["correct"](newest(), section="Weather")
    yield "correct the date", lambda: desk["correct"](newest(), published=dated("2014-11-03"))
    yield "correct the language", lambda: desk["correct"](newest(), language="de")
    yield "read events", lambda: read_events(desk)
    yield "group", lambda: group(desk)
    yield "correct what is grouped", lambda: desk["correct"](_grouped(), headline="Talks in Vienna", tags=("Vienna",))
    yield "retract what is grouped", lambda: desk["retract"](_grouped())
    yield "read anew", lambda: read_anew(desk)
    yield "an embargo ends", lambda: embargo_ends(desk, told)
    yield "link an edition", lambda: linked(desk)
    yield "correct what is linked", lambda: desk["correct"](desk["english"].first(), headline="Paris, at last")
    yield "unlink the editions", lambda: unlinked(desk)
    yield "retract what was corrected", lambda: desk["retract"](_corrected())
    yield "retract the last in a language", lambda: desk["retract"](_french())
    yield "retract", lambda: desk["retract"](newest())


def _corrected() -> Any:
    from dateline.archive.models import Record

    return Record.objects.published().filter(corrections__note="The tower is older.").with_current().get()


def _grouped() -> Any:
    from dateline.archive.models import Record

    return Record.objects.published().exclude(group=None).order_by("pk").with_current().first()


def _french() -> Any:
    from dateline.archive.models import Record

    return Record.objects.published().in_language("fr").with_current().get()


def test_every_page_that_a_verb_changes_is_touched(desk: Any, told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.models import Touch
    from dateline.archive.touches import newest
    from dateline.site import answered, press, shelves, touched
    from dateline.site.answered import ANSWERED
    from dateline.site.touched import ASKED, KINDS, NEVER_KEPT, addresses

    named: dict[str, set[str]] = defaultdict(set)

    def noting(kinds: Any) -> Callable[[Any], Iterator[str]]:
        def noted(change: Any) -> Iterator[str]:
            for kind in kinds if touched.concerns(change) else ():
                for path in kind.touched(change):
                    named[kind.name].add(path)
                    yield path

        return noted

    monkeypatch.setattr(press, "touched", noting(KINDS))
    monkeypatch.setattr(answered, "answered", noting(ANSWERED))
    needed: set[str] = set()
    pages = crawled()
    for verb, act in verbs(desk, told):
        named.clear()
        before, number, languages = pages, newest(), shelves.languages()
        act()
        pages = crawled()
        changed = {path for path in {*before, *pages} - NEVER_KEPT if before.get(path, b"") != pages.get(path, b"")}
        assert changed, f"{verb} changes nothing: it is no test"
        if languages != shelves.languages():  # then what is answered is baked anew, whole
            changed -= {path for path in changed if ASKED.fullmatch(path)}
        noted = spelled(set(Touch.objects.since(number).values_list("path", flat=True)), languages)
        stale = changed - noted
        assert not stale, verb
        assert not {path for path in Touch.objects.waiting().values_list("path", flat=True) if ASKED.fullmatch(path)}
        # Each kind is needed: without it, some verb would leave a page stale.
        for kind in (*KINDS, *ANSWERED):
            others = set().union(*(paths for name, paths in named.items() if name != kind.name))
            if changed - of_records(noted) - spelled(others, languages):
                needed.add(kind.name)
        # And every page is of a kind.
        standing = {*addresses(), *spelled(set(answered.addresses()), shelves.languages())}
        standing |= of_records(standing)
        strays = {path for path, body in pages.items() if body and not FIXED.fullmatch(path)} - standing
        assert not strays, verb
        empty = {path for path in standing if not pages.get(path) and not path[1:].isdecimal()}
        assert not {path for path in empty if not ASKED.fullmatch(path)}, verb
    assert {kind.name for kind in (*KINDS, *ANSWERED) if kind.kept} - needed == {KINDS[0].name}
