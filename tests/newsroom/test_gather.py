"""Many stories at once: the same comes of them as of one after the other, all or none, at a cost that does not grow."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom.conftest import NOW, SITE, PlainPress

WORDS = "harbour ferry pier storm captain island council market bridge winter lantern river".split()  # noqa: SIM905


def line(number: int, **told: Any) -> dict[str, Any]:
    said = [WORDS[(number * step) % len(WORDS)] + str(number * step) for step in range(1, 60)]
    return {
        "id": f"s-{number}",
        "title": f"Story {number}",
        "text": " ".join(said),
        "published": "2015-05-12",
        "source": f"Paper {number % 3}",
        "url": f"https://paper.example/{number}",
        **told,
    }


# New ones, one twice, one under another address, one changed, one that cannot be read, and a last new one.
LINES = [
    *(line(number) for number in range(1, 9)),
    line(3),
    line(4, id="other", url="https://copy.example/4", source="Copy"),
    line(5, text=line(5)["text"] + " and so on"),
    {"id": "bad"},
    {"id": "empty", "text": "  "},
    line(9),
]
CAME = {"new": 9, "seen again": 2, "changed": 1}


@pytest.fixture
def desk(db: None) -> Any:
    from dateline.newsroom.file_batch import Desk

    return Desk(site_url=SITE, by="test", now=NOW, press=PlainPress())


def written(folder: Path, lines: Iterable[dict[str, Any]]) -> Path:
    path = folder / "stories.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    return path


def told() -> list[Any]:
    from dateline.archive.models import Record

    return [
        (record.headline, record.versions.count(), sorted(each.times for each in record.sightings.all()))
        for record in Record.objects.order_by("code")
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_comes_to_what_its_stories_come_to(tmp_path: Path, desk: Any, jobs: int) -> None:
    from dateline.archive.models import Record
    from dateline.newsroom.gather import gather

    tally = gather([written(tmp_path, LINES)], publishing=False, desk=desk, jobs=jobs)
    assert tally.outcomes == CAME
    assert [where.rpartition(": ")[2] for where, _ in tally.refused] == ["line 12", "item 12"]
    assert told() == [
        ("Story 1", 1, [1]), ("Story 2", 1, [1]), ("Story 3", 1, [2]), ("Story 4", 1, [1, 1]), ("Story 5", 2, [1, 1]),
        *((f"Story {number}", 1, [1]) for number in (6, 7, 8, 9)),
    ]  # fmt: skip
    assert all(record.acts.filter(verb="take in").exists() for record in Record.objects.all())


def test_one_after_the_other_is_no_different(tmp_path: Path, desk: Any) -> None:
    from dateline.newsroom.gather import gather

    files = []
    for number, each in enumerate(each for each in LINES if each["id"] != "bad"):
        (tmp_path / f"{number:02}").mkdir()
        files.append(written(tmp_path / f"{number:02}", [each]))
    for path in files:
        gather([path], publishing=False, desk=desk)
    one_by_one = told()
    assert len(one_by_one) == CAME["new"]
    assert one_by_one[4] == ("Story 5", 2, [1, 1])


def test_a_batch_that_was_stopped_is_taken_in_again_whole(tmp_path: Path, desk: Any) -> None:
    from dateline.archive.models import Record, Refusal
    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.gather import gather

    class Torn(PlainPress):
        left = 4

        def sheets(self, record: Any) -> Iterable[Any]:
            self.left -= 1
            if self.left < 0:
                raise RuntimeError("out of paper")
            return super().sheets(record)

    path = written(tmp_path, LINES)
    with pytest.raises(RuntimeError):
        gather([path], publishing=True, desk=Desk(site_url=SITE, by="test", now=NOW, press=Torn()))
    assert not Record.objects.exists()
    tally = gather([path], publishing=True, desk=desk)
    assert tally.outcomes == CAME
    assert Record.objects.published().count() == tally.published == CAME["new"]
    again = gather([path], publishing=True, desk=desk)
    assert again.outcomes == {"seen again": sum(CAME.values())}
    assert Refusal.objects.count() == 2


def test_what_very_many_texts_share_is_not_looked_at_in_all_of_them(tmp_path: Path, desk: Any) -> None:
    from django.db.models import Count

    from dateline.archive.models import Shingle
    from dateline.archive.sketches import MOST
    from dateline.newsroom.gather import gather

    form = " ".join(f"{word} of the form" for word in WORDS * 3)
    for part in range(4):
        lines = [line(part * 20 + n, text=f"{form} {line(part * 20 + n)['text']}") for n in range(20)]
        gather([written(tmp_path, lines)], publishing=False, desk=desk)
    most = Shingle.objects.values("value").annotate(held=Count("pk")).order_by("-held").first()
    assert most is not None
    assert MOST // 2 < most["held"] <= MOST


def test_what_is_asked_does_not_grow_with_the_batch_nor_scan_a_table(tmp_path: Path, desk: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dateline.newsroom.gather import gather

    asked = []
    for first, count in ((100, 5), (200, 60)):
        path = written(tmp_path, (line(first + number) for number in range(count)))
        with CaptureQueriesContext(connection) as queries:
            gather([path], publishing=False, desk=desk)
        asked.append([each["sql"] for each in queries if each["sql"].startswith("SELECT")])
    assert len(asked[1]) == len(asked[0])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in asked[1]:
            cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}")
            plan = "\n".join(str(row) for row in cursor.fetchall())
            assert "Seq Scan" not in plan, plan
            assert "SCAN archive_" not in plan, plan
