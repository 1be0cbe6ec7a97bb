"""The search of a baked site: an index in small files that a script in the reader's browser asks.

``find/LANG/stories/N.json`` has what is shown of the stories with the codes 100 N to 100 N + 99;
``find/LANG/words/P.json`` which stories hold each word that begins with P (its code points in hexadecimal);
``find/LANG/index.json`` the beginnings that were too many for one file, and are split by their next letter.
Words are folded as the search of the live site folds them. All of it can be changed story by story.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.archive.models import Record
from dateline.text.folding import fold

LARGEST = 50_000  # bytes of a file of words
MOST = 1_500  # stories of one word, those of the highest codes
_WORDS_OF_TEXT = 30  # whole texts have five times as many words, and each is a file that a change rewrites
_NAMES = 12
LIMITS = {"words": _WORDS_OF_TEXT, "names": _NAMES, "most": MOST}  # what the search page says is searched
_IN_BLOCK = 100
_WORD = re.compile(r"[^\W_]+")

Shown = list[str]  # path, headline, day, first words, names


def shown(record: Record) -> Shown | None:
    """Return what the index has of a record, None for one that readers may not find."""
    version = record.current
    if record.state != Record.State.PUBLISHED or version is None:
        return None
    first = version.story["text"].split(maxsplit=_WORDS_OF_TEXT)[:_WORDS_OF_TEXT]
    names = [actor["name"] for actor in (version.reading or {}).get("actors", ()) if actor.get("name")]
    return [record.path, record.headline, record.day_stated, " ".join(first), " · ".join(names[:_NAMES])]


def words_of(told: Shown | None) -> set[str]:
    return set(_WORD.findall(fold(" ".join((told[1], told[3], told[4]))))) if told else set()


class FindIndex:
    """The index of one language, as files below ``folder``; begun anew where it is to be ``fresh``."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self.folder, self.fresh = folder, fresh
        self.files: dict[str, dict[str, Any]] = {}
        self.split: set[str] = set(self._file("index").get("split", ()))

    def put(self, code: int, told: Shown | None) -> None:
        """Enter, replace or (``told`` is None) take out a story."""
        block = self._file(f"stories/{code // _IN_BLOCK}")
        before = block.pop(str(code), None)
        if told:
            block[str(code)] = told
        old, new = words_of(before), words_of(told)
        for word in old - new:
            held = self._words(word)
            held[word] = [each for each in held.get(word, ()) if each != code]
            if not held[word]:
                del held[word]
        for word in new - old:
            self._words(word).setdefault(word, []).append(code)

    def files_to_write(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield the name and the bytes of each file that was looked into, None for one that is empty now."""
        for name in [name for name in self.files if name.startswith("words/")]:
            self._shorten(name)
        self._file("index").update(split=sorted(self.split))
        for name, held in sorted(self.files.items()):
            yield f"{name}.json", _dump(held) if held else None

    def _words(self, word: str) -> dict[str, Any]:
        return self._file(f"words/{file_of(word, self.split)}")

    def _shorten(self, name: str) -> None:
        """Keep the newest stories of each word, and split a file that is too large by the next letter."""
        held = self.files[name]
        for word, codes in held.items():
            held[word] = sorted(codes, reverse=True)[:MOST]
        if len(held) < 2 or len(_dump(held)) <= LARGEST:
            return
        beginning = "".join(chr(int(part, 16)) for part in name.removeprefix("words/").split("-"))
        self.split.add(beginning)
        moved = {word: held.pop(word) for word in list(held) if word != beginning}
        children = {f"words/{file_of(word, self.split)}" for word in moved}
        for word, codes in moved.items():
            self._words(word)[word] = codes
        for child in sorted(children):
            self._shorten(child)

    def _file(self, name: str) -> dict[str, Any]:
        if name not in self.files:
            self.files[name] = {}
            if not self.fresh:
                with contextlib.suppress(FileNotFoundError):
                    self.files[name] = json.loads((self.folder / f"{name}.json").read_text("utf-8"))
        return self.files[name]


def file_of(word: str, split: Iterable[str]) -> str:
    """Return the name of the file that has a word: its shortest beginning that is not split, or the whole word."""
    letters = 1
    while letters < len(word) and word[:letters] in split:
        letters += 1
    return "-".join(f"{ord(letter):x}" for letter in word[:letters])


def _dump(held: dict[str, Any]) -> bytes:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
