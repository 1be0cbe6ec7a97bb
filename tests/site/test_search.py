"""The search page and what a query can be taken away as."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from lxml import etree

from dateline.text.queries import FIELDS
from dateline.text.query_reader import read_query

LANGUAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "search-language.md"
DOCUMENTED = re.findall(
    r"^\| `([^`]+)` \| (?!a feed|a calendar|a table|a line)", LANGUAGE.read_text("utf-8"), re.MULTILINE
)


@pytest.mark.parametrize("said", DOCUMENTED)
def test_every_query_in_the_reference_is_understood_and_answered(said: str, client: Any) -> None:
    query = read_query(said)
    assert query.part is not None
    assert not [gloss for gloss in query.glosses if gloss.is_doubt]
    assert client.get("/en/search", {"q": said}).status_code == 200


def test_every_field_stands_in_the_reference() -> None:
    told = " ".join(DOCUMENTED)
    assert not [name for name in (*FIELDS, "headline", "date") if f"{name}:" not in told]
    assert all(mark in told for mark in ('"', "-", " OR ", "NEAR/", "*", "~", "(", ".."))


def page(client: Any, **asked: str) -> Any:
    return etree.HTML(client.get("/en/search", asked).content.decode())


def test_a_facet_leads_to_the_stories_it_counts(client: Any) -> None:
    shown = page(client, q="talks OR trawler")
    links = shown.xpath("//aside[@class='narrow']//li[not(@class)]/a")
    assert links
    for link in links[:12]:
        count = int("".join(link.xpath(".//small/text()")))
        asked = parse_qs(urlsplit(link.get("href")).query)
        narrowed = page(client, q=asked["q"][0])
        assert f"{count} stor" in narrowed.xpath("string(//*[@role='status'])")
        (on,) = narrowed.xpath("//aside//li[@class='on']/a")
        back = page(client, q=parse_qs(urlsplit(on.get("href")).query)["q"][0])
        assert back.xpath("string(//*[@role='status'])") == shown.xpath("string(//*[@role='status'])")


def test_the_page_says_what_it_passed_over_and_offers_another_spelling(client: Any) -> None:
    shown = page(client, q="trawlar person:")
    assert "behind the colon" in shown.xpath("string(//details//*[@class='doubt'])")
    assert shown.xpath("string(//*[@class='suggest']/a)").startswith("trawler")


def test_a_value_no_story_has_leads_to_those_there_are(client: Any) -> None:
    shown = page(client, q='talks source:"harbor gazette"')
    (doubt,) = shown.xpath("//details[@open]//*[@class='doubt']")
    assert "no story is known for this" in "".join(doubt.itertext())
    links = {link.xpath("string()"): link.get("href") for link in doubt.xpath(".//a")}
    (piece,) = links
    assert piece == 'source:"harbour gazette"'
    assert parse_qs(urlsplit(links[piece]).query)["q"] == [f"talks {piece}"]
    assert client.get(links[piece]).content.count(b"<article")


def test_pages_go_on_by_cursor_and_show_each_story_once(client: Any) -> None:
    from dateline.archive.models import Record

    seen: list[str] = []
    to = "/en/search?q=-zzz&sort=date"
    while to:
        shown = etree.HTML(client.get(to).content.decode())
        seen += shown.xpath("//article//h2/a/@href")
        to = shown.xpath("string(//a[@rel='next']/@href)")
    assert len(seen) == len(set(seen)) == Record.objects.published().in_language("en").count()


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_query_is_a_feed(form: str, client: Any) -> None:
    feed = feedparser.parse(client.get(f"/en/search.{form}", {"q": "trawler"}).content)
    assert not feed.bozo
    assert feed.entries
    assert all("trawler" in json.dumps(entry).lower() for entry in feed.entries)
    assert feed.feed.title.startswith("trawler")


def test_a_query_is_a_table(client: Any) -> None:
    answer = client.get("/en/search.csv", {"q": "trawler"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    lines = [json.loads(line) for line in b"".join(client.get("/en/search.jsonl", {"q": "trawler"})).splitlines()]
    assert [int(row["code"]) for row in rows] == [line["code"] for line in lines]
    assert [row["headline"] for row in rows] == [line["story"]["headline"] for line in lines]
    assert rows
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_cell_is_no_formula(client: Any, newest: Any) -> None:
    story = {**newest.current.story, "headline": "=1+1"}
    type(newest.current).objects.filter(pk=newest.current_id).update(story=story)
    table = b"".join(client.get("/en/search.csv", {"q": f"code:{newest.code}"}).streaming_content).decode()
    assert ",'=1+1," in table


def test_a_query_is_parquet(client: Any) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    data = b"".join(client.get("/en/search.parquet", {"q": "trawler"}).streaming_content)
    rows = parquet.read_table(io.BytesIO(data)).to_pylist()
    assert rows
    assert all("trawler" in f"{row['headline']} {row['text']}".lower() for row in rows)


def test_parquet_without_its_library_says_what_is_missing(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = client.get("/en/search.parquet", {"q": "trawler"})
    assert answer.status_code == 501
    assert b"dateline[parquet]" in answer.content


def test_a_calendar_holds_what_is_planned(client: Any, newest: Any) -> None:
    from dateline.archive.search import index
    from dateline.plain import to_plain
    from dateline.story import Event, Moment, Reading
    from dateline.text.spans import Span

    moment = Moment(span=Span(0, 4), type="DATE", value="2016-02-28", first="2016-02-28", last="2016-02-29")
    happened = Event(span=Span(5, 9), type="AGREE", quad=1, actors=(), recipients=(), moment=Span(0, 4))
    planned = Event(
        span=Span(10, 30), type="CONSULT", quad=1, actors=(), recipients=(), moment=Span(0, 4), modality="planned"
    )
    reading = Reading(reader="test", language="en", moments=(moment,), events=(happened, planned))
    type(newest.current).objects.filter(pk=newest.current_id).update(reading=to_plain(reading))
    newest.refresh_from_db()
    index(newest)
    calendar = client.get("/en/search.ics", {"q": f"code:{newest.code}"}).content.decode()
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20160228\r\nDTEND;VALUE=DATE:20160301\r\n" in calendar
    assert f"/{newest.code}/" in calendar.replace("\r\n ", "")
    empty = client.get("/en/search.ics", {"q": "zzz"}).content.decode()
    assert "BEGIN:VEVENT" not in empty
    assert "BEGIN:VTIMEZONE\r\nTZID:UTC\r\n" in empty, "a calendar without any component is none"


@pytest.mark.parametrize("path", ["/en/search.exe?q=a", "/xx/search.rss?q=a"])
def test_no_other_form_is_there(path: str, client: Any) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("form", ["rss", "atom", "json", "ics", "csv", "jsonl"])
@pytest.mark.parametrize("query", ["", '"((', "\x00\x01\u202e]]>", "<script>"])
def test_no_query_breaks_a_form(form: str, query: str, client: Any) -> None:
    answer = client.get(f"/en/search.{form}", {"q": query})
    assert answer.status_code == 200
    data = b"".join(answer)
    if form in ("rss", "atom"):
        etree.fromstring(data)
    if form == "json":
        json.loads(data)


def test_lines_of_a_calendar_are_folded_between_characters() -> None:
    from dateline.wire.icalendar import CalendarEntry, dump

    told = CalendarEntry(
        uid="1@x",
        first="2015-01-01",
        last="2015-01-01",
        summary="گفت; وگو,\\\n" * 30,
        told_at=datetime(2015, 1, 1, tzinfo=UTC),
    )
    data = dump([told], name="n", product="p")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    whole = data.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:" + "گفت\\; وگو\\,\\\\\\n" * 30 + "\r\n" in whole


def test_a_page_that_did_not_look_at_all_says_how_far_it_looked_and_leads_on(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    from dateline.archive.search import scanning

    # What each index has to read on for: SQLite's what all lack, PostgreSQL's words that nowhere stand together.
    said = {"sqlite": "-the", "postgresql": '"the the"'}[connection.vendor]
    monkeypatch.setattr(scanning, "LOOKED_AT", {"postgresql": 1, "sqlite": 1})
    shown, seen = page(client, q=said), []
    while onward := shown.xpath("//*[@class='empty']//a[@rel='next']/@href"):
        seen.append(shown.xpath("string(//*[@class='empty']/p)"))
        shown = etree.HTML(client.get(onward[0]).content.decode())
    assert len(seen) > 2 and all(told.startswith("No story back to ") for told in seen)
    assert shown.xpath("string(//*[@class='empty']/p)") == f"No story has {said} in it."
