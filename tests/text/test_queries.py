"""The query language: what is asked, what is passed over, and that no text is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.queries import DOUBTS, All, Days, Either, Field, Near, Not, Part, Term, parts_of, write
from dateline.text.query_reader import LONGEST, MOST_PARTS, narrowed, read_query, widened

pytestmark = pytest.mark.pure


def word(*words: str, **more: bool) -> Term:
    return Term(words=words, **more)


def field(name: str, *words: str) -> Field:
    return Field(name=name, words=words)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("", None),
        ("Talks", word("talks")),
        ("Café talks", All(parts=(word("cafe"), word("talks")))),
        ('"end of talks"', word("end", "of", "talks")),
        ("“end of talks”", word("end", "of", "talks")),
        ("well-known", word("well", "known")),
        ("می‌گوید", word("می", "گوید")),
        ("مي‌گويد ١٩", All(parts=(word("می", "گوید"), word("19")))),
        ("talks -paris", All(parts=(word("talks"), Not(part=word("paris"))))),
        ("NOT paris", Not(part=word("paris"))),
        ("a OR b c", Either(parts=(word("a"), All(parts=(word("b"), word("c")))))),
        ("(a OR b) c", All(parts=(Either(parts=(word("a"), word("b"))), word("c")))),
        ("a or b", All(parts=(word("a"), word("or"), word("b")))),
        ("a AND b", All(parts=(word("a"), word("b")))),
        ("ship NEAR/5 seized", Near(one=word("ship"), other=word("seized"), gap=5)),
        ("ship NEAR seized", Near(one=word("ship"), other=word("seized"), gap=10)),
        ("diplo*", word("diplo", is_prefix=True)),
        ('"end of tal*"', word("end", "of", "tal", is_prefix=True)),
        ("~talks", word("talks", is_stem=True)),
        ("headline:strait", word("strait", headline=True)),
        ('headline:"the strait"', word("the", "strait", headline=True)),
        ('person:"John Kerry"', field("person", "john", "kerry")),
        ("PERSON:Kerry", field("person", "kerry")),
        ('organisation:"United Nations"', field("org", "united", "nations")),
        ("event:ACCUSE actor:RUS", All(parts=(field("event", "accuse"), field("actor", "rus")))),
        ('said:"Sergei Lavrov"', field("said", "sergei", "lavrov")),
        ("is:corrected", field("is", "corrected")),
        ("code:31186", field("code", "31186")),
        ("date:2015", Days(first="2015-01-01", last="2015-12-31")),
        ("date:2015-02", Days(first="2015-02-01", last="2015-02-28")),
        ("date:2015-05-12", Days(first="2015-05-12", last="2015-05-12")),
        ("date:2015-05..2015-06", Days(first="2015-05-01", last="2015-06-30")),
        ("date:2015..", Days(first="2015-01-01", last=None)),
        ("date:..2015-06", Days(first=None, last="2015-06-30")),
        ("date:۱۳۹۴-۰۲", Days(first="2015-04-21", last="2015-05-21")),
        ("date:1394", Days(first="2015-03-21", last="2016-03-19")),
        ("https://paper.example/a", word("https", "paper", "example", "a")),
    ],
)
def test_a_query_is_understood(said: str, part: Part | None) -> None:
    assert read_query(said).part == part


@pytest.mark.parametrize(
    ("said", "outcome", "part"),
    [
        ("colour:red", "no-such-field", word("colour", "red")),
        ("headline: a", "no-value", word("a")),
        ("person: a", "no-value", word("a")),
        ("date:soon a", "no-date", word("a")),
        ("date:2015-02-30 a", "no-date", word("a")),
        ("date:2016..2015 a", "no-date", word("a")),
        ("date:.. a", "no-date", word("a")),
        ("ab*", "too-short", word("ab")),
        ("*** a", "no-word", word("a")),
        ('"a b', "unclosed", word("a", "b")),
        ("(a", "unclosed", word("a")),
        ("a OR", "nothing-beside", word("a")),
        ("OR a", "nothing-beside", word("a")),
        ("NEAR a", "nothing-beside", word("a")),
        ("a NEAR (b)", "nothing-beside", All(parts=(word("a"), word("b")))),
        ("a NOT", "nothing-beside", word("a")),
        ("(" * 9 + "a" + ")" * 9, "too-deep", word("a")),
        (" ".join(f"w{n}" for n in range(MOST_PARTS + 1)), "too-many", None),
    ],
)
def test_what_is_not_understood_is_said(said: str, outcome: str, part: Part | None) -> None:
    query = read_query(said)
    assert outcome in {gloss.outcome for gloss in query.glosses}
    assert outcome in DOUBTS
    if part is not None:
        assert query.part == part
    else:
        assert len(parts_of(query.part)) == MOST_PARTS


@given(st.text(max_size=LONGEST + 50))
def test_no_text_is_an_error(said: str) -> None:
    read_query(said)


PIECES = st.sampled_from(
    [
        "a",
        "Bé",
        '"',
        "(",
        ")",
        "-",
        "OR",
        "NEAR/3",
        "headline:",
        "person:",
        "date:2015..",
        "x*",
        "abc*",
        "~",
        "\0",
        " ",
        "و",
    ]
)


@given(st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=30).map("".join))
def test_what_was_understood_is_written_as_it_is_read(said: str) -> None:
    part = read_query(said).part
    assert read_query(write(part)).part == part


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_a_query_is_narrowed_and_widened_again(said: str) -> None:
    query = read_query(said)
    source = field("source", "the", "paper")
    narrow = narrowed(query, source)
    assert source in parts_of(narrow.part)
    assert read_query(narrow.said).part == narrow.part
    assert parts_of(widened(narrow, source).part) == tuple(part for part in parts_of(query.part) if part != source)


def test_a_narrowed_query_keeps_the_readers_words() -> None:
    assert narrowed(read_query("Café  Talks"), field("source", "paper")).said == "Café Talks source:paper"
    assert narrowed(read_query("a OR b"), field("source", "paper")).said == "(a OR b) source:paper"
