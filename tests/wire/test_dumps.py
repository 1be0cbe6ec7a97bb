"""What we write is well formed, whole, and reads back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from lxml import etree

from dateline.clean.stories import clean
from dateline.story import Figure, Stamp, Story
from dateline.wire import atom, jsonfeed, ninjs, rss
from dateline.wire.channel import Channel, FeedEntry, Tombstone
from dateline.wire.conversion import WRITTEN, convert
from dateline.wire.formats import parse

CHANNEL = Channel(
    title="Desk & Sons",
    url="https://desk.example/en/",
    feed_url="https://desk.example/en/feed.atom",
    language="en",
    updated="2015-05-12T16:00:00+00:00",
    description="News <of> the pier",
)
STORY = Story(
    headline="Ferry <back> & forth",
    text='The ferry sailed on Tuesday.\n\n"No storm & no fog," the captain said <twice>.\n\nIt came back.',
    language="en",
    published=Stamp(value="2015-05-12T15:14", precision="minute", said="12 May 2015 15:14", origin="line"),
    byline="Rosa Tilling",
    credit="Pier Agency",
    summary="Back & forth.",
    section="Sea",
    tags=("Ferries", "Alden"),
    figures=(
        Figure(
            url="https://desk.example/pier.jpg", caption="The pier.", credit="Ida Moor", width=800, height=600, after=1
        ),
    ),
    version="2",
    note="Correction: two boats, not three.",
)
ENTRY = FeedEntry(
    story=STORY,
    id="https://desk.example/7",
    permalink="https://desk.example/en/news/7/ferry",
    updated="2015-05-12T16:00:00+00:00",
    code="7",
)
GONE = Tombstone(
    ref="https://desk.example/5", when="2015-05-12T16:00:00+00:00", note="Withdrawn: the letter was forged."
)


@pytest.mark.parametrize("module", [rss, atom, ninjs])
def test_a_story_reads_back(module: object) -> None:
    data = ninjs.dump([ENTRY]) if module is ninjs else module.dump([ENTRY], channel=CHANNEL)  # type: ignore[attr-defined]
    (item,) = parse(data).items
    story = clean(item)
    assert story.headline == STORY.headline
    assert story.text == STORY.text
    assert story.figures[0].after == 1
    assert replace(story.figures[0], alt=None) == STORY.figures[0]
    assert (story.byline, story.url) == ("Rosa Tilling", ENTRY.permalink)
    assert story.published is not None
    assert story.published.value == "2015-05-12T15:14:00"


def test_ninjs_keeps_what_feeds_cannot_say() -> None:
    (item,) = parse(ninjs.dump([replace(ENTRY, story=replace(STORY, status="canceled"))])).items
    assert (item.status, item.version, item.note, item.code) == ("canceled", "2", STORY.note, "7")
    assert item.credit == "Pier Agency"


def test_a_withdrawn_entry_becomes_a_tombstone() -> None:
    root = etree.fromstring(atom.dump([ENTRY], channel=CHANNEL, withdrawn=[GONE]))
    (stone,) = root.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert (stone.get("ref"), stone.get("when")) == (GONE.ref, GONE.when)
    assert "".join(stone.itertext()).strip() == GONE.note


def test_atom_has_what_rfc_4287_requires() -> None:
    root = etree.fromstring(atom.dump([ENTRY], channel=CHANNEL))
    names = {etree.QName(each).localname for each in root}
    assert {"id", "title", "updated", "author", "link", "entry"} <= names
    entry = next(each for each in root if etree.QName(each).localname == "entry")
    assert {"id", "title", "updated", "author", "content"} <= {etree.QName(each).localname for each in entry}


def test_a_json_feed_has_what_1_1_requires() -> None:
    feed = json.loads(jsonfeed.dump([ENTRY], channel=CHANNEL))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["id"] == ENTRY.id
    assert "&lt;twice&gt;" in feed["items"][0]["content_html"]
    assert json.loads(jsonfeed.dump([], channel=CHANNEL))["items"] == []


@pytest.mark.parametrize("to", WRITTEN)
def test_characters_that_xml_forbids_do_not_stop_a_feed(to: str) -> None:
    data, _ = convert([replace(STORY, headline="A\x00B\ud800C\x1b", byline="\ufffe", tags=("\x0b",))], to)
    assert data


@pytest.mark.parametrize("to", ["atom", "rss"])
def test_losses_are_told(to: str) -> None:
    story = replace(STORY, figures=(Figure(caption="Lost.", missing=True),), published=None, corrects="urn:1")
    _, told = convert([story], to)
    assert any("no date" in line for line in told)
    assert any("missing" in line for line in told)
    assert any("corrects" in line for line in told)


def test_dates_are_written_as_their_formats_write_them() -> None:
    item = etree.fromstring(rss.dump([ENTRY], channel=CHANNEL)).find("channel/item")
    assert item is not None
    assert item.findtext("pubDate") == "Tue, 12 May 2015 15:14:00 +0000"
    moment = json.loads(jsonfeed.dump([ENTRY], channel=CHANNEL))["items"][0]["date_published"]
    assert datetime.fromisoformat(moment).tzinfo is not None
