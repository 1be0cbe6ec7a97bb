"""No such page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dateline.site.language import SPOKEN
from dateline.site.pages import chrome, render


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say so in the language of the address, without asking the archive for anything."""
    first = request.path.strip("/").partition("/")[0]
    language = first if first in SPOKEN else settings.DATELINE_LANGUAGE
    return HttpResponse(render("site/missing.html", chrome(language)), status=404)
