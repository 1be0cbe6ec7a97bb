"""What a web page says about its story: JSON-LD first, then meta elements, then what can be seen."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.clean.attribution import attributed
from dateline.clean.linked_data import LinkedData, kinds_match, text_of
from dateline.clean.stamps import stamp
from dateline.clean.translations import translations_of
from dateline.clean.wording import plain, tidy
from dateline.story import Figure, Stamp, Translation
from dateline.text.calendars import read_date
from dateline.text.folding import fold
from dateline.text.labels import find_label
from dateline.text.language import primary
from dateline.text.urls import canonical, is_address, is_front

_DATE_CLASS = re.compile(r"date|time|publish|posted|updated|meta|byline|info", re.IGNORECASE)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|author|writer|reporter)s?(?:[\s_-]?name)?(?:$|[\s])", re.IGNORECASE)
_TITLE_JOINT = re.compile(r"\s+(?:[|–—·•»«:]|-{1,2}|//|::)\s+")
_ELSEWHERE = ("aside", "nav", "footer")
_URL_DAY = re.compile(r"/(20\d\d|19\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A page's own statements, each where it was stated best; every date with its origin."""

    headline: str | None
    published: Stamp | None
    updated: Stamp | None
    byline: str | None
    credit: str | None
    summary: str | None
    section: str | None
    tags: tuple[str, ...]
    language: str | None
    url: str | None
    site_name: str | None
    site_url: str | None
    code: str | None
    dateline: str | None
    figures: tuple[Figure, ...]
    full_text: str | None
    free: bool | None
    kind: str | None
    translations: tuple[Translation, ...]


def facts_of(root: Any, *, address: str | None = None) -> Facts:
    """Read the facts of a parsed page. ``address`` is where it was found."""
    linked, meta = LinkedData(_scripts(root)), _meta(root)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or linked.text("inLanguage")
    language = language or _first(meta, "content-language", "og:locale", "language")
    url = _url(root, linked, meta, address)
    site_name, headline = _names(root, linked, meta)
    credit_parts = linked.names("author", "Organization", "Corporation", "Agency")
    people = [name for name in linked.names("author") if name not in credit_parts and not is_address(name)]
    byline = ", ".join(people) or (None if credit_parts else _byline(root, meta))
    byline, credit = attributed(byline, ", ".join(credit_parts) or None, site_name=site_name)
    published, updated = _stamps(root, linked, meta, primary(language), url)
    return Facts(
        headline=headline,
        published=published,
        updated=updated if updated and (published is None or updated.value != published.value) else None,
        byline=byline,
        credit=credit,
        summary=linked.text("description") or _first(meta, "og:description", "description", "twitter:description"),
        section=linked.text("articleSection") or _first(meta, "article:section", "section", "parsely-section"),
        tags=_tags(root, linked, meta),
        language=language,
        url=url,
        site_name=site_name,
        site_url=_site_url(linked, url),
        code=next(
            (
                text_of(each.get("value"))
                for each in linked.follow(linked.article.get("identifier"))
                if each.get("value")
            ),
            None,
        ),
        dateline=linked.text("dateline"),
        figures=tuple(_figures(linked, url)),
        full_text=linked.article.get("articleBody") if isinstance(linked.article.get("articleBody"), str) else None,
        free=_free(linked),
        kind=_first(meta, "og:type") or ("article" if linked.article else None),
        translations=translations_of(root, linked, url=url),
    )


@cache
def _names_of(fact: str) -> tuple[str, ...]:
    return tuple(tomllib.loads((files("dateline.clean") / "data" / "meta.toml").read_text("utf-8"))[fact])


def _scripts(root: Any) -> list[str]:
    return [each.text or "" for each in root.iter("script") if "ld+json" in (each.get("type") or "").lower()]


