"""Which answers others may keep, and for how long. What is not marked here is kept by nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

FOR_EVER = 365 * 24 * 3600
MINUTE = 60
DAY = 24 * 3600

R = TypeVar("R", bound=HttpResponseBase)


def keep(answer: R, seconds: int) -> R:
    """Mark an answer as the same for everybody and fresh for so many seconds."""
    patch_cache_control(answer, public=True, max_age=seconds, **({"immutable": True} if seconds == FOR_EVER else {}))
    return answer


def public(seconds: int) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Mark all answers of a view so."""

    def decorate(view: Callable[..., R]) -> Callable[..., R]:
        @wraps(view)
        def kept(request: HttpRequest, *args: object, **kwargs: object) -> R:
            return keep(view(request, *args, **kwargs), seconds)

        return kept

    return decorate
