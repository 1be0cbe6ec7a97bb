"""The index of a baked site's search: found by word, changed story by story, in small files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.text.folding import fold


def kept(folder: Path, index: Any) -> None:
    for name, body in index.files_to_write():
        place = folder / name
        if body is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(body)


def codes_of(folder: Path, word: str) -> list[int]:
    """Return what the script would find for a word."""
    from dateline.site.find import file_of

    split = set(json.loads((folder / "index.json").read_bytes())["split"])
    place = folder / "words" / f"{file_of(fold(word), split)}.json"
    return json.loads(place.read_bytes()).get(fold(word), []) if place.exists() else []


def story(headline: str, text: str = "") -> list[str]:
    return ["/en/news/1/x", headline, "2015-05-12", text, ""]


@pytest.fixture
def folder(archive: Path, tmp_path: Path) -> Path:
    return tmp_path


def test_a_story_is_found_replaced_and_taken_out(folder: Path) -> None:
    from dateline.site.find import FindIndex

    index = FindIndex(folder, fresh=True)
    index.put(1001, story("Ferry late", "The harbour waited."))
    index.put(1102, story("Ferry sinks"))
    kept(folder, index)
    assert codes_of(folder, "FERRY") == [1102, 1001]
    index = FindIndex(folder, fresh=False)
    index.put(1001, story("Boat late", "The harbour waited."))
    kept(folder, index)
    assert codes_of(folder, "ferry") == [1102]
    assert codes_of(folder, "boat") == codes_of(folder, "harbour") == [1001]
    index = FindIndex(folder, fresh=False)
    index.put(1001, None)
    kept(folder, index)
    assert codes_of(folder, "boat") == codes_of(folder, "harbour") == []
    assert not (folder / "stories/10.json").exists()
    assert (folder / "stories/11.json").exists()


def test_large_files_are_split_and_every_word_still_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.site import find

    monkeypatch.setattr(find, "LARGEST", 400)
    words = [f"se{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200)] + ["se", "s", "سلام", "سل"]
    for start in range(0, len(words), 50):
        index = find.FindIndex(folder, fresh=False)
        for n, word in enumerate(words[start : start + 50], start=start):
            index.put(1001 + n, story(word))
        kept(folder, index)
    assert all(path.stat().st_size <= 400 for path in folder.glob("words/*"))
    for n, word in enumerate(words):
        assert codes_of(folder, word) == [1001 + n], word


def test_changed_story_by_story_it_is_as_if_made_anew(folder: Path) -> None:
    from dateline.site.find import FindIndex

    told = {1001 + n: story(f"Story {n} of the strait", f"word{n % 7}") for n in range(40)}
    for code, each in told.items():
        index = FindIndex(folder / "one", fresh=False)
        index.put(code, story("Something else entirely"))
        kept(folder / "one", index)
        index = FindIndex(folder / "one", fresh=False)
        index.put(code, each)
        kept(folder / "one", index)
    index = FindIndex(folder / "two", fresh=True)
    for code, each in told.items():
        index.put(code, each)
    kept(folder / "two", index)
    one, two = (
        {str(path.relative_to(folder / name)): path.read_bytes() for path in (folder / name).rglob("*.json")}
        for name in ("one", "two")
    )
    assert one == two


def test_the_index_has_as_much_of_a_story_as_the_search_page_says(paper: None, db: None) -> None:
    from dateline.archive.models import Record
    from dateline.site.find import LIMITS, shown
    from dateline.site.press import search_sheet

    told = [each for record in Record.objects.with_current() if (each := shown(record))]
    assert max(len(each[3].split()) for each in told) == LIMITS["words"]
    assert 0 < max(len(each[4].split(" · ")) for each in told) <= LIMITS["names"]
    assert f"the first {LIMITS['words']} words and up to {LIMITS['names']} names" in search_sheet("en").decode()