def _meta(root: Any) -> dict[str, list[str]]:
    """Return the contents of meta elements by lower-case name, property or item property."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in root.iter("meta"):
        content = plain(each.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and each.get(attribute):
                found[each.get(attribute).strip().lower()].append(content)
    return found


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if meta.get(name)), None)


def _url(root: Any, linked: LinkedData, meta: dict[str, list[str]], address: str | None) -> str | None:
    told: list[Any] = [
        each.get("href") for each in root.iter("link") if "canonical" in (each.get("rel") or "").lower().split(" ")
    ]
    told += [_first(meta, "og:url"), linked.text("url"), linked.article.get("mainEntityOfPage"), address]
    base = next((each for each in (_first(meta, "og:url"), address) if each and is_address(each)), None) or ""
    for each in told:
        said = each.get("@id") if isinstance(each, dict) else each
        url = _joined(base, said.strip()) if isinstance(said, str) else ""
        # A canonical address that is the front page is a template's mistake.
        if is_address(url) and not (is_front(url) and said is not address):
            return canonical(url)
    return None


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


def _site_url(linked: LinkedData, url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# --- names -------------------------------------------------------------------------------------------


def _names(root: Any, linked: LinkedData, meta: dict[str, list[str]]) -> tuple[str | None, str | None]:
    """Return site name and headline; each helps to find where a title ends and the site's name begins."""
    site = (
        _first(meta, "og:site_name") or next(iter(linked.names("publisher")), None) or _first(meta, "application-name")
    )
    heads = [tidy("".join(head.itertext())) for head in root.iter("h1") if not _elsewhere(head)]
    heads = [head for head in heads if head]
    title = next((plain("".join(element.itertext())) for element in root.iter("title")), None)
    told = [linked.text("headline"), _first(meta, "og:title"), *(heads if len(heads) == 1 else []), title, *heads[:1]]
    for each in told:
        if each:
            headline, rest = _without_site(each, site, heads)
            if title and site is None:
                site = rest or _without_site(title, None, [headline, *heads])[1]
            return site, headline
    return site, None


def _without_site(title: str, site: str | None, heads: list[str]) -> tuple[str, str | None]:
    """Return a title without the site's name, and the name that was taken off."""
    for head in sorted(heads, key=len, reverse=True):
        rest = title.removeprefix(head)
        if rest != title and (not rest or _TITLE_JOINT.match(rest)):
            return head, _TITLE_JOINT.split(rest)[-1].strip() or None
    parts = _TITLE_JOINT.split(title)
    if site and len(parts) > 1:
        joints = list(_TITLE_JOINT.finditer(title))
        if fold(parts[-1]) == fold(site):
            return title[: joints[-1].start()], site
        if fold(parts[0]) == fold(site):
            return title[joints[0].end() :], site
    return title, None


def _elsewhere(element: Any) -> bool:
    return any(above.tag in _ELSEWHERE for above in element.iterancestors())


def _byline(root: Any, meta: dict[str, list[str]]) -> str | None:
    for name in _names_of("author"):
        told = [said for said in meta.get(name, ()) if not is_address(said)]
        if told:
            return ", ".join(dict.fromkeys(told))
    seen = [each for each in root.iter("a", "span", "div", "p", "address", "td") if _says_byline(each)]
    marked = [said for each in seen if 2 < len(said := tidy("".join(each.itertext()))) <= 80]
    return next((said for said in marked if not read_date(said)), None)


def _says_byline(element: Any) -> bool:
    marked = "author" in (element.get("rel") or "").split(" ") or element.get("itemprop") == "author"
    return (marked or bool(_BYLINE_CLASS.search(element.get("class") or ""))) and not _elsewhere(element)


