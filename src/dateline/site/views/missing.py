"""No such page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dateline.site import press
from dateline.site.language import SPOKEN


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say so in the language of the address, without asking the archive for anything."""
    first = request.path.strip("/").partition("/")[0]
    language = first if first in SPOKEN else settings.DATELINE_LANGUAGE
    return HttpResponse(press.missing_sheet(language), status=404)
