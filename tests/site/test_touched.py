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

from dateline.story import Stamp, Story

SITE = "https://dateline.example"
NOW = datetime(2015, 12, 20, 9, 0, tzinfo=UTC)
# Not made of records: the same whatever changes.
FIXED = re.compile(r"/(robots\.txt|favicon\.(svg|ico)|assets/.*|)")
HREF = re.compile(r"""(?:href|src)="([^"#?]+)[^"]*"|<loc>([^<]+)</loc>|"url": ?"([^"]+)"|<id>([^<]+)</id>""")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make lists so short that the samples fill several leaves."""
    for module in ("paging.STRETCH", "paging.LENGTH", "views.section.LENGTH", "views.corrections.LENGTH"):
        monkeypatch.setattr(f"dateline.site.{module}", 2)


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
    """Return every page that can be reached from the addresses the site knows of, by its address."""
    from dateline.site.press import page_at
    from dateline.site.touched import ASKED, addresses

    found: dict[str, bytes] = {}
    ahead = {"/en/", *addresses()}
    ahead |= of_records(ahead)
    while ahead:
        path = ahead.pop()
        answer = page_at(path)
        found[path] = answer.body if answer else b""
        links = HREF.findall(answer.body.decode()) if answer else []
        for link in (unquote(next(filter(None, groups))) for groups in links):
            parts = urlsplit(link)
            if link.startswith((f"{SITE}/", "/")) and parts.path not in found and not link.startswith("//"):
                ahead |= {parts.path} - set(filter(ASKED.fullmatch, [parts.path]))
    return found


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
        raw = repr(story).encode()
        return take_in(story, item_format="page", raw=raw, site_url=SITE, **how).record

    def publish(story: Story, **changes: Any) -> Any:
        from dateline.newsroom.publish import publish

        return publish(file(story, **changes), **how)

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
    edition = Record.objects.published().in_language("fa").with_current().first()
    link_edition(original, edition, of_version=original.current, **desk["how"])


def unlinked(desk: Any) -> None:
    from dateline.newsroom.unlink_edition import unlink_edition

    unlink_edition(desk["english"].exclude(editions=None).first(), **desk["how"])


def read_events(desk: Any) -> None:
    """Read the stories that put events on days, of which one has nothing else."""
    from dateline.archive.models import Finding
    from dateline.newsroom.read import read
    from dateline.reading.reader import read as reader

    for record in desk["english"][:6]:
        read(record.current, reader=reader, **desk["how"])
    assert Finding.objects.filter(kind="event", dated__in=("day", "span")).exists()


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
    how = desk["how"]
    take_in(mirrored, item_format="rss", raw=b"mirrored", site_url=SITE, source=source, **how)


def embargo_ends(desk: Any, told: Story) -> None:
    from dateline.newsroom.release import release

    held = desk["file"](told, headline="Harbour fees fall", text="Fees fall. " * 9, url="https://pier.example/fees")
    held.embargoed_until = NOW + timedelta(hours=1)
    held.save()
    assert not release(held, **desk["how"])
    assert release(held, **desk["how"] | {"now": NOW + timedelta(hours=1)})


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
    yield "correct with a note", lambda: desk["correct"](newest(), note="The tower is older.")
    yield "correct the headline", lambda: desk["correct"](newest(), headline="Lighthouse lit")
    yield "correct the section", lambda: desk["correct"](newest(), section="Weather")
    yield "correct the date", lambda: desk["correct"](newest(), published=dated("2014-11-03"))
    yield "correct the language", lambda: desk["correct"](newest(), language="de")
    yield "read events", lambda: read_events(desk)
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


def _french() -> Any:
    from dateline.archive.models import Record

    return Record.objects.published().in_language("fr").with_current().get()


def test_every_page_that_a_verb_changes_is_touched(desk: Any, told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.models import Touch
    from dateline.archive.touches import newest
    from dateline.site import press
    from dateline.site.touched import KINDS, NEVER_KEPT, addresses

    named: dict[str, set[str]] = defaultdict(set)

    def noted(change: Any) -> Iterator[str]:
        for kind in KINDS:
            for path in kind.touched(change):
                named[kind.name].add(path)
                yield path

    monkeypatch.setattr(press, "touched", noted)
    needed: set[str] = set()
    pages = crawled()
    for verb, act in verbs(desk, told):
        named.clear()
        before, number = pages, newest()
        act()
        pages = crawled()
        changed = {path for path in {*before, *pages} - NEVER_KEPT if before.get(path, b"") != pages.get(path, b"")}
        assert changed, f"{verb} changes nothing: it is no test"
        touched = set(Touch.objects.since(number).values_list("path", flat=True))
        touched |= of_records(touched)
        assert sorted(changed - touched) == [], verb
        # Each kind is needed: without it, some verb would leave a page stale.
        for kind in KINDS:
            others = of_records(touched).union(*(paths for name, paths in named.items() if name != kind.name))
            if changed - others:
                needed.add(kind.name)
        # And every page is of a kind.
        standing = set(addresses())
        standing |= of_records(standing)
        assert not {path for path, body in pages.items() if body and not FIXED.fullmatch(path)} - standing, verb
        assert {path for path in standing if not pages.get(path) and not path[1:].isdecimal()} == set(), verb
    assert {kind.name for kind in KINDS if kind.kept} - needed == {KINDS[0].name}
