"""Languages read without a parser: German sentences of our own, and that further languages need data only."""

from __future__ import annotations

import pytest

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.reading.reader import read
from dateline.story import Reading, Story


def german(text: str) -> Reading:
    return read(Story(headline="", text=text, language="de"))


def mentions(text: str) -> list[tuple[str, str, str | None]]:
    return [(m.span.of(text), m.kind, m.entity) for m in german(text).mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Russen verhandeln.", [("Russen", "MISC", "loc:rus")]),
        ("Die Polen und die Briten schweigen.", [("Polen", "LOC", "loc:pol"), ("Briten", "MISC", "loc:gbr")]),
        ("Ein russisch-ukrainisches Treffen.", [("russisch", "MISC", "loc:rus"), ("ukrainisches", "MISC", "loc:ukr")]),
        ("Die Politik Russlands.", [("Russlands", "LOC", "loc:rus")]),
        ("Der Iran-Vertrag gilt.", [("Iran", "LOC", "loc:irn")]),
        ("Die EU-Kommission prüft.", [("EU-Kommission", "ORG", "org:european-commission")]),
        ("Die Vereinten Nationen warnen.", [("Vereinten Nationen", "ORG", "org:united-nations")]),
        ("Er lebt in München.", [("München", "LOC", "loc:munich")]),
        ("Sie reiste nach Bremen und Kiel.", [("Bremen", "LOC", "loc:bremen"), ("Kiel", "LOC", "loc:kiel")]),
        ("Moskau dementierte.", [("Moskau", "LOC", "loc:rus")]),
        ("Sie trafen sich in Moskau.", [("Moskau", "LOC", "loc:moscow")]),
        ("Ursula von der Tann kam.", [("Ursula von der Tann", "PER", "per:ursula-von-der-tann")]),
        ("Baschar al-Hadid kam.", [("Baschar al-Hadid", "PER", "per:baschar-al-hadid")]),
        ("Frau Nemitz kam.", [("Nemitz", "PER", "per:nemitz")]),
        ("Die 34-jährige Wanja Ostrup kam.", [("Wanja Ostrup", "PER", "per:wanja-ostrup")]),
        ("„So nicht“, sagte Nemitz.", [("Nemitz", "PER", "per:nemitz")]),
    ],
)
def test_names(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert mentions(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Der Koch suchte nach Arbeit und lebte in Sicherheit.",
        "In Zukunft soll die Regierung Steuern senken.",
        "Der Präsident Fehler einzuräumen bat niemand.",
        "Am Montag hat der Minister Gespräche geführt.",
        "Der Bericht, dementierte Vorwürfe und neue Zahlen lagen vor.",
    ],
)
def test_a_capital_letter_is_no_evidence(text: str) -> None:
    assert mentions(text) == []


def test_a_surname_that_is_a_common_noun_needs_to_stand_alone() -> None:
    text = "Albrecht Sommer sprach. Der Sommer war heiß, sagte Sommer. Sommers Bruder schwieg."
    assert [m.span.start for m in german(text).mentions if m.kind == "PER"] == [0, 51, 59]


def test_a_noun_behind_a_name_is_no_part_of_it() -> None:
    text = (
        "Zuvor hatte Präsident Taras Kowalenko Sanktionen angekündigt. Kanzler Brinkmann Fragen zu stellen gelang nie."
    )
    assert [m.span.of(text) for m in german(text).mentions] == ["Taras Kowalenko", "Brinkmann"]


@pytest.mark.parametrize(
    ("text", "office", "country", "organisation"),
    [
        ("Der russische Außenminister Pawel Orlow kam.", "Außenminister", "RUS", None),
        ("Die frühere deutsche Ministerin Silke Rohde kam.", "Minister", "DEU", None),
        ("US-Präsident Robert Fielding kam.", "Präsident", "USA", None),
        ("CDU-Chefin Silke Rohde kam.", "Vorsitzende", None, "CDU"),
        ("Pawel Orlow, Präsident der Ukraine, kam.", "Präsident", "UKR", None),
        ("Pawel Orlow, der russische Botschafter, kam.", "Botschafter", "RUS", None),
        ("Der Sprecher des Auswärtigen Amtes, Martin Kehl, kam.", "Sprecher", None, "Auswärtiges Amt"),
        ("Russlands Präsident Pawel Orlow kam.", "Präsident", "RUS", None),
        ("Ex-Präsident Pawel Orlow kam.", "Präsident", None, None),
        ("Bergbauministerin Silke Rohde kam.", "Bergbauminister", None, None),
        ("Kremlsprecher Pawel Orlow kam.", "Sprecher", "RUS", None),
    ],
)
def test_offices(text: str, office: str, country: str | None, organisation: str | None) -> None:
    [person] = [actor for actor in german(text).actors if actor.kind == "PER"]
    assert person.role is not None
    assert (person.role.office, person.role.country, person.role.organisation) == (office, country, organisation)


