"""The door: validators, rates, keys."""

from __future__ import annotations

import json
from typing import Any

import pytest


def test_an_answer_one_has_already_is_not_sent_again(client: Any) -> None:
    for path in ("stories", "search?q=trawler", "openapi.json", "events", "export"):
        first = client.get(f"/api/v1/{path}")
        etag = first.headers["ETag"]
        assert etag.startswith('W/"')
        assert "max-age" in first.headers["Cache-Control"]
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": f'"other", {etag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag
        assert client.get(f"/api/v1/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_changes_the_validator(client: Any, newest: Any) -> None:
    from dateline.archive.models import Record

    before = client.get("/api/v1/stories").headers["ETag"]
    Record.objects.filter(pk=newest.pk).update(headline="Another")
    try:
        assert client.get("/api/v1/stories").headers["ETag"] != before
    finally:
        Record.objects.filter(pk=newest.pk).update(headline=newest.headline)


def test_the_export_goes_on_where_it_broke_off(client: Any) -> None:
    from dateline.archive.models import Record

    whole = _lines(client.get("/api/v1/export"))
    assert [line["code"] for line in whole] == sorted(Record.objects.published().values_list("code", flat=True))
    assert whole[7:] == _lines(client.get(f"/api/v1/export?cursor={whole[6]['cursor']}"))
    assert client.get("/api/v1/export?cursor=x").status_code == 400


def test_a_withdrawn_story_is_gone_everywhere(client: Any, withdrawn: Any) -> None:
    for below in ("", "/versions", "/versions/1", "/reading", "/findings"):
        answer = client.get(f"/api/v1/stories/{withdrawn.code}{below}")
        assert answer.status_code == 410
        assert answer.json()["reason"]
        assert "public" not in answer.headers["Cache-Control"]
    assert withdrawn.code not in {line["code"] for line in _lines(client.get("/api/v1/export"))}


def test_readers_see_the_versions_that_were_public(client: Any, db: None, newest: Any) -> None:
    from datetime import timedelta

    from dateline.archive.models import Record, Version

    story = newest.current.as_story()
    later = Version.of(newest, story, now=newest.released_at + timedelta(hours=1))
    assert _numbers(client, newest) == [1, later.number]
    Record.objects.filter(pk=newest.pk).update(released_at=later.filed_at)
    assert _numbers(client, newest) == [later.number]
    assert client.get(f"/api/v1/stories/{newest.code}/versions/1").status_code == 404
    told = client.get(f"/api/v1/stories/{newest.code}/versions/{later.number}").json()
    assert told["story"]["headline"] == story.headline


@pytest.mark.parametrize("path", ["sources", "stories", "refusals", "acts", "stories/1", "sources/x"])
def test_the_desk_opens_to_a_key_only(path: str, client: Any, token: str) -> None:
    handle = token.partition(".")[0]
    for shown in (
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Bearer {handle}.x"},
        {"Authorization": "Basic x"},
    ):
        answer = client.get(f"/api/v1/desk/{path}", headers=shown)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["error"]
    answer = client.get(f"/api/v1/desk/{path}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == (404 if path in ("stories/1", "sources/x") else 200)
    assert "private" in answer.headers["Cache-Control"]


def test_the_desk_tells_what_readers_are_not_told(client: Any, token: str, newest: Any, withdrawn: Any) -> None:
    def ask(path: str) -> Any:
        return client.get(f"/api/v1/desk/{path}", headers={"Authorization": f"Bearer {token}"}).json()

    assert ask(f"stories/{withdrawn.code}")["told"]["state"] == "withdrawn"
    acts = ask("acts?limit=2")
    assert acts["acts"][0]["verb"] == "give key"
    assert "secret" not in json.dumps(acts)
    assert ask(f"acts?limit=2&cursor={acts['next']}")["acts"][0]["id"] < acts["acts"][1]["id"]
    slug = ask("sources")["sources"][0]["slug"]
    assert ask(f"sources/{slug}")["told"]["source"] == slug
    assert ask("refusals")["refusals"] is not None


def test_a_revoked_key_opens_nothing(client: Any, token: str) -> None:
    from datetime import UTC, datetime

    from dateline.archive.models import ApiKey
    from dateline.newsroom.keep_key import revoke_key

    key = ApiKey.objects.get(name="press agency")
    assert token.partition(".")[2] not in key.digest
    revoke_key(key, by="test", now=datetime.now(UTC))
    assert client.get("/api/v1/stories", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_rate_is_kept_and_told(paper: None, token: str) -> None:
    from django.test import Client, override_settings

    from dateline.api.rates import Rate

    with override_settings(DATELINE_API_RATE=Rate(3, 86400), DATELINE_API_KEY_RATE=Rate(2, 86400)):
        client = Client()
        left = [client.get("/api/v1/stories").headers["RateLimit"].split(";")[1] for _ in range(3)]
        assert left == ["r=2", "r=1", "r=0"]
        refused = client.get("/api/v1/stories")
        assert refused.status_code == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 86400 / 3
        assert refused.json()["error"]
        assert client.get("/en/").status_code == 200
        assert client.get("/api/v1/stories", REMOTE_ADDR="192.0.2.7").status_code == 200
        bearer = {"Authorization": f"Bearer {token}"}
        assert [client.get("/api/v1/stories", headers=bearer).status_code for _ in range(3)] == [200, 200, 429]


def test_a_bucket_fills_again_with_time() -> None:
    from dateline.api.rates import Buckets, Rate

    buckets = Buckets(Rate(60, 60))
    assert all(buckets.take("a", 0).granted for _ in range(60))
    assert not buckets.take("a", 0.5).granted
    assert buckets.take("a", 1.5).granted
    assert not buckets.take("a", 1.6).granted
    assert buckets.take("b", 1.6).left == 59


@pytest.mark.parametrize(
    ("remote", "forwarded", "who"),
    [
        ("198.51.100.7", "203.0.113.5", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "192.0.2.1, 203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "192.0.2.1, 203.0.113.5, 10.1.2.3", "203.0.113.5"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("2001:db8::1:2:3:4", "", "2001:db8::/64"),
        ("::ffff:203.0.113.5", "", "203.0.113.5"),
    ],
)
def test_who_asks_is_believed_of_our_own_proxies_only(remote: str, forwarded: str, who: str) -> None:
    from dateline.api.rates import asker
    from dateline.fetch.addresses import networks

    assert asker(remote, forwarded, networks("127.0.0.1, 10.0.0.0/8")) == who


@pytest.mark.parametrize("said", ["", "60", "x/minute", "60/week", "-1/minute"])
def test_a_rate_that_is_none_is_refused(said: str) -> None:
    from dateline.api.rates import rate_of

    with pytest.raises(ValueError, match="no rate"):
        rate_of(said)


def test_the_description_is_complete(client: Any) -> None:
    told = client.get("/api/v1/openapi.json").json()
    for path, verbs in told["paths"].items():
        for operation in verbs.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert {"200", "304", "429"} <= set(operation["responses"]), path
            assert ("security" in operation) == ("/desk/" in path)
            for parameter in operation["parameters"]:
                assert parameter.get("description"), (path, parameter["name"])
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert answer["content"]["application/json"]["example"]["error"], (path, status)


def _lines(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def _numbers(client: Any, record: Any) -> list[int]:
    told = client.get(f"/api/v1/stories/{record.code}/versions").json()
    assert told["versions"] == client.get(f"/api/v1/stories/{record.code}").json()["versions"]
    return [version["number"] for version in told["versions"]]


def test_the_description_is_a_page_too(client: Any) -> None:
    page = client.get("/api/v1/docs").content.decode()
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert f"GET {path}</code>" in page
    assert "<script" not in page


def test_head_answers_as_get_does(client: Any) -> None:
    head, whole = client.head("/api/v1/stories"), client.get("/api/v1/stories")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
