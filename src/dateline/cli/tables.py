"""Answers as Parquet, docs/reference/parquet.md: pyarrow's door on the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from dateline.cli.read_part import EntryRead
from dateline.story import DatelineError

KINDS = {"mentions": "mention", "moments": "moment", "places": "place", "quotes": "quote", "events": "event"}
# What a finding of each kind is looked up by.
_VALUE = {"mention": "kind", "moment": "value", "place": "country", "quote": "stance", "event": "type"}
STORIES = {
    "file": "string",
    "place": "string",
    "id": "string",
    "language": "string",
    "published": "string",
    "title": "string",
    "source": "string",
    "url": "string",
    "text": "large_string",
    "text_sha256": "string",
    "unread": "strings",
    "findings": "int32",
    "reading": "large_string",
}
FINDINGS = {
    "file": "string",
    "place": "string",
    "id": "string",
    "kind": "string",
    "start": "int32",
    "end": "int32",
    "label": "string",
    "value": "string",
    "entity": "string",
    "actors": "strings",
    "recipients": "strings",
    "first": "string",
    "last": "string",
    "lat": "float64",
    "lon": "float64",
    "geonameid": "int64",
    "modality": "string",
    "finding": "string",
}


class NoParquet(DatelineError):
    """pyarrow is not installed."""


def need_parquet() -> None:
    """Raises NoParquet."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise NoParquet("Parquet needs pyarrow: install dateline[parquet] (here: pip install '.[parquet]')") from error


def tables(file: str, told: Iterable[EntryRead]) -> tuple[bytes, bytes]:
    """Return the stories and the findings of what was read in a file, as two Parquet files; errors are in neither."""
    read = [each for each in told if "error" not in each.answer]
    stories = (_story(file, each) for each in read)
    findings = (row for each in read for row in _findings(file, each))
    return _parquet(STORIES, stories), _parquet(FINDINGS, findings)


def _story(file: str, told: EntryRead) -> dict[str, Any]:
    text = told.story["text"]
    reading = {name: value for name, value in told.answer.items() if name != "id"}
    return {
        "file": file,
        "place": told.where,
        "id": _id(told),
        "language": told.answer["language"],
        **{name: _said(told.story.get(name)) for name in ("published", "title", "source", "url")},
        "text": text,
        "text_sha256": sha256(text.encode("utf-8", "replace")).hexdigest(),
        "unread": told.answer["unread"],
        "findings": sum(len(told.answer[name]) for name in KINDS),
        "reading": json.dumps(reading, ensure_ascii=False),
    }


def _id(told: EntryRead) -> str | None:
    """Return a story's id as a string: one that is none is written as JSON."""
    given = told.answer.get("id")
    return given if given is None or isinstance(given, str) else json.dumps(given, ensure_ascii=False)


def _said(value: Any) -> str | None:
    return None if value is None else str(value).encode("utf-8", "replace").decode()


def _findings(file: str, told: EntryRead) -> Iterator[dict[str, Any]]:
    text = told.story["text"]
    for name, kind in KINDS.items():
        for found in told.answer[name]:
            start, end = _extent(found)
            actors = found.get("actors", [])
            yield {
                "file": file,
                "place": told.where,
                "id": _id(told),
                "kind": kind,
                "start": start,
                "end": end,
                "label": text[start:end],
                "value": found.get(_VALUE[kind]),
                "entity": found.get("entity") or found.get("speaker") or (actors[0] if actors else None),
                "actors": actors,
                "recipients": found.get("recipients", []),
                **{name: found.get(name) for name in ("first", "last", "lat", "lon", "geonameid", "modality")},
                "finding": json.dumps(found, ensure_ascii=False),
            }


def _extent(found: dict[str, Any]) -> tuple[int, int]:
    """Return where a finding begins and ends; a quote from its first to its last word, its cue and source included."""
    if "start" in found:
        return found["start"], found["end"]
    spans = [span for name in ("source", "cue", "content") for span in found.get(name, [])]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _parquet(columns: dict[str, str], rows: Iterable[dict[str, Any]]) -> bytes:
    import pyarrow
    from pyarrow import parquet

    kinds = {"strings": pyarrow.list_(pyarrow.string())}
    schema = pyarrow.schema([(name, kinds.get(kind) or getattr(pyarrow, kind)()) for name, kind in columns.items()])
    packed = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(list(rows), schema), packed, compression="zstd")
    return packed.getvalue()
