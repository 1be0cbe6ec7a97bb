"""A story's text as sanitised HTML, with a map that is exact because both are written in one pass.

Nothing of the source's markup is copied: its words are found again in its tree, paragraph by paragraph, and written
anew with tags from a short list. See docs/decisions/0012-sanitised-html.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from typing import Any

from dateline.clean.blocks import tree_from
from dateline.clean.markup_tree import ATTRIBUTES, INLINE, LEAVES, OUTER, PLAIN, SCHEMES, Stretch, Tag, stretches
from dateline.story import Markup, Refused, Repair, Run
from dateline.text.offsets import Patch, Patched
from dateline.text.spans import Span

# More characters of HTML, or more pieces of text, than any story has: a novel stays below both.
_LONGEST_MARKUP = 2_000_000
_MOST_PIECES = 20_000
# Paragraphs of this many letters stand once in a page; shorter ones are looked for between them.
_TELLING = 40
_KEY = 12
_MOST_TRIES = 40
_SAYS_MORE = re.compile(
    r"<(?:a|abbr|b|bdi|blockquote|cite|code|em|h[1-6]|i|li|q|span|strong|sub|sup)[\s>]|\s(?:dir|lang)\s*=",
    re.IGNORECASE,
)


def fragment_markup(body: str, repairs: Iterable[Repair], *, text: str, base: str | None) -> Markup | None:
    """Return the markup of a text that was read from an HTML fragment, mended as ``repairs`` say."""
    if not _SAYS_MORE.search(body) or text.count("\n\n") > _MOST_PIECES:
        return None
    mended = Patched(body, (Patch(each.raw, each.after) for each in repairs if each.raw is not None)).text
    try:
        return markup_of(text, tree_from(f"<body>{mended}</body>"), base=base)
    except Refused:
        return None


def markup_of(text: str, root: Any, *, base: str | None) -> Markup | None:
    """Return a text with the inline markup, lists, headings and quotations its words have in a tree.

    Returns None where that says no more than the paragraphs themselves, where it would be larger than any story is,
    and where the second wall (nh3) would change a character of it.
    """
    paragraphs = text.split("\n\n")
    source = list(islice(stretches(root, base=base), _MOST_PIECES))
    places = _Alignment(source).places([each.replace(" ", "") for each in paragraphs])
    blocks = [_block(said, source, place) for said, place in zip(paragraphs, places, strict=True)]
    _settle(blocks)
    if not any(each.outer or each.leaf.opening != "<p>" or any(each.marks) for each in blocks):
        return None
    written = _Writer()
    for each in blocks:
        written.block(each)
        if written.length > _LONGEST_MARKUP or len(written.runs) > _MOST_PIECES:
            return None
    markup = written.markup()
    return markup if sanitised(markup.html) == markup.html else None


def sanitised(html: str) -> str:
    """Return HTML as nh3 leaves it: the same list of tags, held by a parser that reads as browsers do."""
    import nh3

    return nh3.clean(
        html,
        tags=set(INLINE | OUTER | LEAVES),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


# --- where the paragraphs stand in the source ----------------------------------------------------------


class _Alignment:
    """Find paragraphs among the stretches of a source, in order. A paragraph is one stretch or several in a row."""

    def __init__(self, source: Sequence[Stretch]) -> None:
        self.said = [each.said for each in source]
        self.keyed: dict[str, list[int]] = defaultdict(list)
        for number, said in enumerate(self.said):
            self.keyed[said[:_KEY]].append(number)

    def places(self, wanted: Sequence[str]) -> list[tuple[int, int] | None]:
        """Return for each paragraph its first stretch and the one after its last, None where it is not found."""
        found: list[tuple[int, int] | None] = [None] * len(wanted)
        telling = [number for number, said in enumerate(wanted) if len(said) >= _TELLING]
        for number, place in _rising([(each, self._find(wanted[each], 0, len(self.said))) for each in telling]):
            found[number] = place
        self._fill(found, wanted, [number for number in telling if found[number] is None])
        self._fill(found, wanted, [number for number, said in enumerate(wanted) if 0 < len(said) < _TELLING])
        return found

    def _fill(self, found: list[tuple[int, int] | None], wanted: Sequence[str], numbers: Sequence[int]) -> None:
        ends = [len(self.said)] * (len(found) + 1)  # where the next paragraph found begins
        for number in range(len(found) - 1, -1, -1):
            place = found[number]
            ends[number] = place[0] if place else ends[number + 1]
        reached = done = 0
        for number in numbers:
            for before in found[done:number]:
                reached = before[1] if before else reached
            done = number
            found[number] = self._find(wanted[number], reached, ends[number])

    def _find(self, wanted: str, start: int, end: int) -> tuple[int, int] | None:
        first: tuple[int, int] | None = None
        for size in range(1, min(_KEY, len(wanted)) + 1):
            candidates = self.keyed.get(wanted[:size], ())
            at = bisect_left(candidates, start)
            for begin in candidates[at : at + _MOST_TRIES]:
                if begin >= (first[0] if first else end):
                    break
                if (stop := self._reach(wanted, begin)) is not None and stop <= end:
                    first = (begin, stop)
                    break
        return first

    def _reach(self, wanted: str, begin: int) -> int | None:
        """Return the stretch after those that, joined from ``begin`` on, say ``wanted``."""
        at = 0
        while at < len(wanted):
            if begin >= len(self.said) or not wanted.startswith(self.said[begin], at):
                return None
            at += len(self.said[begin])
            begin += 1
        return begin


def _rising(places: Iterable[tuple[int, tuple[int, int] | None]]) -> list[tuple[int, tuple[int, int]]]:
    """Return the most places that stand in the order of their numbers: one out of order must not cost the rest."""
    ends: list[int] = []  # by how many places stand in order: the least beginning of the last of them
    last: list[int] = []  # and which that is
    known: list[tuple[int, tuple[int, int], int]] = []
    for number, place in places:
        if place is None:
            continue
        size = bisect_left(ends, place[0])
        known.append((number, place, last[size - 1] if size else -1))
        ends[size : size + 1] = [place[0]]
        last[size : size + 1] = [len(known) - 1]
    chosen: list[tuple[int, tuple[int, int]]] = []
    at = last[-1] if last else -1
    while at >= 0:
        number, place, at = known[at]
        chosen.append((number, place))
    return chosen[::-1]


# --- paragraphs with their marks -----------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Paragraph:
    """A paragraph to write. ``marks`` are the inline elements around each of its characters."""

    said: str
    found: bool = False
    outer: tuple[Tag, ...] = ()
    leaf: Tag = PLAIN
    marks: list[tuple[Tag, ...]] = field(default_factory=list)


def _block(said: str, source: Sequence[Stretch], place: tuple[int, int] | None) -> _Paragraph:
    if place is None or sum(len(each.marks) for each in source[place[0] : place[1]]) > _MOST_PIECES:
        return _Paragraph(said=said, marks=[()] * len(said))
    held: list[tuple[Tag, ...]] = []
    for each in source[place[0] : place[1]]:
        ends = [*(at for at, _ in each.marks[1:]), len(each.said)]
        for (at, around), end in zip(each.marks, ends, strict=True):
            held += [around] * (end - at)
    marks: list[tuple[Tag, ...]] = []
    following = 0
    for char in said:
        if char == " ":  # belongs to what goes on from the word before it to the word behind it
            before, behind = held[following - 1], held[following]
            marks.append(before if before is behind else _shared(before, behind))
        else:
            marks.append(held[following])
            following += 1
    first = source[place[0]]
    return _Paragraph(said=said, found=True, outer=first.outer, leaf=first.leaf, marks=marks)


def _shared(one: tuple[Tag, ...], other: tuple[Tag, ...]) -> tuple[Tag, ...]:
    count = 0
    while count < min(len(one), len(other)) and one[count] is other[count]:
        count += 1
    return one[:count]


def _settle(blocks: Sequence[_Paragraph]) -> None:
    """Put paragraphs not found in the list or quotation around them, and leave out an item that holds the whole text.

    A paragraph alone in its item is the item.
    """
    found = [each for each in blocks if each.found]
    if len(found) > 1:
        around = found[0].outer
        for each in found:
            around = _shared(around, each.outer)
        items = [number for number, tag in enumerate(around, start=1) if tag.name == "li"]
        for each in found:
            each.outer = each.outer[items[-1] if items else 0 :]
    following: list[tuple[Tag, ...]] = [()] * (len(blocks) + 1)
    for number in range(len(blocks) - 1, -1, -1):
        following[number] = blocks[number].outer if blocks[number].found else following[number + 1]
    before: tuple[Tag, ...] = ()
    for number, each in enumerate(blocks):
        if not each.found:
            each.outer = _shared(before, following[number + 1])
            if each.outer and each.outer[-1].name in ("ul", "ol"):
                each.outer = each.outer[:-1]
        before = each.outer
    inside = Counter(id(each.outer[-1]) for each in blocks if each.outer and each.outer[-1].name == "li")
    for each in blocks:
        if each.outer and inside[id(each.outer[-1])] == 1 and each.leaf.opening == "<p>":
            each.leaf = Tag("", "")


# --- writing --------------------------------------------------------------------------------------------


class _Writer:
    """Write blocks and note, for every piece of text between two tags, where it stands in both."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.outer: tuple[Tag, ...] = ()
        self.runs: list[Run] = []
        self.at = 0  # in the text

    def markup(self) -> Markup:
        self._turn(self.outer, ())
        return Markup(html="".join(self.parts), runs=tuple(self.runs))

    def block(self, block: _Paragraph) -> None:
        self._turn(self.outer, block.outer)
        self.outer = block.outer
        if block.leaf.name:
            self._put(block.leaf.opening)
        within: tuple[Tag, ...] = ()
        start = 0
        for end in range(1, len(block.said) + 1):
            if end == len(block.said) or block.marks[end] != block.marks[start]:
                self._turn(within, block.marks[start])
                within = block.marks[start]
                self._text(block.said[start:end])
                start = end
        self._turn(within, ())
        if block.leaf.name:
            self._put(f"</{block.leaf.name}>")
        self.at += len("\n\n")

    def _turn(self, old: tuple[Tag, ...], new: tuple[Tag, ...]) -> None:
        """Close and open tags until ``new`` are open where ``old`` were."""
        kept = len(_shared(old, new))
        for tag in reversed(old[kept:]):
            self._put(f"</{tag.name}>")
        for tag in new[kept:]:
            self._put(tag.opening)

    def _text(self, said: str) -> None:
        for piece in re.split("([&<>])", said):
            if piece:
                written = escape(piece, quote=False)
                self.runs.append(
                    Run(
                        text=Span(self.at, self.at + len(piece)),
                        html=Span(self.length, self.length + len(written)),
                    )
                )
                self._put(written)
                self.at += len(piece)

    def _put(self, said: str) -> None:
        self.parts.append(said)
        self.length += len(said)
