"""The index of findings is made of the Reading alone, of every kind, is rebuilt at will, and counts what is public."""

from __future__ import annotations

from typing import Any

from dateline.clean.arrivals import arrival
from dateline.reading.fingerprints import fingerprint
from dateline.story import Story
from tests.conftest import NOW


def rows(record: Any) -> list[tuple[Any, ...]]:
    fields = ("kind", "fingerprint", "start", "end", "label", "value", "day", "dated", "entity__key", "other__key")
    return sorted(record.findings.values_list(*fields), key=repr)


def counts() -> dict[tuple[Any, ...], int]:
    from dateline.archive.models import Frequency

    keys = ("entity__key", "other", "side", "value", "month")
    return {tuple(row[:-1]): row[-1] for row in Frequency.objects.exclude(count=0).values_list(*keys, "count")}


def test_every_finding_is_indexed_and_rebuilt(read_paper: list[Any]) -> None:
    from dateline.archive.indexing import drop_findings
    from dateline.newsroom.read import read

    seen = 0
    for record in read_paper:
        story, reading = record.current.as_story(), record.current.as_reading()
        before = rows(record)
        told = {row[1]: row for row in before}
        quotes = [quote for quote in reading.quotes if (quote.kind, quote.stance) != ("indirect", "ask")]
        for found in (*quotes, *reading.events):
            assert told[fingerprint(found, story.text)][0] == type(found).__name__.lower()
        for event in reading.events:
            _, _, start, end, label, value, *_ = told[fingerprint(event, story.text)]
            assert (start, end, value) == (event.span.start, event.span.end, event.type)
            assert label == event.span.of(story.text)[:500]
        named = {actor.key for actor in reading.actors if actor.named}
        assert {row[8] for row in before if row[0] == "mention"} == {
            mention.entity for mention in reading.mentions if mention.entity in named
        }
        seen += len(before)
        drop_findings([record])
        assert not rows(record)
        read(record.current, reader=lambda story, *, known, kept=reading: kept, by="test", now=NOW)
        assert rows(record) == before
    assert seen > 200


def test_an_appeal_is_an_event_and_no_quote_besides(db: None) -> None:
    from dateline.newsroom.read import read
    from dateline.newsroom.take_in import take_in
    from dateline.reading.reader import read as reader
    from dateline.site.press import SitePress

    text = "Bhutan called upon Nepal to free the pilots.\n\nChad asked whether Niger would come."
    came = take_in(
        arrival(Story(headline="An appeal", text=text, language="en"), item_format="print", raw=b"x", now=NOW),
        site_url="https://dateline.example",
        by="test",
        now=NOW,
        press=SitePress(later=True),
    )
    read(came.record.current, reader=reader, by="test", now=NOW)
    told = came.record.findings.filter(kind__in=("event", "quote")).values_list("kind", "value", "entity__key")
    assert ("event", "REQUEST", "loc:btn") in told
    assert not [each for each in told if each[0] == "quote" and each[2] == "loc:btn"]
    assert ("quote", "ask", "loc:tcd") in told


def test_an_official_acts_for_the_state_as_well(read_paper: list[Any]) -> None:
    from dateline.archive.models import Finding

    done = Finding.objects.filter(kind="event", entity__key="per:john-kerry").values_list("fingerprint", flat=True)
    stately = Finding.objects.filter(kind="event", entity__key="loc:usa").values_list("fingerprint", flat=True)
    assert done
    assert set(done) & set(stately)


def test_tallies_are_those_of_the_rows(read_paper: list[Any]) -> None:
    from dateline.archive import frequencies
    from dateline.archive.models import Entity

    kept, named = counts(), dict(Entity.objects.values_list("key", "stories"))
    assert kept
    assert named["loc:usa"] > 1
    frequencies.rebuild()
    assert counts() == kept
    assert dict(Entity.objects.values_list("key", "stories")) == named


def test_what_is_withdrawn_or_changed_counts_no_longer(read_paper: list[Any]) -> None:
    from django.db import transaction

    from dateline.archive import dossiers
    from dateline.archive.models import Entity, Finding
    from dateline.newsroom.correct import correct
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    one = Finding.objects.filter(kind="event", entity__key="per:john-kerry").first()
    assert one is not None
    kerry = Entity.objects.get(key="per:john-kerry")
    before = {told.finding.fingerprint for told in dossiers.events(kerry).found}
    assert one.fingerprint in before
    for change in (
        lambda record: retract(record, by="test", reason="It was wrong.", now=NOW, press=SitePress()),
        lambda record: correct(
            record, record.current.as_story(), note="Mended.", by="test", now=NOW, press=SitePress()
        ),
    ):
        kept = counts()
        with transaction.atomic():
            change(one.record)
            assert one.fingerprint not in {told.finding.fingerprint for told in dossiers.events(kerry).found}
            assert counts() != kept
            gone = Finding.objects.filter(record=one.record, is_public=True)
            assert not gone.exists()
            transaction.set_rollback(True)
        one.record.refresh_from_db()


def test_lists_go_on_where_they_were_left(read_paper: list[Any]) -> None:
    from dateline.archive import dossiers
    from dateline.archive.models import Entity

    usa = Entity.objects.get(key="loc:usa")
    whole = [told.finding.fingerprint for told in dossiers.events(usa, most=1000).found]
    assert len(whole) > 5
    for most in (1, 2, 3):
        parts, after = [], None
        for _ in range(len(whole) + 1):
            column = dossiers.events(usa, after=after, most=most)
            parts += [told.finding.fingerprint for told in column.found]
            if (after := column.next) is None:
                break
        assert parts == whole


def test_balance_and_partners_agree_with_the_events(read_paper: list[Any]) -> None:
    from dateline.archive import dossiers
    from dateline.archive.models import Entity

    usa = Entity.objects.get(key="loc:usa")
    partners = dossiers.partners(usa)
    assert partners
    for partner in partners:
        told = dossiers.between(usa, partner.entity, "event", most=1000).found
        counted = [each for each in told if each.finding.modality not in ("denied", "hypothetical")]
        assert sum(partner.quads.values()) >= len(counted)
        assert set(dossiers.balance(usa, partner.entity)) == {
            each.finding.day.year * 100 + each.finding.day.month for each in counted
        }
