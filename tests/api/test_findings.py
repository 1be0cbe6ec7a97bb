"""The API on what was read: entities, events, quotes, claims, in JSON and in the forms of the field."""

from __future__ import annotations

import json
from typing import Any

import pytest


def test_every_event_and_quote_names_where_it_stands(get: Any, walk: Any) -> None:
    told = walk("events", "events") + walk("quotes", "quotes")
    assert len(told) > 200
    for each in told:
        cited = each["cited"]
        story = get(f"stories/{cited['code']}")
        assert cited["version"] == story["versions"][-1]["number"]
        assert cited["url"].startswith(story["permalink"] + "#")
        if "words" in each:
            assert story["story"]["text"][cited["start"] : cited["end"]] == each["words"]
        for passage in each.get("content", []):
            assert story["story"]["text"][passage["start"] : passage["end"]] == passage["text"]


def test_lists_are_walked_whole_and_in_the_order_of_days(walk: Any) -> None:
    from dateline.archive.models import Finding

    for noun, kind in (("events", "event"), ("quotes", "quote")):
        told = walk(noun, noun)
        days = [each["day"] for each in told]
        names = [each["cited"]["id"] for each in told]
        rows = Finding.objects.filter(kind=kind, is_public=True).values_list("record__code", "fingerprint").distinct()
        assert days == sorted(days, reverse=True)
        assert sorted(names) == sorted(f"{code}-{fingerprint}" for code, fingerprint in rows)


def test_filters_keep_what_fits(walk: Any) -> None:
    everything = walk("events", "events")
    for asked, fits in (
        ("type=ACCUSE", lambda e: e["type"] == "ACCUSE"),
        ("quad=3", lambda e: e["quad"] == 3),
        ("modality=planned", lambda e: e["modality"] == "planned"),
        ("from=2015-09-01&to=2015-09-11", lambda e: "2015-09-01" <= e["day"] <= "2015-09-11"),
        ("type=ACCUSE&from=2015-09-11", lambda e: e["type"] == "ACCUSE" and e["day"] >= "2015-09-11"),
    ):
        wanted = [each["cited"]["id"] for each in everything if fits(each)]
        assert wanted, asked
        assert sorted(each["cited"]["id"] for each in walk(f"events?{asked}", "events")) == sorted(wanted), asked
    by_usa = walk("events?actor=USA&recipient=loc:cub", "events")
    assert by_usa
    assert by_usa == walk("events?actor=loc:usa&recipient=CUB", "events")
    # Both sides in full, although one row names one of each.
    assert any(len(each["actors"]) + len(each["recipients"]) > 2 for each in by_usa)
    by_cuba = {each["cited"]["id"] for side in ("actor", "recipient") for each in walk(f"events?{side}=CUB", "events")}
    assert {each["cited"]["id"] for each in walk("events?country=CUB", "events")} == by_cuba
    quotes = walk("quotes?stance=accuse&speaker=per:ingra-solvane", "quotes")
    assert quotes
    assert {each["stance"] for each in quotes} == {"accuse"}


def test_an_entity_has_its_counts_events_partners_and_stories(get: Any, walk: Any) -> None:
    told = get("entities/loc:usa")
    events = walk("entities/loc:usa/events", "events")
    counted = sum(sum(month["counts"].values()) for month in told["did"] + told["had"])
    assert counted >= len(events) > 2
    naming = [each["code"] for each in walk("entities/loc:usa/stories", "stories")]
    assert len(naming) == len(set(naming)) > 5
    partners = get("entities/loc:usa/partners")["partners"]
    assert "loc:cub" in {each["entity"]["key"] for each in partners}
    pair = get("pairs/loc:usa/loc:cub")
    between = walk("pairs/loc:usa/loc:cub/events", "events")
    assert sum(sum(month["counts"].values()) for month in pair["balance"]) >= len(between) > 0
    assert between == walk("pairs/loc:cub/loc:usa/events", "events")
    assert isinstance(walk("pairs/loc:usa/loc:cub/quotes", "quotes"), list)
    assert walk("entities/per:ingra-solvane/quotes", "quotes")


def test_entities_are_found_by_kind_and_name(get: Any, walk: Any) -> None:
    people = walk("entities?kind=PER", "entities")
    assert len(people) > 5
    assert {each["kind"] for each in people} == {"PER"}
    assert [each["key"] for each in people] == sorted(each["key"] for each in people)
    assert [each["name"] for each in get("entities?q=kerry")["entities"]] == ["John Kerry"]
    assert get("entities?q=Tehran&kind=GEO")["entities"][0]["country"] == "IRN"


def test_claims_come_with_their_answers(walk: Any) -> None:
    claims = walk("claims", "claims")
    assert claims
    assert {each["accusation"]["stance"] for each in claims} == {"accuse"}
    assert all(answer["denial"]["stance"] == "deny" for each in claims for answer in each["answers"])


def test_a_story_tells_its_findings_and_its_reading(get: Any) -> None:
    code = get("events?limit=1")["events"][0]["cited"]["code"]
    findings, reading = get(f"stories/{code}/findings"), get(f"stories/{code}/reading")
    assert len(findings["events"]) == len(reading["reading"]["events"]) > 0
    assert len(findings["quotes"]) == len(reading["reading"]["quotes"])
    unread = get("stories?language=fa&limit=1")["stories"][0]["code"]
    assert get(f"stories/{unread}/findings")["reader"] is None


def test_event_data_come_in_the_forms_of_the_field(client: Any, get: Any, walk: Any) -> None:
    happened = [each for each in walk("events", "events") if each["modality"] in ("happened", "ongoing")]
    lines = [json.loads(line) for line in _body(client, "events.plover.jsonl").splitlines()]
    assert [line["id"] for line in lines] == [each["cited"]["id"] for each in happened]
    assert all(line["date"] and line["event"] and isinstance(line["actor"], list) for line in lines)
    head, *rows = _body(client, "events.polecat.tsv").split("\n")[:-1]
    columns = head.split("\t")
    assert len(columns) == 40
    assert columns[:3] == ["Event ID", "Event Date", "Event Type"]
    assert {len(row.split("\t")) for row in rows} == {40}
    assert [row.split("\t")[0] for row in rows] == [line["id"] for line in lines]
    planned = _body(client, "events.plover.jsonl?modality=planned").splitlines()
    assert planned
    assert all(json.loads(line)["comment"] == "modality: planned" for line in planned)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("events?type=DANCE", 422),
        ("events?quad=5", 422),
        ("events?from=yesterday", 422),
        ("events?cursor=20150101", 400),
        ("events?cursor=20150101_99999999999999999999", 400),
        ("events?actor=XXX", 404),
        ("events.plover.jsonl?actor=per:nobody", 404),
        ("quotes?stance=dance", 422),
        ("entities/per:nobody", 404),
        ("entities?kind=CAT", 422),
        ("pairs/loc:usa/per:nobody", 404),
        ("groups/999999", 404),
        ("groups/99999999999999999999999", 404),
        ("claims?cursor=x", 400),
    ],
)
def test_a_bad_question_says_what_is_wrong(asked: str, status: int, get: Any) -> None:
    assert get(asked, status=status)["error"]


def _body(client: Any, path: str) -> str:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()
