"""Who is this story, and what is new about it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dateline.story import Refused, Stamp, Story
from tests.newsroom.conftest import NOW, SITE

CHANGED = "The coast guard seized two trawlers on Wednesday.\n\nIts owner protested."


def test_a_new_story_gets_the_next_code_and_one_version(story: Story, file: Callable[..., Any]) -> None:
    first, second = file(story), file(Story(headline="Another", text="Other words."))
    assert (first.outcome, second.outcome) == ("new", "new")
    assert second.record.code == first.record.code + 1
    assert first.record.versions.count() == 1
    assert first.record.current.as_story() == story


def test_the_same_again_adds_no_record_and_no_version(story: Story, file: Callable[..., Any]) -> None:
    record = file(story).record
    again = file(story)
    assert again.outcome == "seen again"
    assert again.record == record
    assert record.versions.count() == 1
    assert [sighting.times for sighting in record.sightings.all()] == [2]


@pytest.mark.parametrize(
    "seen",
    [
        {"url": "https://elsewhere.example/1"},
        {"guid": None, "url": "https://paper.example/en/news/31186/trawler?utm_medium=feed#top"},
        {"guid": None, "url": None},
    ],
    ids=["by its guid", "by its canonical link", "by its very words"],
)
def test_a_story_is_known_again(seen: dict[str, Any], story: Story, file: Callable[..., Any]) -> None:
    record = file(story).record
    assert file(story, **seen).record == record
    assert record.sightings.count() == 2
    assert record.versions.count() == 1


def test_a_changed_text_adds_a_version_and_tells_readers(story: Story, file: Callable[..., Any]) -> None:
    record = file(story).record
    changed = file(story, text=CHANGED, note="Correction: there were two trawlers.")
    assert changed.outcome == "changed"
    record.refresh_from_db()
    assert [version.as_story().text for version in record.versions.order_by("number")] == [story.text, CHANGED]
    assert record.current.number == 2
    assert [correction.note for correction in record.corrections.all()] == ["Correction: there were two trawlers."]


def test_an_old_copy_seen_again_does_not_bring_the_old_text_back(story: Story, file: Callable[..., Any]) -> None:
    file(story)
    record = file(story, text=CHANGED).record
    assert file(story).outcome == "seen again"
    record.refresh_from_db()
    assert record.current.number == 2


def test_a_copy_that_says_it_is_older_is_no_change(story: Story, file: Callable[..., Any]) -> None:
    def at(day: str) -> Stamp:
        return Stamp(value=day, precision="day", said=day, origin="test")

    record = file(story, updated=at("2015-09-10")).record
    assert file(story, text=CHANGED, updated=at("2015-09-09")).outcome == "seen again"
    assert file(story, text=CHANGED, updated=at("2015-09-11")).outcome == "changed"
    assert record.versions.count() == 2


def test_a_kill_withdraws(story: Story, file: Callable[..., Any]) -> None:
    record = file(story).record
    assert file(story, status="canceled", note="Kill: unconfirmed.").outcome == "killed"
    record.refresh_from_db()
    assert record.state == record.State.WITHDRAWN
    assert record.corrections.get().note == "Kill: unconfirmed."
    assert file(story, text=CHANGED).outcome == "seen again"


def test_a_kill_of_an_unknown_story_keeps_it_from_coming_in_later(story: Story, file: Callable[..., Any]) -> None:
    killed = file(story, status="canceled")
    assert killed.outcome == "killed"
    assert file(story, text=CHANGED).record == killed.record


def test_a_withheld_story_is_refused_by_name(story: Story, file: Callable[..., Any]) -> None:
    with pytest.raises(Refused) as refused:
        file(story, status="withheld")
    assert refused.value.reason == "withheld"


def test_a_story_of_our_own_host_keeps_its_code(story: Story, file: Callable[..., Any]) -> None:
    own = file(story, url="https://dateline.example/en/news/5000/trawler", guid=None)
    assert own.record.code == 5000
    after = file(Story(headline="Later", text="Later words."))
    assert after.record.code == 5001
    assert file(replace(own.record.current.as_story(), url="https://dateline.example/5000")).record == own.record


def test_a_foreign_code_is_kept_as_that_sources_and_takes_no_number(story: Story, file: Callable[..., Any]) -> None:
    record = file(story).record
    assert record.code != 31186
    assert record.sightings.get().foreign_code == "31186"


def test_codes_are_not_given_again_after_a_deletion(story: Story, file: Callable[..., Any]) -> None:
    record = file(story).record
    code = record.code
    record.sightings.all().delete()
    record.current = None
    record.save()
    record.delete()
    assert file(story).record.code == code + 1


def test_our_own_print_page_taken_in_again_is_no_change(db: None) -> None:
    """What we print comes back under its own code, and says nothing new."""
    from pathlib import Path

    from dateline.archive.models import Record
    from dateline.clean.arrivals import arrival
    from dateline.clean.stories import clean
    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.gather import gather
    from dateline.newsroom.take_in import take_in
    from dateline.site.press import SitePress, print_sheet
    from dateline.wire.formats import parse

    samples = Path(__file__).parent.parent.parent / "samples"
    files = sorted(path for path in samples.rglob("*") if path.is_file() and path.suffix != ".md")
    how: dict[str, Any] = {"site_url": SITE, "by": "test", "now": NOW, "press": SitePress()}
    gather(files, publishing=True, desk=Desk(**how))
    for record in Record.objects.published():
        page = print_sheet(record)
        (item,) = parse(page, name="print.html").items
        again = take_in(arrival(clean(item), item_format=item.format, raw=page, now=NOW), **how)
        assert (again.record, again.outcome) == (record, "seen again")


@pytest.mark.parametrize("guid", ["{}", None], ids=["with identifiers", "without"])
def test_the_cost_does_not_grow_with_what_the_source_has_sent(
    guid: str | None, story: Story, file: Callable[..., Any]
) -> None:
    def come(name: str, text: str = "") -> Any:
        named = guid and guid.format(name)
        text = text or " ".join(f"{name}{place}" for place in range(30))
        return file(story, guid=named, url=f"https://paper.example/{name}", code=None, headline=name, text=text)

    def costs(name: str) -> list[int]:
        """Return what a new story, the same again and a change of it cost."""
        return [steps(lambda: come(name)), steps(lambda: come(name)), steps(lambda: come(name, "It changed."))]

    come("first")
    few = costs("second")
    for number in range(150):
        come(f"more{number}")
    many = costs("last")
    assert all(more <= 1.2 * less for less, more in zip(few, many, strict=True)), (few, many)


def steps(work: Callable[[], object]) -> int:
    """Return how many steps of its own machine SQLite takes; 0 of another database, which plans by what it holds."""
    from django.db import connection

    if connection.vendor != "sqlite":
        work()
        return 0
    taken = [0]
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: taken.append(1), 10)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(taken)


UNNAMED: dict[str, Any] = {"guid": None, "url": None, "code": None, "site_name": None}
LUMP = "Trawler seized in the strait 9 September 2015 The coast guard seized a trawler on Wednesday."
BODY = """The coast guard seized a trawler in the strait on Wednesday, towed it to harbour and counted its fish twice.

