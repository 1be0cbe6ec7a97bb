"""A story's own addresses: its page, its print page, that as PDF, its code, and what is left when it was withdrawn."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline.archive import stories
from dateline.archive.models import Record
from dateline.site import press
from dateline.site.caching import MINUTE, keep
from dateline.site.language import speaking
from dateline.site.paper import on_paper


@require_safe
def story(request: HttpRequest, language: str, code: int, slug: str = "") -> HttpResponse:
    record = public_record(code, read=True)
    if record.state == Record.State.WITHDRAWN:
        return gone(record)
    if request.path != record.path:
        # Without its slug "print" still means the print page.
        return moved(press.print_path(record) if slug == "print" else record.path)
    return keep(HttpResponse(press.story_sheet(record)), MINUTE)


@require_safe
def print_page(request: HttpRequest, language: str, code: int, slug: str) -> HttpResponse:
    record = public_record(code)
    if record.state == Record.State.WITHDRAWN:
        return gone(record)
    if request.path != press.print_path(record):
        return moved(press.print_path(record))
    return keep(HttpResponse(press.print_sheet(record)), MINUTE)


@require_safe
def pdf(request: HttpRequest, language: str, code: int, slug: str) -> HttpResponse:
    record = public_record(code)
    if record.state == Record.State.WITHDRAWN:
        return gone(record)
    path = f"{record.path}/pdf"
    if request.path != path:
        return moved(path)
    with speaking(record.language):
        html = press.print_sheet(record, pictures=False)
        return on_paper(html, language=record.language, name=f"{record.code}.pdf")


@require_safe
def by_code(request: HttpRequest, code: int) -> HttpResponse:
    record = public_record(code)
    return gone(record) if record.state == Record.State.WITHDRAWN else moved(record.path)


def public_record(code: int, *, read: bool = False) -> Record:
    """Return a record that readers may know of: published, or withdrawn after it was. Raises Http404.

    Where it is to be ``read`` what was found in it is asked for too.
    """
    if code >= 2**63:  # more than any database's integer holds
        raise Http404
    record = next(iter((stories.with_reading if read else stories.with_text)(code)), None)
    if record is None or record.state == Record.State.FILED or record.released_at is None or record.current is None:
        raise Http404
    return record


def moved(path: str) -> HttpResponse:
    return keep(HttpResponsePermanentRedirect(path), MINUTE)


def gone(record: Record) -> HttpResponse:
    # Nobody keeps a notice: should the desk word it anew, readers see that at once.
    answer = HttpResponse(press.notice_sheet(record), status=410)
    answer["Cache-Control"] = "no-cache"
    return answer
