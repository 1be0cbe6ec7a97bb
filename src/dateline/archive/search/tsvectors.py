"""PostgreSQL's notation of an entry.

Words of the headline stand in it twice, the second time under a name of their own: with weights instead, each row found
would have to be looked at again.
"""

from __future__ import annotations

from dateline.archive.search.entries import IndexEntry

# PostgreSQL's own limits: places a word may have, the last place there is, a word's and an entry's bytes.
_MOST_PLACES, _LAST_PLACE, LONGEST_WORD, _LARGEST = 255, 16383, 200, 900_000
_APART = 30  # further than any NEAR reaches: neither it nor a phrase goes from one field into the next
IN_HEADLINE = "_h_"


def lexeme(word: str) -> str:
    """Return a word as tsvector and tsquery write it; words are letters, digits and ``_``."""
    return f"'{word[:LONGEST_WORD]}'"


def tsvector(entry: IndexEntry) -> str:
    """Return an entry: each word with its places, tokens without."""
    places: dict[str, list[str]] = {}
    place = 0
    for mark, text in (("", entry.headline), (IN_HEADLINE, entry.headline), ("", entry.names), ("", entry.body)):
        for word in text.split():
            place += 1
            known = places.setdefault(lexeme(mark + word), [])
            if place <= _LAST_PLACE and len(known) < _MOST_PLACES:
                known.append(str(place))
        place += _APART
    told = [lexeme(each) for each in f"{entry.facets} {entry.parts}".split()]
    size = sum(len(each.encode()) for each in told)
    for word, known in places.items():
        size += len(word.encode()) + 4 * len(known)
        if size > _LARGEST:
            break
        told.append(f"{word}:{','.join(known)}" if known else word)
    return " ".join(told)
