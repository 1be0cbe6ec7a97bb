"""Bulk reading on the workers of an engine: answers in the order of the lines, or Parquet in a folder."""

from __future__ import annotations

import fcntl
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.cli.cluster import Engine
from dateline.cli.console import complain, counting, number_of, tell
from dateline.cli.inputs import files_under, opened
from dateline.cli.parts import Part, key_of_file, lines_of, parts_of
from dateline.cli.read_part import EntryRead, OtherVersion, read_part
from dateline.cli.tables import need_parquet, tables
from dateline.reading.reader import READER
from dateline.story import Unreadable

MANIFEST = "manifest.json"
_LAYOUT = 1  # of the columns; another one is another folder


def answer_all(name: str, address: str) -> int:
    """Write one answer for each line of a file, in their order; return 1 when some line was bad, 0 else."""
    bad = count = 0
    with opened(name) as source, Engine(address) as cluster:
        parts = lines_of(source) if name == "-" else parts_of(Path(name), key="")
        for part, told in cluster.each(read_part, parts):
            for answer in _answers(part, told):
                count += 1
                bad += "error" in answer
                sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    if bad:
        complain(f"{bad} of {count} {'line' if count == 1 else 'lines'} could not be read")
    return 1 if bad else 0


def _answers(part: Part, told: list[EntryRead] | Exception) -> list[dict[str, Any]]:
    if isinstance(told, OtherVersion):
        raise told
    if isinstance(told, Exception):
        return [{"error": f"{entry.where}: our fault: {_first_line(told)}"} for entry in part.entries]
    return [each.answer for each in told]


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else repr(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What becomes of a part: two Parquet files, and a line for each entry that could not be read."""

    stories: bytes
    findings: bytes
    refused: tuple[str, ...]
    count: int


def table_part(part: Part, *, version: str = __version__) -> Tables:
    """Read a part and pack it: on the worker, so that what travels back is small."""
    told = read_part(part, version=version)
    stories, findings = tables(part.file, told)
    refused = tuple(
        json.dumps({"file": part.file, "place": each.where, **each.answer, "raw": each.raw}, ensure_ascii=False)
        for each in told
        if "error" in each.answer
    )
    return Tables(stories=stories, findings=findings, refused=refused, count=len(told) - len(refused))


@dataclass(slots=True)
class PartFolder:
    """The folder that Parquet is written to. A part is there when its ``stories`` file is: that one comes last."""

    folder: Path
    done: int = 0
    lost: list[str] = field(default_factory=list)

    def has(self, part: Part) -> bool:
        return self._path("stories", part).exists()

    def keep(self, part: Part, made: Tables) -> None:
        if made.refused:
            lines = "".join(f"{line}\n" for line in made.refused)
            _write(self._path("refused", part), lines.encode("utf-8", "replace"))
        _write(self._path("findings", part), made.findings)
        _write(self._path("stories", part), made.stories)

    def refused(self) -> int:
        """Return how many entries could not be read, in this run and in those before."""
        return sum(path.read_bytes().count(b"\n") for path in self.folder.glob("refused-*.jsonl"))

    def _path(self, kind: str, part: Part) -> Path:
        return self.folder / f"{kind}-{part.name}.{'jsonl' if kind == 'refused' else 'parquet'}"


def read_into(names: list[str], out: str, address: str, *, size: int) -> int:
    """Read files into a folder, but for the parts that are there; return 1 when something could not be read.

    ``size`` is the number of stories in a part.
    """
    need_parquet()
    if size < 1:
        raise Unreadable(f"--part {size}: at least 1")
    if "-" in names:
        raise Unreadable("-: standard input cannot be read again; with --out, name a file")
    files = files_under(names)
    if not files:
        raise Unreadable(f"{names[0]}: no files there")
    shelf = PartFolder(folder=Path(out))
    with _held(shelf.folder):
        parts = _missing(files, _noted(files, shelf.folder, size), shelf, size)
        with Engine(address) as cluster, counting("stories read") as count:
            for part, made in cluster.each(table_part, parts, in_order=False):
                if isinstance(made, OtherVersion):
                    raise made
                if isinstance(made, Exception):
                    shelf.lost.append(f"{part.file}: {part.entries[0].where} to {part.entries[-1].where}")
                    complain(f"{shelf.lost[-1]}: {_first_line(made)}")
                    continue
                shelf.keep(part, made)
                count(made.count)
    return _tell_of(shelf, read=count.total)


def _tell_of(shelf: PartFolder, *, read: int) -> int:
    refused = shelf.refused()
    before = number_of(shelf.done, "part was", "parts were")
    tell(f"{number_of(read, 'story', 'stories')} read into {shelf.folder}; {before} there before")
    if refused:
        complain(f"{refused:,} could not be read: {shelf.folder}/refused-*.jsonl says which and why")
    if shelf.lost:
        complain(f"{number_of(len(shelf.lost), 'part is', 'parts are')} missing; the same command tries them again")
    return 1 if refused or shelf.lost else 0


def _missing(files: list[Path], keys: dict[Path, str], shelf: PartFolder, size: int) -> Iterator[Part]:
    for path in files:
        for part in parts_of(path, key=keys[path], size=size):
            if shelf.has(part):
                shelf.done += 1
            else:
                yield part


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Make the folder and keep other runs out of it. Raises Unreadable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
    except BlockingIOError as error:
        raise Unreadable(f"{folder}: another run writes there") from error
    except (FileExistsError, PermissionError) as error:
        raise Unreadable(f"{folder}: {error.strerror}") from error


def _noted(files: list[Path], folder: Path, size: int) -> dict[Path, str]:
    """Return the key of each file, and note them in the folder.

    Raises Unreadable where what is there was read in another way, or from a file that has changed since: parts of
    both would stand side by side. A file whose bytes are another's is left out.
    """
    said: dict[str, Any] = {"layout": _LAYOUT, "dateline": __version__, "reader": READER, "part": size, "files": {}}
    path = folder / MANIFEST
    if path.exists():
        before = json.loads(path.read_text("utf-8"))
        for name in ("layout", "dateline", "reader", "part"):
            if before[name] != said[name]:
                raise Unreadable(f"{folder}: read by {name} {before[name]}, this is {said[name]}: take another folder")
        said["files"] = before["files"]
    keys: dict[Path, str] = {}
    for each in list(files):
        key = key_of_file(each)
        if said["files"].get(str(each), key) != key:
            raise Unreadable(f"{each}: has changed since it was read into {folder}: take another folder")
        if key in keys.values():
            tell(f"{each}: the same bytes as a file before it; left out")
            files.remove(each)
            continue
        keys[each] = said["files"][str(each)] = key
    _write(path, json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    return keys


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_bytes(data)
    unfinished.replace(path)