Its owner, who had come by bicycle, protested loudly and was given a receipt for the fish but none for the ship."""


@pytest.mark.parametrize(
    ("bad", "better"),
    [
        ({}, {"site_name": None}),
        ({"site_name": "Trawler seized"}, {}),
        ({"site_name": None, "credit": "HPA"}, {}),
        (UNNAMED, {}),
        (UNNAMED, {**UNNAMED, "code": "31186", "credit": "HPA"}),
        ({"url": None}, {"url": None}),
        ({}, {"url": None, "text": "The trawler is free again, its owner is content, and nobody knows why."}),
        ({}, {"url": None, "site_name": None, "credit": "HPA"}),
    ],
    ids=[
        "the site named no more",
        "the site misread",
        "an agency for a site",
        "nothing said",
        "a code, no site",
        "no address",
        "its code, in other words",
        "its code, credited to an agency",
    ],
)
def test_a_badly_read_page_is_mended_by_a_better_file(
    bad: dict[str, Any], better: dict[str, Any], story: Story, file: Callable[..., Any]
) -> None:
    page = replace(story, guid=None, text=BODY)
    record = file(replace(page, headline=LUMP), **bad, item_format="print").record
    mended = file(page, **better, item_format="print")
    assert (mended.record, mended.outcome) == (record, "changed")
    assert [version.as_story().headline for version in record.versions.order_by("number")] == [LUMP, page.headline]
    assert file(replace(page, headline=f"{LUMP} On"), **UNNAMED, item_format="text").outcome == "seen again"


def test_a_code_is_its_sites_own(story: Story, file: Callable[..., Any]) -> None:
    page = replace(story, guid=None)
    first = file(page).record
    words = "Ministers of nine states met to talk about the weather, and agreed that there was some."
    assert file(page, text=words, url=None, site_name="Another Paper").record != first
    assert file(page, text=words, url="https://paper.example/other/31186").record != first


def test_an_aggregators_copy_of_a_nameless_story_is_a_sighting_once_its_site_is_known(
    story: Story, file: Callable[..., Any]
) -> None:
    page = replace(story, guid=None, text=BODY)
    file(replace(page, headline=LUMP), **UNNAMED, item_format="text")
    file(page, item_format="print")
    copy = {"site_name": "The Collector", "text": f"{BODY}\n\nRead on there.", "guid": "collector-1"}
    assert file(page, **copy, item_format="rss").outcome == "seen again"
