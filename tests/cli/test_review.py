"""`dateline review` and PDFs by command: what they write, what they leave out, and with which exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.terminal import dateline

from dateline.clean.stories import clean
from dateline.wire.formats import parse
from dateline.wire.typesetting import available

SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive with some samples in it, published: one of them is withdrawn by its agency."""
    made = tmp_path_factory.mktemp("home")
    assert dateline("init", home=made).returncode == 0
    done = dateline("take-in", SAMPLES / "northern-wire", "--publish", "--no-read", home=made)
    assert done.returncode in (0, 1), done.stderr.decode()
    return made


def codes(home: Path, words: str) -> list[str]:
    lines = dateline("search", words, home=home).stdout.decode().splitlines()
    return [line.split()[0] for line in lines if line[:1].isdigit() and len(line.split()) > 2]


def test_a_query_as_html(home: Path, tmp_path: Path) -> None:
    made = tmp_path / "review.html"
    done = dateline("review", "halvar", "--title", "The strait", "-o", made, home=home)
    assert done.returncode == 0, done.stderr.decode()
    assert b"<h1>The strait</h1>" in made.read_bytes()
    items = parse(made.read_bytes()).items
    assert [item.body_type for item in items] == ["print"] * len(codes(home, "halvar"))
    again = dateline("take-in", made, "--no-read", home=home)
    assert again.returncode == 0
    assert b"seen again" in again.stdout


def test_codes_in_their_order_and_those_that_are_none_named(home: Path) -> None:
    found = codes(home, "agreement OR trawler")[:2][::-1]
    assert len(found) == 2
    done = dateline("review", *found, "999999", home=home)
    assert done.returncode == 1
    assert b"999999: left out" in done.stderr
    assert [clean(item).code for item in parse(done.stdout).items] == found


@pytest.mark.parametrize("words", [("nothing-has-this-word",), ("999999",), ("halvar", "--limit", "0")])
def test_nothing_to_print_is_an_error(home: Path, words: tuple[str, ...]) -> None:
    done = dateline("review", *words, home=home)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(not available(), reason="the extra pdf is not installed")
def test_stories_and_reviews_as_pdf(home: Path, tmp_path: Path) -> None:
    (code, *_) = codes(home, "halvar")
    story, review = tmp_path / "story.pdf", tmp_path / "review.pdf"
    assert dateline("print", code, "--format", "pdf", "-o", story, home=home).returncode == 0
    assert dateline("review", "halvar", "--text", "lead", "--format", "pdf", "-o", review, home=home).returncode == 0
    (item,) = parse(story.read_bytes()).items
    assert clean(item).code == code
    assert len(parse(review.read_bytes()).items) == len(codes(home, "halvar"))
