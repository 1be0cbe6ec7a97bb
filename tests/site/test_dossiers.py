"""Dossiers tell what the archive knows of one, of two and of a day, and every line leads to its sentence."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from lxml import etree
from tests.conftest import NOW


@pytest.fixture(scope="module")
def read_paper(paper: None) -> None:
    """Read all English samples; the pages of the stories are pressed anew."""
    from dateline.archive.models import Record
    from dateline.newsroom.read import read
    from dateline.reading import reader
    from dateline.site.press import SitePress

    for record in Record.objects.published().in_language("en").with_current():
        read(record.current, reader=reader.read, by="test", now=NOW, press=SitePress())


@pytest.fixture
def reader(read_paper: None) -> Any:
    from django.test import Client

    return Client()


def page(client: Any, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return etree.HTML(answer.content.decode())


def lines(tree: Any) -> list[str]:
    return [str(href) for href in tree.xpath("//ol[@class='told']//p[@class='said' or @class='headline']/a/@href")]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/person/john-kerry", 200),
        ("/fa/person/john-kerry", 200),
        ("/en/place/rus", 200),
        ("/en/place/russia", 301),
        ("/en/person/john-kerry/events", 200),
        ("/en/person/john-kerry/stories", 200),
        ("/en/place/rus/stories", 200),
        ("/en/pair/loc:cub/per:john-kerry", 200),
        ("/en/pair/per:john-kerry/loc:cub", 301),
        ("/en/pair/loc:cub/loc:cub", 404),
        ("/en/pair/loc:cub/per:nobody-there", 404),
        ("/en/person/nobody-there", 404),
        ("/en/person/nobody-there/events", 404),
        ("/xx/person/john-kerry", 404),
        ("/en/place/99999999999999999999", 404),
        ("/en/day/2015-12-12", 200),
        ("/en/day/2015-02-31", 404),
        ("/en/day/1815-06-18", 404),
        ("/en/calendar/1815-06", 200),
        ("/en", 301),
        ("/en?x=1", 301),
        ("/xx", 404),
        ("/en/search/", 301),
        ("/en/claims/", 301),
        ("/en/calendar", 301),
        ("/en/calendar/2015-13", 404),
        *((f"/{each}/day/{day}", 404) for each in ("en", "fa") for day in ("0000-01-01", "0001-01-01", "9999-12-31")),
        *((f"/{each}/calendar/{month}", 404) for each in ("en", "fa") for month in ("0000-01", "9999-12")),
        *((f"/{each}/calendar/0001-01", 200) for each in ("en", "fa")),
        *((f"/en/archive/{year}", 404) for year in ("0000", "0001", "9999")),
        *((f"/en/corrections/{month}", 404) for month in ("0001/01", "9999/12")),
        *((f"/en/section/rivers/{month}", 404) for month in ("0001/01", "9999/12")),
        *(
            (f"/en/search?q=date:{said}", 200)
            for said in ("0001", "9999", "9999-12-31", "9999-12-31..", "..0001-01-01")
        ),
        *((f"/api/v1/stories?{end}={day}", 200) for end in ("from", "to") for day in ("0001-01-01", "9999-12-31")),
        *((f"/api/v1/events?{end}={day}", 200) for end in ("from", "to") for day in ("0001-01-01", "9999-12-31")),
        ("/en/who/", 200),
        ("/en/places/", 200),
        ("/en/topics/", 200),
        ("/en/sources/", 200),
        ("/fa/who/", 200),
        ("/de/places/", 200),
        ("/en/who/?name=kerry", 200),
        ("/en/who/?name=%00%22<script>", 200),
        ("/en/section/rivers", 200),
        ("/en/topic/no-such-topic", 404),
        ("/en/source/no-such-source", 404),
        ("/en/search/map?q=cuba", 200),
        ("/en/search/map?q=((", 200),
        ("/en/search/calendar?q=is:planned", 200),
    ],
)
def test_an_address_answers(path: str, status: int, reader: Any) -> None:
    answer = reader.get(path)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert b"<script>alert" not in answer.content
    assert b'"<script>' not in answer.content


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/en", "/en/"),
        ("/en/search/?q=cuba&sort=date", "/en/search?q=cuba&sort=date"),
        ("/fa/claims/", "/fa/claims"),
        ("/en/who?name=kerry", "/en/who/?name=kerry"),
    ],
)
def test_a_slash_too_many_or_too_few_leads_on(path: str, there: str, reader: Any) -> None:
    assert reader.get(path).headers["Location"] == there


def test_an_empty_shelf_says_that_it_is(reader: Any) -> None:
    from dateline.archive.models import Entity, Frequency

    silent = Entity.objects.filter(kind="PER", stories__gt=0).exclude(
        pk__in=Frequency.objects.filter(side="said").values("entity")
    )
    name = silent.values_list("key", flat=True)[0].removeprefix("per:")
    assert "Nothing stands here." in "".join(page(reader, f"/en/person/{name}/quotes").itertext())
    month = page(reader, "/en/calendar/1815-06")
    assert "No story says what is to happen in this month." in "".join(month.itertext())
    assert month.xpath("//nav[@class='steps']/a[@rel='next']")


def test_every_public_finding_has_its_anchor_in_the_page_of_its_story(read_paper: None) -> None:
    from dateline.archive.models import Finding
    from dateline.archive.renderings import unpack
    from dateline.reading.fingerprints import anchor

    pages: dict[int, str] = {}
    rows = Finding.objects.filter(is_public=True).select_related("record")
    for row in rows:
        if row.record_id not in pages:
            pressed = row.record.renderings.get(path=row.record.path)
            pages[row.record_id] = unpack(bytes(pressed.body)).decode()
        assert f'<i id="{anchor(row.fingerprint)}"' in pages[row.record_id], (row.kind, row.label)
    assert len(rows) > 200
    for html in pages.values():
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))


def test_a_link_lights_the_words_it_names(reader: Any) -> None:
    from dateline.archive.models import Finding
    from dateline.reading.fingerprints import anchor

    for href in lines(page(reader, "/en/person/john-kerry/events")):
        path, _, name = href.partition("#")
        row = next(row for row in Finding.objects.filter(kind="event") if anchor(row.fingerprint) == name)
        story = page(reader, path)
        (number,) = re.findall(r"\ba(\d+)\b", story.xpath(f"string(//i[@id='{name}']/@class)"))
        lit = "".join(story.xpath(f"//*[contains(concat(' ', @class, ' '), ' f{number} ')]//text()"))
        assert "".join(row.label.split()) in "".join(lit.split())


def test_what_a_dossier_tells_is_what_the_findings_say(reader: Any) -> None:
    from dateline.archive import dossiers
    from dateline.archive.models import Entity, Finding

    kerry = Entity.objects.get(key="per:john-kerry")
    tree = page(reader, "/en/person/john-kerry")
    assert tree.xpath("string(//h1)") == "John Kerry"
    stories = Finding.objects.filter(entity=kerry, kind="mention").values("record").distinct().count()
    assert tree.xpath("//dl[@class='figures']/div[1]/dd/text()") == [str(stories)]
    assert kerry.stories == stories
    assert "Secretary of State, United States" in tree.xpath("string(//ul[@class='offices'])")
    assert len(tree.xpath("//ul[@class='offices']/li")) == len(dossiers.offices(kerry)) == 1
    told = json.loads(tree.xpath("string(//script[@type='application/ld+json'])"))
    assert (told["@type"], told["name"]) == ("Person", "John Kerry")
    assert tree.xpath("//link[@type='application/atom+xml'][contains(@href, 'person%3A%22john+kerry%22')]")
    for href in tree.xpath("//ul[@class='forms']//a/@href"):
        assert reader.get(href).status_code == 200, href
    partners = tree.xpath("//section[@aria-labelledby='partners']//ul[@class='sift']//a/@href")
    assert "/en/pair/loc:cub/per:john-kerry" in partners
    for href in partners:
        page(reader, href)


def test_a_state_is_counted_once_for_a_story(reader: Any) -> None:
    from dateline.archive.models import Entity, Finding

    for key in ("loc:rus", "loc:usa"):
        entity = Entity.objects.get(key=key)
        named = Finding.objects.filter(entity=entity, kind__in=("mention", "place"), is_public=True)
        assert entity.stories == named.values("record").distinct().count()


def test_a_state_has_its_name_in_the_readers_language(reader: Any) -> None:
    for language, name in (("en", "Russia"), ("fa", "روسیه"), ("ru", "Россия"), ("de", "Russland"), ("ar", "روسيا")):
        tree = page(reader, f"/{language}/place/rus")
        assert tree.xpath("string(//h1)") == name
        assert tree.xpath(f"//link[@rel='canonical'][@href='https://dateline.example/{language}/place/rus']")


def test_a_place_of_the_gazetteer_has_one_address(reader: Any) -> None:
    from dateline.archive.models import Entity
    from dateline.site.addresses import dossier_path

    place = Entity.objects.filter(kind="GEO", stories__gt=0).first()
    assert place is not None
    path = dossier_path("en", place.key, place.name)
    assert re.fullmatch(r"/en/place/\d+-[^/]+", path)
    number = path.rpartition("/")[2].partition("-")[0]
    for other in (f"/en/place/{number}", f"/en/place/{number}-another-name"):
        answer = reader.get(other)
        assert (answer.status_code, answer.headers["Location"]) == (301, path)
    tree = page(reader, path)
    assert lines(tree)
    assert json.loads(tree.xpath("string(//script[@type='application/ld+json'])"))["geo"]["latitude"] == place.lat


@pytest.mark.parametrize("what", ["events", "stories"])
def test_a_list_goes_on_to_its_end(what: str, reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.site.views import dossiers

    whole = lines(page(reader, f"/en/place/usa/{what}"))
    assert len(whole) > 5
    monkeypatch.setattr(dossiers, "LISTED", 2)
    found: list[str] = []
    query = ""
    for _ in whole:
        tree = page(reader, f"/en/place/usa/{what}{query}")
        found += lines(tree)
        query = tree.xpath("string(//nav[@class='pager']/a[@rel='next']/@href)")
        if not query:
            break
    assert found[: len(whole)] == whole


def test_events_can_be_sifted_by_side(reader: Any) -> None:
    both = lines(page(reader, "/en/person/john-kerry/events"))
    did, had = (lines(page(reader, f"/en/person/john-kerry/events?side={side}")) for side in ("did", "had"))
    assert did
    assert had
    assert set(did) | set(had) == set(both)


def test_quotes_can_be_sifted_by_stance(reader: Any) -> None:
    from dateline.archive import dossiers
    from dateline.archive.models import Entity, Frequency

    most = Frequency.objects.filter(side="said", other=0, month=0, entity__kind="PER").order_by("-count").first()
    assert most is not None
    speaker: Entity = most.entity
    slug = speaker.key.removeprefix("per:")
    whole = lines(page(reader, f"/en/person/{slug}/quotes"))
    sifted = [
        href
        for stance in dossiers.stances(speaker)
        for href in lines(page(reader, f"/en/person/{slug}/quotes?stance={stance}"))
    ]
    assert sorted(sifted) == sorted(whole)
    assert lines(page(reader, f"/en/person/{slug}/quotes?before=nonsense")) == whole
    for asked in ("quotes?stance=nonsense", "events?side=nonsense"):
        assert reader.get(f"/en/person/{slug}/{asked}").status_code == 404


def test_a_day_joins_what_is_told_of_it_and_what_was_published(reader: Any) -> None:
    from dateline.archive.models import Finding, Record

    row = Finding.objects.filter(kind="event", dated="day", is_public=True).order_by("-day").first()
    assert row is not None
    assert row.record.path in "".join(lines(page(reader, f"/en/day/{row.day}")))
    newest = Record.objects.published().in_language("en").newest().first()
    assert newest is not None
    day = newest.published_at.date()
    tree = page(reader, f"/en/day/{day}")
    assert newest.path in tree.xpath("//section[@aria-labelledby='published']//h3/a/@href")
    moved = reader.get(f"/en/archive/{day:%Y/%m/%d}")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/en/day/{day}")
    before = tree.xpath("string(//nav[@class='steps']/a[@rel='prev']/@href)")
    back = page(reader, before)
    assert f"/en/day/{day}" in back.xpath("//nav[@class='steps']/a[@rel='next']/@href")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_calendar_leads_through_all_that_is_planned(language: str, reader: Any) -> None:
    from dateline.archive.models import Finding

    planned = Finding.objects.filter(kind="event", modality="planned", dated__in=("day", "span"), is_public=True)
    assert planned
    answer = reader.get(f"/{language}/calendar/")
    assert answer.status_code == 302
    found: set[str] = set()
    there = answer.headers["Location"]
    seen = []
    while there:
        seen.append(there)
        tree = page(reader, there)
        found |= set(lines(tree))
        there = tree.xpath("string(//nav[@class='steps']/a[@rel='prev']/@href)")
    assert len(seen) == len(set(seen))
    assert len(found) == len({(row.record_id, row.fingerprint) for row in planned})


def test_names_are_found(reader: Any) -> None:
    for query, path in (
        ("who/?name=Kerry", "/en/person/john-kerry"),
        ("who/?name=john k", "/en/person/john-kerry"),
        ("places/?name=russia", "/en/place/rus"),
        ("places/?name=vienna", "/en/place/2761369-vienna"),
        ("places/?name=VIÉNNA", "/en/place/2761369-vienna"),
        ("places/?name=vien", "/en/place/2761369-vienna"),
        ("places/?name=viena", "/en/place/2761369-vienna"),
        ("places/?name=the+city+of+Vienna", "/en/place/2761369-vienna"),
    ):
        assert path in page(reader, f"/en/{query}").xpath("//ul[@class='counts']//a/@href"), query
    assert page(reader, "/en/who/?name=zzzz").xpath("//div[@class='empty']")


def test_a_shelf_shows_its_stories_and_what_is_in_them(reader: Any) -> None:
    from dateline.archive.models import Record

    tree = page(reader, "/en/section/world/about")
    stories = Record.objects.published().in_language("en").filter(section_slug="world").newest()
    shown = tree.xpath("//ul[@class='list']//h2/a/@href")
    assert shown == [record.path for record in stories[: len(shown)]]
    assert tree.xpath("//figure[contains(@class, 'chart-bars')]")
    topics = page(reader, "/en/topics/").xpath("//figure[contains(@class, 'chart-sparks')]")[0]
    marks = {
        mark.get("href"): mark.xpath("string(title)") for mark in topics.iter("a") if mark.find("title") is not None
    }
    rows = topics.xpath(".//tbody/tr")
    assert len(rows) == len(marks) > 3
    assert len(topics.xpath(".//thead//th")) == 14
    for row in rows:
        name, total, *months = ("".join(cell.itertext()) for cell in row.iter("td"))
        assert sum(map(int, months)) == int(total)
        assert marks[row.xpath("td[1]/a/@href")[0]].endswith(f"{name}\u2069: {total}")
        for link in row.xpath("td[position() > 2]/a"):
            (shown,) = page(reader, link.get("href")).xpath("//*[@role='status']/p[1]/text()")
            assert shown.startswith(f"{link.xpath('string()')} stor")
        assert reader.get(row.xpath("td[1]/a/@href")[0]).status_code == 200
    for kind in ("topics", "sources"):
        links = page(reader, f"/en/{kind}/").xpath("//ul[@class='counts']//a/@href")
        assert links
        for link in links:
            assert reader.get(link).status_code == 200, link


def test_topics_are_listed_when_only_a_much_newer_story_has_none(reader: Any) -> None:
    from django.db import transaction

    from dateline.clean.arrivals import arrival
    from dateline.newsroom.publish import publish
    from dateline.newsroom.take_in import take_in
    from dateline.site.press import SitePress
    from dateline.story import Stamp, Story

    listed = "//section[h2='Topics']//li"
    before = page(reader, "/en/topics/").xpath(listed)
    assert len(before) > 3
    stated = Stamp(value="2025-01-02", precision="day", said="2 January 2025", origin="test")
    story = Story(headline="Much newer", text="Nothing happened.", language="en", guid="newer", published=stated)
    now = NOW.replace(year=2026)
    came = arrival(story, item_format="rss", raw=b"newer", now=now)
    with transaction.atomic():
        intake = take_in(came, site_url="https://dateline.example", by="test", now=now, press=SitePress())
        publish(intake.record, by="test", now=now, press=SitePress())
        tree = page(reader, "/en/topics/")
        transaction.set_rollback(True)
    assert not tree.xpath("//figure[contains(@class, 'chart-sparks')]")
    assert ["".join(each.itertext()) for each in tree.xpath(listed)] == ["".join(each.itertext()) for each in before]
    numbers = [int("".join(each.itertext())) for each in tree.xpath(f"{listed}/small")]
    assert numbers == sorted(numbers, reverse=True)


def test_a_story_leads_to_the_dossiers_of_those_it_names(reader: Any) -> None:
    href = lines(page(reader, "/en/person/john-kerry"))[0].partition("#")[0]
    for there in page(reader, href).xpath("//aside//a[@class='on']/@href"):
        assert reader.get(there).status_code == 200, there


def test_what_is_withdrawn_is_in_no_dossier(read_paper: None) -> None:
    from django.db import transaction
    from django.test import Client

    from dateline.archive.models import Entity, Finding
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    only = Entity.objects.filter(kind="PER", stories=1).first()
    assert only is not None
    row = Finding.objects.filter(entity=only, kind="mention").select_related("record").get()
    client, path = Client(), f"/en/person/{only.key.removeprefix('per:')}"
    days = {each.day for each in row.record.findings.filter(kind="event").exclude(dated="story")}
    assert client.get(path).status_code == 200
    with transaction.atomic():
        retract(row.record, by="test", reason="It was wrong.", now=NOW, press=SitePress())
        assert client.get(path).status_code == 404
        for there in ("/en/place/usa", "/en/place/usa/events", "/en/who/", *(f"/en/day/{day}" for day in days)):
            assert row.record.path not in client.get(there).content.decode()
        transaction.set_rollback(True)
    row.record.refresh_from_db()


def test_an_unknown_one_is_missed_in_the_readers_language(reader: Any) -> None:
    answer = reader.get("/fa/person/nobody-there")
    assert answer.status_code == 404
    assert 'lang="fa" dir="rtl"' in answer.content.decode()


def test_the_sitemap_lists_those_whom_several_stories_name(reader: Any) -> None:
    from dateline.archive.models import Entity

    tree = etree.fromstring(reader.get("/sitemap-dossiers.xml").content)
    places = tree.xpath("//*[local-name()='loc']/text()")
    assert len(places) == Entity.objects.filter(stories__gte=3).exclude(kind="MISC").count()
    assert "https://dateline.example/en/person/john-kerry" in places
    for place in places[:20]:
        assert reader.get(place.removeprefix("https://dateline.example")).status_code == 200, place
    assert "sitemap-dossiers.xml" in reader.get("/robots.txt").content.decode()


@pytest.mark.parametrize("path", ["/en/person/john-kerry", "/en/pair/loc:cub/loc:usa", "/en/place/usa/events"])
def test_a_page_costs_a_bounded_number_of_queries(path: str, reader: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert reader.get(path).status_code == 200
    assert len(asked) <= 40
    for each in asked.captured_queries:
        assert '"reading"' not in each["sql"]
        assert '"archive_version"' not in each["sql"], "a story was read"
