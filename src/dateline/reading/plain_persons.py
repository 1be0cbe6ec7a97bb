"""Persons without a parser: a capitalised word is one only with evidence, as in German every noun is capitalised.

The evidence is an office or honorific before it, a common given name, or a verb of saying before it; the whole
story then knows the surname.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from dateline.reading.plain_words import Piece, PlainWords

# How many of the words behind an office may be given names, initials and particles before the surname.
_LONGEST = 6
# Ends a sentence or what is said: what follows begins anew.
_ENDS = '.,?!“”"«»'


class Person(NamedTuple):
    """A person where it is named: the first piece and the one behind the last, and what shows it is one."""

    first: int
    last: int
    full: bool
    why: str


class Persons:
    """Looks for persons among the pieces of one text."""

    def __init__(self, text: str, pieces: list[Piece], known: PlainWords) -> None:
        self.text = text
        self.pieces = pieces
        self.known = known
        self.counts: dict[tuple[str, str], int] = {}
        self.acting: set[str] = set()
        does = known.says | known.acts
        for place, (one, other) in enumerate(pairwise(pieces)):
            self.counts[one.text, other.text] = self.counts.get((one.text, other.text), 0) + 1
            if one.text in does and other.text[0].isupper():
                self.acting.add(other.text)
            elif other.text in does and one.text[0].isupper() and (not place or pieces[place - 1].text in _ENDS):
                self.acting.add(one.text)

    def all(self) -> list[Person]:
        """Return the persons in text order; none overlaps another."""
        found: list[Person] = []
        place = 0
        while place < len(self.pieces):
            person = self._at(place)
            if person is None:
                place += 1
            else:
                found.append(person)
                place = person.last
        return found

    def _at(self, place: int) -> Person | None:
        """Return the person whose name begins at a piece, or right behind it where that is an office or a verb."""
        if end := self._chain(place):
            return Person(place, end, True, f"“{self.pieces[place].text}” is a given name")
        word, behind = self.pieces[place].text, self._behind(place)
        if word == "," and self._names_office(place) and (end := self._inserted(place + 1)):
            return Person(place + 1, end, True, "between commas, behind an office")
        if behind is None or not self._is_name(behind):
            return None
        if word in self.known.honorifics or (self._office(word) and not self._has_article(place)):
            end = self._chain(behind) or self._two(behind) or self._one(behind)
            return Person(behind, end, end - behind > 1, f"named with “{word}”")
        if self._office(word) or word in self.known.callings or word in self.known.ages:
            if end := self._chain(behind) or self._two(behind, surely=self._is_subject(place)):
                return Person(behind, end, True, f"named with “{word}”")
            return None
        inverted = place > 0 and self.pieces[place - 1].text in _ENDS
        if inverted and word in self.known.tells and self._ends_phrase(self._one(behind)):
            return Person(behind, self._one(behind), False, f"“{word}” with a name and no article behind it")
        return None

    def _behind(self, place: int) -> int | None:
        """Return the piece behind one, past the stop of an abbreviation, where only a blank divides them."""
        behind = place + 1
        if behind < len(self.pieces) and self.pieces[behind].text == "." and len(self.pieces[place].text) < 5:
            behind += 1
        return behind if self._is_beside(behind) else None

    def _is_beside(self, place: int) -> bool:
        if not 0 < place < len(self.pieces):
            return False
        between = self.text[self.pieces[place - 1].end : self.pieces[place].start]
        return between in (" ", "\u00a0")

    def _is_capital(self, place: int) -> bool:
        return place < len(self.pieces) and self.pieces[place].text[0].isupper()

    def _is_name(self, place: int) -> bool:
        """Say whether a capitalised word may be a surname: no office, no name of the lists, no shape of a noun."""
        if not self._is_capital(place):
            return False
        word = self.pieces[place].text
        known = self.known
        if self._office(word) or word in known.callings or word in known.unnamed or word in known.speaking_bodies:
            return False
        if word in known.honorifics or word.lower() in known.determiners or known.at(self.pieces, place):
            return False
        return len(word) > 1 and not word.endswith(known.noun_endings)

    def _one(self, place: int) -> int:
        """Return the end of one name, hyphens included: "Kramp-Karrenbauer"."""
        end = place + 1
        while (
            end + 1 < len(self.pieces)
            and self.pieces[end].text in "-‑"
            and self.pieces[end].start == self.pieces[end - 1].end
            and self.pieces[end + 1].start == self.pieces[end].end
            and self._is_capital(end + 1)
        ):
            end += 2
        return end

    def _chain(self, place: int) -> int | None:
        """Return the end of a name that begins with a given name: "Frank-Walter Steinmeier", "Ursula von der Leyen"."""
        known, pieces = self.known, self.pieces
        word = pieces[place].text
        if place and pieces[place - 1].text in "-‑" and pieces[place - 1].end == pieces[place].start:
            return None
        family_first = word in known.family_first
        if word not in known.given and not family_first:
            return None
        end, sure = self._one(place), False
        while end < len(pieces) and end - place < _LONGEST and self._is_beside(end):
            word = pieces[end].text
            if len(word) == 1 and word.isupper() and end + 1 < len(pieces) and pieces[end + 1].text == ".":
                end += 2
            elif word in known.particles:
                if joined := self._joined(end):
                    return joined
                end += 1
            elif word in known.given and not known.at(pieces, end):
                end, sure = self._one(end), True
            elif self._is_name(end):
                end = self._one(end)
                if family_first and self._is_beside(end) and self._is_name(end) and len(pieces[end].text) < 5:
                    end = self._one(end)
                return end
            else:
                break
        return end if sure and self._is_capital(end - 1) else None

    def _joined(self, place: int) -> int | None:
        """Return the end of "al-Assad", whose particle is joined to the name."""
        if place + 2 < len(self.pieces) and self.pieces[place + 1].text == "-" and self._is_capital(place + 2):
            return self._one(place + 2)
        return None

    def _two(self, place: int, *, surely: bool = False) -> int | None:
        """Return the end of two names of which the first is no given name we know, where the text shows they are one.

        It does by saying them twice, or by going on behind them as only a whole phrase does: "Präsident Putin
        Sanktionen angekündigt" is a name and a noun. ``surely`` says that nothing else can stand there.
        """
        end = self._one(place)
        while end < len(self.pieces) and self._is_beside(end) and self.pieces[end].text in self.known.particles:
            if joined := self._joined(end):
                return joined
            end += 1
        if not (self._is_beside(end) and self._is_name(end)):
            return None
        twice = self.counts.get((self.pieces[end - 1].text, self.pieces[end].text), 0) > 1
        behind = self._one(end)
        if self._is_beside(behind) and self._is_capital(behind):
            return behind  # of three the last is the noun: "Präsident Taras Kowalenko Sanktionen"
        acts = self.pieces[end].text in self.acting and self.pieces[place].text not in self.acting
        return behind if twice or acts or self._ends_phrase(behind, strictly=not surely) else None

    def _ends_phrase(self, place: int, *, strictly: bool = False) -> bool:
        """Say whether what stands at a piece can follow a whole name: a mark, a verb of saying, any word in small."""
        if place >= len(self.pieces):
            return True
        word = self.pieces[place].text
        if word in self.known.says or word in self.known.acts or word in ',.;:()?!“”"»«–—':
            return True
        return not strictly and word[0].islower()

    def _names_office(self, comma: int) -> bool:
        """Say whether an office or a calling stands before a comma: "Der Bürgermeister der Stadt, Odd Berg, …"."""
        for place in range(comma - 1, max(-1, comma - 6), -1):
            word = self.pieces[place].text
            if not word[0].isalpha():
                return False
            if self._office(word) or word in self.known.callings:
                return self._has_article(place) and not (place + 1 < comma and self._chain(place + 1))
        return False

    def _inserted(self, place: int) -> int | None:
        """Return the end of two or three names that a comma closes."""
        end = place
        while end < len(self.pieces) and end - place < _LONGEST and self._is_beside(end) and self._is_name(end):
            end = self._one(end)
        closed = end < len(self.pieces) and self.pieces[end].text == ","
        return end if closed and end - place > 1 else None

    def _office(self, word: str) -> bool:
        return self.known.office(word) is not None

    def _is_subject(self, place: int) -> bool:
        """Say whether the phrase around an office opens its sentence or follows a verb of saying.

        What stands between its article and the verb is then one phrase: "Der Student Radim Blaha hielt …".
        """
        start = place
        while start and place - start < 5 and self.pieces[start].text.lower() not in self.known.determiners:
            start -= 1
        if self.pieces[start].text.lower() not in self.known.determiners:
            return False
        before = self.pieces[start - 1] if start else None
        return before is None or before.text in _ENDS or before.text in self.known.says or self._new_line(start)

    def _new_line(self, place: int) -> bool:
        return "\n" in self.text[self.pieces[place - 1].end : self.pieces[place].start]

    def _has_article(self, place: int) -> bool:
        """Say whether an article stands right before an office: "der Präsident" is followed by no bare surname."""
        return place > 0 and self.pieces[place - 1].text.lower() in self.known.determiners
