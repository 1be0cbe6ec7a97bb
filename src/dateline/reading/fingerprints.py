"""What a finding is, whatever stands elsewhere in the text: the thing an editor's verdict hangs on."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from dateline.plain import to_plain
from dateline.story import Event, Mention, Moment, Place, Quote
from dateline.text.folding import fold
from dateline.text.spans import Span

# What a finding claims, beyond its words. Reasons and roles may be told better later without the claim changing;
# coordinates are rounded to about a kilometre for the same reason.
_CLAIMS = {
    Mention: ("kind", "entity"),
    Moment: ("type", "value"),
    Place: ("country", "geonameid"),
    Quote: ("speaker", "stance"),
    Event: ("type", "mode", "actors", "recipients", "modality"),
}


def fingerprint(finding: Mention | Moment | Place | Quote | Event, text: str) -> str:
    """Return 32 hex digits for a finding in ``text``.

    They are made of its kind, its paragraph, the words it covers and which occurrence of them in that paragraph it is,
    and what it claims. Offsets are no part of it: text added or cut in other paragraphs changes nothing.
    """
    spans = extent(finding)
    start = text.rfind("\n\n", 0, spans[0].start) + 2 if "\n\n" in text[: spans[0].start] else 0
    end = text.find("\n\n", spans[-1].end)
    paragraph = text[start : end if end >= 0 else len(text)]
    words = [span.of(text) for span in spans]
    occurrence = text.count(words[0], start, spans[0].start)
    claims = {name: to_plain(getattr(finding, name)) for name in _CLAIMS[type(finding)]}
    whole = (type(finding).__name__, _folded(paragraph), words, occurrence, claims)
    return blake2b(repr(whole).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def anchor(fingerprint: str) -> str:
    """Return what a story's page calls the first words of a finding: ``PATH#3a9c1b2e4f`` shows them."""
    return fingerprint[:10]


def extent(finding: Mention | Moment | Place | Quote | Event) -> tuple[Span, ...]:
    """Return the spans a finding covers, in text order."""
    if isinstance(finding, Quote):
        return tuple(sorted((*finding.source, *finding.cue, *finding.content)))
    return (finding.span,)


@lru_cache(maxsize=256)
def _folded(paragraph: str) -> str:
    # The findings of a paragraph are asked about one after the other.
    return fold(paragraph)
