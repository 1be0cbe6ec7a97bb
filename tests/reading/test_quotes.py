"""Who says what, sentence by sentence: each group of the lexicon, the edges of each part, and who is speaking."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.reading.cuewords import cue_words
from dateline.reading.marks import paragraphs, quoted
from dateline.reading.reader import read
from dateline.story import Quote, Story


@cache
def quotes_of(text: str) -> tuple[Quote, ...]:
    return read(Story(headline="", text=text, language="en")).quotes


def parts(text: str) -> list[tuple[str, str, str, str]]:
    """Return (source, cue, content, stance) of each quote, the content's pieces parted by an ellipsis."""
    return [
        (
            " ".join(span.of(text) for span in quote.source),
            " ".join(span.of(text) for span in quote.cue),
            " … ".join(span.of(text) for span in quote.content),
            quote.stance,
        )
        for quote in quotes_of(text)
    ]


STANCES = [
    ("The mayor announced that the bridge was closed.", "say"),
    ("The union insists that the wages are too low.", "argue"),
    ("Engineers believe that the dam will hold.", "think"),
    ("The survey shows that most farmers are in debt.", "show"),
    ("A reporter asked whether the road was safe.", "ask"),
    ("The farmers want the government to buy the harvest.", "want"),
    ("The airline promised to refund every ticket.", "promise"),
    ("The rebels threatened to blow up the pipeline.", "threaten"),
    ("The auditor accused the bank of hiding losses.", "accuse"),
    ("The general denied that his men had fired first.", "deny"),
    ("The council rejected the plan for a new airport.", "reject"),
    ("The envoy praised the two sides for their patience.", "praise"),
    ("The president agreed that the law was too harsh.", "agree"),
    ("Economists predict that prices will fall.", "predict"),
    ("The judge ordered the company to pay the workers.", "order"),
]


@pytest.mark.parametrize(("text", "stance"), STANCES, ids=[stance for _, stance in STANCES])
def test_each_stance_is_read(text: str, stance: str) -> None:
    assert [quote.stance for quote in quotes_of(text)] == [stance]


def test_every_stance_of_the_lexicon_is_tested() -> None:
    known = {stance for _, stance in cue_words().verbs.values()} | {stance for _, stance in cue_words().nouns.values()}
    assert known == {stance for _, stance in STANCES}


