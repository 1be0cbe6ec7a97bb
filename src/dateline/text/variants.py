"""The forms one page's address has: for phones, for printing, for AMP, with and without ``www.`` and TLS."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from dateline.text.urls import canonical

_HOSTS = re.compile(r"^(?:www|m|mobile|touch|amp|wap)\.(?=[^.]+\.[^.]+)|(?<=\.)(?:m|mobile|amp)\.(?=[^.]+\.[^.]+$)")
_VIEWS = re.compile(
    r"/(?:amp|print|printable|print-view|printversion|mobile)(?=/|$)|(?<=[/.-])(?:amp|print)(?=\.html?$)|[.]amp(?=$|\.html?$)",
    re.IGNORECASE,
)
_PARAMETERS = frozenset(
    ("amp", "print", "outputtype", "output", "view", "mobile", "printer", "printable", "platform", "m", "device")
)
_VALUES = {"", "1", "true", "yes", "amp", "print", "printer", "printable", "mobile", "m", "0", "false", "all"}
_CACHE = re.compile(r"^https?://(?:[\w-]+\.cdn\.ampproject\.org|www\.google\.\w+(?:\.\w+)?)/(?:amp|[cvi])/(?:s/)?(.+)$")


def page_of(url: str) -> str:
    """Return a key that all forms of one page's address share. It is for comparing only: it may lead nowhere."""
    cached = _CACHE.match(url.strip())
    if cached:
        url = cached[1] if re.match(r"https?://", cached[1]) else f"https://{cached[1]}"
    plain = canonical(url)
    try:
        parts = urlsplit(plain)
    except ValueError:
        return plain
    if not parts.hostname:
        return plain
    host = _HOSTS.sub("", parts.netloc)
    path = _VIEWS.sub("", parts.path)
    path = re.sub(r"[-.](?=\.html?$)", "", path).rstrip("/") or "/"
    pairs = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (name.lower() in _PARAMETERS and value.lower() in _VALUES)
    ]
    return f"{host}{path}" + (f"?{urlencode(sorted(pairs))}" if pairs else "")