LEAD = "Außenminister Pawel Orlow traf Kanzlerin Silke Rohde. "


@pytest.mark.parametrize(
    ("text", "speaker", "stance", "content"),
    [
        ("„Wir gehen jetzt nach Hause“, sagte Rohde.", "Silke Rohde", "say", ["„Wir gehen jetzt nach Hause“"]),
        ("Rohde sagte: »Nein.«", "Silke Rohde", "say", ["»Nein.«"]),
        ("“Das war es”, so Rohde.", "Silke Rohde", "say", ["“Das war es”"]),
        ('"Das", sagte Rohde, "war es."', "Silke Rohde", "say", ['"Das"', '"war es."']),
        ("Silke Rohde: „Das wird noch teuer.“", "Silke Rohde", "say", ["„Das wird noch teuer.“"]),
        ("Orlow erklärte, dass er reisen werde.", "Pawel Orlow", "say", ["dass er reisen werde"]),
        ("Die Lage sei ernst, sagte Orlow.", "Pawel Orlow", "say", ["Die Lage sei ernst"]),
        ("Orlow zufolge ist alles bereit.", "Pawel Orlow", "say", ["ist alles bereit"]),
        ("Laut Orlow ist alles bereit.", "Pawel Orlow", "say", ["ist alles bereit"]),
        ("Drei Boote wurden nach Angaben der Polizei zerstört.", "Polizei", "say", ["Drei Boote wurden", "zerstört"]),
        ("Drei Boote sanken, wie die Polizei mitteilte.", "Polizei", "say", ["Drei Boote sanken"]),
        ("Orlow warf Rohde vor, zu lügen.", "Pawel Orlow", "accuse", ["zu lügen"]),
        ("Rohde wies den Vorwurf zurück.", "Silke Rohde", "reject", ["den Vorwurf"]),
        ("Rohde hat die Vorwürfe zurückgewiesen.", "Silke Rohde", "reject", ["die Vorwürfe"]),
        ("Orlow forderte Kiew auf, Listen zu schicken.", "Pawel Orlow", "ask", ["Listen zu schicken"]),
        ("Die Kanzlerin versprach, zu helfen.", "Silke Rohde", "promise", ["zu helfen"]),
        ("Orlow drohte mit Vergeltung.", "Pawel Orlow", "threaten", ["mit Vergeltung"]),
        ("Der Kreml bestritt eine Beteiligung.", "Russland", "deny", ["eine Beteiligung"]),
        ("Orlow lobte das Treffen.", "Pawel Orlow", "praise", ["das Treffen"]),
        ("Rohde sagte, man prüfe das. Es gebe Fragen.", "Silke Rohde", "say", ["man prüfe das", "Es gebe Fragen"]),
        ("Ein Sprecher des Amtes sagte, er prüfe das.", "Ein Sprecher des Amtes", "say", ["er prüfe das"]),
    ],
)
def test_quotes(text: str, speaker: str, stance: str, content: list[str]) -> None:
    found = german(LEAD + text)
    names = {actor.key: actor.name for actor in found.actors}
    assert [
        (names.get(q.speaker or ""), q.stance, [span.of(LEAD + text) for span in q.content]) for q in found.quotes
    ] == [(speaker, stance, content)]


@pytest.mark.parametrize(
    "text",
    [
        "Der Film „Die lange Nacht der Klempner“ läuft an.",
        "Sie sagte den Termin ab.",
        "Die Vorwürfe wiegen schwer.",
        "Er wies auf das Schild.",
    ],
)
def test_no_quotes(text: str) -> None:
    assert not german(text).quotes


def test_a_denial_is_tied_to_what_it_answers() -> None:
    text = "Kiew warf Moskau vor, Boote beschossen zu haben.\n\nMoskau wies den Vorwurf zurück."
    accused, denied = german(text).quotes
    assert denied.answers is not None
    assert denied.answers.of(text) == accused.content[0].of(text) == "Boote beschossen zu haben"


def test_an_actor_has_one_key_in_both_languages() -> None:
    one = german("Russland und die Vereinten Nationen verhandeln in Wien.")
    other = read(Story(headline="", text="Russia and the United Nations talk in Vienna.", language="en"))
    assert {mention.entity for mention in one.mentions} == {mention.entity for mention in other.mentions}


def test_places_are_put_on_the_map() -> None:
    found = german("Sie reiste aus Österreich nach Wien und Köln.").places
    assert [(place.country, place.name) for place in found] == [("AUT", "Austria"), ("AUT", "Vienna"), ("DEU", "Köln")]


def test_german_names_every_state_and_organisation_of_the_lists() -> None:
    names = words("de", "authority")
    assert names is not None
    assert set(names["states"]) == set(authority._states())
    assert set(names["organisations"]) <= {name for _, name, _ in authority._bodies()}
