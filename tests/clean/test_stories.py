"""Every sample, every bad input and every file of our own, from bytes to Story."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.clean.stories import clean
from dateline.plain import to_plain
from dateline.story import Figure, Item, Refused, Story, Unreadable
from dateline.wire.formats import parse

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
SAMPLES = sorted(path for path in (ROOT / "samples").rglob("*") if path.is_file() and path.suffix != ".md")
OWN = sorted(path for path in (DATA / "clean").iterdir() if path.suffix != ".json")
BAD = sorted(
    path
    for path in (DATA / "bad").iterdir()
    if path.suffix not in {".json", ".md", ".neighbour"} and path.name[0] != "."
)


def told(story: Story, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return of a story what an expectation speaks of, in its terms."""
    found = to_plain(story)
    for name in ("published", "updated"):
        if found[name] and isinstance(wanted.get(name), dict):
            found[name] = {key: found[name].get(key) for key in wanted[name]}
        elif found[name]:
            found["zone"] = found[name].get("zone") if name == "published" else found.get("zone")
            found[name] = found[name]["value"]
    found["paragraphs"] = len(story.paragraphs)
    found["first_words"] = story.text[: len(wanted.get("first_words", ""))]
    found["last_words"] = story.text[-len(wanted.get("last_words", "")) or len(story.text) :]
    found["repair_kinds"] = sorted({repair.kind for repair in story.repairs})
    pairs = zip(found["figures"], wanted.get("figures", []), strict=False)
    found["figures"] = [{key: figure.get(key) for key in want} for figure, want in pairs] + found["figures"][
        len(wanted.get("figures", [])) :
    ]
    return {key: found.get(key) for key in wanted}


def stories_of(path: Path) -> list[Story | Refused]:
    result: list[Story | Refused] = []
    for item in parse(path.read_bytes(), name=path.name).items:
        try:
            result.append(clean(item))
        except Refused as error:
            result.append(error)
    return result


@pytest.mark.parametrize("path", [*SAMPLES, *OWN], ids=lambda path: path.name)
def test_a_file_reads_as_expected(path: Path) -> None:
    beside = (
        path.with_suffix(".json") if path in OWN else DATA / "samples" / f"{path.relative_to(ROOT / 'samples')}.json"
    )
    expected = json.loads(beside.read_text("utf-8"))
    stories = stories_of(path)
    assert len(stories) == len(expected)
    for story, wanted in zip(stories, expected, strict=True):
        if isinstance(story, Refused):
            assert story.reason == wanted.get("refused")
        else:
            assert told(story, wanted) == wanted


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_bad_input_ends_as_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    said, stories, refused = "", [], 0
    passed: tuple[tuple[str, str], ...] = ()
    try:
        batch = parse(path.read_bytes(), name=path.name)
        refused, passed = len(batch.refused), batch.passed
        stories = [clean(item) for item in batch.items]
    except Unreadable as error:
        said, outcome, reason = str(error), "unreadable", None
    except Refused as error:
        said, outcome, reason = str(error), "refused", error.reason
    else:
        outcome, reason = None, None
    assert expected.get("never", "\0") not in said + "".join(story.text for story in stories)
    assert "\n" not in said
    if "error" in expected:
        assert outcome in ([expected["error"]] if isinstance(expected["error"], str) else expected["error"])
        assert reason == expected.get("reason", reason)
    else:
        assert outcome is None, said
        assert len(stories) == expected["items"]
        assert refused >= expected.get("refused_at_least", 0)
        assert [list(each) for each in passed] == expected.get("passed", [])
        assert any(expected.get("text_contains", "") in story.text for story in stories) or not stories


@pytest.mark.parametrize("path", [*SAMPLES, *OWN], ids=lambda path: path.name)
def test_what_a_repair_mended_stands_where_it_says(path: Path) -> None:
    for item in parse(path.read_bytes()).items:
        try:
            story = clean(item)
        except Refused:
            continue
        for repair in story.repairs:
            assert repair.rule
            if repair.raw is not None:
                assert repair.raw.of(item.body) == repair.before
            if repair.at is not None:
                assert story.text[repair.at :].startswith(repair.after)
        assert all(0 <= figure.after <= len(story.paragraphs) for figure in story.figures)
        assert story.paragraphs == tuple(" ".join(line.split()) for line in story.paragraphs)


DEEP = "<div>" * 20_000 + "<p>A paragraph.</p>" + "</div>" * 20_000


@pytest.mark.parametrize(
    ("item", "detail"),
    [
        (Item(format="page", body=DEEP, body_type="page"), "deeper"),
        (Item(format="rss", headline="h", body=DEEP, body_type="html"), "deeper"),
        (
            Item(
                format="rss",
                headline="h",
                body="<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">x</p>",
                body_type="html",
            ),
            "attributes",
        ),
        (Item(format="rss", headline="h", body="x" * 1_000_001, body_type="html"), "1,000,001"),
        (Item(format="text", body="x " * 600_000, body_type="text"), "1,200,000"),
        (Item(format="page", body="<p>x</p>" * 1_100_000, body_type="page"), "8,800,000"),
    ],
    ids=["deep page", "deep fragment", "attributes", "long fragment", "long text", "long page"],
)
def test_hostile_markup_is_refused_before_it_is_parsed(item: Item, detail: str) -> None:
    with pytest.raises(Refused, match=detail) as caught:
        clean(item)
    assert caught.value.reason == "not-text"


@pytest.mark.parametrize("piece", ["<script", "<!--", "[caption", "[[", "<p ", "&", "<a href='", "<b>", "]]>", "\n\n"])
def test_repeated_markup_ends_soon(piece: str) -> None:
    item = Item(format="rss", headline="h", body=piece * (200_000 // len(piece)), body_type="html")
    try:
        clean(item)
    except Refused as error:
        assert error.reason in {"no-text", "not-text"}


@pytest.mark.parametrize("form", ["html", "page"])
def test_no_markup_survives_in_text(form: Any) -> None:
    body = (
        "<html><head><title>A headline of some words</title></head><body><h1>A headline of some words</h1>"
        "<p>An <b>honest</b> paragraph of a story about a ferry that sailed on Tuesday with eleven passengers.</p>"
        "<p><img src=x onerror=alert(1)><svg/onload=alert(2)>A second one, in which the eleventh is found asleep.</p>"
        "<p>He was under a lifeboat, with a goat.</p></body></html>"
    )
    story = clean(Item(format="rss", headline="A headline of some words", body=body, body_type=form))
    assert "<" not in story.text
    assert "alert" not in story.text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//img.example/a.jpg", "file:///etc/passwd"]
)
def test_only_addresses_of_the_web_come_through(url: str) -> None:
    body = f'<p>The ferry sailed.</p><img src="{url}">'
    figure = Figure(url=url, caption="The pier.")
    story = clean(
        Item(format="rss", headline="Ferry", body=body, body_type="html", url=url, site_url=url, figures=(figure,))
    )
    assert (story.url, story.site_url) == (None, None)
    assert [(each.url, each.missing) for each in story.figures] == [(None, True)]
