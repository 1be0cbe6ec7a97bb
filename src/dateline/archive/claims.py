"""Accusations, and the denials that answer them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from django.db.models import Q

from dateline.archive.dossiers import Cited, Mark, column
from dateline.archive.models import Entity, Record
from dateline.reading.charges import names_charge
from dateline.reading.comparing import is_same, words_of

MOST = 20
Tie = Literal["text", "accused", "named"]
_TIES: tuple[Tie, ...] = get_args(Tie)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A denial. ``tie`` is how it is known to answer.

    The ``text`` itself says what it answers; or it comes from one who is ``accused``, or it is ``named`` behind the
    accusation in the same story: it denies an accusation, and the text does not say which.
    """

    denial: Cited
    tie: Tie

    @property
    def is_direct(self) -> bool:
        return self.tie == "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One accusation: in the words it was found in first, how other stories of the event put it, what answers it."""

    accusation: Cited
    variants: tuple[Cited, ...]
    answers: tuple[Denial, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Some accusations, newest first; ``next`` is where to go on behind them, None at the end."""

    claims: tuple[Claim, ...]
    next: Mark | None


def board(
    *,
    entity: Entity | None = None,
    records: Collection[int] | None = None,
    after: Mark | None = None,
    most: int = MOST,
) -> Board:
    """Return all accusations, or those by or against ``entity``, or those told in ``records``, with their answers.

    A denial answers an accusation when its text says so, when in the same story, or another of the same event, it
    comes from one who is accused, or when later in the same story somebody denies "the accusation". Costs one look-up
    for the accusations and one for the denials around them.
    """
    if records is not None:
        ways = [Q(record__in=records, value="accuse")]  # by the index of records: without a kind, no other fits
    elif entity is not None:
        ways = [Q(entity=entity, kind="quote", value="accuse"), Q(other=entity, kind="quote", value="accuse")]
    else:
        ways = [Q(kind="quote", value="accuse")]
    accusations = column(ways, after=after, most=most)
    denials = _denials(accusations.found)
    claims: list[list[Cited]] = []
    for cited in accusations.found:
        home = next((claim for claim in claims if _is_variant(cited, claim[0])), None)
        if home is None:
            claims.append([cited])
        else:
            home.append(cited)
    return Board(claims=tuple(_claim(group, denials) for group in claims), next=accusations.next)


def _claim(group: Sequence[Cited], denials: Sequence[Cited]) -> Claim:
    first = min(group, key=lambda cited: (cited.record.published_at, cited.finding.pk))
    answers = [Denial(denial=denial, tie=tie) for denial in denials if (tie := _tie(denial, group))]
    answers.sort(key=lambda answer: _TIES.index(answer.tie))
    variants = tuple(cited for cited in group if cited is not first)
    return Claim(accusation=first, variants=variants, answers=tuple(answers))


def _tie(denial: Cited, group: Sequence[Cited]) -> Tie | None:
    here = [cited for cited in group if cited.record.pk == denial.record.pk]
    if denial.finding.answers:
        return "text" if any(cited.finding.fingerprint == denial.finding.answers for cited in here) else None
    is_near = here or denial.record.group_id in {cited.record.group_id for cited in group} - {None}
    by = set(denial.by)
    if is_near and any(by & set(cited.to) for cited in group):
        return "accused"
    is_behind = any(cited.finding.start < denial.finding.start and not by & set(cited.by) for cited in here)
    return "named" if is_behind and names_charge(denial.finding.label, denial.record.language) else None


def _denials(accusations: Iterable[Cited]) -> list[Cited]:
    """Return the denials in the stories of accusations and in the other stories of their events."""
    stories = {cited.record.pk for cited in accusations}
    groups = {cited.record.group_id for cited in accusations} - {None}
    beside = Record.objects.filter(group__in=groups).values_list("pk", flat=True)
    return list(column([Q(record__in=stories | set(beside), value="deny")], after=None, most=10 * MOST).found)


def _is_variant(one: Cited, other: Cited) -> bool:
    """Say whether two accusations are one told twice: of the same event, by and against the same, or in like words."""
    group = one.record.group_id
    if group is None or group != other.record.group_id:
        return False
    if is_same(words_of(one.finding.label), words_of(other.finding.label)):
        return True
    return bool(set(one.by) & set(other.by) and set(one.to) & set(other.to))
