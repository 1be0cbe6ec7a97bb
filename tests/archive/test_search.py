"""What a reader types, and what a story says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.story import Story

NOW = datetime(2015, 5, 12, tzinfo=UTC)
STORIES = {
    "fa": Story(headline="گفت‌وگو در وین", text="وزیر خارجهٔ ایران می‌گوید ۱۹ هزار دستگاه کاهش می‌یابد.", language="fa"),
    "ar": Story(headline="اتفاق في فيينا", text="أعلنت الوزارة أنّ الاتّفاق نهائي.", language="ar"),
    "en": Story(headline="Talks in Zürich", text="The café accord says “no more”. Talks end in Zürich.", language="en"),
}


@pytest.fixture(autouse=True)
def stories(db: None) -> None:
    from dateline.archive.models import Record, Version
    from dateline.archive.search import index

    for code, (language, story) in enumerate(STORIES.items(), start=1):
        record = Record.objects.create(
            code=code, language=language, slug="s", state="published", published_at=NOW, filed_at=NOW, changed_at=NOW
        )
        record.adopt(Version.of(record, story, now=NOW), story, now=NOW)
        index(record)


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("zurich", ["en"]),
        ("CAFE", ["en"]),
        ('"talks end"', ["en"]),
        ('"end talks"', []),
        ("19", ["fa"]),
        ("می گوید", ["fa"]),
        ("مي‌گويد", ["fa"]),
        ("گفتوگو", []),
        ("الاتفاق", ["ar"]),
        ("talks اتفاق", []),
    ],
)
def test_spelling_does_not_stand_in_the_way(query: str, languages: list[str]) -> None:
    from dateline.archive.search import find

    assert sorted(hit.record.language for hit in find(query).hits) == languages


def test_the_snippet_shows_the_storys_own_words_and_marks_the_match() -> None:
    from dateline.archive.search import find

    (hit,) = find("zurich").hits
    assert ("Zürich.", True) in hit.snippet
    assert "".join(piece for piece, _ in hit.snippet).strip() == STORIES["en"].text


def test_a_language_narrows_the_search() -> None:
    from dateline.archive.search import find

    assert find("zurich", language="fa").hits == ()
    assert len(find("zurich", language="en").hits) == 1