def _tags(root: Any, linked: LinkedData, meta: dict[str, list[str]]) -> tuple[str, ...]:
    words = linked.article.get("keywords")
    told: list[str] = (
        [words]
        if isinstance(words, str)
        else [said for each in words or () if (said := text_of(each))]
        if isinstance(words, list)
        else []
    )
    told = told or meta.get("article:tag", []) or meta.get("news_keywords", []) or meta.get("keywords", [])
    if len(told) == 1:
        told = re.split(r"\s*[,;،؛]\s*", told[0])
    told = told or ["".join(each.itertext()) for each in root.iter("a") if "tag" in (each.get("rel") or "").split(" ")]
    return tuple(dict.fromkeys(name for name in map(plain, told) if name and len(name) <= 80))[:40]


# --- dates -------------------------------------------------------------------------------------------


def _stamps(
    root: Any, linked: LinkedData, meta: dict[str, list[str]], language: str, url: str | None
) -> tuple[Stamp | None, Stamp | None]:
    """Return when it was published and updated, by the best source that states each."""
    published = stamp(linked.text("datePublished"), origin="json-ld datePublished", language=language)
    updated = stamp(linked.text("dateModified"), origin="json-ld dateModified", language=language)
    for name in _names_of("published"):
        published = published or stamp(_first(meta, name), origin=f"meta {name}", language=language)
    for name in _names_of("updated"):
        updated = updated or stamp(_first(meta, name), origin=f"meta {name}", language=language)
    if published is None:
        for kind, found in _seen_dates(root, language):
            if kind == "updated":
                updated = updated or found
            else:
                published = published or found
    if published is None and url and (day := _URL_DAY.search(urlsplit(url).path)):
        published = stamp(f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}", origin="address", language=language)
    return published, updated


def _seen_dates(root: Any, language: str) -> Iterator[tuple[str, Stamp]]:
    """Yield the dates a reader sees: time elements, then short lines that are nothing but a date."""
    for each in root.iter("time"):
        found = (
            None
            if _elsewhere(each)
            else stamp(each.get("datetime") or tidy("".join(each.itertext())), origin="time element", language=language)
        )
        if found:
            yield "updated" if "modified" in (each.get("itemprop") or "").lower() else "published", found
    for each in root.iter("div", "span", "p", "td", "li", "small", "em", "b", "abbr", "font"):
        marked = _DATE_CLASS.search(f"{each.get('class') or ''} {each.get('id') or ''} {each.get('itemprop') or ''}")
        said = tidy("".join(each.itertext())) if marked and not _elsewhere(each) else ""
        if not 6 <= len(said) <= 120:
            continue
        label = find_label(said, language=language)
        kind = label.kind if label and label.kind in ("published", "updated") else "published"
        value = label.value.of(said) if label and label.kind in ("published", "updated") else said
        for part in [value, *re.split(r"\s*[|•·]\s*", value)]:
            if found := stamp(part, origin="visible date line", language=language):
                yield kind, found
                break


def _free(linked: LinkedData) -> bool | None:
    said = str(linked.article.get("isAccessibleForFree", "")).lower()
    return {"true": True, "false": False}.get(said.rpartition("/")[2])


def _figures(linked: LinkedData, base: str | None) -> Iterator[Figure]:
    """Yield the pictures JSON-LD describes in words; a bare address is mostly a card for social networks."""
    for each in linked.follow(linked.article.get("image")):
        url = text_of(each.get("contentUrl")) or text_of(each.get("url"))
        caption = text_of(each.get("caption")) or text_of(each.get("description"))
        if (
            url
            and caption
            and is_address(_joined(base or "", url))
            and (kinds_match(each, ("ImageObject",)) or not each.get("@type"))
        ):
            width, height = (text_of(each.get(side)) for side in ("width", "height"))
            yield Figure(
                url=_joined(base or "", url),
                caption=caption,
                credit=text_of(each.get("creditText")) or text_of(each.get("copyrightHolder")),
                width=int(float(width)) if width and re.fullmatch(r"\d{1,5}(\.\d+)?", width) else None,
                height=int(float(height)) if height and re.fullmatch(r"\d{1,5}(\.\d+)?", height) else None,
            )
