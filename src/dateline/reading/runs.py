"""Whole names where the parser saw half of one or none."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from functools import cache

from dateline.reading import authority
from dateline.reading.edges import Named, Taken, is_money, is_title, name_words, single_titles
from dateline.reading.kinds import listed, told_by_words
from dateline.reading.words import WORD, Words
from dateline.story import Kind
from dateline.text.spans import Span

_LONGEST = 9


def runs(words: Words) -> Iterator[tuple[Span, Named]]:
    """Yield the names that a telling word ends ("Rocky Point Airport") or begins ("Ministry of Public Works")."""
    number = 0
    while number < len(words.spans):
        word = words.said(number)
        first = last = number
        if words.in_headline(number):
            pass
        elif word[:1].isupper() and word.casefold() in name_words("words", "heads"):
            last = _run_on(words, number)
        elif word[:1].isupper() and word.casefold() in _telling():
            first, last = _back(words, number), _on(words, number)
        if last > first:
            span = Span(words.spans[first].start, words.spans[last].end)
            if (kind := told_by_words(span.of(words.text))) is not None:
                yield span, Named(kind, f"capitalised words that go with “{word}”")
                number = last
        number += 1


@cache
def _telling() -> frozenset[str]:
    kinds = ("ORG", "LOC", "MISC")
    return frozenset().union(*(name_words("last", kind) for kind in kinds))


def _back(words: Words, number: int) -> int:
    """Return the first word of the name that a telling word ends."""
    first = number
    while number - first < _LONGEST and words.joined(first - 1) and words.capital(first - 1):
        before = words.said(first - 1)
        owner = before[-2:] in ("'s", "’s")
        if owner and before[:-2].casefold() not in name_words("words", "owners"):
            break
        if is_title(before) and not _is_owned(words.said(first)):
            break
        if words.opens_sentence(first - 1) and before.casefold() in name_words("words", "openers"):
            break
        first -= 1
    while first < number and (
        words.said(first)[:1].isdigit() or words.said(first).casefold() in name_words("words", "openers")
    ):
        first += 1
    return first


def _run_on(words: Words, number: int) -> int:
    """Return the last of the capitalised words that follow a word without a break."""
    last = number
    while last - number < _LONGEST and words.gap(last) == " " and words.said(last + 1)[:1].isupper():
        last += 1
    return last


def _is_owned(word: str) -> bool:
    """ "General's" of "Attorney General's Office" makes the title part of the name."""
    return word[-2:] in ("'s", "’s")


def _on(words: Words, number: int) -> int:
    """Return the last word of the name that a telling word begins: "Ministry of Labour and Employment"."""
    last = number
    while words.joined(last) and words.capital(last + 1) and words.said(last + 1).casefold() in _telling():
        last += 1
    of = words.said(last + 1)
    if of not in ("of", "for") or not words.joined(last) or not words.joined(last + 1):
        return last
    step = last + 2
    if words.said(step) == "the" and words.joined(step):
        step += 1
    if not words.capital(step):
        return last
    last = step
    while words.joined(last):
        if words.capital(last + 1):
            last += 1
        elif (
            words.said(last + 1) in ("and", "&")
            and words.joined(last + 1)
            and words.capital(last + 2)
            and words.said(number) in ("Ministry", "Department")
        ):
            last += 2
        else:
            break
    return last


def widened(found: dict[Span, Named], words: Words) -> dict[Span, Named]:
    """Return the entities, and the whole names of which some are a part."""
    whole = dict(found)
    spans = sorted(found)
    starts = [span.start for span in spans]
    for run, named in runs(words):
        place = bisect(starts, run.start)
        touched = [span for span in spans[max(0, place - 1) : place + 6] if span.overlaps(run)]
        if any(not run.holds(span) for span in touched):
            continue
        for span in touched:
            whole.pop(span, None)
        whole[run] = named
    taken = Taken(whole)
    for span in [span for span, named in whole.items() if named.kind == "PER"]:
        grown = _grown(span, words, taken)
        if grown != span:
            del whole[span]
            whole[grown] = Named("PER", f"a name the parser saw a part of: “{span.of(words.text)}”")
            taken.take(grown)
    return whole


def _grown(span: Span, words: Words, taken: Taken) -> Span:
    """Return a person's name with the words that go on it on either side: "Jae" of "Moon Jae-in"."""
    first, last = words.at(span.start), words.at(span.end - 1)
    if first < 0 or words.spans[last].end != span.end:
        return span
    while words.joined(last) and last - first < 6 and not taken.touches(words.spans[last + 1]):
        if words.in_headline(last):
            break
        after, gap = words.said(last + 1), words.text[words.spans[last].end : words.spans[last + 1].start]
        small = (
            after.isalpha() and after.islower() and (gap == "-" or (gap == " - " and len(after) < 6 and first < last))
        )
        name = after[:1].isupper() and gap in (" ", "-", " - ") and not _is_no_name(after)
        if not (small or name):
            break
        last += 1
    while words.joined(first - 1) and last - first < 6 and not taken.touches(words.spans[first - 1]):
        before, gap = words.said(first - 1), words.text[words.spans[first - 1].end : words.spans[first].start]
        if not before[:1].isupper() or gap not in (" ", "-", " - ", "’ ") or _is_no_name(before):
            break
        if gap == " " and before.casefold() not in name_words("words", "lead"):
            break
        first -= 1
    return Span(min(span.start, words.spans[first].start), words.spans[last].end)


