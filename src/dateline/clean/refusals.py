"""Pages that hold no story, each by general signs, under the name it is counted under."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.clean.facts import Facts
from dateline.clean.wording import tidy
from dateline.story import Refused
from dateline.text.folding import fold
from dateline.text.urls import is_front

# The shortest item of the article-extraction benchmark has 240 characters, and wire flashes have a hundred.
_SHORTEST = 80
# Error and consent pages met so far stay under this; news about either is longer, or its headline says more.
_SHORT = 1_500
_STUB = 900


def judge(root: Any, facts: Facts, paragraphs: list[str]) -> None:
    """Raise Refused when a page's text is no story. The first rule that holds names the reason."""
    text = "\n\n".join(paragraphs)
    for reason, rule in (
        ("error-page", _is_error),
        ("cookie-wall", _is_consent),
        ("list-page", _is_list),
        ("paywall-stub", _is_stub),
    ):
        if said := rule(root, facts, text):
            raise Refused(reason, said)
    letters = sum(char.isalpha() for char in text)
    if letters < _SHORTEST:
        raise Refused("no-text", f"only {letters} letters of text")
    if letters * 3 < len(text):
        raise Refused("not-text", "more signs and figures than letters")


def _is_error(root: Any, facts: Facts, text: str) -> str | None:
    """An error page says so in its headline, in a few words, and says little else; it bears no date."""
    heads = [facts.headline or "", *(tidy("".join(each.itertext())) for each in root.iter("h1", "title"))]
    if len(text) > _SHORT or facts.published:
        return None
    for head in heads:
        folded = fold(head)
        named = next((word for word in _words("error") if f" {word} " in f" {_spaced(folded)} "), None)
        if named and len(folded.split()) <= 8:
            return f"an error page: {head[:80]}"
    return None


def _spaced(folded: str) -> str:
    return " ".join("".join(char if char.isalnum() or char in "'" else " " for char in folded).split())


def _is_consent(root: Any, facts: Facts, text: str) -> str | None:
    """A consent page speaks of little but cookies, partners and privacy: three of its words, once in 300 characters."""
    seen = text or tidy(" ".join(each for each in root.itertext() if len(each) > 2))
    if len(seen) >= 2 * _SHORT:
        return None
    folded = fold(seen)
    told = [word for word in _words("consent") if word in folded]
    hits = sum(folded.count(word) for word in told)
    if len(told) >= 3 and hits * 300 > len(seen) and (not facts.published or not text):
        return "a page that asks for consent, without a story"
    return None


def _is_list(root: Any, facts: Facts, text: str) -> str | None:
    """A list of stories: the text found is headings that are links elsewhere, with a teaser for each."""
    if (facts.kind or "").lower() in ("article", "news"):
        return None
    lines = set(text.split("\n\n"))
    heads = {tidy("".join(each.itertext())) for each in root.iter("a") if _heads(each)}
    listed = [line for line in lines if any(head and line.startswith(head) for head in heads)]
    if len(listed) >= 4 and len(text) < 300 * len(listed):
        return f"a list of {len(listed)} stories"
    if is_front(facts.url or "") and len(heads) >= 5:
        return "the front page of a site"
    return None


def _heads(link: Any) -> bool:
    """Tell whether a link is a headline: some words, in a heading or alone in an item of a list."""
    above = [each.tag for each in link.iterancestors()][:3]
    return len(tidy("".join(link.itertext())).split()) >= 3 and any(
        tag in ("h2", "h3", "h4", "li", "dt") for tag in above
    )


def _is_stub(root: Any, facts: Facts, text: str) -> str | None:
    """A stub states that it is not free, or asks for a subscription, and stops after a few sentences."""
    if len(text) >= _STUB:
        return None
    seen = fold(tidy(" ".join(root.itertext("p", "div", "span", "a", "button", "h2", "h3", "strong"))))
    asks = any(word in seen for word in _words("paywall"))
    if facts.free is False or (asks and text.rstrip().endswith(("…", "...", "[…]"))):
        return "the first lines of a story for subscribers"
    return None


@cache
def _words(kind: str) -> tuple[str, ...]:
    data = tomllib.loads((files("dateline.clean") / "data" / "refusals.toml").read_text("utf-8"))
    return tuple(fold(word) for word in data[kind])
