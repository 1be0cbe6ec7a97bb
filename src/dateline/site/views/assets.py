"""Style sheets and the icon."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.site import assets
from dateline.site.caching import DAY, FOR_EVER, MINUTE, keep, public

ICON = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><style>path{fill:#1b1814}circle{fill:#8e1b12}\
@media(prefers-color-scheme:dark){path{fill:#ece6d9}circle{fill:#f3a592}}</style>\
<path fill-rule="evenodd" d="M8 8h20c15 0 25 9 25 24S43 56 28 56H8v-4h5V12H8zm14 4v40h6c10 0 15-7 15-20s-5-20-15-20z"/>\
<circle cx="56" cy="52" r="5"/></svg>
"""


@require_safe
def sheet(request: HttpRequest, digest: str) -> HttpResponse:
    return _style(assets.sheet(), fresh=assets.sheet_path() == request.path)


@require_safe
def dossier_sheet(request: HttpRequest, digest: str) -> HttpResponse:
    return _style(assets.dossier_sheet(), fresh=assets.dossier_sheet_path() == request.path)


@require_safe
def lights(request: HttpRequest, digest: str, size: int) -> HttpResponse:
    if size not in assets.SIZES:
        raise Http404
    return _style(assets.lights(size), fresh=assets.lights_path(size) == request.path)


@require_safe
@public(DAY)
def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ICON, content_type="image/svg+xml")


def _style(data: bytes, *, fresh: bool) -> HttpResponse:
    """Answer with the sheet as it is now. Under the address of an older one it may not be kept for long."""
    answer = HttpResponse(data, content_type="text/css; charset=utf-8")
    return keep(answer, FOR_EVER if fresh else MINUTE)
