"""A model of a publisher: stories of known identity, changed by a seed, and the feed they are seen through.

Each tick of ten minutes the publisher does what publishers do. ``render`` returns the feed as it stands and, beside
it, the truth of what it shows. The same seed gives the same history, whoever asks how often.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlencode

from tests.soak.prose import RUBRICS, Text, edited, headline, invented, likeness

SITE = "www.gazette.example"
TICK = timedelta(minutes=10)
START = datetime(2024, 3, 1, 6, 0, tzinfo=UTC)
WINDOW = 24
# A story may be told from the one it was by its words only if they are still mostly the same; this long back.
_REMEMBERED, _ALIKE = 8, 0.6
# After a change that only an address or only the words can bridge, the other stays put for this many ticks.
_CALM = 20
# Ticks of which the last quarter may be without links.
_CYCLE = 120
GUIDS = ("own", "own", "page", "headline", "one", "none", "place")
LINKS = ("plain", "plain", "tracked", "http", "amp", "print", "mobile", "mixed")
FORMS = ("rss", "rss", "atom")


@dataclass(slots=True)
class Tale:
    """One story as its publisher knows it. ``texts`` are all it ever said, the last one now."""

    number: int
    page: str
    guid: str
    texts: list[Text]
    published: datetime
    updated: datetime
    twice_until: int = -1
    calm_until: int = -1

    @property
    def text(self) -> Text:
        return self.texts[-1]


@dataclass(frozen=True, slots=True)
class Showing:
    """A story as one entry of the feed shows it: which, saying what, under which names."""

    tale: int
    text: Text
    published: datetime
    updated: datetime
    guid: str | None
    link: str | None
    page: str | None

    @property
    def said(self) -> tuple[str, str]:
        return self.text.said


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A withdrawal as the feed shows it."""

    tale: int
    ref: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """The feed at one tick, and what it shows."""

    tick: int
    clock: datetime
    form: str
    showings: tuple[Showing, ...]
    tombstones: tuple[Tombstone, ...]


