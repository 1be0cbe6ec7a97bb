"""What a reader asks, and what a story says: the same on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dateline.plain import to_plain
from dateline.story import Actor, Event, Mention, Moment, Place, Quote, Reading, Stamp, Story
from dateline.text.spans import Span

NOW = datetime(2015, 5, 12, tzinfo=UTC)
DAY = "2015-05-12"


def story(headline: str, text: str, day: str, language: str = "en", **more: Any) -> Story:
    stamp = Stamp(value=day, precision="day", said=day, origin="date line")
    return Story(headline=headline, text=text, language=language, published=stamp, **more)


STORIES = {
    1: story("گفت‌وگو در وین", "وزیر خارجهٔ ایران می‌گوید ۱۹ هزار دستگاه کاهش می‌یابد.", "2015-05-10", "fa"),
    2: story("اتفاق في فيينا", "أعلنت الوزارة أنّ الاتّفاق نهائي.", "2015-05-11", "ar"),
    3: story(
        "Talks in Zürich", "The café accord says “no more”. Talks end in Zürich.", "2015-05-12", credit="Meridian"
    ),
    4: story("Переговоры в Вене", "Министр сообщил о переговорах, и переговоры идут.", "2015-06-01", "ru"),
    5: story(
        "Ferry deal", "Officials study the ferry. Halvar accuses Borland of piracy.", "2014-01-31", tags=("Sea law",)
    ),
    6: story(
        "Pier opens", "Talks about the ferry went on. She studied ferries for years.", "2016-02-29", section="World"
    ),
}
READING = Reading(
    reader="test",
    language="en",
    actors=(
        Actor(key="loc:halvar", kind="LOC", name="Halvar", country="HAL"),
        Actor(key="loc:borland", kind="LOC", name="Borland", country="BOR"),
        Actor(key="per:ivo-marten", kind="PER", name="Ivo Marten"),
        Actor(key="org:coast-guard", kind="ORG", name="Coast Guard"),
    ),
    mentions=(Mention(span=Span(28, 34), kind="LOC", entity="loc:halvar"),),
    moments=(Moment(span=Span(0, 9), type="DATE", value="2014-03-01", first="2014-03-01", last="2014-03-02"),),
    places=(Place(span=Span(28, 34), name="Port Halvar", country="HAL"),),
    quotes=(Quote(source=(Span(0, 9),), cue=(), content=(Span(10, 15),), kind="indirect", speaker="per:ivo-marten"),),
    events=(
        Event(
            span=Span(28, 58),
            type="ACCUSE",
            quad=3,
            actors=("loc:halvar",),
            recipients=("loc:borland",),
            moment=Span(0, 9),
            modality="planned",
        ),
    ),
)


@pytest.fixture(autouse=True)
def records(db: None) -> dict[int, Any]:
    from dateline.archive.models import Record, Sighting, Source, Version
    from dateline.archive.search import index_many

    source = Source.objects.create(slug="the-paper", name="The Paper", first_seen_at=NOW)
    made = {}
    for code, said in STORIES.items():
        record = Record.objects.create(
            code=code,
            language=said.language,
            slug="s",
            state="published",
            published_at=NOW,
            filed_at=NOW,
            changed_at=NOW,
        )
        version = Version.of(record, said, now=NOW)
        if code == 5:
            version.reading = to_plain(READING)
            version.save()
        record.adopt(version, said, now=NOW)
        Sighting.objects.create(
            record=record,
            version=version,
            source=source,
            foreign_code=f"P{code}77",
            item_format="rss",
            digest=str(code),
            raw=b"",
            first_seen_at=NOW,
            last_seen_at=NOW,
        )
        made[code] = record
    assert index_many(Record.objects.to_index()) == len(STORIES)
    return made


def codes(query: str, **how: Any) -> list[int]:
    from dateline.archive.search import find

    return [hit.record.code for hit in find(query, **how).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("zurich", [3]),
        ("CAFE", [3]),
        ('"talks end"', [3]),
        ('"end talks"', []),
        ("19", [1]),
        ("می گوید", [1]),
        ("مي‌گويد", [1]),
        ("گفتوگو", []),
        ("الاتفاق", [2]),
        ("talks اتفاق", []),
        ("talks", [3, 6]),
        ("talks -zurich", [6]),
        ("-talks", [1, 2, 4, 5]),
        ("-talks -lang:en", [1, 2, 4]),
        ("cafe OR pier", [3, 6]),
        ("(cafe OR pier) -opens", [3]),
        ("zurich OR -lang:en", [1, 2, 3, 4]),
        ("officials NEAR/1 ferry", []),
        ("officials NEAR/2 ferry", [5]),
        ("ferry NEAR/2 officials", [5]),
        ('"the ferry" NEAR/1 officials', [5]),
        ("fer*", [5, 6]),
        ("ferri*", [6]),
        ('"studied fer*"', [6]),
        ("zzz*", []),
        ("~study", [5, 6]),
        ("~studies", [5, 6]),
        ("переговорами", []),
        ("~переговорами", [4]),
        ("headline:ferry", [5]),
        ('headline:"ferry deal"', [5]),
        ("headline:officials", []),
        ('"deal officials"', []),
        ("lang:ru", [4]),
        ("source:the-paper ferry", [5, 6]),
        ("source:paper ferry", [5, 6]),
        ("source:other", []),
        ("section:world", [6]),
        ('topic:"sea law"', [5]),
        ("topic:law", [5]),
        ("meridian", [3]),
        ("person:marten", [5]),
        ('person:"Ivo Marten"', [5]),
        ('person:"Marten Ivo"', []),
        ("org:coast-guard", [5]),
        ('place:"Port Halvar"', [5]),
        ("place:HAL", [5]),
        ("event:ACCUSE", [5]),
        ("event:ACCUSE actor:HAL recipient:BOR", [5]),
        ("actor:BOR", []),
        ('said:"Ivo Marten"', [5]),
        ("said:marten ferry", [5]),
        ("is:planned", [5]),
        ("is:corrected", []),
        ("date:2015", [1, 2, 3, 4]),
        ("date:2015-05", [1, 2, 3]),
        ("date:2015-05-11..2015-05-12", [2, 3]),
        ("date:2015-05-12..", [3, 4, 6]),
        ("date:..2014 ferry", [5]),
        ("date:1394-03-11", [4]),
        ("date:2014 OR date:2016", [5, 6]),
        ("-date:2015", [5, 6]),
        ("code:3", [3]),
        ("code:P377", [3]),
        ("P377", [3]),
        ("", []),
        ("person:", []),
        ("((", []),
    ],
)
def test_a_query_finds(query: str, expected: list[int]) -> None:
    assert sorted(codes(query)) == expected


def test_newest_first_a_stretch_at_a_time() -> None:
    from dateline.archive.search import find

    seen, after = [], None
    for _ in range(3):
        found = find("-zzz", order="date", most=2, after=after)
        seen += [hit.record.code for hit in found.hits]
        after = found.next
    assert (seen, after) == ([6, 4, 3, 2, 1, 5], None)


def test_the_best_come_first_and_of_equals_the_newest() -> None:
    assert codes("ferry") == [5, 6]  # the headline counts more
    assert codes("talks") == [3, 6]
    assert codes("-zzz") == [6, 4, 3, 2, 1, 5]
    assert codes("3") == [3]


def test_ranking_and_counting_stop_at_the_newest_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.search import find, finding

    monkeypatch.setattr(finding, "CANDIDATES", 2)
    found = find("ferry OR talks", most=1)
    assert (found.total, found.is_capped) == (2, True)
    assert [hit.record.code for hit in found.hits] == [3]
    assert [hit.record.code for hit in find("ferry OR talks", most=1, after=found.next).hits] == [6]
    assert codes("ferry OR talks", order="date") == [6, 3, 5]


def test_forms_are_counted_over_the_whole_query_and_what_is_cut_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.search import find, forms

    monkeypatch.setattr(forms, "MOST_FORMS", 2)
    assert "forms-cut" not in {gloss.outcome for gloss in find("~study").explained}
    cut = find("~study ~ferry")
    assert [gloss.said for gloss in cut.explained if gloss.outcome == "forms-cut"] == ["~study", "~ferry"]
    assert [gloss.outcome for gloss in find("~اتفاق").explained][-1] == "no-forms"


def test_stretch_by_stretch_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.search import scanning

    monkeypatch.setattr(scanning, "_STRETCHES", (1, 2))
    assert codes("-zzz", order="date") == [6, 4, 3, 2, 1, 5]
    assert codes("ferry OR talks", order="date", most=2) == [6, 3]
    assert codes("ferry date:2014..2015", order="date") == [5]


def test_phrases_are_looked_for_story_by_story_and_an_end_before_the_end_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.db import connection

    from dateline.archive.search import find, scanning

    monkeypatch.setattr(scanning, "_CHECKED_AT_ONCE", 1)
    assert codes('"the ferry"', order="date") == [6, 5]
    assert codes('-"ferry went" ferry', order="date") == [5]
    monkeypatch.setattr(scanning, "LOOKED_AT", {"postgresql": 1, "sqlite": 1})
    found = find('"the ferry"', order="date")
    if connection.vendor == "sqlite":  # its index knows where words stand
        assert ([hit.record.code for hit in found.hits], found.is_capped, found.next) == ([6, 5], False, None)
        return
    assert ([hit.record.code for hit in found.hits], found.is_capped) == ([6], True)
    found = find('"the ferry"', order="date", after=found.next)
    assert [hit.record.code for hit in found.hits] == [5]
    last = find('"the ferry"', order="date", after=found.next)
    assert (last.hits, last.next) == ((), None)


@pytest.mark.parametrize("looked_at", [1, 2, 3, 30])
@pytest.mark.parametrize(
    "query", ["-talks", "-lang:en", "lang:en -ferry", "-talks date:2014..2015-05", "-zzz -lang:en"]
)
def test_stories_that_lack_what_many_hold_are_looked_for_day_by_day_and_an_end_before_the_end_is_said(
    query: str, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    from dateline.archive.search import find, matches, scanning, stream

    every = [record.code for record in stream(query)]
    assert every and every == [record.code for record in stream("-zzz") if matches(query, record)]
    monkeypatch.setattr(scanning, "LOOKED_AT", {"postgresql": looked_at, "sqlite": looked_at})
    assert [record.code for record in stream(query)] == every
    found, seen, ends = find(query, order="date"), [], []
    seen += [hit.record.code for hit in found.hits]
    while found.next:
        ends.append(found.next)
        found = find(query, order="date", after=found.next)
        seen += [hit.record.code for hit in found.hits]
    assert seen == every
    if connection.vendor == "sqlite":
        assert find(query).is_capped == bool(ends)
        assert bool(ends) or looked_at > 1
        assert not ends or looked_at < 30


def test_facets_count_what_was_found() -> None:
    from dateline.archive.search import find

    found = find("-zzz").facets
    facets = {each.name: {(v.label or v.field.words[-1]): v.count for v in each.values} for each in found}
    assert facets["source"] == {"The Paper": 6}
    assert facets["lang"] == {"en": 3, "fa": 1, "ar": 1, "ru": 1}
    assert list(facets["year"].items()) == [("2014", 1), ("2015", 4), ("2016", 1)]
    assert facets["person"] == facets["said"] == {"Ivo Marten": 1}
    assert facets["place"] == {"Port Halvar": 1}
    assert facets["event"] == {"accuse": 1}
    assert "code" not in facets
    for facet in found:
        for value in facet.values:
            assert len(find(f"{value.field.name}:{'-'.join(value.field.words)}").hits) == value.count


def test_the_snippet_shows_the_storys_own_words_and_marks_the_match() -> None:
    from dateline.archive.search import find

    (hit,) = find("zurich").hits
    assert ("Zürich.", True) in hit.snippet
    assert "".join(piece for piece, _ in hit.snippet).strip() == STORIES[3].text


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ('"the ferry" officials', ["Officials", "the", "ferry."]),
        ("the officials", ["Officials", "the"]),
        ("~studied officials", ["Officials", "study"]),
        ("offic* ferry -pier", ["Officials", "ferry."]),
        ("officials date:2014", ["Officials"]),
    ],
)
def test_a_snippet_marks_what_was_looked_for_and_nothing_else(query: str, marked: list[str]) -> None:
    from dateline.archive.search import find

    (hit,) = find(query).hits
    assert [said for said, lit in hit.snippet if lit] == marked


def test_a_language_narrows_the_search_unless_the_query_names_one() -> None:
    assert codes("zurich", language="fa") == []
    assert codes("zurich", language="en") == [3]
    assert codes("lang:ru", language="en") == [4]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ferrry", "ferry"),
        ("fery", "ferry"),
        ("ofcicials", "officials"),
        ("offciaels", "officials"),
        ("министер", "министр"),
    ],
)
def test_a_word_that_no_story_holds_is_mended(said: str, meant: str) -> None:
    from dateline.archive.search import find

    suggestion = find(said).suggestion
    assert suggestion is not None
    assert suggestion.said == meant


def test_no_other_spelling_is_offered_without_need() -> None:
    from dateline.archive.search import find

    assert find("ferry").suggestion is None
    assert find("qqqqqqq").suggestion is None


def test_a_stream_is_all_that_is_found_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.search import finding

    monkeypatch.setattr(finding, "_AT_ONCE", 2)
    assert [record.code for record in finding.stream("-zzz")] == [6, 4, 3, 2, 1, 5]
    assert [record.code for record in finding.stream("talks", language="en")] == [6, 3]
    assert list(finding.stream("")) == []


def test_a_query_is_asked_of_one_record(records: dict[int, Any]) -> None:
    from dateline.archive.search import matches, unindex

    assert matches("talks date:2015", records[3])
    assert not matches("talks date:2016", records[3])
    assert not matches("talks", records[5])
    unindex(records[3])
    assert not matches("talks", records[3])


def test_a_story_that_moves_in_time_stands_in_the_index_once(records: dict[int, Any]) -> None:
    from dateline.archive.models import Record, Version
    from dateline.archive.search import index

    record = records[3]
    stale = Record.objects.get(pk=record.pk)
    moved = replace(STORIES[3], text="Nothing of the kind.", published=STORIES[6].published)
    record.adopt(Version.of(record, moved, now=NOW), moved, now=NOW)
    index(record)
    assert codes("zurich") == [3]  # the headline's
    assert codes("cafe") == []
    assert codes("date:2015-05-12") == []
    assert codes("kind date:2016") == [3]
    stale.refresh_from_db(fields=["current", "headline", "published_at"])
    index(stale)
    assert codes("kind") == [3]


def test_the_index_goes_back_with_the_transaction(records: dict[int, Any]) -> None:
    from django.db import transaction

    from dateline.archive.search import unindex

    with pytest.raises(RuntimeError), transaction.atomic():
        unindex(records[3])
        assert codes("zurich") == []
        raise RuntimeError
    assert codes("zurich") == [3]


@pytest.mark.parametrize(
    "moment",
    [NOW, NOW.replace(year=1583), NOW.replace(year=2199), NOW.replace(year=1969), NOW - timedelta(microseconds=1)],
)
def test_a_key_holds_day_and_record(moment: datetime) -> None:
    from dateline.archive.search.keys import day_of, first_key, key_of, last_key, pk_of

    key = key_of(moment, 2**29 - 1)
    assert pk_of(key) == 2**29 - 1
    assert 0 <= key < 2**63
    if moment.year > 1697:
        day = moment.date().isoformat()
        assert first_key(day) <= key <= last_key(day)
        assert day_of(key) == moment.date()


@pytest.mark.parametrize(
    "query",
    [
        "",
        '"',
        "((",
        "* OR",
        "\x00",
        "'; DROP TABLE",
        "a" * 500,
        "\u202e",
        "café NEAR(",
        "_is_story",
        "\ud800",
        "date:9999",
        "date:0001",
        "a OR date:..2015",
        "-date:9999",
    ],
)
def test_no_query_is_an_error(query: str) -> None:
    codes(query)
    codes(query, order="date", after="x")
    codes(query, after="99999999999999999999")


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("lang:xx", ("lang:fa", "lang:ar", "lang:ru", "lang:en")),
        ("lang:fa-IR", ("lang:fa",)),
        ("lang:english", ("lang:en",)),
        ("event:accused", ("event:accuse",)),
        ("event:nothing", ("event:accuse",)),
        ("year:1394", ("year:2015", "year:2016")),
        ("year:1999", ("year:2014",)),
        ("year:20155", ("year:2016",)),
        ("date:2014-06", ("date:2014-01-31", "date:2015-05-10")),
        ("date:1999", ("date:2014-01-31",)),
        ("date:2020..", ("date:2016-02-29",)),
        ('place:"port halvar city"', ('place:"port halvar"',)),
        ('place:"pört hálvar ii"', ('place:"port halvar"',)),
        ('place:"port halvr"', ('place:"port halvar"',)),
        ("place:por", ('place:"port halvar"',)),
        ("person:maarten", ()),
        ('person:"ivo p marten"', ()),
        ('person:"ivo marten jr"', ('person:"ivo marten"',)),
        ("topic:sea-lawe", ('topic:"sea law"',)),
    ],
)
def test_a_value_no_story_has_says_so_and_what_there_is(query: str, instead: tuple[str, ...]) -> None:
    from dateline.archive.search import find

    found = find(query)
    assert not found.hits
    (gloss,) = found.explained
    assert (gloss.outcome, gloss.is_doubt) == ("no-such-value", True)
    assert set(gloss.instead) == set(instead)
    assert all(find(each).hits for each in instead)


def test_what_stories_are_known_for_is_in_no_doubt() -> None:
    from dateline.archive.search import find

    assert [each.outcome for each in find('place:"Port Halvar" nothing').explained] == ["field", "words"]
    assert [each.outcome for each in find("lang:xx OR talks").explained] == ["no-such-value", "words", "either"]