FRAMES = {
    "clause": (
        "The minister has repeatedly said on Monday that the port would reopen.",
        ("The minister", "has repeatedly said", "that the port would reopen"),
    ),
    "clause before it": (
        "The port would reopen, the minister said.",
        ("the minister", "said", "The port would reopen"),
    ),
    "clause around it": (
        "The port, the minister said, would reopen.",
        ("the minister", "said", "The port … would reopen"),
    ),
    "infinitive": ("The farmers vowed to fight the tax.", ("The farmers", "vowed", "to fight the tax")),
    "infinitive with its subject": (
        "The miners want the owners to talk.",
        ("The miners", "want", "the owners to talk"),
    ),
    "gerund": ("The mayor suggested closing the market.", ("The mayor", "suggested", "closing the market")),
    "object": ("The bishop condemned the arrests.", ("The bishop", "condemned", "the arrests")),
    "object that goes on": (
        "The bishop criticised the police for the arrests.",
        ("The bishop", "criticised", "the police for the arrests"),
    ),
    "addressee": (
        "The captain told reporters that the ship was sinking.",
        ("The captain", "told", "that the ship was sinking"),
    ),
    "told": ("The captain told the crew to leave the ship.", ("The captain", "told", "to leave the ship")),
    "purpose": (
        "The envoy called on both sides to lay down their arms.",
        ("The envoy", "called on", "both sides to lay down their arms"),
    ),
    "predicate": ("The union called the offer an insult.", ("The union", "called", "the offer an insult")),
    "led by about": ("The widow spoke about the flood.", ("The widow", "spoke about", "the flood")),
    "led by to": ("The lawyer referred to the letter.", ("The lawyer", "referred to", "the letter")),
    "led by for": ("The union called for a strike.", ("The union", "called for", "a strike")),
    "led by on": (
        "The ministry declined to comment on the leak.",
        ("The ministry", "declined", "to comment on the leak"),
    ),
    "led by of": ("The doctor warned of a new outbreak.", ("The doctor", "warned of", "a new outbreak")),
    "led by with": ("The senator disagreed with the report.", ("The senator", "disagreed with", "the report")),
    "led by against": ("The pastor railed against the casino.", ("The pastor", "railed against", "the casino")),
    "led by at": ("The official hinted at new sanctions.", ("The official", "hinted at", "new sanctions")),
    "relative": (
        "The law which the senator opposed is dead.",
        ("the senator", "opposed", "which"),
    ),
    "seeming": ("The rebels appear to have left.", ("", "appear", "The rebels … to have left")),
    "passive infinitive": (
        "The bridge is expected to open in May.",
        ("", "is expected", "The bridge … to open in May"),
    ),
    "passive as": ("The deal is seen as a betrayal.", ("", "is seen", "The deal … as a betrayal")),
    "passive object": (
        "The verdict was criticised by the opposition.",
        ("the opposition", "was criticised", "The verdict"),
    ),
    "passive told": (
        "The captain was asked whether the ship was safe.",
        ("", "was asked", "whether the ship was safe"),
    ),
    "noun with a clause": (
        "The paper printed his claim that the vote was rigged.",
        ("his", "claim", "that the vote was rigged"),
    ),
    "noun with an infinitive": (
        "Nobody believed in her pledge to resign.",
        ("her", "pledge", "to resign"),
    ),
    "noun made a cue by a light verb": (
        "The auditors raised questions about the payments.",
        ("The auditors", "raised questions about", "the payments"),
    ),
    "noun behind a cue": (
        "The union expressed concern about the wages.",
        ("The union", "expressed concern about", "the wages"),
    ),
    "statement that tells": (
        "The embassy issued a statement saying that the consul was safe.",
        ("The embassy", "issued a statement saying", "that the consul was safe"),
    ),
    "adjective": (
        "The bank is confident that prices will fall.",
        ("The bank", "is confident", "that prices will fall"),
    ),
    "adjective with of": ("The bishop was critical of the law.", ("The bishop", "was critical of", "the law")),
    "carried": (
        "The mayor went on to describe the flood.",
        ("The mayor", "went on to describe", "the flood"),
    ),
    "statement": (
        "The bank said in a statement that no money was lost.",
        ("The bank", "said in a statement", "that no money was lost"),
    ),
    "according to": (
        "The road is closed, according to the police.",
        ("the police", "according to", "The road is closed"),
    ),
    "nobody's result": (
        "The ministry announced it would close the mine, drawing protests from the miners.",
        ("The ministry", "announced", "it would close the mine"),
    ),
    "what the paper adds": (
        "The union endorsed Maria Lopez, who lost the last vote.",
        ("The union", "endorsed", "Maria Lopez"),
    ),
}


@pytest.mark.parametrize("name", FRAMES)
def test_each_frame_gives_its_parts(name: str) -> None:
    text, want = FRAMES[name]
    assert want in [part[:3] for part in parts(text)]


def test_the_writer_is_no_source_of_what_he_thinks() -> None:
    assert not quotes_of("I think the mayor should go.")
    assert quotes_of("The voters think the mayor should go.")


def test_a_claim_within_a_claim_is_the_outer_speakers() -> None:
    assert [part[0] for part in parts("The mayor said the police believe the thief has fled.")] == ["The mayor"]


def test_an_apposition_belongs_to_the_source_with_its_comma() -> None:
    assert parts("Ann Lee, a broker in Oslo, said prices would fall.")[0][0] == "Ann Lee, a broker in Oslo,"


def test_what_is_only_told_about_a_source_does_not_belong_to_it() -> None:
    assert parts("The mayor, who was speaking in Oslo, said prices would fall.")[0][0] == "The mayor"


