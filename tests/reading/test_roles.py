"""Offices: who holds which, of which state or body. Each sentence is for one way to say it."""

from __future__ import annotations

import pytest

from dateline.reading.reader import read
from dateline.story import Actor, Figure, Story


def person(text: str, name: str, captions: tuple[str, ...] = ()) -> Actor:
    figures = tuple(Figure(caption=caption) for caption in captions)
    found = read(Story(headline="", text=text, language="en", figures=figures))
    return next(actor for actor in found.actors if actor.name == name)


@pytest.mark.parametrize(
    ("text", "name", "office", "country", "body", "sector"),
    [
        ("Dutch Foreign Minister Karel Jansen spoke.", "Karel Jansen", "Foreign Minister", "NLD", None, "GOV"),
        ("Haddad, the embattled Syrian president, refused.", "Haddad", "President", "SYR", None, "GOV"),
        ("The prime minister of Nepal, Asha Rai, resigned.", "Asha Rai", "Prime Minister", "NPL", None, "GOV"),
        ("Asha Rai, 61, prime minister of Nepal, resigned.", "Asha Rai", "Prime Minister", "NPL", None, "GOV"),
        ("Prime Minister Ana Gomez of Spain left.", "Ana Gomez", "Prime Minister", "ESP", None, "GOV"),
        ("Former US President Carl Stone spoke.", "Carl Stone", "Former President", "USA", None, "ELI"),
        ("Ex-president Luis Moreno was held.", "Luis Moreno", "Former President", None, None, "ELI"),
        ("Acting Interior Minister Ali Khan spoke.", "Ali Khan", "Acting Interior Minister", None, None, "GOV"),
        ("Deputy Mayor Nora Lind opened it.", "Nora Lind", "Deputy Mayor", None, None, "GOV"),
        ("Dutch Tourism Minister Karel Jansen spoke.", "Karel Jansen", "Tourism Minister", "NLD", None, "GOV"),
        (
            "The Minister of Public Works, Rafael Ortiz, quit.",
            "Rafael Ortiz",
            "Minister of Public Works",
            None,
            None,
            "GOV",
        ),
        ("Hamas leader Samir Odeh spoke.", "Samir Odeh", "Leader", None, "Hamas", "REB"),
        ("The Israeli Likud leader Avi Gal spoke.", "Avi Gal", "Leader", "ISR", "Likud", "PTY"),
        ("NATO Secretary-General Jan Berg left.", "Jan Berg", "Secretary-General", None, "NATO", "IGO"),
        ("Jane Doe, chief executive of Acme Steel, left.", "Jane Doe", "Chief Executive", None, "Acme Steel", "BUS"),
        ("Archbishop Paul Weber prayed.", "Paul Weber", "Archbishop", None, None, "REL"),
        (
            "Lowland Sheep Board (LSB) chairman Tom Hart spoke.",
            "Tom Hart",
            "Chairman",
            None,
            "Lowland Sheep Board",
            "GOV",
        ),
        ("ROME: The Likud chairman, Avi Gal, spoke.", "Avi Gal", "Chairman", None, "Likud", "PTY"),
    ],
)
def test_an_office_and_whose_it_is(
    text: str, name: str, office: str, country: str | None, body: str | None, sector: str
) -> None:
    actor = person(text, name)
    assert actor.role is not None
    assert (actor.role.office, actor.role.country, actor.role.organisation) == (office, country, body)
    assert actor.sector == sector


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe, who met the president in May, left.",
        "Jane Doe, whose brother is a governor, stayed.",
        "Jane Doe, widow of the late mayor, stayed.",
    ],
)
def test_to_meet_an_officeholder_is_no_office(text: str) -> None:
    assert person(text, "Jane Doe").role is None


def test_the_only_state_of_a_story_is_that_of_who_governs() -> None:
    role = person("President Jana Horak said Chile would answer. Horak left.", "Jana Horak").role
    assert role is not None
    assert role.country == "CHL"
    role = person("President Jana Horak said Chile would answer Peru.", "Jana Horak").role
    assert role is not None
    assert role.country is None


def test_an_office_alone_tells_the_state_of_its_one_holder() -> None:
    role = person("Premier Jana Horak opposed it. The Czech premier said France agreed.", "Jana Horak").role
    assert role is not None
    assert role.country == "CZE"


def test_a_caption_may_tell_the_office() -> None:
    text = "Maria Talbot arrived in Lima. Chile and Peru waited."
    role = person(text, "Maria Talbot", ("British Defence Minister Maria Talbot in Lima.",)).role
    assert role is not None
    assert (role.office, role.country) == ("Defence Minister", "GBR")


def test_the_president_is_not_the_former_one() -> None:
    text = "Former President Luis Moreno spoke. Then President Ana Rey spoke. “No,” the president said."
    found = read(Story(headline="", text=text, language="en"))
    assert {quote.speaker for quote in found.quotes if quote.content[0].of(text) == "“No,”"} == {"per:ana-rey"}
