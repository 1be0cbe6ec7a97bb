"""What a web page says of its story in other languages: JSON-LD first, for it tells which is the original."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal
from urllib.parse import urljoin

from dateline.clean.linked_data import LinkedData, text_of
from dateline.story import Translation
from dateline.text.urls import canonical, is_address, is_front
from dateline.text.variants import page_of

_MOST = 50
_PAGES = ("", "text/html", "application/xhtml+xml")


def translations_of(root: Any, linked: LinkedData, *, url: str | None) -> tuple[Translation, ...]:
    """Return the pages that a page at ``url`` names as its story in other languages, each once."""
    found: dict[str, Translation] = {}
    for each in islice((*_in_linked_data(linked), *_in_links(root)), _MOST):
        name = _address(url, each.name)
        if name is not None and (url is None or page_of(name) != page_of(url)):
            found.setdefault(page_of(name), Translation(name=name, standing=each.standing, language=each.language))
    return tuple(found.values())


def _in_linked_data(linked: LinkedData) -> Iterator[Translation]:
    standings: tuple[tuple[str, Literal["original", "translation"]], ...] = (
        ("translationOfWork", "original"),
        ("workTranslation", "translation"),
    )
    for key, standing in standings:
        for node in linked.follow(linked.article.get(key)):
            named = (text_of(node.get(name)) for name in ("url", "mainEntityOfPage", "@id", "name"))
            if address := next((each for each in named if each and is_address(each)), None):
                yield Translation(name=address, standing=standing, language=text_of(node.get("inLanguage")))


def _in_links(root: Any) -> Iterator[Translation]:
    """Yield what ``link rel=alternate hreflang`` names; that of ``x-default`` is one of the others, or none of them."""
    links = [each for each in root.iter("link") if _leads_to_a_page(each)]
    default = next((each.get("href") for each in links if _tag(each) == "x-default"), None)
    for each in links:
        if _tag(each) != "x-default":
            standing: Literal["default", "alternate"] = "default" if each.get("href") == default else "alternate"
            yield Translation(name=each.get("href"), standing=standing, language=each.get("hreflang").strip())


def _leads_to_a_page(link: Any) -> bool:
    """Tell whether a link names the page in another language; feeds bear a language too."""
    is_alternate = "alternate" in (link.get("rel") or "").lower().split()
    return bool(is_alternate and _tag(link) and link.get("href")) and (link.get("type") or "").lower() in _PAGES


def _tag(link: Any) -> str:
    return (link.get("hreflang") or "").strip().lower()


def _address(base: str | None, said: str) -> str | None:
    """Return the address of a page; None for what is none, or a front page: that is no story."""
    try:
        address = urljoin(base or "", said.strip())
    except ValueError:
        return None
    return canonical(address) if is_address(address) and not is_front(address) else None
