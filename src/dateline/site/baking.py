"""The site as files: which file a page becomes, and what else a folder needs to be served by any static host."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html

from dateline.archive.models import Record, Rendering
from dateline.archive.renderings import pack, unpack
from dateline.site import assets, shelves
from dateline.site.answered import absent_from, in_each, is_baked
from dateline.site.asking import asking_once
from dateline.site.find import FindIndex, Shown, shown
from dateline.site.language import SPOKEN
from dateline.site.pages import still
from dateline.site.press import SitePress, answer_at, missing_sheet, page_at, print_path, search_sheet
from dateline.site.touched import ASKED, NEVER_KEPT

Entry = tuple[str, int, Shown | None]  # language, code
_LEADS_ON = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{0}</title><link rel="canonical" href="{0}">'
    '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0;url={0}">'
    '<a href="{0}">{0}</a></html>\n'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaf:
    """A file to be written: where in the folder, its bytes, and these as brotli packs them where that is known."""

    name: str
    body: bytes
    packed: bytes | None = None


def name_of(path: str) -> str:
    """Return the file of an address: every static host finds ``a/b/index.html`` for ``/a/b`` and ``/a/b/``."""
    last = path.rpartition("/")[2]
    return path[1:] if "." in last else f"{path.strip('/')}/index.html".lstrip("/")


def loaves(paths: list[str]) -> tuple[list[Loaf], list[str], list[Entry]]:
    """Return the files of the pages at addresses, the names of files that must not be there (any more), and what the
    search has of each record.

    A record's pages come together, for its short address. What the edition store keeps is taken from there.
    """
    languages = shelves.languages()
    paths = [each for path in paths for each in in_each(path, languages)]
    codes = [int(path[1:]) for path in paths if path[1:].isdecimal()]
    records = {f"/{record.code}": record for record in Record.objects.with_current().filter(code__in=codes)}
    wanted = [path for path in paths if path not in records]
    wanted += [place for record in records.values() for place in (record.path, print_path(record), f"/{record.code}")]
    kept = {page.path: page for page in Rendering.objects.filter(path__in=wanted, press=SitePress().digest)}
    made: list[Loaf] = []
    with asking_once():
        for path in paths:
            record = records.get(path)
            made += _of_record(record, kept) if record else _of_page(path, kept)
    there = {loaf.name for loaf in made}
    entries = [(record.language, record.code, shown(record)) for record in records.values()]
    return made, [name for name in map(name_of, wanted) if name not in there], entries


def index_files(entries: Iterable[Entry], folder: Path, *, fresh: bool) -> Iterator[tuple[str, bytes | None]]:
    """Yield the files of the search that entries change, None for one that goes."""
    for language, of_language in groupby(sorted(entries, key=itemgetter(0, 1)), key=itemgetter(0)):
        index = FindIndex(folder / "find" / language, fresh=fresh)
        for _, code, told in of_language:
            index.put(code, told)
        for name, body in index.files_to_write():
            yield f"find/{language}/{name}", body


def _of_page(path: str, kept: dict[str, Rendering]) -> Iterator[Loaf]:
    if path.endswith("/search"):
        if shelves.is_edition(language := path.split("/")[1]):
            yield Loaf(name=name_of(path), body=search_sheet(language))
    elif path in kept:
        yield _loaf(kept[path])
    elif ASKED.fullmatch(path):
        with still(absent_from(path)):
            if is_baked(path) and (sheet := page_at(path)):
                yield Loaf(name=name_of(path), body=sheet.body)
    elif sheet := page_at(path):
        yield Loaf(name=name_of(path), body=sheet.body)


def _of_record(record: Record, kept: dict[str, Rendering]) -> Iterator[Loaf]:
    if record.path in kept and print_path(record) in kept:
        yield from (
            _loaf(kept[place]) for place in (record.path, print_path(record), f"/{record.code}") if place in kept
        )
    else:
        yield from (Loaf(name=name_of(sheet.path), body=sheet.body) for sheet in SitePress().sheets(record))
    if record.state == Record.State.PUBLISHED:
        yield _leading_on(f"/{record.code}", record.path)


def _loaf(page: Rendering) -> Loaf:
    packed = bytes(page.body)
    return Loaf(name=name_of(page.path), body=unpack(packed), packed=packed)


def _leading_on(path: str, to: str) -> Loaf:
    return Loaf(name=name_of(path), body=format_html(_LEADS_ON, settings.DATELINE_SITE_URL + to).encode())


def furniture() -> Iterator[Loaf]:
    """Yield what is no page of a record or list: style sheets, icon, robots.txt, the page for what is not there."""
    yield _leading_on("/", f"/{settings.DATELINE_LANGUAGE}/")
    for path in ("/robots.txt", "/favicon.svg", "/favicon.ico", assets.sheet_path(), assets.dossier_sheet_path()):
        yield from _of_page(path, {})
    for size in assets.SIZES:
        yield from _of_page(assets.lights_path(size), {})
    yield Loaf(name=assets.script_path()[1:], body=assets.script())
    yield Loaf(name="404.html", body=missing_sheet(settings.DATELINE_LANGUAGE))
    for language in SPOKEN:
        yield Loaf(name=f"{language}/404.html", body=missing_sheet(language))


def by_the_clock() -> Iterator[Loaf]:
    """Yield the pages that are other ones tomorrow, whatever happens."""
    for path in sorted(NEVER_KEPT):
        yield from _of_page(path, {})
    for path in (f"/{language}/calendar/" for language in shelves.languages()):
        with still(absent_from(path)):
            answer = answer_at(path)
        if answer is not None:
            to = answer.headers.get("Location")
            yield _leading_on(path, to) if to else Loaf(name=name_of(path), body=answer.content)


def gone() -> Loaf:
    """Return the list of withdrawn addresses, for hosts that can be told to answer 410 to them."""
    withdrawn = Record.objects.withdrawn().exclude(released_at=None).order_by("code")
    lines = [f"{place}\n" for each in withdrawn for place in (each.path, print_path(each), f"/{each.code}")]
    return Loaf(name="_gone.txt", body="".join(lines).encode())


def put(loaf: Loaf, folder: Path, *, packed: bool) -> bool:
    """Write a file (and beside it its packed forms) unless it is there in these very bytes; say whether it was.

    Each is whole at any moment: it is written under another name first. Raises OSError for a name no disk takes.
    """
    place = folder / loaf.name
    is_new = not _holds(place, loaf.body)
    if is_new:
        _write(place, loaf.body)
    if packed and (is_new or not place.with_name(f"{place.name}.br").exists()):
        _write(place.with_name(f"{place.name}.br"), loaf.packed or pack(loaf.body))
        _write(place.with_name(f"{place.name}.gz"), gzip.compress(loaf.body, 6, mtime=0))
    return is_new


def take_away(name: str, folder: Path) -> bool:
    """Remove a file, its packed forms and the folders it leaves empty; say whether it was there."""
    place = folder / name
    was_there = place.exists()
    for each in (place, place.with_name(f"{place.name}.br"), place.with_name(f"{place.name}.gz")):
        each.unlink(missing_ok=True)
    for parent in place.relative_to(folder).parents[:-1] if was_there else ():
        try:
            (folder / parent).rmdir()
        except OSError:
            break
    return was_there


def _holds(place: Path, body: bytes) -> bool:
    try:
        return place.stat().st_size == len(body) and place.read_bytes() == body
    except OSError:
        return False


def _write(place: Path, body: bytes) -> None:
    made = place.with_name(f".{os.getpid()}.part")
    try:
        made.write_bytes(body)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(body)
    try:
        made.replace(place)
    except OSError:
        made.unlink(missing_ok=True)
        raise
