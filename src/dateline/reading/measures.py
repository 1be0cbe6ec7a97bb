"""How good a reading is, beside gold: the measures the field uses, as pure functions.

A measure counts first and says its figures last. The counts of the stories (Tally) add up, so that figures of any
selection of stories are the figures of their sum: that is what the bootstrap asks for. Shares are in percent, rounded
to one place. Gold and predictions are plain data, as `dateline read --jsonl` writes them; offsets are code points.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]
Stories = Mapping[str, Plain]
Tally = Counter[Any]
Figures = dict[str, Any]

ROLES = ("source", "cue", "content")
KINDS = ("PER", "ORG", "LOC", "MISC")
NEAR = 161  # km: a hundred miles, the field's measure of a place found
FARTHEST = 20_039  # km: half the way around, for a place that was found and not placed
ALIKE = 0.5  # of the characters of two contents: intersection over union
# PLV tells no CONCEDE from RETREAT.
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_QUADS = (
    ("AGREE", "CONSULT", "SUPPORT"),
    ("COOPERATE", "AID", "YIELD"),
    ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
_QUAD = {name: number for number, names in enumerate(_QUADS, start=1) for name in names}
EVENT_TYPES = frozenset([*_QUAD, *_YIELD])


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: ``tallies`` counts each story, ``figures`` makes figures of a sum of counts."""

    tallies: Callable[[Stories, Stories], list[Tally]]
    figures: Callable[[Tally], Figures]


def share(part: float, whole: float) -> float:
    """Return a part in percent; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def prf(right_said: float, said: float, right_gold: float, gold: float) -> dict[str, float]:
    """Return precision, recall and F. What is right is counted on either side, for one may answer several."""
    p, r = (right_said / said if said else 0.0), (right_gold / gold if gold else 0.0)
    f = 200 * p * r / (p + r) if p + r else 0.0
    return {"p": round(100 * p, 1), "r": round(100 * r, 1), "f": round(f, 1)}


def _by_story(count: Callable[[Plain, Plain], Tally]) -> Callable[[Stories, Stories], list[Tally]]:
    return lambda gold, said: [count(line["gold"], said.get(key, {})) for key, line in gold.items()]


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _span(found: Plain) -> tuple[int, int]:
    return found["start"], found["end"]


# Quotes: spans by role (CofeNet's code), then whole attributions.


def _quotes(gold: Plain, said: Plain) -> Tally:
    n: Tally = Counter()
    mine, theirs = gold["quotes"], said.get("quotes", [])
    for role in ROLES:
        want = {tuple(span) for quote in mine for span in quote.get(role, ())}
        got = {tuple(span) for quote in theirs for span in quote.get(role, ())}
        n[role, "gold"], n[role, "said"], n[role, "exact"] = len(want), len(got), len(want & got)
        n[role, "begin"] = len({start for start, _ in want} & {start for start, _ in got})
        for span in want:
            touching = [_jaccard(span, other) for other in got if _shared(span, other)]
            n[role, "jaccard"] += max(touching, default=0)  # type: ignore[assignment]
        # A predicted span that touches no gold span counts as one more, with nothing in common.
        n[role, "spans"] = len(want) + sum(not any(_shared(span, other) for other in want) for span in got)
    told = [[each for each in quotes if each.get("content")] for quotes in (mine, theirs)]
    return n + _attributions(*told)


def _jaccard(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return _shared((one[0], one[1]), (other[0], other[1])) / (max(one[1], other[1]) - min(one[0], other[0]))


def _attributions(mine: list[Plain], theirs: list[Plain]) -> Tally:
    """Count whole attributions, those of each kind and stance apart, and those whose source is right."""
    n: Tally = Counter()
    for side, quotes in (("gold", mine), ("said", theirs)):
        for quote in quotes:
            n.update((part, side) for part in _parts(quote))
    contents = [[_characters(quote, "content") for quote in quotes] for quotes in (mine, theirs)]
    for x, y in _matched(*contents):
        n.update((part, "right gold") for part in _parts(mine[x]))
        n.update((part, "right said") for part in _parts(theirs[y]))
        source = _characters(mine[x], "source")
        if source:
            is_right = bool(source & _characters(theirs[y], "source"))
            for part in _parts(mine[x]):
                n[part, "with source"] += 1
                n[part, "source right"] += is_right
    return n


def _parts(quote: Plain) -> tuple[str, ...]:
    return ("attribution", *(f"{name} {quote[name]}" for name in ("kind", "stance") if quote.get(name)))


def _characters(quote: Plain, role: str) -> set[int]:
    return {at for start, end in quote.get(role, ()) for at in range(start, end)}


def _matched(mine: list[set[int]], theirs: list[set[int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of contents that are alike, one to one, the most alike first."""
    # Candidates by character, not every pair: a long page has thousands.
    holders = defaultdict(set)
    for y, characters in enumerate(theirs):
        for at in characters:
            holders[at].add(y)
    likely = (
        (len(one & theirs[y]) / len(one | theirs[y]), x, y)
        for x, one in enumerate(mine)
        for y in {y for at in one for y in holders.get(at, ())}
    )
    left, right = set(range(len(mine))), set(range(len(theirs)))
    for likeness, x, y in sorted(likely, reverse=True):
        if likeness >= ALIKE and x in left and y in right:
            left.remove(x)
            right.remove(y)
            yield x, y


