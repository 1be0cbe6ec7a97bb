"""What a link to a story shows elsewhere: its card as a picture, and its oEmbed."""

from __future__ import annotations

import json
from html import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from dateline.archive.codes import code_in
from dateline.archive.models import Record
from dateline.site import share, shelves
from dateline.site.caching import MINUTE, keep
from dateline.site.story_page import credit_of
from dateline.site.views.story import gone, moved, public_record
from dateline.wire import share_card
from dateline.wire.trees import safe

_LARGEST = 100_000  # pixels: more is no size


@require_safe
def card(request: HttpRequest, language: str, code: int) -> HttpResponseBase:
    """Draw a story's card. There is none (404) where no font here shows its letters."""
    record = public_record(code)
    if record.state == Record.State.WITHDRAWN:
        return gone(record)
    if request.path != share.card_path(code, record.language):
        return moved(share.card_path(code, record.language))
    shown = _card(record)
    etag = share.etag_of_card(shown)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return keep(unchanged, MINUTE)
    drawn = share_card.draw(shown)
    if drawn is None:
        raise Http404
    return keep(HttpResponse(drawn, content_type="image/png", headers={"ETag": etag}), MINUTE)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Tell how a story is embedded (oEmbed 1.0). A withdrawn one is not: 404, as the standard says."""
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return _refused(501, f"format: json or xml, not {form[:20]}")
    sizes: dict[str, int | None] = {}
    for name in ("maxwidth", "maxheight"):
        said = request.GET.get(name, "")
        if said and not (said.isascii() and said.isdigit() and 0 < int(said[:9]) <= _LARGEST):
            return _refused(400, f"{name}: a number of pixels")
        sizes[name] = int(said) if said else None
    code = code_in(request.GET.get("url", ""), settings.DATELINE_SITE_URL)
    if code is None:
        return _refused(404, "url: the address of a story on this site")
    try:
        record = public_record(code)
    except Http404:
        record = None
    if record is None or record.state == Record.State.WITHDRAWN or record.current is None:
        return _refused(404, "url: no story stands there")
    return _told(record, form, most_wide=sizes["maxwidth"], most_high=sizes["maxheight"])


def _told(record: Record, form: str, *, most_wide: int | None, most_high: int | None) -> HttpResponse:
    assert record.current is not None
    story = record.current.as_story()
    picture = shelves.address(share.card_path(record.code, record.language))
    told = share.embedding(
        story,
        code=record.code,
        language=record.language,
        credit=credit_of(story),
        permalink=shelves.address(record.path),
        card_url=picture if share_card.offered(_card(record)) else None,
        most_wide=most_wide,
        most_high=most_high,
    )
    if form == "json":
        answer = HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json; charset=utf-8")
    else:
        fields = "".join(f"<{name}>{escape(safe(str(value)), quote=False)}</{name}>" for name, value in told.items())
        body = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{fields}</oembed>\n'
        answer = HttpResponse(body, content_type="text/xml; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"  # public, and asked for by scripts of other sites
    return keep(answer, MINUTE)


def _card(record: Record) -> share_card.ShareCard:
    assert record.current is not None
    story = record.current.as_story()
    return share.card_of(story, code=record.code, language=record.language, credit=credit_of(story))


def _refused(status: int, why: str) -> HttpResponse:
    answer = HttpResponse(f"{why}\n", status=status, content_type="text/plain; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
