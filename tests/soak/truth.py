"""What an archive must hold after what it was shown, and how what it holds differs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.soak.model_feed import Issue, ModelFeed, Showing
from tests.soak.prose import likeness

Said = tuple[str, str]
# Two showings are one story's beyond doubt if they share a page, or so much of their words within so many days.
_ALIKE = 0.55
_NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which an archive is wrong. ``tale`` is 0 where it is about no one story."""

    kind: str
    tale: int
    detail: str


@dataclass(slots=True)
class Truth:
    """All that was shown and taken, in its order."""

    model: ModelFeed
    taken: list[tuple[datetime, Issue]] = field(default_factory=list)

    def take(self, at: datetime, issue: Issue) -> None:
        self.taken.append((at, issue))

    def showings(self) -> dict[int, list[tuple[datetime, Showing]]]:
        """Return what was shown of each story."""
        found: dict[int, list[tuple[datetime, Showing]]] = defaultdict(list)
        for at, issue in self.taken:
            for each in issue.showings:
                found[each.tale].append((at, each))
        return found

    def said(self) -> dict[int, list[Said]]:
        """Return what each story was seen to say, each time it said something else."""
        return {tale: _collapsed([each.said for _, each in shown]) for tale, shown in self.showings().items()}

    def loose(self) -> set[int]:
        """Return the stories that nobody could have followed: seen next without page or words they had before."""
        return {
            tale
            for tale, shown in self.showings().items()
            if any(not _is_anchored(each, [old for _, old in shown[:at]]) for at, (_, each) in enumerate(shown) if at)
        }

    def graves(self) -> tuple[set[int], set[int]]:
        """Return the stories that must be withdrawn, and those that may be."""
        must: set[int] = set()
        may: set[int] = set()
        bearer: dict[str, int] = {}
        for _, issue in self.taken:
            for grave in issue.tombstones:
                # A GUID is given again: who saw only its first bearer must take that one for withdrawn.
                may |= {grave.tale, bearer.get(grave.ref, grave.tale)}
                if bearer.get(grave.ref) == grave.tale:
                    must.add(grave.tale)
            bearer |= {each.guid: each.tale for each in issue.showings if each.guid}
        return must, may

    def unseen(self) -> int:
        """Return how many texts no complete answer ever showed."""
        seen = {said for all_said in self.said().values() for said in all_said}
        return len({text.said for tale in self.model.tales.values() for text in tale.texts} - seen)

    def history(self, tale: int) -> str:
        """Return what was done to a story, and each different way in which it was then seen."""
        lines = [f"story {tale}"]
        lines += [f"  tick {at}: {what}" for at, number, what in self.model.log if number == tale]
        last = None
        for at, each in self.showings().get(tale, []):
            now = (each.text, each.guid, each.page, each.published)
            if now != last:
                text = self.model.tales[tale].texts.index(each.text) + 1
                lines.append(
                    f"  seen {at:%d %H:%M}: text {text} “{each.text.headline}” guid {each.guid} link {each.link}"
                    f" dated {each.published:%d %H:%M}"
                )
            last = now
        return "\n".join(lines)

    # --- against the archive -----------------------------------------------------------------------

    def faults(self, records: dict[str, Any]) -> list[Fault]:
        """Return how ``records`` (by code: state, versions) differ from what was shown."""
        # A withdrawal of what was never seen is kept too, without words.
        held = {code: [_words(*each) for each in told["versions"] if each[1]] for code, told in records.items()}
        homes: dict[Said, set[str]] = defaultdict(set)
        for code, versions in held.items():
            for version in versions:
                homes[version].add(code)
        loose, found = self.loose(), list[Fault]()
        tenants: dict[str, set[int]] = defaultdict(set)
        for tale, shown in self.said().items():
            wanted = [_words(*each) for each in shown]
            lost = [each for each in wanted if not homes[each]]
            codes = set[str]().union(*(homes[each] for each in wanted))
            for code in codes:
                tenants[code].add(tale)
            if tale in loose:
                continue
            if lost:
                found.append(Fault("lost", tale, "; ".join(f"“{headline}”" for headline, _ in lost)))
            if len(codes) > 1:
                found.append(Fault("doubled", tale, f"records {', '.join(sorted(codes))}"))
            elif codes and not lost and _collapsed(held[code := codes.pop()]) != wanted:
                found.append(Fault("disordered", tale, _compared(wanted, _collapsed(held[code]), code)))
        found += [
            Fault("merged", min(tales), f"record {code} holds stories {sorted(tales)}")
            for code, tales in tenants.items()
            if len(tales) > 1
        ]
        return found + self._strangers(held) + self._wrong_graves(records, tenants)

    def _strangers(self, held: dict[str, list[Said]]) -> list[Fault]:
        told = {_words(*text.said) for tale in self.model.tales.values() for text in tale.texts}
        return [
            Fault("stranger", 0, f"record {code}: “{headline}” {text[:80]}")
            for code, versions in held.items()
            for headline, text in versions
            if (headline, text) not in told
        ]

    def _wrong_graves(self, records: dict[str, Any], tenants: dict[str, set[int]]) -> list[Fault]:
        must, may = self.graves()
        withdrawn = {tale for code, tales in tenants.items() if records[code]["state"] == "withdrawn" for tale in tales}
        return [Fault("not withdrawn", tale, "its withdrawal was shown") for tale in sorted(must - withdrawn)] + [
            Fault("wrongly withdrawn", tale, "no withdrawal of it was shown") for tale in sorted(withdrawn - may)
        ]


def _words(headline: str, text: str) -> Said:
    return " ".join(headline.split()), " ".join(text.split())


def _collapsed(said: list[Said]) -> list[Said]:
    return [each for at, each in enumerate(said) if at == 0 or each != said[at - 1]]


def _is_anchored(each: Showing, before: list[Showing]) -> bool:
    if each.page is not None and any(old.page == each.page for old in before):
        return True
    close = [old for old in reversed(before) if abs(old.published - each.published) <= _NEAR]
    texts = list(dict.fromkeys(old.text for old in close))
    return any(likeness(text, each.text) >= _ALIKE for text in texts)


def _compared(wanted: list[Said], kept: list[Said], code: str) -> str:
    names = {said: str(number) for number, said in reversed(list(enumerate(dict.fromkeys(wanted), start=1)))}
    seen, held = [names[each] for each in wanted], [names.get(each, "?") for each in kept]
    return f"record {code}: seen to say {' '.join(seen)}, kept as {' '.join(held)}"
