"""Press reviews on the site: which stories they hold, in which form, and which they never do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dateline.clean.stories import clean
from dateline.wire.formats import parse
from dateline.wire.typesetting import NotTypeset, available

needs_pdf = pytest.mark.skipif(not available(), reason="the extra pdf is not installed")


def headlines(data: bytes) -> list[str]:
    return [clean(item).headline for item in parse(data).items]


def test_a_query_prints_its_stories_in_their_order(client: Any) -> None:
    from dateline.archive.search import find

    answer = client.get("/en/search/print", {"q": "Halvar"})
    assert answer.status_code == 200
    found = [hit.record.headline for hit in find("Halvar", language="en").hits]
    assert len(found) > 1
    assert headlines(answer.content) == found
    page = answer.content.decode()
    assert f"Stories: {len(found)}" in page
    assert "Query: Halvar" in page
    assert re.search(r"Compiled: \d+ \w+ \d{4}, \d\d:\d\d UTC", page)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_search_leads_to_its_review_in_the_same_order(client: Any) -> None:
    from dateline.archive.search import find

    for sort in ("relevance", "date"):
        page = client.get("/en/search", {"q": '"Halvar" strait', "sort": sort}).content.decode()
        (link,) = re.findall(r'href="(/en/search/print[^"]*)"', page)
        review = client.get(link.replace("&amp;", "&"))
        found = find('"Halvar" strait', language="en", order=sort, most=50).hits  # type: ignore[arg-type]
        assert headlines(review.content) == [hit.record.headline for hit in found]


def test_codes_print_as_they_were_picked(client: Any, paper: None) -> None:
    from dateline.archive.models import Record

    records = list(Record.objects.published().order_by("-code")[:3])
    codes = ",".join(str(record.code) for record in records)
    answer = client.get("/fa/review", {"codes": codes})
    assert headlines(answer.content) == [record.headline for record in records]
    assert 'dir="rtl"' in answer.content.decode().splitlines()[1]


def test_a_withdrawn_story_is_in_no_review(client: Any, withdrawn: Any, newest: Any) -> None:
    both = client.get("/en/review", {"codes": f"{withdrawn.code},{newest.code}"})
    assert both.status_code == 200
    assert headlines(both.content) == [newest.headline]
    assert withdrawn.headline not in both.content.decode()
    assert f"Left out: {withdrawn.code}" in both.content.decode()
    for form in ("review", "review/pdf"):
        answer = client.get(f"/en/{form}", {"codes": str(withdrawn.code)})
        assert answer.status_code == 410
        assert withdrawn.headline not in answer.content.decode()
    assert withdrawn.headline not in client.get("/en/search/print", {"q": "Kolvia"}).content.decode()
    assert client.get(f"{withdrawn.path}/pdf").status_code == 410


def test_a_filed_story_is_in_no_review(client: Any, newest: Any) -> None:
    from django.db import transaction

    from dateline.archive.models import Record

    with transaction.atomic():
        Record.objects.filter(pk=newest.pk).update(state=Record.State.FILED, released_at=None)
        assert client.get("/en/review", {"codes": str(newest.code)}).status_code == 404
        assert client.get(f"{newest.path}/pdf").status_code == 404
        transaction.set_rollback(True)


def test_a_review_refuses_records_that_are_not_public(paper: None, withdrawn: Any) -> None:
    from datetime import UTC, datetime

    from dateline.site.reviews import review_of

    html = review_of([withdrawn], title="Mine", language="en", now=datetime(2015, 12, 13, tzinfo=UTC))
    assert withdrawn.headline not in html.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/search/print", 302),
        ("/en/search/print?q=nothing-has-this-word", 404),
        ("/en/search/print?q=Halvar&text=some", 400),
        ("/en/review", 400),
        ("/en/review?codes=", 400),
        ("/en/review?codes=one,two", 400),
        ("/en/review?codes=999999999", 404),
        ("/en/review?codes=9999999999999999999999", 400),
        ("/en/review?codes=" + ",".join(["1001"] * 51), 400),
        ("/xx/review?codes=1001", 404),
    ],
)
def test_what_cannot_be_printed_says_so(path: str, status: int, client: Any) -> None:
    assert client.get(path).status_code == status


def test_what_is_no_code_is_named(client: Any) -> None:
    said = client.get("/en/review?codes=1001,<b>,7x").content.decode()
    assert "These are no story codes: &lt;b&gt;, 7x" in said


def test_too_many_codes_are_told_the_limit(client: Any) -> None:
    told = client.get("/en/review?codes=" + ",".join(["1001"] * 51)).content.decode()
    assert "up to 50 stories; 51 codes were named" in told


def test_a_review_of_first_paragraphs_reads_back_as_links(client: Any) -> None:
    answer = client.get("/en/search/print", {"q": "Halvar", "text": "lead"})
    items = parse(answer.content).items
    links = [item.url for item in items if item.body_type == "link"]
    assert links
    assert all(url and url.startswith("https://dateline.example/en/news/") for url in links)


@needs_pdf
def test_a_story_as_pdf_reads_back(client: Any, newest: Any) -> None:
    from dateline.archive.models import Record

    persian = Record.objects.published().in_language("fa").newest().first()
    assert persian is not None
    for record in (newest, persian):
        answer = client.get(f"{record.path}/pdf")
        assert answer["Content-Type"] == "application/pdf"
        (item,) = parse(answer.content).items
        assert record.current is not None
        story, back = record.current.as_story(), clean(item)
        assert (back.headline, back.text, back.code) == (story.headline, story.text, str(record.code))


@needs_pdf
def test_a_review_as_pdf_reads_back(client: Any) -> None:
    from dateline.archive.search import find

    answer = client.get("/en/search/pdf", {"q": "Halvar"})
    assert answer["Content-Type"] == "application/pdf"
    assert headlines(answer.content) == [hit.record.headline for hit in find("Halvar", language="en").hits]


def test_without_the_extra_a_page_says_so_and_no_link_leads_there(
    client: Any, newest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(html: bytes) -> bytes:
        raise NotTypeset("not installed", missing=True)

    monkeypatch.setattr("dateline.site.paper.pdf_of", none)
    answer = client.get(f"{newest.path}/pdf")
    assert answer.status_code == 501
    assert "print page" in answer.content.decode()
    monkeypatch.setattr("dateline.wire.typesetting.available", lambda: False)
    assert f"{newest.path}/pdf" not in client.get(newest.path).content.decode()
    assert "/review/pdf" not in client.get("/en/review", {"codes": str(newest.code)}).content.decode()


def test_a_pdf_that_fails_says_to_come_again(client: Any, newest: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(html: bytes) -> bytes:
        raise NotTypeset("others are being made", busy=True)

    monkeypatch.setattr("dateline.site.paper.pdf_of", late)
    answer = client.get(f"{newest.path}/pdf")
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_taking_a_review_in_again_changes_nothing(client: Any, tmp_path: Any) -> None:
    from tests.conftest import NOW

    from dateline.archive.models import Record, Version
    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.gather import gather
    from dateline.site.press import SitePress

    codes = ",".join(str(code) for code in Record.objects.published().values_list("code", flat=True)[:40])
    saved = tmp_path / "review.html"
    saved.write_bytes(client.get("/en/review", {"codes": codes}).content)
    before = Record.objects.count(), Version.objects.count()
    desk = Desk(site_url="https://dateline.example", by="test", now=NOW, press=SitePress())
    tally = gather([saved], publishing=False, desk=desk)
    assert set(tally.outcomes) == {"seen again"}
    assert not tally.refused
    assert (Record.objects.count(), Version.objects.count()) == before
