"""What stands at an address below ``/api/`` that is none."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def missing(request: HttpRequest, rest: str) -> JsonResponse:
    return JsonResponse({"error": "there is no such address"}, status=404)