def test_a_broken_quotation_is_one_quote_of_several_pieces() -> None:
    text = '"We are late," the captain said. "But we are safe."'
    assert parts(text) == [("the captain", "said", '"We are late," … "But we are safe."', "say")]


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = '"We are late," Ann Lee said. "The fog came early.\n\n"Nobody was hurt on the way."'
    assert [len(quote.content) for quote in quotes_of(text)] == [3]


def test_a_colon_announces_the_words_of_the_next_paragraph() -> None:
    text = 'In a letter to the crew the captain wrote:\n\n"I will not sail again before the spring."'
    assert ("the captain", "wrote:", '"I will not sail again before the spring."', "say") in parts(text)


def test_a_headline_gives_words_by_its_colon() -> None:
    text = "Ann Lee: ‘We Will Not Sail’ Before Spring\n\nThe fleet stays in port."
    assert parts(text) == [("Ann Lee", ":", "‘We Will Not Sail’ Before Spring", "say")]


@pytest.mark.parametrize("label", ["Editor's note", "Venue", "Updated"])
def test_a_label_before_a_colon_is_no_speaker(label: str) -> None:
    assert not quotes_of(f"{label}: the hall beside the harbour\n\nThe fleet stays in port.")


def test_marks_of_two_single_ones_are_marks() -> None:
    text = "''We are late,'' the captain said."
    assert parts(text) == [("the captain", "said", "''We are late,''", "say")]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“We are late,” he said.", ["“We are late,”"]),
        ('“We are late," he said.', ['“We are late,"']),
        ('He left "at once. She said "never" twice.', ['"never"']),
        ('A 5" pipe and a "pipe dream".', ['"pipe dream"']),
        ("''He said, 'no.''' She left.", ["''He said, 'no.'''"]),
        ('"We are late.\n\n"We are safe."', ['"We are late.', '"We are safe."']),
    ],
)
def test_marks_are_paired(text: str, want: list[str]) -> None:
    assert [span.of(text) for span in quoted(text)] == want


def test_a_line_break_ends_a_paragraph() -> None:
    assert [span.of("a b\nc\n\nd") for span in paragraphs("a b\nc\n\nd")] == ["a b", "c", "d"]


def speakers(text: str) -> list[str]:
    found = read(Story(headline="", text=text, language="en"))
    names = {actor.key: actor.name for actor in found.actors}
    return [names.get(quote.speaker or "", "") for quote in found.quotes]


def test_a_pronoun_is_who_spoke_last() -> None:
    text = "Ann Lee said the ship was late. Olaf Dahl met her in the harbour. She added that nobody was hurt."
    assert speakers(text) == ["Ann Lee", "Ann Lee"]


def test_a_pronoun_before_anybody_spoke_is_the_last_subject() -> None:
    assert speakers("Ann Lee met Olaf Dahl in the harbour. She said the ship was late.") == ["Ann Lee"]


def test_who_is_whoever_it_hangs_on() -> None:
    assert speakers("The fleet belongs to Olaf Dahl, who denied the report.") == ["Olaf Dahl"]


def test_an_unnamed_speaker_is_kept_and_known_again() -> None:
    text = 'A harbour official said the ship was late. "Nobody was hurt," the official added.'
    assert speakers(text) == ["A harbour official", "A harbour official"]


def answers(text: str) -> list[str]:
    return [quote.answers.of(text) for quote in quotes_of(text) if quote.answers is not None]


@pytest.mark.parametrize(
    "denial",
    [
        " — a charge Norway denies.",
        ", a charge Norway denies.",
        ". Norway denied the accusation.",
        ". Norway denied it.",
        ".\n\nNorway has denied involvement.",
        ". Norway denies that it sent any weapons.",
    ],
)
def test_a_denial_is_tied_to_the_accusation(denial: str) -> None:
    assert answers(f"Western nations accuse Norway of arming the rebels{denial}") == ["Norway of arming the rebels"]


def test_a_dismissed_report_is_what_was_reported() -> None:
    assert answers("The union said the mine was unsafe. Olaf Dahl dismissed the claim.") == ["the mine was unsafe"]


def test_a_denial_of_something_else_answers_nothing() -> None:
    assert not answers("Critics accuse Sweden of dumping waste. Olaf Dahl denied that he would resign.")
