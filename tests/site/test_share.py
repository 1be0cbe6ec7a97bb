"""What a link to a story shows elsewhere: the card that is drawn of it, and its oEmbed."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from lxml import etree

from dateline.wire import share_card
from dateline.wire.share_card import ShareCard


def of(language: str) -> Any:
    from dateline.archive.models import Record

    found = Record.objects.published().in_language(language).newest().first()
    assert found is not None
    return found


def card_url(record: Any) -> str:
    return f"/{record.language}/news/{record.code}/card.png"


def oembed(client: Any, url: str, **more: str) -> Any:
    return client.get("/oembed", {"url": url, **more})


# --- cards -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fa", "ar", "ru", "de"])
def test_a_card_is_drawn_of_each_story(client: Any, language: str) -> None:
    image = pytest.importorskip("PIL.Image")
    record = of(language)
    answer = client.get(card_url(record))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert len(answer.content) <= 40_000
    drawn = image.open(io.BytesIO(answer.content))
    assert (drawn.size, drawn.mode) == ((1200, 630), "P")
    page = client.get(record.path).content.decode()
    assert f'property="og:image" content="https://dateline.example{card_url(record)}"' in page
    assert 'name="twitter:card" content="summary_large_image"' in page
    assert client.get(card_url(record), headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_each_card_shows_its_own_story(client: Any) -> None:
    from dateline.archive.models import Record

    answers = [client.get(card_url(record)) for record in Record.objects.published()[:6]]
    assert len({answer["ETag"] for answer in answers}) == 6
    assert len({answer.content for answer in answers}) == 6


def test_a_card_of_another_language_moves_to_its_own(client: Any, newest: Any) -> None:
    answer = client.get(f"/fa/news/{newest.code}/card.png")
    assert (answer.status_code, answer["Location"]) == (301, card_url(newest))


def test_no_card_of_what_is_withdrawn_filed_or_unknown(client: Any, withdrawn: Any, newest: Any) -> None:
    from django.db import transaction

    from dateline.archive.models import Record

    assert client.get(card_url(withdrawn)).status_code == 410
    assert client.get("/en/news/999999/card.png").status_code == 404
    with transaction.atomic():
        Record.objects.filter(pk=newest.pk).update(state=Record.State.FILED, released_at=None)
        assert client.get(card_url(newest)).status_code == 404
        transaction.set_rollback(True)


def test_where_no_font_has_the_letters_no_card_is_offered(
    client: Any, newest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_card, "_face_for", lambda text: None)
    share_card.draw.cache_clear()
    assert client.get(card_url(newest)).status_code == 404
    page = client.get(newest.path).content.decode()
    assert "og:image" not in page
    assert 'name="twitter:card" content="summary"' in page
    assert "thumbnail_url" not in json.loads(oembed(client, f"https://dateline.example{newest.path}").content)


def a_card(headline: str, language: str, **more: Any) -> ShareCard:
    return ShareCard(**{"headline": headline, "site_name": "Desk", "facts": ("1001",), "language": language, **more})


def test_a_letter_that_no_font_has_means_no_card() -> None:
    assert share_card.draw(a_card("Plain words \U000f1234", "en")) is None
    assert not share_card.offered(a_card("Plain words \U000f1234", "en"))


def test_without_shaping_there_is_no_card_for_joined_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    share_card._face_for.cache_clear()
    monkeypatch.setattr(share_card.features, "check", lambda name: name != "raqm")
    try:
        assert not share_card.offered(a_card("وزیران خارجه", "fa"))
        assert share_card.offered(a_card("Ministers", "en"))
    finally:
        share_card._face_for.cache_clear()


def ink(card: ShareCard, left: int, right: int) -> int:
    """Count the dark pixels of the headline's band between two columns."""
    image = pytest.importorskip("PIL.Image")
    data = share_card.draw(card)
    assert data is not None
    grey = image.open(io.BytesIO(data)).convert("L").crop((left, 180, right, 500))
    return sum(grey.histogram()[:90])


def test_a_line_begins_at_the_side_its_language_begins_at() -> None:
    assert ink(a_card("آب", "fa"), 600, 1200) > 0 == ink(a_card("آب", "fa"), 0, 600)
    assert ink(a_card("Sea", "en"), 0, 600) > 0 == ink(a_card("Sea", "en"), 600, 1200)


def test_persian_letters_are_joined() -> None:
    """Joined letters take less room than the same ones kept apart by ZWNJ."""
    word = "بببب"
    font = share_card._face_for(word).at(80)  # type: ignore[union-attr]
    joined, apart = (share_card._length(text, font, "rtl") for text in (word, "\u200c".join(word)))
    assert joined < 0.8 * apart


