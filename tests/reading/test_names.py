"""Names: where they begin and end, what kind they are of, and which are the same. Each sentence is for one rule."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dateline.reading import authority
from dateline.reading.kinds import listed, told_by_words
from dateline.reading.reader import read
from dateline.reading.runs import runs
from dateline.reading.sectors import of_body
from dateline.reading.words import Words
from dateline.story import Mention, Reading, Story


def reading(text: str) -> Reading:
    return read(Story(headline="", text=text, language="en"))


def named(text: str) -> list[tuple[str, str]]:
    return [(mention.span.of(text), mention.kind) for mention in reading(text).mentions]


def keys(text: str) -> dict[str, str | None]:
    return {mention.span.of(text): mention.entity for mention in reading(text).mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # Cut at the edges.
        ("Sheikh Omar Haddad spoke to Dr. Lena Brandt.", "Omar Haddad", "PER"),
        ("Sheikh Omar Haddad spoke to Dr. Lena Brandt.", "Lena Brandt", "PER"),
        ("Norway’s Labour Inspection Authority closed the yard.", "Labour Inspection Authority", "ORG"),
        ("They met in Geneva’s Old Town Market on Friday.", "Geneva", "LOC"),
        ("He wrote for The Lofoten Herald for ten years.", "The Lofoten Herald", "ORG"),
        # Whole names of which the parser may see a part.
        ("The boat left Rocky Point Harbour at noon.", "Rocky Point Harbour", "LOC"),
        ("The Ministry of Fisheries and Rural Affairs said no.", "Ministry of Fisheries and Rural Affairs", "ORG"),
        ("The Attorney General's Office appealed.", "Attorney General's Office", "ORG"),
        ("Police searched the shores of Lake Orrin for hours.", "Lake Orrin", "LOC"),
        ("Trade between Trinidad and Tobago and Chile grew.", "Trinidad and Tobago", "LOC"),
        ("Aid went to sub-Saharan Africa in the spring.", "sub-Saharan Africa", "LOC"),
        # Behind a title, whatever the parser sees.
        ("They mocked Prime Minister Kolarska in the song.", "Kolarska", "PER"),
        # Kinds by lists and words.
        ("Kurdish farmers and Catholic priests marched together.", "Kurdish", "MISC"),
        ("Kurdish farmers and Catholic priests marched together.", "Catholic", "MISC"),
        ("Floods reached Uttar Pradesh and Gujarat on Sunday.", "Gujarat", "LOC"),
        ("The deal broke the Marine Mammals Protection Act.", "Marine Mammals Protection Act", "MISC"),
        ("The story was first told by Reuters and Xinhua.", "Xinhua", "ORG"),
        ("A crowd stood before the White House on Monday.", "White House", "LOC"),
    ],
)
def test_one_name(text: str, name: str, kind: str) -> None:
    assert (name, kind) in named(text)


@pytest.mark.parametrize(
    ("text", "no_name"),
    [
        ("The ticket costs US $5 at the gate.", "US"),
        ("Read more at https://www.example.org/Oslo-News and write to desk@example.org today.", "Oslo"),
        ("The Opposition walked out before the Act was read.", "Opposition"),
        ("The Opposition walked out before the Act was read.", "Act"),
        ("HE SAID THE WHOLE TRUTH WAS OUT AND THE COURT KNEW IT.", "WHOLE"),
    ],
)
def test_no_name(text: str, no_name: str) -> None:
    assert no_name not in [said for said, _ in named(text)]


def test_a_headline_in_title_case_is_no_run_of_names() -> None:
    line = "Dozens Of Farmers Attended Angry Market Rally That Turned Into Riots"
    assert not list(runs(Words(line)))
    assert [span.of("He saw Rocky Point Market.") for span, _ in runs(Words("He saw Rocky Point Market."))]


def test_initials_share_the_key_and_kind_of_what_they_stand_for() -> None:
    text = "The Lowland Dairy Workers Union (LDWU) struck. The LDWU wants more pay. LDWU members met in Arnhem."
    found = [mention for mention in reading(text).mentions if mention.kind == "ORG"]
    assert {mention.entity for mention in found} == {"org:lowland-dairy-workers-union"}
    assert len(found) == 4


def test_initials_in_brackets_must_fit_the_name() -> None:
    text = "The Lowland Dairy Workers Union (ANC) met."
    assert keys(text).get("ANC") == "org:african-national-congress"


def test_a_name_is_found_wherever_it_stands_again() -> None:
    text = "Ferrano Holdings sold two ships. Buyers came. On Monday Ferrano Holdings sold a third; ferrano is a plant."
    assert [said for said, kind in named(text) if kind == "ORG"] == ["Ferrano Holdings", "Ferrano Holdings"]


def test_one_spelling_has_one_kind() -> None:
    text = "Ana Weston is the mayor. Weston won in May. Voters in the hills trust Weston. “Weston is tired,” he said."
    assert {kind for said, kind in named(text) if said == "Weston"} == {"PER"}
    assert {mention.entity for mention in reading(text).mentions if mention.kind == "PER"} == {"per:ana-weston"}


def test_keys_are_those_of_the_lists() -> None:
    found = keys("NATO and the UN met Russian and Saudi envoys. The U.S. and America agreed; Nato was glad.")
    assert found["NATO"] == found["Nato"] == "org:nato"
    assert found["UN"] == "org:united-nations"
    assert (found["Russian"], found["Saudi"]) == ("loc:rus", "loc:sau")
    assert found["U.S."] == found["America"] == "loc:usa"


def test_a_capital_acts_or_is_a_place() -> None:
    found = reading("Moscow denies the charge. The singer was born in Moscow.")
    assert [mention.entity for mention in found.mentions] == ["loc:rus", "loc:moscow"]


def test_each_reason_is_told() -> None:
    text = "The Lowland Dairy Workers Union (LDWU) met Ana Weston in Spain. Weston left the LDWU."
    why = {mention.span.of(text): mention.why or "" for mention in reading(text).mentions}
    assert "short for" in why["LDWU"]
    assert "named in full" in why["Weston"]
    assert why["Spain"] == "in our lists"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Central Bank of Ruritania", "ORG"),
        ("Gulf of Sarn", "LOC"),
        ("Harvest Festival", "MISC"),
        ("Westmark Province", "LOC"),
        ("Operation Cold Water", "MISC"),
        ("Anna Kolar", None),
        ("Bank", None),
    ],
)
def test_words_tell_the_kind(name: str, kind: str | None) -> None:
    assert told_by_words(name) == kind


@pytest.mark.parametrize(
    ("name", "kind"), [("Scottish", "MISC"), ("the Sahel", "LOC"), ("al-Qaida", "ORG"), ("Sub - Saharan Africa", "LOC")]
)
def test_lists_tell_the_kind(name: str, kind: str) -> None:
    assert listed(name) == kind


def test_known_names_are_found_as_they_are_written() -> None:
    text = "In the U. S. and in Sub - Saharan Africa, who and Turkeys; Anglo-American."
    assert [span.of(text) for span in authority.known_in(text)] == ["U. S.", "Sub - Saharan Africa"]


def test_no_name_stands_twice_in_the_lists_of_organisations() -> None:
    forms = [form for _, name, others in authority._bodies() for form in (name, *others)]
    assert len({name for _, name, _ in authority._bodies()}) == len(authority._bodies())
    assert not [form for form in forms if authority.country_of(form)]


@pytest.mark.parametrize(
    ("body", "sector"),
    [
        ("NATO", "IGO"),
        ("Hamas", "REB"),
        ("Ministry of Industry", "GOV"),
        ("Central Bank of Ruritania", "GOV"),
        ("Lowland University", "EDU"),
        ("Lowland Supreme Court", "JUD"),
        ("Ferrano Holdings", "BUS"),
        ("Lofoten Herald", "MED"),
        ("Weston", None),
    ],
)
def test_sectors_of_bodies(body: str, sector: str | None) -> None:
    assert of_body(body) == sector


def test_mentions_do_not_overlap() -> None:
    text = "The Jammu and Kashmir High Court in Srinagar asked the Bank of India (BOI), said the BOI in New York."
    found: list[Mention] = sorted(reading(text).mentions, key=lambda each: each.span)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_the_hague_keeps_its_article() -> None:
    story = Story(headline="", text="The court in The Hague ruled on Monday.", language="en")
    found = read(story)
    assert "The Hague" in [mention.span.of(story.text) for mention in found.mentions]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ostravelle’s coast guard boarded a boat. Ostravelle said it was an exercise.", "Ostravelle", "LOC"),
        ("Drask recalled its ambassador on Monday. Nobody in Drask was told.", "Drask", "LOC"),
        ("He is the ambassador to Merrow. Merrow has not said who comes next.", "Merrow", "LOC"),
        ("Quellia closed its ports. A Quellian tug lay off the mole.", "Quellia", "LOC"),
        ("Quellia closed its ports. A Quellian tug lay off the mole.", "Quellian", "MISC"),
        ("Divers found the wreck of the trawler Agda. The Agda sank in a storm.", "Agda", "MISC"),
        ("She spoke in a broadcast from Vaskir late on Monday.", "Vaskir", "LOC"),
        ("The governor met Tilda Morrow. Morrow’s government fell; Morrow’s army had left.", "Morrow", "PER"),
        ("Drask’s Foreign Minister, Hanne Solveig, did not come.", "Hanne Solveig", "PER"),
    ],
)
def test_what_a_story_tells_of_names_no_list_knows(text: str, name: str, kind: str) -> None:
    assert {found for said, found in named(text) if said == name} == {kind}


def test_a_people_shares_the_key_of_its_state() -> None:
    found = reading("Quellia closed its ports on Monday. A Quellian tug lay off the mole.")
    assert {mention.entity for mention in found.mentions} == {"loc:quellia"}
    assert [(actor.kind, actor.name) for actor in found.actors] == [("LOC", "Quellia")]


def test_a_surname_is_the_persons_whatever_the_parser_sees() -> None:
    text = (
        "LAGOS, May 3, 2025 - Mayor Bisi Adewale denied it. Adewale said the court would rule. Critics of Adewale left."
    )
    assert [key for said, key in keys(text).items() if "Adewale" in said] == ["per:bisi-adewale"] * 2


@pytest.mark.parametrize(
    ("rest", "key"),
    [
        ("Chad was to fly to Oslo, he said.", "per:peter-chad"),
        ("He lived in Chad for years.", "loc:tcd"),
        ("Chad has a new cabinet; Chadian troops stayed.", "loc:tcd"),
    ],
)
def test_a_surname_like_a_state_is_the_persons_unless_the_state_is_told(rest: str, key: str) -> None:
    assert keys(f"Peter Chad, a teacher, was hurt on Sunday. {rest}")["Chad"] == key


def test_the_dateline_is_a_place() -> None:
    text = "A guard in Dresk said nothing. Dresk denied it."
    story = Story(headline="", text=text, language="en", dateline="Dresk, Quellia")
    assert {mention.kind for mention in read(story).mentions if mention.span.of(text) == "Dresk"} == {"LOC"}
