"""Cues that are no verbs: the colon of a headline or a transcript, and "according to"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.reading.cues import Cue
from dateline.reading.cuewords import listed
from dateline.reading.extents import end_of, stretch
from dateline.reading.frames import Framed
from dateline.reading.marks import OPENING, paragraphs
from dateline.reading.voices import Voice, phrase_as_source
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# "Lee on Tariffs: ‘We Will Pay’", "EXCLUSIVE – Ann Lee: No Deal": who speaks stands between the dash and "on".
_SPEAKER = re.compile(
    r"(?:[^\n:]{1,30}\s[–—-]\s)?(?P<who>[^\n:–—]{2,60}?)"
    r"(?:\s(?:on|On|to|at|in|after|re)\s[^\n:]{1,60})?(?P<colon>:)\s+(?=\S)"
)
# Beyond this many characters a first paragraph is none; fewer words behind a colon are a label's.
_HEADLINE, FEWEST_WORDS = 180, 3
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def colon_cues(doc: Doc) -> Iterator[Cue]:
    """Yield the colons of headlines and transcripts as cues."""
    text = doc.text  # spaCy builds it anew each time.
    for number, paragraph in enumerate(paragraphs(text)):
        found = _SPEAKER.match(text, paragraph.start, paragraph.end)
        if found is None:
            continue
        who = doc.char_span(*found.span("who"))
        headline = number == 0 and len(paragraph) < _HEADLINE
        marked = text[found.end()] in OPENING
        if who is None or not _may_speak(list(who), headline=headline or marked):
            continue
        said = Span(found.end(), paragraph.end)
        while said.end > said.start and text[said.end - 1] in (" .\xa0" if headline else " \xa0"):
            said = Span(said.start, said.end - 1)
        if len(said.of(text).split()) >= FEWEST_WORDS:
            source, mark = Span(*found.span("who")), Span(*found.span("colon"))
            yield Cue(who.root, "say", mark, Voice(who.root, source), Framed((said,), "what stands behind a colon"))


def according_to(doc: Doc) -> Iterator[Cue]:
    """Yield each "according to" with what its sentence says."""
    for token in doc[:-1]:
        if token.lower_ != "according" or token.nbor().lower_ != "to":
            continue
        head = next((child for child in token.nbor().children if child.dep_ == "pobj"), None)
        if head is None:
            continue
        source = phrase_as_source(head, token)
        before, behind = token.sent.start, source.head.right_edge.i + 1
        parts = [doc[before : token.i], doc[behind : token.sent.end]]
        longer = max(parts, key=len)
        said = stretch(longer[0], longer[-1]) if len(longer) else None
        if said is not None:
            yield Cue(token, "say", Span(token.idx, end_of(token.nbor())), source, Framed((said,), "its sentence"))


def _may_speak(who: list[Token], *, headline: bool) -> bool:
    """Say whether words before a colon name a speaker: in a headline a name, in a transcript a name in capitals."""
    words = [token for token in who if token.is_alpha]
    if (
        not words
        or any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in who)
        or any(token.like_num for token in who)
    ):
        return False
    if any(token.lower_ in listed("words", "labels") for token in words):
        return False
    if headline:
        named = any(token.tag_ in ("NNP", "NNPS") or token.lower_ in listed("words", "reports") for token in words)
        return len(words) <= 8 and (named or all(token.is_title or token.is_upper for token in words))
    return len(words) <= 4 and all(token.is_upper for token in words)
