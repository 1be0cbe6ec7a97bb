"""The headers every answer carries, whether Django made it or the pressed pages did."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from dateline.wire import press_review, print_page

# Nothing comes from elsewhere, pictures included: those of other publishers are linked to, never shown.
POLICY = "; ".join(
    (
        "default-src 'none'",
        # A print page stands alone when saved, so it carries its one style in itself: allowed by its digest.
        "style-src 'self' "
        + " ".join(f"'{print_page.style_source(sheet)}'" for sheet in (print_page.style(), press_review.style())),
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Headers:
    """Add what is missing. A view that says nothing of caching is not cached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-store")
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response
