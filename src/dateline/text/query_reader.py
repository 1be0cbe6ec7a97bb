"""Text → query. No text is an error: what is not understood is taken as words or passed over, and glossed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from dateline.text.almanac import days_of
from dateline.text.folding import fold
from dateline.text.queries import (
    FIELDS,
    Days,
    Either,
    Field,
    Gloss,
    Near,
    Not,
    Outcome,
    Part,
    Query,
    Term,
    parts_of,
    together,
    write,
)

LONGEST = 500
MOST_PARTS = 40
_DEEPEST = 6
_SHORTEST_PREFIX = 3
_GAP, _WIDEST_GAP = 10, 20
_ALIASES = {
    "title": "headline",
    "language": "lang",
    "tag": "topic",
    "country": "place",
    "organisation": "org",
    "organization": "org",
    "target": "recipient",
    "speaker": "said",
}
_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"\0": " "})
_PIECE = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<minus>[-−](?=[^\s)]))"
    r"|(?:(?P<field>[^\W\d_]+):)?(?P<stem>~)?(?:\"(?P<phrase>[^\"]*)(?P<end>\"\*?|$)|(?P<bare>[^\s()\"]*)))"
)


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text: letters and digits, whatever stands between them."""
    return tuple(_WORD.findall(fold(text)))


def read_query(said: str) -> Query:
    """Return what a query asks for, and a gloss for each of its pieces."""
    reader = _QueryReader(said.translate(_QUOTES)[:LONGEST])
    parts = [part for part in reader.run() if part is not None]
    return Query(said=" ".join(said.split()), part=together(parts), glosses=tuple(dict.fromkeys(reader.glosses)))


def narrowed(query: Query, part: Part) -> Query:
    """Return the query with one more part, in the reader's own words as far as they stay true."""
    wanted, told = together([*parts_of(query.part), part]), write(part)
    if isinstance(part, Field) and _takes_more(query.said) and len(query.said) + len(told) < LONGEST:
        return Query(said=f"{query.said} {told}", part=wanted)
    return _kept((f"{query.said} {told}", f"({query.said}) {told}"), wanted)


def widened(query: Query, part: Part) -> Query:
    """Return the query without one of its parts; the same where it has no such part."""
    wanted = together([each for each in parts_of(query.part) if each != part])
    return _kept((query.said.replace(write(part), ""),), wanted)


@lru_cache(maxsize=1_000)
def _takes_more(said: str) -> bool:
    """Tell whether a field written behind a query is one more part of it: a page asks for a hundred."""
    more = Field(name="is", words=("more",))
    return read_query(f"{said} {write(more)}").part == together([*parts_of(read_query(said).part), more])


def _kept(ways: Iterable[str], wanted: Part | None) -> Query:
    """Return the first text that asks for what is wanted, written anew where none does."""
    reads = (read_query(way) for way in (*ways, write(wanted)))
    return next((query for query in reads if query.part == wanted), Query(said=write(wanted), part=wanted))


@dataclass(slots=True)
class _Lexeme:
    """A piece of the text: ``kind`` is open, close, minus, or, near, or piece."""

    kind: str
    said: str
    gap: int = 0
    field: str = ""
    text: str = ""
    is_quoted: bool = False
    is_stem: bool = False
    is_prefix: bool = False


