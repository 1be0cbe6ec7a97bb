"""The slash at the end of an address: one too many or one too few leads on to where the page stands."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline.site import shelves
from dateline.site.caching import DAY, keep


@require_safe
def other_slash(request: HttpRequest, language: str) -> HttpResponse:
    """Lead on to the address with the slash where it has none, without it where it has one."""
    if not shelves.is_edition(language):
        raise Http404
    there = request.path.rstrip("/") if request.path.endswith("/") else f"{request.path}/"
    query = request.META.get("QUERY_STRING", "")
    return keep(HttpResponsePermanentRedirect(f"{there}?{query}" if query else there), DAY)