def titled(found: dict[Span, Named], words: Words) -> dict[Span, Named]:
    """Return the persons behind a title whom the parser did not see: "Prime Minister Kolar"."""
    taken, more = Taken(found), {}
    for number in range(len(words.spans) - 1):
        title = words.said(number)
        if not title[:1].isupper() or words.gap(number) != " " or title.casefold() not in single_titles():
            continue
        last = number
        while words.gap(last) == " " and words.said(last + 1)[:1].isupper() and not _is_no_name(words.said(last + 1)):
            last += 1
        # "Deputy Prime Minister": one title before another.
        if last == number or words.in_headline(number) or words.said(last + 1).casefold() in single_titles():
            continue
        span = Span(words.spans[number + 1].start, words.spans[last].end)
        if len(span) > 2 and words.stands_alone(span) and not taken.touches(span):
            more[span] = Named("PER", f"behind the title “{title}”")
    return more


def _is_no_name(word: str) -> bool:
    low = word.casefold()
    return (
        is_title(word)
        or low in name_words("words", "openers")
        or low in name_words("words", "common")
        or low in _telling()
        or (word.isupper() and len(word) > 2)
        or listed(word) is not None
    )


_INITIALS = re.compile(r"(?<![\w@#/.-])[A-Z][A-Z0-9&]*[A-Z](?![\w/@=-])")
_INTRODUCED = re.compile(r"\s\(\s?(?:the\s)?[“\"‘']?([A-Z][A-Za-z&-]*[A-Z])[”\"’']?\s?[,;)]")


def introduced(found: Iterable[Span], text: str) -> dict[str, str]:
    """Return the short forms a story gives names in brackets, "Ruritanian Sheep Board (RSB)", with the long forms."""
    short: dict[str, str] = {}
    for span in sorted(found):
        if (given := _INTRODUCED.match(text, span.end)) and _stands_for(given[1], span.of(text)):
            short.setdefault(given[1], span.of(text))
    return short


def _stands_for(short: str, name: str) -> bool:
    """Say whether the letters of a short form stand in the name in their order, and its first letter first."""
    letters = iter(name.casefold())
    return name[:1].casefold() == short[:1].casefold() and all(
        letter in letters for letter in short.casefold() if letter.isalpha()
    )


def repeated(kinds: dict[Span, Named], short: dict[str, str], words: Words) -> dict[Span, Named]:
    """Return where a name of the story stands again and was not seen."""
    again = _to_look_for(kinds, short, words.text)
    first: dict[str, list[str]] = {}
    for name in sorted(again, key=len, reverse=True):
        if (head := WORD.match(name)) is not None:
            first.setdefault(head[0], []).append(name)
    taken, more = Taken(kinds), {}
    for span in words.spans:
        for name in first.get(span.of(words.text), ()):
            place = Span(span.start, span.start + len(name))
            if place.of(words.text) == name and words.stands_alone(place):
                if not taken.touches(place) and not is_money(place, words.text):
                    more[place] = again[name]
                    taken.take(place)
                break
    return more


def _to_look_for(kinds: dict[Span, Named], short: dict[str, str], text: str) -> dict[str, Named]:
    again: dict[str, Named] = {}
    of: dict[str, Kind] = {}
    for span, named in kinds.items():
        name = span.of(text)
        of.setdefault(name, named.kind)
        if named.kind != "MISC" and len(span) > 1:
            again.setdefault(name, Named(named.kind, "named elsewhere in this story"))
    for form, name in short.items():
        again[form] = Named(of.get(name, "ORG"), f"short for {name}")
    return again


def initialisms(kinds: Iterable[Span], words: Words) -> dict[Span, Named]:
    """Return the names in capitals that nobody introduced: most are of a body, some are places at a line's head."""
    taken, more, text = Taken(kinds), {}, words.text
    for match in _INITIALS.finditer(text):
        span, said = Span(*match.span()), match[0]
        if len(said) < 3 or said.casefold() in name_words("words", "common") or taken.touches(span):
            continue
        in_brackets = text[max(0, span.start - 1) : span.start] == "("
        if authority.is_capital(said) or authority.country_of(said) or (in_brackets and authority.is_code(said)):
            more[span] = Named("LOC", "in our lists")
        elif len(said) < 8 and said.casefold() not in words.small and not _in_capitals(span, text):
            more[span] = Named("ORG", "initials, as bodies have them")
    return more


def _in_capitals(span: Span, text: str) -> bool:
    """Say whether a word stands among others in capitals: in a headline, or shouted."""
    around = text[max(0, span.start - 30) : span.start] + text[span.end : span.end + 30]
    letters = [char for char in around if char.isalpha()]
    return sum(map(str.isupper, letters)) * 2 > len(letters)