@dataclass(slots=True)
class ModelFeed:
    """The publisher. ``log`` says what was done to which story (0: to the feed) and when.

    ``without`` are tricks that are not played (a method's name, or "rubric", "reuse"): it narrows down a fault.
    """

    seed: int
    without: frozenset[str] = frozenset()
    clock: datetime = START
    now: int = 0
    form: str = "rss"
    guids: str = "own"
    links: str = "plain"
    tales: dict[int, Tale] = field(default_factory=dict)
    window: list[int] = field(default_factory=list)
    tombstones: list[Tombstone] = field(default_factory=list)
    log: list[tuple[int, int, str]] = field(default_factory=list)
    _rng: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._rng = Random(self.seed)
        for _ in range(WINDOW):
            self._new()

    @property
    def counts(self) -> Counter[str]:
        """How often each trick was played."""
        return Counter(what.split(":")[0] for _, _, what in self.log)

    def tick(self) -> None:
        """Let ten minutes pass."""
        self.now += 1
        self.clock += TICK
        rng = self._rng
        if self.links in ("front", "none") and not _is_linkless(self.now):
            self._note(0, "links plain")
            self.links = "plain"
        for _ in range(rng.choice((0, 0, 1, 1, 1, 2))):
            self._new()
        for chance, trick in (
            (0.45, self._edit),
            (0.2, self._retitle),
            (0.1, self._retitle_and_edit),
            (0.14, self._revert),
            (0.06, self._rewrite),
            (0.06, self._move),
            (0.12, self._redate),
            (0.2, self._swap),
            (0.08, self._repeat),
            (0.08, self._return),
            (0.1, self._kill),
            (0.2, self._turn),
        ):
            if rng.random() < chance and trick.__name__.strip("_") not in self.without:
                trick()

    # --- what a publisher does ---------------------------------------------------------------------

    def _note(self, tale: int, what: str) -> None:
        self.log.append((self.now, tale, what))

    def _new(self) -> None:
        rng, number = self._rng, len(self.tales) + 1
        rubric = rng.choice(RUBRICS) if self.now and rng.random() < 0.12 and "rubric" not in self.without else None
        text = invented(rng, rubric=rubric)
        guid = f"tag:gazette.example,2024:story/{number}"
        gone = [old for old in self.tales.values() if old.number not in self.window and not self._is_killed(old)]
        what = "rubric" if rubric else "new"
        if gone and rng.random() < 0.15 and "reuse" not in self.without:
            old = rng.choice(gone)
            guid, what = old.guid, f"guid reused: that of story {old.number}"
        page = f"/2024/{self.clock:%m/%d}/{_slug(text.headline)}-{9000 + number}"
        # Dates have minutes at most: what was before the first tick is spread over the day before it.
        published = self.clock - timedelta(minutes=(rng.randint(0, 600) if not self.now else rng.randint(0, 9)))
        self.tales[number] = Tale(number, page, guid, [text], published, published)
        self._put_on_top(number)
        self._note(number, what)

    def _put_on_top(self, number: int) -> None:
        self.window = [number, *(each for each in self.window if each != number)][:WINDOW]

    def _any(self, *, calm: bool = False) -> Tale:
        shown = [self.tales[number] for number in self.window]
        quiet = [tale for tale in shown if tale.calm_until < self.now]
        return self._rng.choice(quiet if calm and quiet else shown)

    def _edit(self) -> None:
        tale = self._any(calm=True)
        self._say(tale, edited(tale.text, self._rng), "edit")

    def _retitle(self) -> None:
        tale = self._any()
        self._say(tale, Text(headline(self._rng), tale.text.paragraphs), "retitle")

    def _retitle_and_edit(self) -> None:
        tale = self._any(calm=True)
        text = edited(tale.text, self._rng)
        self._say(tale, Text(headline(self._rng), text.paragraphs), "retitle and edit")

    def _revert(self) -> None:
        tale = self._any(calm=True)
        if len(tale.texts) > 1:
            self._say(tale, tale.texts[-2], "revert")

    def _say(self, tale: Tale, text: Text, what: str) -> None:
        """Let a story say something else; half of the time nobody touches its date."""
        before = tale.texts[-_REMEMBERED:]
        if tale.calm_until >= self.now and text.paragraphs != tale.text.paragraphs:
            return
        if text == tale.text or min(likeness(text, each) for each in before) < _ALIKE:
            return
        tale.texts.append(text)
        if self._rng.random() < 0.5:
            tale.updated = self.clock
            what += ", dated"
        self._note(tale.number, f"{what}: text {len(tale.texts)}")

    def _rewrite(self) -> None:
        """Say it all in other words under the same address: only while addresses are to be had."""
        tale = self._any(calm=True)
        if tale.calm_until >= self.now or not self._are_links_sure():
            return
        tale.texts.append(Text(tale.text.headline, invented(self._rng).paragraphs))
        tale.updated = self.clock
        tale.calm_until = self.now + _CALM
        self._note(tale.number, f"rewrite: text {len(tale.texts)}")

    def _move(self) -> None:
        """Give a story another address and leave its words alone for a while."""
        tale = self._any(calm=True)
        changed = [at for at, number, what in self.log if number == tale.number and what != "new"]
        if tale.calm_until >= self.now or (changed and changed[-1] > self.now - _CALM):
            return
        tale.page = f"/news/{_slug(tale.text.headline)}-{self.now}-{9000 + tale.number}"
        tale.calm_until = self.now + _CALM
        self._note(tale.number, "move")

    def _redate(self) -> None:
        tale = self._any()
        tale.published += timedelta(minutes=self._rng.randint(-180, 90))
        tale.published = min(tale.published, self.clock)
        tale.updated = max(tale.updated, tale.published)
        self._note(tale.number, "redate")

    def _swap(self) -> None:
        one, other = self._rng.sample(range(len(self.window)), 2)
        self.window[one], self.window[other] = self.window[other], self.window[one]
        self._note(0, "swap")

    def _repeat(self) -> None:
        tale = self._any()
        tale.twice_until = self.now + 6
        self._note(tale.number, "listed twice")

    def _return(self) -> None:
        gone = [tale for tale in self.tales.values() if tale.number not in self.window and not self._is_killed(tale)]
        if not gone:
            return
        tale = self._rng.choice(gone[-40:])
        self._put_on_top(tale.number)
        self._note(tale.number, "return")
        if self._rng.random() < 0.5:
            tale.published = tale.updated = self.clock
            self._note(tale.number, "redate")

    def _kill(self) -> None:
        """Withdraw a story, in a form and under a name that say so."""
        if self.form != "atom" or self.guids not in ("own", "page"):
            return
        tale = self._any()
        names = [self._guid(self.tales[number], 0) for number in self.window]
        ref = self._guid(tale, 0)
        if ref is None or names.count(ref) > 1:
            return
        self.window.remove(tale.number)
        self.tombstones.append(Tombstone(tale.number, ref, self.clock))
        self._note(tale.number, "kill")

    def _is_killed(self, tale: Tale) -> bool:
        return any(each.tale == tale.number for each in self.tombstones)

    def _turn(self) -> None:
        """Change the feed's software, so to say: its form, its GUIDs or its links."""
        rng = self._rng
        part = rng.choice(("form", "guids", "guids", "links", "links"))
        told = {"form": FORMS, "guids": GUIDS, "links": LINKS}[part]
        chosen = rng.choice(told)
        if _is_linkless(self.now) and part == "links":
            chosen = rng.choice(("front", "none"))
        setattr(self, part, chosen)
        self._note(0, f"{part} {chosen}")

    def _are_links_sure(self) -> bool:
        """Tell whether links lead to pages, now and for long enough before and after to be seen."""
        return not any(_is_linkless(self.now + around) for around in (-_CALM, 0, _CALM))

    # --- how it shows ------------------------------------------------------------------------------

    def issue(self) -> Issue:
        """Return the feed as it stands: the same however often it is asked for."""
        rng = Random(f"{self.seed}:{self.now}")
        shown = [self._show(self.tales[number], place, rng) for place, number in enumerate(self.window)]
        for place, number in enumerate(list(self.window)):
            if self.tales[number].twice_until >= self.now:
                shown.insert(min(len(shown), place + 5), self._show(self.tales[number], place + 50, rng))
        graves = [each for each in self.tombstones if each.when > self.clock - 24 * TICK]
        return Issue(self.now, self.clock, self.form, tuple(shown), tuple(graves) if self.form == "atom" else ())

    def _show(self, tale: Tale, place: int, rng: Random) -> Showing:
        page = None if self.links in ("front", "none") else tale.page
        return Showing(
            tale=tale.number,
            text=tale.text,
            published=tale.published,
            updated=tale.updated,
            guid=self._guid(tale, place),
            link=self._link(tale, rng),
            page=page,
        )

    def _guid(self, tale: Tale, place: int) -> str | None:
        return {
            "own": tale.guid,
            "page": f"https://{SITE}{tale.page}",
            "headline": f"gazette-{_slug(tale.text.headline)}",
            "one": f"https://{SITE}/feed",
            "none": None,
            "place": f"item-{place + 1}",
        }[self.guids]

    def _link(self, tale: Tale, rng: Random) -> str | None:
        kind = self.links
        if kind == "mixed":
            kind = rng.choice(("plain", "tracked", "http", "amp", "print", "mobile"))
        page, bare = tale.page, SITE.removeprefix("www.")
        campaign = urlencode({"utm_source": "rss", "utm_medium": "feed", "utm_campaign": rng.randint(1, 99)})
        return {
            "plain": f"https://{SITE}{page}",
            "tracked": f"https://{SITE}{page}?{rng.choice((campaign, f'fbclid=Iw{rng.randint(1, 10**9)}'))}",
            "http": f"http://{rng.choice((SITE, bare))}{page}{rng.choice(('', '#comments'))}",
            "amp": f"https://{rng.choice((f'{SITE}{page}/amp', f'{SITE}{page}?outputType=amp', f'amp.{bare}{page}'))}",
            "print": f"https://{SITE}{rng.choice((f'{page}/print', f'{page}?print=1', f'/print{page}'))}",
            "mobile": f"https://{rng.choice(('m', 'mobile'))}.{bare}{page}{rng.choice(('', '/'))}",
            "front": f"https://{SITE}/",
            "none": None,
        }[kind]


def _is_linkless(tick: int) -> bool:
    return tick % _CYCLE >= _CYCLE * 3 // 4


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60]
