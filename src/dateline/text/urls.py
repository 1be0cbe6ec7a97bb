"""Addresses of pages: one form for one page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Parameters that say how a reader came, never which page it is.
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|"
    r"mkt_tok|cmpid|icid|ncid|ocid|xtor|at_\w+|smid|smtyp|soc_src|soc_trk|sr_share|ref_src|ref_url|guccounter|"
    r"guce_referrer\w*|wt_\w+|pk_\w+|mtm_\w+|matomo_\w+|spm|share_id|feature_name)$",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
# What nearly every address is like: nothing in it to leave out.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*/[\w./%~,+-]*", re.ASCII)


def canonical(url: str) -> str:
    """Return the address without fragment, tracking parameters and default port, host in lower case.

    Scheme, ``www.``, ``amp.`` and ``m.`` stay as they are: only the site knows whether they are the same page.
    An address that does not parse comes back stripped and otherwise as it was.
    """
    url = url.strip()
    if _PLAIN.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if not parts.scheme or not parts.hostname:
        return url
    scheme = parts.scheme.lower()
    place = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port is not None and port != _PORTS.get(scheme):
        place = f"{place}:{port}"
    query = parts.query
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    if len(kept) != len(pairs):
        query = urlencode(kept)
    return urlunsplit((scheme, place, parts.path or "/", query, ""))


def host(url: str) -> str:
    """Return the host of an address in lower case without port, or "" when it has none."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """Return the host without a leading ``www.``: what two addresses of one site share."""
    return host(url).removeprefix("www.")


def is_address(text: str) -> bool:
    """Tell whether the whole of ``text`` is one http(s) address."""
    return re.fullmatch(r"https?://[^\s<>\"]+", text.strip(), re.IGNORECASE) is not None and bool(host(text))


def is_front(url: str) -> bool:
    """Tell whether an address is that of a site's front page: nothing after the host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return bool(parts.hostname) and parts.path in ("", "/") and not parts.query
