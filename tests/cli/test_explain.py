"""`dateline read --format html`: one page that needs nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from tests.cli.test_commands import SAMPLES
from tests.terminal import dateline

pytestmark = pytest.mark.unstored

SHOWN = SAMPLES / "harbour-gazette" / "2015-09-11-1745-velloria-recalls-ambassador.html"


def page_of(path: Path, home: Path) -> tuple[str, etree._Element]:
    done = dateline("read", path, "--format", "html", home=home)
    assert done.returncode == 0, done.stderr.decode()
    assert not list(home.iterdir()), "reading stores nothing"
    told = done.stdout.decode()
    return told, etree.HTML(told)


@pytest.mark.parametrize(
    "path",
    [
        SHOWN,
        SAMPLES / "pegah-nameh" / "2015-05-12-1840-zerah-istanbul.txt",
        SAMPLES / "global-desk" / "2015-09-11-2241-world.rss.xml",
    ],
    ids=lambda path: path.name,
)
def test_the_page_is_whole(path: Path, tmp_path: Path) -> None:
    told, page = page_of(path, tmp_path)
    assert not page.xpath("//script|//link|//img|//iframe|//*[@src]|//*[@style]")
    assert "url(" not in told
    assert "@import" not in told
    targets = page.xpath("//*[@id]/@id")
    assert len(targets) == len(set(targets))
    links = page.xpath("//a/@href")
    assert links
    assert {link[1:] for link in links if link.startswith("#")} <= set(targets)
    assert all(link.startswith("#") for link in links), "nothing leads out of the page"
    for entry in page.xpath("//aside//li/@id"):
        number = entry[1:]
        assert page.xpath(f"//article//*[@id='f{number}']"), "each entry leads to its words"
        assert page.xpath(f"//article//a[@href='#{entry}']"), "each finding is led back to"
        assert f".a{number}:target" in told
        assert page.xpath(f"//aside//li[@id='{entry}']//p[@class='why']"), "each has its reason"


def test_a_persian_page_runs_right_to_left_in_its_own_words(tmp_path: Path) -> None:
    told, page = page_of(SAMPLES / "pegah-nameh" / "2015-05-12-1840-zerah-istanbul.txt", tmp_path)
    assert (page.get("lang"), page.get("dir")) == ("fa", "rtl")
    assert "یافته‌های این خبر" in told


def test_events_are_told_with_who_to_whom_when_and_why(tmp_path: Path) -> None:
    _, page = page_of(SHOWN, tmp_path)
    (group,) = page.xpath("//details[starts-with(normalize-space(summary), 'Who did what to whom')]")
    words = " ".join(" ".join(group.itertext()).split())
    assert re.search(r"threatens conflict in words threatened Daven Orlish → towards", words)
    assert "Told again:" in words
    assert "When:" in words
    assert "tells it" in words
    shown = dateline("read", SHOWN, home=tmp_path).stdout.decode()
    assert "Who did what to whom" in shown
    assert "Daven Orlish → Tarsk: THREATEN · threatened · told 2 times" in shown