@dataclass(slots=True)
class _QueryReader:
    text: str
    glosses: list[Gloss] = field(default_factory=list)
    tokens: list[_Lexeme] = field(default_factory=list)
    at: int = 0
    parts: int = 0

    def run(self) -> list[Part | None]:
        self.tokens = self._cut()
        read: list[Part | None] = []
        while self.at < len(self.tokens):
            read.append(self._either(0))
            if self._is("close"):  # one that was never opened
                self.at += 1
        return read

    def _cut(self) -> list[_Lexeme]:
        tokens: list[_Lexeme] = []
        place = 0
        while found := _PIECE.match(self.text, place):
            if found.end() == place:
                break
            place = found.end()
            said = found[0].strip()
            if not said:
                continue
            kind = next((name for name in ("open", "close", "minus") if found[name]), "piece")
            tokens.append(self._token(kind, said, found))
        return tokens

    def _token(self, kind: str, said: str, found: re.Match[str]) -> _Lexeme:
        near = re.fullmatch(r"NEAR(?:/(\d{1,4}))?", said)
        if kind != "piece":
            return _Lexeme(kind, said)
        if said in ("OR", "|", "||"):
            return _Lexeme("or", said)
        if said in ("AND", "&", "&&", "+"):
            return _Lexeme("and", said)
        if said == "NOT":
            return _Lexeme("minus", said)
        if near:
            return _Lexeme("near", said, gap=min(int(near[1] or _GAP), _WIDEST_GAP))
        quoted = found["phrase"] is not None
        if quoted and not found["end"]:
            self._gloss(said, "unclosed")
        text = found["phrase"] if quoted else found["bare"] or ""
        starred = text.endswith("*") or (found["end"] or "").endswith("*")
        name = _ALIASES.get(fold(found["field"] or ""), fold(found["field"] or ""))
        return _Lexeme(
            "piece",
            said,
            field=name,
            text=text.rstrip("*"),
            is_quoted=quoted,
            is_stem=bool(found["stem"]),
            is_prefix=starred,
        )

    def _is(self, *kinds: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind in kinds

    def _next(self) -> _Lexeme:
        self.at += 1
        return self.tokens[self.at - 1]

    def _either(self, depth: int) -> Part | None:
        choices = [self._all(depth)]
        while self._is("or"):
            said = self._next().said
            choices.append(self._all(depth))
            if choices[-1] is None or choices[-2] is None:
                self._gloss(said, "nothing-beside")
            else:
                self._gloss(said, "either")
        kept = dict.fromkeys(
            each for part in choices if part for each in (part.parts if isinstance(part, Either) else (part,))
        )
        return next(iter(kept)) if len(kept) == 1 else Either(parts=tuple(kept)) if kept else None

    def _all(self, depth: int) -> Part | None:
        parts: list[Part] = []
        while self.at < len(self.tokens) and not self._is("or", "close"):
            if self._is("and"):
                self._next()
                continue
            part = self._one(depth)
            if part is not None and self.parts > MOST_PARTS:
                self._gloss(self.tokens[self.at - 1].said, "too-many")
            elif part is not None:
                parts.append(part)
        return together(parts)

    def _one(self, depth: int) -> Part | None:
        token = self._next()
        if token.kind == "minus":
            return self._not(token, depth)
        if token.kind == "open":
            return self._group(token, depth)
        if token.kind == "near":
            self._gloss(token.said, "nothing-beside")
            return None
        part = self._piece(token)
        return self._near(part) if isinstance(part, Term) and self._is("near") else part

    def _not(self, token: _Lexeme, depth: int) -> Part | None:
        if self.at >= len(self.tokens) or self._is("or", "close", "near", "and"):
            self._gloss(token.said, "nothing-beside")
            return None
        if depth > _DEEPEST:
            self._gloss(token.said, "too-deep")
            return self._one(depth)
        start = self.at
        part = self._one(depth + 1)
        if part is None:
            return None
        self._gloss(token.said + " ".join(each.said for each in self.tokens[start : self.at]), "not")
        return part.part if isinstance(part, Not) else Not(part=part)

    def _group(self, token: _Lexeme, depth: int) -> Part | None:
        if depth > _DEEPEST:
            self._gloss(token.said, "too-deep")
            return None
        part = self._either(depth + 1)
        if self._is("close"):
            self._next()
        else:
            self._gloss(token.said, "unclosed")
        return part

    def _near(self, one: Term) -> Part | None:
        """Read what stands near ``one``, and near that, as far as it goes."""
        pairs: list[Part] = []
        while self._is("near"):
            near = self._next()
            other = self._piece(self._next()) if self._is("piece") else None
            if not isinstance(other, Term) or one.headline != other.headline:
                self._gloss(near.said, "nothing-beside")
                pairs += [one] if not pairs else []
                return together([*pairs, *([other] if other else [])])
            pairs.append(Near(one=one, other=other, gap=near.gap))
            self._gloss(f"{' '.join(one.words)} {near.said} {' '.join(other.words)}", "near")
            one = other
        return together(pairs)

    def _piece(self, token: _Lexeme) -> Part | None:
        self.parts += 1
        name, words = token.field, words_of(token.text)
        if name == "date":
            return self._days(token)
        if name in FIELDS:
            self._gloss(token.said, "field" if words else "no-value")
            return Field(name=name, words=words) if words else None
        if name and name != "headline":
            self._gloss(token.said, "no-such-field")
            return self._term(token, words_of(f"{name} {token.text}"), headline=False)
        return self._term(token, words, headline=bool(name))

    def _term(self, token: _Lexeme, words: tuple[str, ...], *, headline: bool) -> Part | None:
        if not words:
            self._gloss(token.said, "no-value" if headline else "no-word")
            return None
        if token.is_prefix and len(words[-1]) < _SHORTEST_PREFIX:
            self._gloss(token.said, "too-short")
            token.is_prefix = False
        outcome: Outcome = "phrase" if len(words) > 1 else "words"
        if token.is_prefix:
            outcome = "prefix"
        elif token.is_stem:
            outcome = "stem"
        elif headline:
            outcome = "headline"
        self._gloss(token.said, outcome)
        is_stem = token.is_stem and not token.is_prefix
        return Term(words=words, is_prefix=token.is_prefix, is_stem=is_stem, headline=headline)

    def _days(self, token: _Lexeme) -> Part | None:
        first, mark, last = token.text.partition("..")
        start, end = days_of(first), days_of(last if mark else first)
        is_open = bool(mark) and (not first or not last) and bool(first or last)
        if (start is None or end is None) and not (is_open and (start or end)):
            self._gloss(token.said, "no-date")
            return None
        days = Days(first=start[0] if start else None, last=end[1] if end else None)
        if days.first and days.last and days.first > days.last:
            self._gloss(token.said, "no-date")
            return None
        self._gloss(token.said, "dates")
        return days

    def _gloss(self, said: str, outcome: Outcome) -> None:
        self.glosses.append(Gloss(said=said[:100], outcome=outcome))
