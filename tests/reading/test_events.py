"""Events: parties, place, moment and modality of sentences of our own."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.reading.reader import read
from dateline.story import Event, Stamp, Story

MONDAY = Stamp(value="2026-03-02", precision="day", zone=None, said="2 March 2026", origin="test")


def events_in(text: str) -> tuple[Story, tuple[Event, ...]]:
    story = Story(headline="", text=text, language="en", published=MONDAY)
    return story, read(story).events


def told(text: str) -> list[tuple[Any, ...]]:
    return [(event.type, event.actors, event.recipients, event.modality) for event in events_in(text)[1]]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients", "modality"),
    [
        # who acts, who is acted on
        ("Chad accused Sudan of arming the rebels.", "ACCUSE", ["loc:tcd"], ["loc:sdn"], "happened"),
        ("The Chilean consul was expelled by Peru.", "SANCTION", ["loc:per"], ["org:chilean-consul"], "happened"),
        ("Bhutan called on Nepal to free the pilots.", "REQUEST", ["loc:btn"], ["loc:npl"], "happened"),
        ("Togo refused to send aid to Benin.", "REJECT", ["loc:tgo"], ["loc:ben"], "happened"),
        ("Sweden condemned the arrest of the bishop by Belarus.", "ACCUSE", ["loc:swe"], ["loc:blr"], "happened"),
        ("Oslo criticised Moscow over the arrests.", "ACCUSE", ["loc:nor"], ["loc:rus"], "happened"),
        ("The ruling drew a rebuke from Poland.", "ACCUSE", ["loc:pol"], [], "happened"),
        ("Dozens of Iraqi soldiers attacked the village.", "ASSAULT", ["org:iraqi-soldiers"], [], "happened"),
        ("Two French journalists who were abducted are alive.", "ASSAULT", [], ["org:french-journalists"], "happened"),
        ("Chile said that Peru must release the sailors.", "REQUEST", ["loc:chl"], ["loc:per"], "happened"),
        ("Greece said it would lift the ban on arms for Albania.", "AGREE", ["loc:grc"], ["loc:alb"], "planned"),
        ("Cuba denied bombing the Haitian navy.", "ASSAULT", ["loc:cub"], ["org:haitian-navy"], "denied"),
        ("Niger threatened to expel the Belgian envoy.", "THREATEN", ["loc:ner"], ["org:belgian-envoy"], "threatened"),
        ("Nepal's pledge to provide Bhutan with tents was kept.", "AGREE", ["loc:npl"], ["loc:btn"], "planned"),
        (
            "The Swedish king received the Latvian envoy.",
            "CONSULT",
            ["org:latvian-envoy"],
            ["org:swedish-king"],
            "happened",
        ),
        # together
        ("The leaders of Peru and Chile met in Geneva.", "CONSULT", ["loc:per", "loc:chl"], [], "happened"),
        ("India and Nepal held talks in Geneva.", "CONSULT", ["loc:ind", "loc:npl"], [], "happened"),
        ("India and Nepal held talks in Delhi.", "CONSULT", ["loc:npl"], ["loc:ind"], "happened"),
        ("Peru signed a treaty with Chile.", "SUPPORT", ["loc:per", "loc:chl"], [], "happened"),
    ],
)
def test_an_event_of_one_clause(text: str, kind: str, actors: list[str], recipients: list[str], modality: str) -> None:
    assert (kind, tuple(actors), tuple(recipients), modality) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The army did not attack the village in Kenya.",
        "Kenya might attack Uganda.",
        "If Kenya attacks Uganda, prices will rise.",
        "The law is aimed at forcing Kenya to pay.",
        "Kenya's president tried to arrest inflation.",
        "The minister declined to comment.",
        "Chad asked whether Niger would come.",
        "The colonel came to power in Niger.",
        "Greeks went to the polls in the first general election since 2020.",
        "Three thieves robbed a bank and shot a cashier.",
        "The prime minister of Kenya visited Mombasa in Kenya.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert told(text) == []


def test_a_visit_has_its_guest_its_host_and_its_meetings() -> None:
    story, found = events_in(
        "The Danish foreign minister, Karen Holm, flew to Morocco on Sunday for talks with King Rashid. "
        "The minister landed in Rabat, where she was due to meet the Moroccan prime minister, Omar Alami."
    )
    assert [(each.type, each.mode, each.actors) for each in found] == [("CONSULT", "visit", ("per:karen-holm",))] * 3
    visit, king, premier = found
    assert visit.recipients == ("loc:mar",)
    assert king.recipients == ("per:king-rashid",) or king.recipients == ("per:rashid",)
    assert premier.recipients == ("per:omar-alami",)
    assert premier.modality == "planned"
    for each in found:
        assert each.place is not None
        assert each.moment is not None
        assert each.place.of(story.text) == "Rabat"
        assert each.moment.of(story.text) == "Sunday"
        assert each.why


def test_a_summit_on_a_day_to_come_is_planned() -> None:
    _, found = events_in("The stop comes ahead of a summit of NATO defence ministers in Norway on Thursday.")
    assert [(each.type, each.modality) for each in found] == [("CONSULT", "planned")]


def test_an_event_told_twice_is_one_with_both_mentions() -> None:
    story, found = events_in(
        "Estonia expelled two Belarusian diplomats on Sunday.\n\n"
        "The ministry gave no reason. Estonia had expelled the Belarusian diplomats after a row."
    )
    assert [each.type for each in found] == ["SANCTION"]
    assert [span.of(story.text).split()[0] for span in found[0].also] == ["Estonia"]


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        (
            "The Serbian president laid a wreath in Lisbon on May 9, the first visit to Portugal by a Serbian leader.",
            "CONSULT",
            "May 9",
        ),
        ("On May 9 Turkish jets bombed the rebels near Idlib, killing nine Syrian soldiers.", "ASSAULT", "May 9"),
        ("Turkish jets bombed the rebels near Idlib, killing nine people, on May 9.", "ASSAULT", "May 9"),
        ("Ghana opened its gates on May 9, expelling the Beninese envoy on Friday.", "SANCTION", "Friday"),
        ("The Kenyan minister spoke on May 9 of an attack by rebels on the Malian army.", "ASSAULT", None),
        ("After Peru closed the bridge on May 9, Chile expelled the Peruvian consul.", "SANCTION", None),
    ],
    ids=["summed up", "gone on with", "told behind", "its own", "another's", "another clause"],
)
def test_a_clause_lends_its_day_to_what_sums_it_up_and_goes_on_with_it(text: str, kind: str, day: str | None) -> None:
    story, found = events_in(text)
    days = {event.moment.of(story.text) if event.moment else None for event in found if event.type == kind}
    assert days == {day}


def test_place_and_moment_are_those_of_the_same_clause() -> None:
    story, found = events_in("Rebels bombed a barracks in Mosul on Friday, and on Sunday Chad sent troops to Niger.")
    standing = {
        each.type: (each.place and each.place.of(story.text), each.moment and each.moment.of(story.text))
        for each in found
    }
    assert standing["ASSAULT"] == ("Mosul", "Friday")
    assert standing["MOBILIZE"] == ("Niger", "Sunday")


def test_he_is_not_who_speaks_for_him() -> None:
    text = "Prime Minister Olaf Berg met the press. He will visit Hungary, his spokeswoman Karin Holm said."
    assert ("AGREE", ("per:olaf-berg",)) in [(each.type, each.actors) for each in events_in(text)[1]]


def test_who_protests_is_who_the_protest_is_of() -> None:
    _, found = events_in("The opposition leader Aida Tokto led a protest of 5,000 farmers in Bishkek.")
    assert [(each.type, each.recipients) for each in found] == [("PROTEST", ())]


def test_an_event_in_somebodys_words_says_whose() -> None:
    _, found = events_in("\u201cI condemn the arrest of the bishop by Belarus,\u201d said Prime Minister Karen Holm.")
    assert [(each.type, each.actors, each.recipients) for each in found] == [
        ("ACCUSE", ("per:karen-holm",), ("loc:blr",))
    ]
    assert found[0].why is not None
    assert found[0].why.endswith("in words of Karen Holm")


def test_a_dateline_with_a_year_is_no_part_of_the_first_sentence() -> None:
    text = "MOSCOW, May 3, 2022 - Russia and Ukraine met on Tuesday."
    (event,) = read(Story(headline="", text=text, language="en")).events
    assert event.actors == ("loc:rus", "loc:ukr")
