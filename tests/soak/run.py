"""One long run: a publisher that changes, a server that misbehaves, a worker that is killed; then the reckoning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from tests.soak.feed_server import Answer, FeedServer
from tests.soak.model_feed import TICK, ModelFeed
from tests.soak.newsroom import Newsroom, WorkerDied
from tests.soak.truth import Fault, Truth

_SOONEST = timedelta(minutes=3)  # longer than the leases of a worker that was killed
_NOT_ASKED = ("held off", "claimed")


@dataclass(frozen=True, slots=True)
class Visited:
    """One poll as it was seen from outside: when, what it was answered, what it said of itself."""

    at: datetime
    answers: tuple[Answer, ...]
    reply: dict[str, Any] | None
    killed: bool = False


@dataclass(slots=True)
class Soak:
    """A run of ``polls`` polls; ``lies_from`` is the share of it after which the server also lies about change."""

    seed: int
    polls: int
    home: Path
    kills: float = 0.15
    lies_from: float = 0.6
    publish: bool = False
    without: frozenset[str] = frozenset()
    visits: list[Visited] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    def run(self) -> tuple[Truth, list[Fault]]:
        model = ModelFeed(self.seed, self.without)
        server = FeedServer(model).start()
        began = monotonic()
        office = Newsroom(self.home, server.url, publish=self.publish)
        try:
            self._drive(server, office)
            self._settle(server, office)
            self.shown = office.ask("show")
        finally:
            office.stop()
            server.stop()
        self.seconds = monotonic() - began
        return self._reckon(model, server)

    def _drive(self, server: FeedServer, office: Newsroom) -> None:
        rng = Random(f"driver {self.seed}")
        pace = 0.3
        server.manner = "rough"
        for number in range(self.polls):
            server.lying = number >= self.polls * self.lies_from
            # Now and then nobody polls for hours.
            server.tick(rng.randint(8, 14) if rng.random() < 0.03 else rng.choice((0, 1, 1, 1, 2, 2, 3)))
            after = rng.uniform(0, 1.3) * pace if rng.random() < self.kills else None
            began = monotonic()
            visit = self._visit(server, office, kill_after=after)
            if visit.reply and visit.reply["outcome"] == "read":
                pace = 0.8 * pace + 0.2 * (monotonic() - began)

    def _visit(self, server: FeedServer, office: Newsroom, *, kill_after: float | None = None) -> Visited:
        before, last = len(server.answers), self.visits[-1].at if self.visits else server.model.clock
        at = max(server.model.clock, last + _SOONEST)
        line = f"poll {at.isoformat()}"
        reply = None
        try:
            reply = office.ask(line) if kill_after is None else office.kill_while(line, after=kill_after)
        except WorkerDied as died:
            self.deaths.append(f"{at:%d %H:%M} {died}")
        visit = Visited(at, tuple(server.answers[before:]), reply, killed=kill_after is not None)
        self.visits.append(visit)
        return visit

    def _settle(self, server: FeedServer, office: Newsroom) -> None:
        """End well behaved, once the last Retry-After is over."""
        server.manner, server.lying = "honest", False
        for _ in range(3):
            server.tick(8)
            self._visit(server, office)

    # --- the reckoning -----------------------------------------------------------------------------

    def _reckon(self, model: ModelFeed, server: FeedServer) -> tuple[Truth, list[Fault]]:
        truth = Truth(model)
        kept = {datetime.fromisoformat(at): outcome for at, outcome in self.shown["polls"]}
        sighted = {datetime.fromisoformat(row[4]) for row in self.shown["sightings"]}
        found = [Fault("worker died", 0, died) for died in self.deaths]
        for visit in self.visits:
            issue = next((answer.issue for answer in reversed(visit.answers) if answer.issue), None)
            if visit.at in kept:
                if issue:
                    truth.take(visit.at, issue)
                    if kept[visit.at] == "failed":
                        found.append(Fault("good answer not read", 0, f"{visit.at:%d %H:%M} {visit.reply}"))
            else:
                if visit.reply and visit.reply["outcome"] not in _NOT_ASKED:
                    found.append(Fault("forgotten poll", 0, f"{visit.at:%d %H:%M} {visit.reply}"))
                if visit.at in sighted:
                    found.append(Fault("half written", 0, f"{visit.at:%d %H:%M}"))
        if len(kept) != len(self.shown["polls"]):
            found.append(Fault("polled twice", 0, f"{len(self.shown['polls'])} polls at {len(kept)} times"))
        found += self._impolite(kept) + self._half_trusted(kept) + truth.faults(self.shown["records"])
        if server.answers[-1].issue is None and server.answers[-1].status != 304:
            found.append(Fault("no good end", 0, "the last poll was not answered"))
        return truth, found

    def _impolite(self, kept: dict[datetime, str]) -> list[Fault]:
        found, until = [], None
        for visit in self.visits:
            if until and visit.at < until and visit.answers:
                found.append(Fault("impolite", 0, f"{visit.at:%d %H:%M}: asked to wait until {until:%d %H:%M}"))
            waits = [answer.retry_after for answer in visit.answers if answer.retry_after]
            if waits and visit.at in kept:
                until = visit.at + timedelta(seconds=waits[-1])
        return found

    def _half_trusted(self, kept: dict[datetime, str]) -> list[Fault]:
        """Return the visits that were told "not changed" since a document that had broken off."""
        found, came = [], dict[str, str]()
        for visit in self.visits:
            for answer in visit.answers:
                if answer.status == 304 and answer.kind != "always 304" and came.get(answer.asked) == "cut":
                    found.append(Fault("half a feed trusted", 0, f"{visit.at:%d %H:%M}: sent the validator of one"))
                if answer.issue and visit.at in kept:
                    came[answer.etag] = answer.kind
        return found

    def summary(self, truth: Truth, found: list[Fault]) -> str:
        """Return the run in a few lines."""
        said, model = truth.said(), truth.model
        replies = Counter("killed" if visit.reply is None else visit.reply["outcome"] for visit in self.visits)
        answers = Counter(answer.kind for visit in self.visits for answer in visit.answers)
        killed = sum(visit.killed for visit in self.visits)
        rows = {
            "polls": f"{len(self.visits)} over {model.now * TICK}, in {self.seconds:.0f} s; {killed} with a kill; "
            f"{_told(replies)}",
            "answers": _told(answers),
            "publisher": _told(model.counts),
            "stories": f"{len(model.tales)}, {len(said)} of them shown; {sum(map(len, said.values()))} texts shown, "
            f"{truth.unseen()} never; {len(truth.loose())} stories left out as nobody could follow them",
            "archive": f"{len(self.shown['records'])} records, "
            f"{sum(len(each['versions']) for each in self.shown['records'].values())} versions, "
            f"{len(self.shown['sightings'])} sightings",
            "faults": _told(Counter(fault.kind for fault in found)) or "none",
        }
        return "\n".join(f"{name:>10}  {told}" for name, told in rows.items())


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{times} {name}" for name, times in counts.most_common())
