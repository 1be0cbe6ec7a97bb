"""The claims board and the pages of event groups."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.conftest import NOW


@pytest.fixture(scope="module")
def grouped(read_paper: list[Any]) -> None:
    from dateline.newsroom.group import group
    from dateline.site.press import SitePress

    group(press=SitePress(), by="test", now=NOW)


TEXT = (
    "Brenmark accused Kolvia on Monday of stealing the election lists. Kolvia denied the charge. "
    "The two states have had no ambassadors in each other's capitals since May."
)


def publish(text: str, headline: str) -> Any:
    from dateline.clean.arrivals import arrival
    from dateline.newsroom.publish import publish
    from dateline.newsroom.read import read
    from dateline.newsroom.take_in import take_in
    from dateline.reading import reader
    from dateline.site.press import SitePress
    from dateline.story import Story

    story = Story(headline=headline, text=text, language="en", guid=headline)
    came = arrival(story, item_format="rss", raw=headline.encode(), now=NOW)
    intake = take_in(came, site_url="https://dateline.example", by="test", now=NOW, press=SitePress())
    publish(intake.record, by="test", now=NOW, press=SitePress())
    intake.record.refresh_from_db()
    read(intake.record.current, reader=reader.read, by="test", now=NOW, press=SitePress())
    return intake.record


@pytest.mark.usefixtures("grouped")
def test_a_denial_stands_beside_what_it_answers(client: Any) -> None:
    from django.db import transaction

    with transaction.atomic():
        publish(TEXT, "Brenmark and Kolvia quarrel over lists")
        page = client.get("/en/claims").content.decode()
        transaction.set_rollback(True)
    claims = re.findall(r'<section class="claim">.*?</section>', page, re.S)
    assert len(claims) >= 5
    [answered] = [claim for claim in claims if "Brenmark accused Kolvia" in claim]
    denied = answered.partition('class="denied"')[2]
    assert "Kolvia denied the charge" in denied
    assert "the text does not say" not in denied
    assert any("No denial was found." in claim for claim in claims)


@pytest.mark.usefixtures("grouped")
def test_a_denial_of_the_accusation_stands_beside_it(client: Any) -> None:
    page = client.get("/en/claims?q=Mardun").content.decode()
    claims = re.findall(r'<section class="claim">.*?</section>', page, re.S)
    [claim] = [claim for claim in claims if "of secretly closing two" in claim]
    accused, _, denied = claim.partition('class="denied"')
    assert "the accusation" in denied
    assert "Salwa Bahrani" in denied
    assert "in the same story, of an accusation" in denied
    assert "20 April 2015" in accused
    assert "UTC" not in claim


@pytest.mark.usefixtures("grouped")
def test_the_board_is_narrowed_to_a_party_or_to_the_stories_of_a_query(client: Any) -> None:
    whole = client.get("/en/claims").content.decode()
    assert "Netanyahu" in whole
    one = client.get("/en/claims?about=loc:kolvia").content.decode()
    assert "Kolvia" in one
    assert "Netanyahu" not in one
    asked = client.get("/en/claims?q=Netanyahu").content.decode()
    assert "Netanyahu" in asked
    assert "She accused Kolvia" not in asked
    assert client.get("/en/claims?about=per:nobody").status_code == 404
    assert client.get("/en/claims?after=nonsense").status_code == 200
    assert client.get("/en/claims?q=%22(((").status_code == 200


@pytest.mark.usefixtures("grouped")
def test_each_line_leads_to_its_sentence(client: Any) -> None:
    page = client.get("/en/claims").content.decode()
    links = re.findall(r'class="said"[^>]*><a href="([^"#]+)#([^"]+)"', page)
    assert len(links) >= 5
    for path, anchor in links:
        assert f'id="{anchor}"' in client.get(path).content.decode()


@pytest.mark.usefixtures("grouped")
def test_a_group_tells_who_told_it_first_and_what_differs(client: Any) -> None:
    from dateline.archive.models import EventGroup, Record

    accord = Record.objects.get(headline__startswith="Iran and six powers agree")
    page = client.get(f"/en/group/{accord.group_id}").content.decode()
    assert "Iran, six powers reach" in page
    assert page.count("Earliest by its own date") == 1
    assert "All name:" in page
    assert client.get(f"/en/group/{EventGroup.objects.order_by('-pk').first().pk + 1}").status_code == 404
    assert client.get("/en/group/99999999999999999999").status_code == 404


@pytest.mark.usefixtures("grouped")
def test_what_is_withdrawn_leaves_its_group_and_the_board(client: Any) -> None:
    from django.db import transaction

    from dateline.archive.models import Record
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    accord = Record.objects.get(headline__startswith="Iran and six powers agree")
    with transaction.atomic():
        retract(accord, by="test", reason="It was wrong.", now=NOW, press=SitePress())
        assert accord.headline not in client.get(f"/en/group/{accord.group_id}").content.decode()
        assert accord.path not in client.get("/en/claims").content.decode()
        transaction.set_rollback(True)