def _quote_figures(n: Tally) -> Figures:
    told: Figures = {}
    for role in ROLES:
        exact, begin = n[role, "exact"], n[role, "begin"]
        told[role] = {
            "exact": prf(exact, n[role, "said"], exact, n[role, "gold"]),
            "begin_f": prf(begin, n[role, "said"], begin, n[role, "gold"])["f"],
            "jaccard": share(n[role, "jaccard"], n[role, "spans"]),
        }
    told |= _attribution_figures(n, "attribution")
    # By kind, and denials and accusations apart: only what the gold tells of.
    for part in ("kind direct", "kind mixed", "kind indirect", "stance deny", "stance accuse"):
        if n[part, "gold"]:
            told[part.split()[1]] = _attribution_figures(n, part)
    return told


def _attribution_figures(n: Tally, part: str) -> Figures:
    return {
        "attribution": prf(n[part, "right said"], n[part, "said"], n[part, "right gold"], n[part, "gold"]),
        "source_given_content": share(n[part, "source right"], n[part, "with source"]),
    }


# Dates: TempEval-3, task A; the story's date is given.

_ZEROS = re.compile(r"(?<=W)0(?=\d)")


def normalised(value: str) -> str:
    """Return a TIMEX3 value in one spelling of those that mean the same (P12M: P1Y, PT24H: P1D, W02: W2, -XX: none)."""
    value = _ZEROS.sub("", re.sub(r"(-XX)+$", "", value))
    for unit, many, greater in (("P{}M", 12, "P{}Y"), ("PT{}H", 24, "P{}D"), ("PT{}M", 60, "PT{}H")):
        found = re.fullmatch(unit.format(r"(\d+)"), value)
        if found and int(found[1]) and int(found[1]) % many == 0:
            return normalised(greater.format(int(found[1]) // many))
    return value


def _dates(gold: Plain, said: Plain) -> Tally:
    mine, theirs = gold["moments"], said.get("moments", [])
    exact = {_span(each) for each in theirs}
    n: Tally = Counter(gold=len(mine), said=len(theirs), strict=sum(_span(each) in exact for each in mine))
    for side, these, those in (("gold", mine, theirs), ("said", theirs, mine)):
        for each in these:
            touching = [other for other in those if _shared(_span(each), _span(other))]
            if not touching:
                continue
            best = max(touching, key=lambda other: _shared(_span(each), _span(other)))
            n["relaxed", side] += 1
            n["type", side] += best["type"] == each["type"]
            n["value", side] += best["value"] == each["value"]
            n["normalised", side] += normalised(best["value"]) == normalised(each["value"])
    return n


def _date_figures(n: Tally) -> Figures:
    by = {
        name: prf(n[name, "said"], n["said"], n[name, "gold"], n["gold"])
        for name in ("relaxed", "type", "value", "normalised")
    }
    return {
        "gold": n["gold"],
        "predicted": n["said"],
        "strict": prf(n["strict"], n["said"], n["strict"], n["gold"]),
        "relaxed": by["relaxed"],
        "type_f": by["type"]["f"],
        "value": by["value"],
        "value_normalised": by["normalised"],
    }


# Places: recognition over exact spans; geocoding over those gold names that have coordinates.


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the way between two places over a round earth (haversine)."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


def _places(gold: Plain, said: Plain) -> Tally:
    theirs = said.get("places", [])
    every = {_span(each) for each in gold["places"]}
    placed = [each for each in gold["places"] if each["lat"] is not None]
    fixed = {_span(each) for each in placed}
    at = {_span(each): each for each in theirs}
    n: Tally = Counter(gold=len(every), said=len(theirs), found=len(every & at.keys()), placed=len(placed))
    # Where gold knows no coordinates, a prediction is neither right nor wrong end to end.
    n["judged"] = sum(_span(each) not in every or _span(each) in fixed for each in theirs)
    for each in placed:
        found = at.get(_span(each))
        if found is None:
            continue
        away = float(FARTHEST)
        if found.get("lat") is not None:
            away = kilometres(each["lat"], each["lon"], found["lat"], found["lon"])
        n["matched"] += 1
        n["near"] += away <= NEAR
        n["km", away] += 1
    return n


def _place_figures(n: Tally) -> Figures:
    away = sorted(key[1] for key in n.elements() if isinstance(key, tuple))
    return {
        "recognition": prf(n["found"], n["said"], n["found"], n["gold"]),
        "acc161_of_matched": share(n["near"], n["matched"]),
        "end_to_end": prf(n["near"], n["judged"], n["near"], n["placed"]),
        "median_km": round(away[len(away) // 2], 1) if away else None,
    }


# Names: exact span and kind (conlleval).


def _names(gold: Plain, said: Plain) -> Tally:
    want = {(*_span(each), each["kind"]) for each in gold["mentions"]}
    got = {(*_span(each), each["kind"]) for each in said.get("mentions", ())}
    n: Tally = Counter()
    for side, found in (("gold", want), ("said", got), ("right", want & got)):
        n.update((kind, side) for _, _, kind in found)
    return n


def _name_figures(n: Tally) -> Figures:
    def over(*kinds: str) -> dict[str, float]:
        right, said, gold = (sum(n[kind, side] for kind in kinds) for side in ("right", "said", "gold"))
        return prf(right, said, right, gold)

    return {**{kind: over(kind) for kind in KINDS}, "PER+ORG+LOC": over("PER", "ORG", "LOC")}


# Relations between marked pairs, and the events of single sentences.


def _root(name: str) -> str:
    return _YIELD.get(name, name)


def _pairs(gold: Plain, said: Plain) -> Tally:
    n: Tally = Counter()
    answers = said.get("pairs", [])
    for number, want in enumerate(gold["pairs"]):
        got = _root((answers[number].get("type") if number < len(answers) else None) or "NONE")
        quad = _QUAD.get(got, 0)
        n["pairs"] += 1
        for measure, true, told in (
            ("root", _root(want["type"]), got),
            ("quad", want["quad"], quad),
            ("binary", want["quad"] > 2, None if not quad else quad > 2),
        ):
            n[measure, "gold", true] += 1
            n[measure, "said", told] += 1
            n[measure, "right", true] += true == told
            n[measure, "right"] += true == told
    return n


def _pair_figures(n: Tally) -> Figures:
    told: Figures = {"n": n["pairs"], "root_macro_f": _macro(n, "root")}
    told["root_acc"] = share(n["root", "right"], n["pairs"])
    told |= {f"{measure}_macro_f": _macro(n, measure) for measure in ("quad", "binary")}
    sides = ("gold", "right", "said")
    told["gold_right_said"] = {label: [n["root", side, label] for side in sides] for label in _labels(n, "root")}
    return told


def _labels(n: Tally, measure: str) -> list[Any]:
    """Return the labels gold has, in one order always: a mean between two tenths is rounded by the order of its sum."""
    return sorted((key[2] for key in n if isinstance(key, tuple) and key[:2] == (measure, "gold") and n[key]), key=repr)


def _macro(n: Tally, measure: str) -> float:
    """Return the mean F over the labels gold has."""
    each = []
    for label in _labels(n, measure):
        right, said, gold = (n[measure, side, label] for side in ("right", "said", "gold"))
        each.append(prf(right, said, right, gold)["f"])
    return round(sum(each) / len(each), 1) if each else 0.0


def _sentences(gold: Plain, said: Plain) -> Tally:
    want, got = {_root(name) for name in gold["majority"]}, {_root(event["type"]) for event in said.get("events", ())}
    return Counter(
        gold=bool(want), said=bool(got), both=bool(want and got),
        gold_types=len(want), said_types=len(got), right_types=len(want & got),
    )  # fmt: skip


def _sentence_figures(n: Tally) -> Figures:
    return {
        "event_or_not": prf(n["both"], n["said"], n["both"], n["gold"]),
        "types": prf(n["right_types"], n["said_types"], n["right_types"], n["gold_types"]),
    }


# Stories of one event: B-cubed and pairs. A story without a cluster stands alone.


def _same_event(gold: Stories, said: Stories) -> list[Tally]:
    event = {key: line["gold"]["event"] for key, line in gold.items()}
    cluster = {key: said.get(key, {}).get("cluster", key) for key in gold}
    events, clusters = Counter(event.values()), Counter(cluster.values())
    both = Counter((event[key], cluster[key]) for key in gold)
    counts = []
    for key in gold:
        together = both[event[key], cluster[key]]
        told, meant = clusters[cluster[key]], events[event[key]]
        tally: Tally = Counter(stories=1, right=together - 1, said=told - 1, gold=meant - 1)
        tally["precision"], tally["recall"] = together / told, together / meant  # type: ignore[assignment]
        counts.append(tally)
    return counts


def _same_event_figures(n: Tally) -> Figures:
    stories = n["stories"]
    return {
        "b_cubed": prf(n["precision"], stories, n["recall"], stories),
        "pairs": prf(n["right"], n["said"], n["right"], n["gold"]),
    }


TASKS: dict[str, Measure] = {
    "quotes": Measure(_by_story(_quotes), _quote_figures),
    "dates": Measure(_by_story(_dates), _date_figures),
    "places": Measure(_by_story(_places), _place_figures),
    "names": Measure(_by_story(_names), _name_figures),
    "pairs": Measure(_by_story(_pairs), _pair_figures),
    "sentences": Measure(_by_story(_sentences), _sentence_figures),
    "same-event": Measure(_same_event, _same_event_figures),
}


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of counts."""
    whole: Tally = Counter()
    for each in tallies:
        whole.update(each)
    return whole
