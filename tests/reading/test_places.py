"""Places against gold of our own: tests/data/reading/places.json, and what the gazetteer and the lists promise."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.reading import authority
from dateline.reading.gazetteer import sites, state, us_state
from dateline.reading.reader import read
from dateline.story import Place, Story

CASES = json.loads((Path(__file__).parent.parent / "data" / "reading" / "places.json").read_text("utf-8"))


def far(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return a distance in kilometres, good enough on a scale of hundreds."""
    north = (lat - other_lat) * 111
    return math.hypot(north, (lon - other_lon) * 111 * math.cos(math.radians(lat)))


def placed(text: str, **around: str) -> list[tuple[str, Place]]:
    story = replace(Story(headline="", text=text, language="en"), **around)
    return [(place.span.of(text), place) for place in read(story).places]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_each_place_is_put_where_it_lies(case: dict[str, Any]) -> None:
    found = placed(case["text"])
    for name, country, lat, lon in case["places"]:
        assert any(
            said == name
            and place.country == country
            and place.lat is not None
            and place.lon is not None
            and far(place.lat, place.lon, lat, lon) < 161
            and place.why
            for said, place in found
        ), (name, found)


def test_an_unknown_place_is_kept_without_coordinates() -> None:
    text = "The ministers met in the village of Brenmarkhaven in Norway."
    found = {place.span.of(text): place for place in read(Story(headline="", text=text, language="en")).places}
    assert found["Brenmarkhaven"].lat is None
    assert found["Norway"].country == "NOR"


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("the U.S.", "USA"),
        ("US", "USA"),
        ("us", None),
        ("Russian", "RUS"),
        ("BRITAIN", "GBR"),
        ("Türkiye", "TUR"),
        ("Korean", None),
    ],
)
def test_names_of_states(name: str, country: str | None) -> None:
    assert authority.country_of(name) == country


@pytest.mark.parametrize(
    ("name", "known"), [("Nato", "NATO"), ("U.N.", "United Nations"), ("who", None), ("Who", None)]
)
def test_names_of_organisations(name: str, known: str | None) -> None:
    assert authority.organisation(name) == known


def test_every_state_has_its_place_and_its_capital_is_a_seat() -> None:
    codes = set(map(authority.country_of, ("Chad", "Nauru", "Kosovo"))) | {"USA", "PSE", "VAT"}
    for code in codes:
        assert code is not None
        assert state(code) is not None
        assert authority.seat_of(authority.capital_of(code)) == code


def test_abbreviations_of_american_states() -> None:
    assert us_state("Calif.") == us_state("California") == "CA"
    assert sites("N.C.")[0].kind == "region"


def test_a_demonym_is_put_where_its_place_lies_and_says_so() -> None:
    (russian,) = [place for said, place in placed("The Russian envoy spoke first.") if said == "Russian"]
    assert russian.demonym
    assert russian.country == "RUS"
    assert "demonym" in (russian.why or "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police in Dayton said so. The Dayton Fire Department came late.", "Dayton"),
        ("Rep. Ann Marsh, D-Toledo, voted against it.", "Toledo"),
        ("The University of Cincinnati opened a new library.", "Cincinnati"),
        ("Two boys drowned, the Fairfax County Sheriff's Office said.", "Fairfax County"),
    ],
)
def test_a_place_within_another_name(text: str, name: str) -> None:
    assert name in [said for said, _ in placed(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Paris Holm and Mr. Lansing did not answer. Ms. Holm said she was ill.", "Paris"),
        ("Paris Holm and Mr. Lansing did not answer. Ms. Holm said she was ill.", "Lansing"),
        ("She lives at 12 Lansing Street with her two sons.", "Lansing"),
        ("The plant cost US $3 million.", "US"),
        ("It is cold. Still, Ohio has had worse.", "Still"),
        ("The SWAT team will be back in March or May.", "SWAT"),
        ("The SWAT team will be back in March or May.", "March"),
    ],
)
def test_what_is_called_like_a_place_is_none(text: str, name: str) -> None:
    assert name not in [said for said, _ in placed(text)]


def test_a_street_is_found_and_not_put_anywhere() -> None:
    streets = [place for said, place in placed("The fire began at a shop on Wexley Street.") if said == "Wexley Street"]
    assert [place.lat for place in streets] == [None]


@pytest.mark.parametrize(("dateline", "lat"), [("Portland, Maine", 43.7), ("Portland, Ore.", 45.5)])
def test_what_stands_around_the_text_tells_which_place_is_meant(dateline: str, lat: float) -> None:
    ((_, portland),) = placed("A ferry sank in Portland on Monday.", dateline=dateline)
    assert portland.lat == pytest.approx(lat, abs=0.2)


def test_each_place_counts_once_however_many_a_story_names() -> None:
    """The weighing is linear in the names of a story: each hears the sum of the others."""
    towns = "Dayton, Toledo, Akron, Canton, Lima, Mansfield, Newark, Springfield, Columbus and Cincinnati"
    found = placed(f"Buses run between the Ohio cities of {towns}.")
    assert {place.country for said, place in found if said != "Ohio"} == {"USA"}
    assert dict(found)["Newark"].lat == pytest.approx(40.06, abs=0.1)
    assert dict(found)["Lima"].lat == pytest.approx(40.74, abs=0.1)


def test_a_seat_of_government_is_where_its_government_is() -> None:
    text = "The minister met officials at the White House, then judges in The Hague."
    found = read(Story(headline="", text=text, language="en")).places
    at = {place.span.of(text): (round(place.lat or 0), place.country) for place in found}
    assert at == {"White House": (39, "USA"), "The Hague": (52, "NLD")}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Envoys of Tarsk and Velloria may meet in Geneva next week.", "CHE"),
        ("Envoys may meet in Geneva next week, aides in Lomax and Corvin said.", "CHE"),
        ("The Illinois towns of Aurora and Geneva will share a school. Batavia will not.", "USA"),
    ],
)
def test_a_small_namesake_of_a_great_city_needs_its_state_told(text: str, country: str) -> None:
    assert dict(placed(text))["Geneva"].country == country


@pytest.mark.parametrize(
    ("text", "lat"),
    [
        ("Envoys asked for a vote in New York on Friday, diplomats at the United Nations said.", 40.7),
        ("The pact is to be signed in New York in April, French and German ministers said.", 40.7),
        ("The singer moved to New York in May.", 40.7),
        ("Towns across New York and Vermont were flooded. Albany sent crews to Utica.", 42.9),
    ],
)
def test_new_york_is_the_state_in_news_of_home_only(text: str, lat: float) -> None:
    assert dict(placed(text))["New York"].lat == pytest.approx(lat, abs=0.2)
