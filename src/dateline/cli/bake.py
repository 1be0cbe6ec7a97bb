"""`dateline bake`: the whole site as files, for any static host; again, only what has changed since."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.cli.console import complain, number_of, progress, tell
from dateline.cli.opening import need_archive
from dateline.cli.writing import writable
from dateline.story import Unreadable

if TYPE_CHECKING:
    from dateline.site.baking import Entry, Loaf

NAME = "bake"
HELP = "Write the site into a folder, for any static host; run again, it writes what has changed since."
_AT_ONCE = 50
# Starting a second process takes longer than baking so many places.
_FEW = 400


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder; made when absent")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes (default: %(default)s)")
    parser.add_argument(
        "--full", action="store_true", help="write everything anew, and remove what is no page any more"
    )
    parser.add_argument("--packed", action="store_true", help="write .br and .gz beside each file, for brotli_static")


@dataclass(slots=True)
class Oven:
    """What has been baked so far."""

    names: list[str] = field(default_factory=list)
    written: int = 0
    removed: int = 0
    faults: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def add(self, other: Oven) -> None:
        self.names += other.names
        self.written += other.written
        self.removed += other.removed
        self.faults += other.faults
        self.entries += other.entries


def run(args: argparse.Namespace) -> int:
    if args.jobs < 1:
        raise Unreadable(f"--jobs {args.jobs}: at least 1")
    if args.folder.exists() and not args.folder.is_dir():
        raise Unreadable(f"{args.folder}: not a folder")
    notes = args.folder / ".dateline"
    if (args.folder / "index.html").exists() and not notes.exists():
        raise Unreadable(f"{args.folder}: holds an index.html that is not ours; bake into another folder, or remove it")
    need_archive()
    from dateline.archive.touches import newest

    with writable(notes):
        notes.mkdir(parents=True, exist_ok=True)
    # The languages before the number: one that comes in between is baked whole the next time.
    note = {**_made_of(packed=args.packed), "number": newest()}
    known = _known(notes / "baked.json", note)
    number = note["number"]
    full = args.full or known is None or known > number
    oven = Oven()
    places = _everything() if full else _changed(known or 0, number)
    parts = list(_parts(places))
    baked = _baked(parts, args)
    for part in progress(baked, total=len(parts), label="baking"):
        oven.add(part)
    _fixed(oven, args, full=full, changed=bool(parts))
    with writable(notes):
        _note_names(oven, notes / "files.txt", args.folder, full=full)
    for fault in oven.faults:
        complain(fault)
    if not oven.faults:
        with writable(notes):
            _write_note(notes / "baked.json", note)
    pages, files = number_of(len(oven.names), "page", "pages"), number_of(oven.written, "file", "files")
    tell(f"{pages} baked: {files} written, {oven.removed} removed")
    return 1 if oven.faults else 0


def _made_of(*, packed: bool) -> dict[str, Any]:
    """Return what all files depend on: where it is another one, they are baked anew."""
    from dateline.site import shelves
    from dateline.site.press import SitePress

    return {"press": SitePress().digest, "packed": packed, "languages": shelves.languages()}


def _known(place: Path, note: dict[str, Any]) -> int | None:
    """Return the last change that the folder holds; None where what is baked there is of another make, or nothing."""
    try:
        told: dict[str, Any] = json.loads(place.read_text("utf-8"))
        number = int(told["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return number if told == {**note, "number": number} else None


def _everything() -> Iterator[str]:
    from dateline.site import answered, touched

    yield from (path for path in touched.addresses() if path not in touched.NEVER_KEPT)
    yield from answered.addresses()


def _changed(known: int, number: int) -> Iterator[str]:
    from dateline.archive.models import Touch

    return iter(Touch.objects.since(known).filter(number__lte=number).values_list("path", flat=True))


def _parts(places: Iterator[str]) -> Iterator[list[str]]:
    while part := list(islice(places, _AT_ONCE)):
        yield part


def _baked(parts: list[list[str]], args: argparse.Namespace) -> Iterable[Oven]:
    bake = partial(bake_places, folder=args.folder, packed=args.packed)
    if args.jobs == 1 or len(parts) * _AT_ONCE <= _FEW:
        yield from map(bake, parts)
        return
    from multiprocessing import get_context

    # This process waits only; "spawn", as an open database must not be forked.
    with ProcessPoolExecutor(args.jobs, mp_context=get_context("spawn"), initializer=need_archive) as pool:
        yield from pool.map(bake, parts)


def bake_places(paths: list[str], *, folder: Path, packed: bool) -> Oven:
    """Write the pages at addresses, and remove the files of those that are none (any more)."""
    from dateline.site.baking import loaves, take_away

    oven = Oven()
    made, absent, oven.entries = loaves(paths)
    _put_all(made, oven, folder, packed=packed)
    oven.removed = sum(take_away(name, folder) for name in absent)
    return oven


def _put_all(made: Iterable[Loaf], oven: Oven, folder: Path, *, packed: bool) -> None:
    from dateline.site.baking import put

    for loaf in made:
        try:
            oven.written += put(loaf, folder, packed=packed)
            oven.names.append(loaf.name)
        except OSError as error:
            oven.faults.append(f"{loaf.name}: {error.strerror}")


def _fixed(oven: Oven, args: argparse.Namespace, *, full: bool, changed: bool) -> None:
    from dateline.site import baking

    if full:
        _put_all(baking.furniture(), oven, args.folder, packed=args.packed)
    if full or changed:
        _put_all([baking.gone()], oven, args.folder, packed=False)
    for name, body in baking.index_files(oven.entries, args.folder, fresh=full):
        if body is None:
            oven.removed += baking.take_away(name, args.folder)
        else:
            _put_all([baking.Loaf(name=name, body=body)], oven, args.folder, packed=args.packed)
    clocked = Oven()
    _put_all(baking.by_the_clock(), clocked, args.folder, packed=args.packed)
    if full:
        oven.add(clocked)
    else:  # their names are known from the first baking
        oven.written += clocked.written


def _note_names(oven: Oven, note: Path, folder: Path, *, full: bool) -> None:
    """Keep the names of all files ever written; after a full baking, remove those that were not written again.

    Files of others in the folder are left alone.
    """
    from dateline.site.baking import take_away

    if not full:
        with note.open("a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in oven.names)
        return
    now_there = set(oven.names)
    before = note.read_text("utf-8").splitlines() if note.exists() else []
    if not oven.faults:
        oven.removed += sum(take_away(name, folder) for name in set(before) - now_there)
    made = note.with_suffix(".part")
    made.write_text("".join(f"{name}\n" for name in oven.names), "utf-8")
    made.replace(note)


def _write_note(note: Path, told: dict[str, Any]) -> None:
    made = note.with_suffix(".part")
    with made.open("w", encoding="utf-8") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    made.replace(note)
