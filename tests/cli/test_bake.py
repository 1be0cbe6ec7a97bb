"""`dateline bake`: the folder holds what readers of the live site are given, byte for byte, and nothing else."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest

NOW = datetime(2015, 12, 20, 9, 0, tzinfo=UTC)
OURS = {"_gone.txt", ".dateline/baked.json", ".dateline/files.txt"}


@pytest.fixture
def bake(paper: None, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return a function that bakes the samples, by one process, which sees the test's transaction.

    What is made when it is asked for has tests of its own (test_bake_answers.py).
    """
    from dateline.cli.main import main

    monkeypatch.setattr("dateline.site.answered.ANSWERED", ())
    monkeypatch.setattr("dateline.cli.bake.need_archive", lambda: None)
    folder = tmp_path / "baked"

    def baked(*options: str, status: int = 0) -> Path:
        assert main(["bake", str(folder), "--jobs", "1", *options]) == status
        return folder

    return baked


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_the_folder_holds_the_live_pages_byte_for_byte(bake: Callable[..., Path], client: Any) -> None:
    from dateline.archive.models import Record
    from dateline.site import shelves
    from dateline.site.baking import name_of
    from dateline.site.language import SPOKEN
    from dateline.site.press import print_path
    from dateline.site.touched import addresses

    there = files(bake())
    records = {f"/{record.code}": record for record in Record.objects.all()}
    told = set()
    for path in addresses():
        places = [path]
        if record := records.get(path):
            assert record.path.encode() in there[name_of(path)] or record.state == "withdrawn"
            places = [record.path, print_path(record)]
        told |= {name_of(place) for place in [path, *places]}
        # The live search asks the archive, the baked one a script: they are two pages.
        for place in [place for place in places if not place.endswith("/search")]:
            assert there[name_of(place)] == client.get(place).content, place
    for path in ("/robots.txt", "/favicon.svg", "/favicon.ico"):
        assert there[path[1:]] == client.get(path).content
        told.add(path[1:])
    told |= {f"{language}/calendar/index.html" for language in shelves.languages()}
    rest = {name for name in set(there) - told - OURS if not name.startswith(("assets/", "find/"))}
    assert rest == {"index.html", "404.html", *(f"{language}/404.html" for language in SPOKEN)}


def test_baked_again_after_one_change_it_is_the_same_as_baked_anew(bake: Callable[..., Path], newest: Any) -> None:
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    folder = bake()
    before = files(folder)
    bake()
    assert files(folder) == before
    code, path = newest.code, newest.path
    retract(newest, by="test", reason="It was not so.", now=NOW, press=SitePress())
    bake()
    after = files(folder)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert f"{path[1:]}/index.html" in changed
    assert f"{code}/index.html" in changed
    assert "fa/index.html" not in changed
    assert f"{path}\n" in after["_gone.txt"].decode()
    shutil.rmtree(folder)
    anew = files(bake())
    noted = ".dateline/files.txt"
    assert {name: body for name, body in after.items() if name != noted} == {
        name: body for name, body in anew.items() if name != noted
    }


def test_what_is_no_page_any_more_is_removed_and_what_is_not_ours_is_left(bake: Callable[..., Path]) -> None:
    folder = bake()
    (folder / "CNAME").write_text("paper.example")
    (folder / ".dateline/files.txt").open("a").write("en/news/7/old/index.html\n")
    old = folder / "en/news/7/old/index.html"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    bake()
    assert old.exists()
    bake("--full")
    assert not old.parent.exists()
    assert (folder / "CNAME").exists()


def test_a_site_that_is_not_ours_is_not_written_over(bake: Callable[..., Path], tmp_path: Path, capsys: Any) -> None:
    mine = tmp_path / "baked/index.html"
    mine.parent.mkdir()
    mine.write_text("mine")
    bake(status=2)
    assert "holds an index.html that is not ours" in capsys.readouterr().err
    assert mine.read_text() == "mine"
    assert list(mine.parent.iterdir()) == [mine]


def test_a_bake_that_was_stopped_goes_on(bake: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.site import baking

    put, count = baking.put, iter(range(10**9))

    def stopped(*args: Any, **options: Any) -> bool:
        if next(count) == 60:
            raise KeyboardInterrupt
        return put(*args, **options)

    monkeypatch.setattr(baking, "put", stopped)
    folder = bake(status=130)
    assert not (folder / ".dateline/baked.json").exists()
    monkeypatch.setattr(baking, "put", put)
    whole = files(bake())
    assert not [name for name in whole if ".part" in name]
    shutil.rmtree(folder)
    assert files(bake()) == whole


def test_packed_files_stand_beside(bake: Callable[..., Path]) -> None:
    there = files(bake("--packed"))
    for name in ("en/index.html", "en/feed.atom", "robots.txt"):
        assert brotli.decompress(there[f"{name}.br"]) == gzip.decompress(there[f"{name}.gz"]) == there[name]


def test_a_name_no_disk_takes_is_told(bake: Callable[..., Path], newest: Any, capsys: Any) -> None:
    from dateline.archive.models import Record
    from dateline.newsroom.press import print_pages, standing
    from dateline.site.press import SitePress

    Record.objects.filter(pk=newest.pk).update(slug="𐌰" * 80)
    record = Record.objects.with_current().get(pk=newest.pk)
    print_pages(record, before=standing(record), press=SitePress(), now=NOW)
    folder = bake(status=1)
    assert "File name too long" in capsys.readouterr().err
    assert not (folder / ".dateline/baked.json").exists()


def test_a_file_in_the_place_of_the_folder_is_an_error(bake: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "baked").write_text("no folder")
    bake(status=2)
