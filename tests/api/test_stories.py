"""The API: what it lists, what it tells of a story, and how it refuses."""

from __future__ import annotations

from typing import Any

import pytest


def test_the_list_is_walked_by_cursor_without_loss(client: Any) -> None:
    from dateline.archive.models import Record

    codes: list[int] = []
    asked = "/api/v1/stories?limit=7"
    while asked:
        told = client.get(asked).json()
        codes += [story["code"] for story in told["stories"]]
        asked = f"/api/v1/stories?limit=7&cursor={told['next']}" if told["next"] else ""
    assert codes == [record.code for record in Record.objects.published().newest()]


def test_a_story_comes_whole(client: Any, newest: Any) -> None:
    told = client.get(f"/api/v1/stories/{newest.code}").json()
    assert told["story"]["headline"] == newest.headline
    assert told["permalink"] == f"https://dateline.example{newest.path}"
    assert [version["number"] for version in told["versions"]] == [1]


def test_search_finds_words_and_foreign_codes(client: Any) -> None:
    assert client.get("/api/v1/search?q=31186").json()["total"] == 1
    assert client.get("/api/v1/search?q=trawler&language=fa").json()["total"] == 0


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("stories?limit=0", 422),
        ("stories?limit=x", 422),
        ("stories?cursor=zzz", 400),
        ("stories/999999", 404),
        ("stories/99999999999999999999999", 404),
        ("search", 422),
        ("nope", 404),
    ],
)
def test_a_bad_question_is_answered_in_json(asked: str, status: int, client: Any) -> None:
    answer = client.get(f"/api/v1/{asked}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json()["error"]
