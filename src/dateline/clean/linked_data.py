"""JSON-LD of a page: the article it describes, however it is wrapped, and in spite of broken JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from dateline.clean.wording import plain

Node = dict[str, Any]
_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|NewsStory)$")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DEEPEST = 12


class LinkedData:
    """What the JSON-LD scripts of a page say; ``article`` is {} when none describes one."""

    def __init__(self, scripts: list[str]) -> None:
        self.nodes = [node for script in scripts for node in _nodes(_loaded(script))]
        self._by_id = {node["@id"]: node for node in self.nodes if isinstance(node.get("@id"), str) and len(node) > 1}
        articles = [node for node in self.nodes if any(map(_ARTICLES.search, types_of(node)))]
        self.article: Node = max(articles, key=lambda node: ("headline" in node, len(node)), default={})

    def follow(self, value: Any) -> list[Node]:
        """Return the nodes a property holds, references resolved; a bare string counts as a name."""
        if isinstance(value, list):
            return [node for each in value for node in self.follow(each)]
        if isinstance(value, str) and value.strip():
            return [self._by_id.get(value, {"name": value})]
        if isinstance(value, dict):
            known = self._by_id.get(str(value.get("@id")))
            return [{**known, **value} if known else value]
        return []

    def names(self, key: str, *kinds: str) -> list[str]:
        """Return the names of what a property of the article holds, of these kinds if any are given."""
        told = (node for node in self.follow(self.article.get(key)) if not kinds or kinds_match(node, kinds))
        return list(dict.fromkeys(name for node in told if (name := text_of(node.get("name")))))

    def text(self, key: str) -> str | None:
        return text_of(self.article.get(key))


def types_of(node: Node) -> list[str]:
    """Return a node's types without their namespaces."""
    told = node.get("@type")
    return [str(each).rpartition("/")[2] for each in (told if isinstance(told, list) else [told]) if each]


def kinds_match(node: Node, kinds: tuple[str, ...]) -> bool:
    return any(kind.endswith(kinds) for kind in types_of(node))


def text_of(value: Any) -> str | None:
    """Return a property's text: its first, or that of a language-tagged value; None for anything else."""
    if isinstance(value, list):
        return next((said for said in map(text_of, value) if said), None)
    if isinstance(value, dict):
        return text_of(value.get("@value") or value.get("name"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return plain(value) if isinstance(value, str) else None


def _loaded(script: str) -> Any:
    said = _WRAPPING.sub("", script.strip())
    for attempt in (said, _TRAILING_COMMA.sub(r"\1", said), re.sub(r"\\(?![\"\\/bfnrtu])", r"\\\\", said)):
        try:
            # Not strict: line breaks stand bare in strings on many pages.
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "itemReviewed"):
            yield from _nodes(value.get(key), depth + 1)