@pytest.mark.parametrize("headline", ["long words of a headline " * 40, "x" * 3000, "یک تیتر بسیار دراز " * 40])
def test_however_long_a_headline_it_stays_on_the_card(headline: str) -> None:
    language = "fa" if headline[0] > "\u0600" else "en"
    card = a_card(headline.strip(), language, facts=("a source " * 40, "12 May 2015", "1001"))
    image = pytest.importorskip("PIL.Image")
    data = share_card.draw(card)
    assert data is not None
    assert len(data) <= 40_000
    grey = image.open(io.BytesIO(data)).convert("L")
    for edge in ((0, 0, 70, 630), (1131, 0, 1200, 630), (0, 590, 1200, 630)):
        assert not sum(grey.crop(edge).histogram()[:200]), edge


# --- oEmbed ------------------------------------------------------------------------------------------


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_page_says_where_its_oembed_is_and_it_is_there(client: Any, language: str) -> None:
    record = of(language)
    page = client.get(record.path).content.decode()
    links = re.findall(r'<link rel="alternate" type="(\w+/\w+)\+oembed" href="([^"]+)"', page)
    assert [kind for kind, _ in links] == ["application/json", "text/xml"]
    told = []
    for kind, link in links:
        answer = client.get(link.replace("&amp;", "&").removeprefix("https://dateline.example"))
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)
        if kind == "application/json":
            told.append({name: str(value) for name, value in json.loads(answer.content).items()})
        else:
            told.append({each.tag: each.text for each in etree.fromstring(answer.content)})
    assert told[0] == told[1]
    assert (told[0]["version"], told[0]["type"], told[0]["title"]) == ("1.0", "rich", record.headline)
    assert told[0]["provider_name"] == "The Dateline Test"
    assert told[0]["thumbnail_url"] == f"https://dateline.example{card_url(record)}"


def test_what_is_embedded_needs_no_script_and_loads_nothing(client: Any, newest: Any) -> None:
    seen = Seen()
    seen.feed(json.loads(oembed(client, f"https://dateline.example/{newest.code}").content)["html"])
    assert set(seen.tags) == {"blockquote", "p", "a", "b", "footer", "small"}
    assert seen.links == [f"https://dateline.example{newest.path}"]
    assert newest.headline in seen.text
    assert str(newest.code) in seen.text


def test_markup_in_a_headline_stays_text(client: Any, newest: Any) -> None:
    from dateline.site import share
    from dateline.story import Story

    story = Story(headline='<script>alert("1")</script>', text="<img src=x onerror=alert(1)>", language="en")
    told = share.embedding(
        story,
        code=1,
        language="en",
        credit='"><b>',
        permalink="https://dateline.example/1",
        card_url=None,
        most_wide=None,
        most_high=None,
    )
    assert "<script" not in told["html"]
    assert "<img" not in told["html"]
    assert told["html"].count("<b>") == 1


def test_it_keeps_to_the_sizes_asked_for(client: Any, newest: Any) -> None:
    url = f"https://dateline.example{newest.path}"
    narrow = json.loads(oembed(client, url, maxwidth="400").content)
    assert narrow["width"] == 400
    assert narrow["type"] == "rich"
    assert "thumbnail_url" not in narrow
    tiny = json.loads(oembed(client, url, maxwidth="100").content)
    low = json.loads(oembed(client, url, maxheight="60").content)
    for told in (tiny, low):
        assert told["type"] == "link"
        assert "html" not in told
    wide = json.loads(oembed(client, url, maxwidth="2000", maxheight="2000").content)
    assert (wide["width"], wide["thumbnail_width"], wide["thumbnail_height"]) == (600, 1200, 630)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404),
        ({"url": "https://elsewhere.example/en/news/1001/x"}, 404),
        ({"url": "https://dateline.example/en/"}, 404),
        ({"url": "https://dateline.example/en/news/99999/x"}, 404),
        ({"url": "https://dateline.example/99999999999999999999"}, 404),
        ({"url": "https://dateline.example/1001", "format": "yaml"}, 501),
        ({"url": "https://dateline.example/1001", "maxwidth": "wide"}, 400),
        ({"url": "https://dateline.example/1001", "maxwidth": "0"}, 400),
        ({"url": "https://dateline.example/1001", "maxwidth": "9" * 5000}, 400),
        ({"url": "http://[broken"}, 404),
    ],
)
def test_what_cannot_be_embedded(client: Any, asked: dict[str, str], status: int) -> None:
    assert client.get("/oembed", asked).status_code == status


def test_a_withdrawn_or_filed_story_is_not_embedded(client: Any, withdrawn: Any, newest: Any) -> None:
    from django.db import transaction

    from dateline.archive.models import Record

    answer = oembed(client, f"https://dateline.example{withdrawn.path}")
    assert answer.status_code == 404
    assert withdrawn.headline not in answer.content.decode()
    with transaction.atomic():
        Record.objects.filter(pk=newest.pk).update(state=Record.State.FILED, released_at=None)
        assert oembed(client, f"https://dateline.example{newest.path}").status_code == 404
        transaction.set_rollback(True)
