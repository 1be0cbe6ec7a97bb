"""The press: a record's pages as bytes, the same whether printed ahead or on request."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from dateline import __version__
from dateline.archive.models import Record
from dateline.newsroom.press import Sheet
from dateline.site import shelves
from dateline.site.pages import chrome, render
from dateline.site.story_page import story_page
from dateline.wire import print_page, typesetting

HTML = "text/html; charset=utf-8"
_MADE_OF = {".py", ".html", ".css", ".mo"}


class SitePress:
    """Prints the pages that belong to one record (newsroom's `Press`)."""

    @cached_property
    def digest(self) -> str:
        """A digest of all that the pages are made of, but the record: a page with another one is stale."""
        stated = (__version__, settings.DATELINE_SITE_URL, settings.DATELINE_SITE_NAME, typesetting.available())
        made_of = sha256("\n".join(map(str, stated)).encode())
        parts = [path for path in Path(__file__).parent.rglob("*") if path.suffix in _MADE_OF]
        for path in sorted(parts):
            made_of.update(path.read_bytes())
        made_of.update(Path(print_page.__file__).read_bytes())
        return made_of.hexdigest()

    def sheets(self, record: Record) -> Iterable[Sheet]:
        if record.state == Record.State.PUBLISHED and record.current is not None:
            yield Sheet(path=record.path, content_type=HTML, body=story_sheet(record))
            yield Sheet(path=print_path(record), content_type=HTML, body=print_sheet(record))
        elif record.state == Record.State.WITHDRAWN and record.released_at is not None:
            notice = notice_sheet(record)
            for path in (record.path, print_path(record), f"/{record.code}"):
                yield Sheet(path=path, content_type=HTML, body=notice, status=410)


def story_sheet(record: Record) -> bytes:
    return story_page(shelves.telling(record)).encode()


def print_sheet(record: Record, *, pictures: bool = True) -> bytes:
    assert record.current is not None
    return print_page.dump(
        record.current.as_story(),
        permalink=settings.DATELINE_SITE_URL + record.path,
        code=str(record.code),
        site_name=settings.DATELINE_SITE_NAME,
        site_url=settings.DATELINE_SITE_URL,
        language=record.language,
        pictures=pictures,
    )


def notice_sheet(record: Record) -> bytes:
    """Return what stands at a withdrawn story's addresses: its code, when and why, and not a word of the story."""
    page: dict[str, object] = {"sections": []}
    notice = shelves.retraction(record)
    return render("site/gone.html", chrome(record.language), page, code=record.code, notice=notice).encode()


def print_path(record: Record) -> str:
    return f"{record.path}/print"
