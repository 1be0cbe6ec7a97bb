"""The press: a record's pages as bytes, the same whether printed ahead or on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from dateline.archive.models import Record
from dateline.newsroom.press import Sheet, Shift
from dateline.site import answered, assets, find, shelves
from dateline.site.derived import made_of
from dateline.site.language import direction
from dateline.site.pages import chrome, render
from dateline.site.story_page import story_page
from dateline.site.touched import ASKED, NEVER_KEPT, addresses, touched
from dateline.wire import print_page, typesetting

HTML = "text/html; charset=utf-8"
# What the search page of a baked site may do: run our script and ask our files. No other page has a script.
_SEARCHING = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:;"
    " form-action 'self'; base-uri 'none'"
)


class SitePress:
    """Prints the pages of the site (newsroom's `Press`)."""

    def __init__(self, *, later: bool = False) -> None:
        self.later = later

    @property
    def digest(self) -> str:
        return _digest()

    def sheets(self, record: Record) -> Iterable[Sheet]:
        if record.state == Record.State.PUBLISHED and record.current is not None:
            yield Sheet(path=record.path, content_type=HTML, body=story_sheet(record))
            yield Sheet(path=print_path(record), content_type=HTML, body=print_sheet(record))
        elif record.state == Record.State.WITHDRAWN and record.released_at is not None:
            notice = notice_sheet(record)
            for path in (record.path, print_path(record), f"/{record.code}"):
                yield Sheet(path=path, content_type=HTML, body=notice, status=410)

    def touched(self, change: Shift) -> Iterable[str]:
        return touched(change)

    def answered(self, change: Shift) -> Iterable[str]:
        return answered.answered(change)

    def addresses(self) -> Iterator[str]:
        return addresses()

    def sheet(self, path: str) -> Sheet | None:
        return None if path in NEVER_KEPT or ASKED.fullmatch(path) else page_at(path)


@cache
def _digest() -> str:
    """Return a digest of all that the pages are made of, but the records: a page with another one is stale."""
    stated = (made_of(), settings.DATELINE_SITE_URL, settings.DATELINE_SITE_NAME, typesetting.available())
    made = sha256("\n".join(map(str, stated)).encode())
    made.update(Path(print_page.__file__).read_bytes())
    return made.hexdigest()


def page_at(path: str) -> Sheet | None:
    """Return the page that a reader is given at an address, made anew; None where there is none of its own."""
    answer = answer_at(path)
    if answer is None or answer.status_code not in (200, 410):
        return None
    return Sheet(path=path, content_type=answer.headers["Content-Type"], body=answer.content, status=answer.status_code)


def answer_at(path: str) -> HttpResponse | None:
    """Return what the site answers at an address; None where it knows nothing."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    try:
        # Of the site's addresses alone: those of the API are many to load.
        found = resolve(path, "dateline.site.urls")
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Http404:
        return None
    return answer


def story_sheet(record: Record) -> bytes:
    return story_page(shelves.telling(record)).encode()


def print_sheet(record: Record, *, pictures: bool = True) -> bytes:
    assert record.current is not None
    page = print_page.PrintPage(
        story=record.current.as_story(),
        permalink=settings.DATELINE_SITE_URL + record.path,
        code=str(record.code),
        site_name=settings.DATELINE_SITE_NAME,
        site_url=settings.DATELINE_SITE_URL,
        language=record.language,
        behind=shelves.behind(record),
    )
    return print_page.dump(page, pictures=pictures)


def notice_sheet(record: Record) -> bytes:
    """Return what stands at a withdrawn story's addresses: its code, when and why, and not a word of the story."""
    page: dict[str, object] = {"sections": []}
    notice = shelves.retraction(record)
    return render("site/gone.html", chrome(record.language), page, code=record.code, notice=notice).encode()


def search_sheet(language: str) -> bytes:
    """Return the search page of a site without a server: a script of ours asks an index beside it."""
    page = {"sections": shelves.sections(language), "canonical": shelves.address(f"/{language}/search")}
    context = {
        "script": assets.script_path(),
        "way": direction(language=language),
        "policy": _SEARCHING,
        "limits": find.LIMITS,
    }
    return render("site/find.html", shelves.live_chrome(language), page, **context).encode()


def missing_sheet(language: str) -> bytes:
    """Return the page that says there is none, in a site without a server: what is asked for is made by one."""
    return render("site/missing.html", chrome(language), still=True).encode()


def print_path(record: Record) -> str:
    return f"{record.path}/print"
