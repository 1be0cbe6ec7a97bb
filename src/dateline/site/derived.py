"""What is worked out from what is installed, kept in files from one process to the next.

They stand below ``cache`` in the home folder, by a digest of all that they are made of; what was kept before something
else was installed is removed. Where nothing can be read or written, each process works it out for itself.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import get_ident

from django.conf import settings

from dateline import __version__

MOST = 5_000  # files: more maps are not kept
_MADE_OF = {".py", ".html", ".css", ".js", ".mo"}
_MADE_WITH = ("Django", "Jinja2", "geo-intel-offline")
_SEAL = sha256().digest_size


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what is kept under a name, or make it and keep it."""
    found = held(name)
    if found is None:
        found = make()
        keep(name, found)
    return found


def held(name: str) -> bytes | None:
    """Return what is kept under a name; None where that is nothing, or not whole."""
    folder = _folder()
    if folder is None:
        return None
    try:
        sealed = (folder / name).read_bytes()
    except OSError:
        return None
    seal, body = sealed[:_SEAL], sealed[_SEAL:]
    return body if seal == sha256(body).digest() else None


def keep(name: str, body: bytes) -> None:
    """Keep something under a name, if that can be done."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        if not folder.exists():
            _begin(folder)
        if sum(1 for _ in folder.iterdir()) < MOST:
            part = folder / f".{os.getpid()}-{get_ident()}.part"
            part.write_bytes(sha256(body).digest() + body)
            part.replace(folder / name)


@cache
def made_of() -> str:
    """Return a digest of what is installed that pages are made of."""
    versions = (__version__, *map(version, _MADE_WITH))
    found = sha256("\n".join(versions).encode())
    for path in sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in _MADE_OF):
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def _folder() -> Path | None:
    home: Path | None = settings.DATELINE_HOME
    return home and home / "cache" / made_of()[:16]


def _begin(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
