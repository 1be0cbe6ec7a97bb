"""Places against gold of our own: tests/data/reading/places.json, and what the gazetteer and the lists promise."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from dateline.reading import authority
from dateline.reading.gazetteer import sites, state, us_state
from dateline.reading.reader import read
from dateline.story import Story

CASES = json.loads((Path(__file__).parent.parent / "data" / "reading" / "places.json").read_text("utf-8"))


def far(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return a distance in kilometres, good enough on a scale of hundreds."""
    north = (lat - other_lat) * 111
    return math.hypot(north, (lon - other_lon) * 111 * math.cos(math.radians(lat)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_each_place_is_put_where_it_lies(case: dict[str, Any]) -> None:
    found = {
        place.span.of(case["text"]): place
        for place in read(Story(headline="", text=case["text"], language="en")).places
    }
    for name, country, lat, lon in case["places"]:
        place = found[name]
        assert place.country == country, name
        assert place.lat is not None
        assert place.lon is not None
        assert far(place.lat, place.lon, lat, lon) < 161, name
        assert place.why


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
