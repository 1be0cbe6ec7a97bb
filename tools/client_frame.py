"""The frame of the client, version VERSION: one file that needs nothing but Python 3.11.

    >>> from dateline_client import Dateline
    >>> site = Dateline("https://news.example")
    >>> for event in site.each_events(actor="RUS", type_="ACCUSE"):
    ...     print(event["day"], event["words"], event["cited"]["url"])

Each operation of the API is a method with typed arguments; ``each_…`` follows cursors to the end. What an answer holds
is told by TypedDicts. An answer that has not changed is not fetched twice: its ETag is sent along.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Any, Literal, TypedDict, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

__all__ = ["ApiError", "BadParameter", "Dateline", "NotAllowed", "NotFound", "NotReached", "TooOften", "Withdrawn"]
_KEPT = 100


class ApiError(Exception):
    """The API did not answer what was asked. ``status`` is HTTP's, ``told`` the whole of its answer."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        super().__init__(f"{status}: {told.get('error', 'no reason given')}")
        self.status = status
        self.told = told


class BadParameter(ApiError):
    """A parameter is missing or not understood (400, 422)."""


class NotAllowed(ApiError):
    """There is no key, or it opens nothing (401)."""


class NotFound(ApiError):
    """It is not here, or not public (404)."""


class Withdrawn(ApiError):
    """The story was withdrawn (410); ``told`` has ``withdrawn_at`` and ``reason``."""


class NotReached(ApiError):
    """Nobody answered, or the answer broke off: the server is down, or the way to it. ``status`` is 0."""


class TooOften(ApiError):
    """The rate is used up (429): ask again in ``wait`` seconds."""

    wait = 0


_ERRORS: dict[int, type[ApiError]] = {
    400: BadParameter,
    401: NotAllowed,
    404: NotFound,
    410: Withdrawn,
    422: BadParameter,
    429: TooOften,
}


# schemas


class Dateline:
    """A site's API. ``key`` opens the desk; ``patience`` is how many seconds a used-up rate is waited for."""

    def __init__(self, address: str, *, key: str | None = None, timeout: float = 30.0, patience: float = 0.0) -> None:
        if urlsplit(address).scheme not in ("http", "https"):
            raise ValueError(f"no http or https address: {address}")
        self.address = address.rstrip("/") + "/api/v1"
        self.timeout = timeout
        self.patience = patience
        self._headers = {"User-Agent": "dateline-client/VERSION"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._kept: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    # operations

    def _ask(self, path: str, asked: Mapping[str, Any]) -> Any:
        url = self._url(path, asked)
        etag, known = self._kept.get(url, ("", None))
        response = self._open(url, {"If-None-Match": etag} if etag else {})
        if response is None:
            return known
        with _reached(url), response:
            told = json.load(response)
        if etag := response.headers.get("ETag", ""):
            self._kept[url] = etag, told
            self._kept.move_to_end(url)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return told

    def _walk(self, path: str, asked: Mapping[str, Any], *, noun: str) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            told = self._ask(path, {**asked, "cursor": cursor, "limit": 100})
            yield from told[noun]
            cursor = told["next"]
            if cursor is None:
                return

    def _rows(self, path: str, asked: Mapping[str, Any]) -> Iterator[str]:
        url = self._url(path, asked)
        response = self._open(url, {})
        if response is not None:
            with _reached(url), response:
                for line in response:
                    yield line.decode("utf-8").rstrip("\n")

    def _lines(self, path: str, asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        return (json.loads(line) for line in self._rows(path, asked))

    def _url(self, path: str, asked: Mapping[str, Any]) -> str:
        told = {name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}
        query = urlencode({name: value for name, value in told.items() if value is not None})
        return f"{self.address}{path}{'?' if query else ''}{query}"

    def _open(self, url: str, headers: Mapping[str, str]) -> HTTPResponse | None:
        """Return the answer, None where it is the one known already. Raises ApiError."""
        while True:
            try:
                request = Request(url, headers={**self._headers, **headers})
                with _reached(url):
                    return cast("HTTPResponse", urlopen(request, timeout=self.timeout))
            except HTTPError as error:
                with error:
                    if error.code == 304:
                        return None
                    problem = _problem(error)
                if not isinstance(problem, TooOften) or problem.wait > self.patience:
                    raise problem from None
            time.sleep(problem.wait)


@contextmanager
def _reached(url: str) -> Iterator[None]:
    """Turn what the network raises into NotReached."""
    try:
        yield
    except HTTPError:  # somebody answered
        raise
    except (OSError, HTTPException) as error:
        reason = str(getattr(error, "reason", None) or error) or type(error).__name__
        raise NotReached(0, {"error": f"{url}: {reason}"}) from error


def _problem(error: HTTPError) -> ApiError:
    try:
        told = json.load(error)
    except ValueError:
        told = {}
    problem = _ERRORS.get(error.code, ApiError)(error.code, told if isinstance(told, dict) else {})
    if isinstance(problem, TooOften):
        wait = error.headers.get("Retry-After", "")
        problem.wait = int(wait) if wait.isdecimal() else 60
    return problem


def _quoted(part: str | int) -> str:
    return quote(str(part), safe="")
