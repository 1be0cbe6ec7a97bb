"""The model is what it says: the same for the same seed, fair, and right about what it shows."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from dateline.wire.formats import parse
from tests.soak.feed_server import STILL, FeedServer
from tests.soak.model_feed import GUIDS, LINKS, WINDOW, Issue, ModelFeed
from tests.soak.prose import likeness
from tests.soak.rendering import cut_after, render
from tests.soak.truth import Truth


def _issues(seed: int, ticks: int) -> list[Issue]:
    model, found = ModelFeed(seed), []
    for _ in range(ticks):
        model.tick()
        found.append(model.issue())
    return found


def test_the_same_seed_is_the_same_history() -> None:
    once, again = _issues(3, 80), _issues(3, 80)
    assert [render(each) for each in once] == [render(each) for each in again]
    assert render(once[-1]) != render(_issues(4, 80)[-1])


def test_asking_changes_nothing() -> None:
    quiet, asked = ModelFeed(5), ModelFeed(5)
    for _ in range(40):
        quiet.tick()
        asked.tick()
        assert render(asked.issue()) == render(asked.issue())
    assert quiet.log == asked.log


def test_a_long_run_plays_every_trick() -> None:
    model = ModelFeed(1)
    seen: Counter[str] = Counter()
    for _ in range(600):
        model.tick()
        issue = model.issue()
        assert 20 <= len({each.tale for each in issue.showings}) <= WINDOW
        seen.update((model.guids, model.links, issue.form))
    told = " ".join(model.counts)
    tricks = ("edit", "retitle", "revert", "rewrite", "move", "redate", "swap", "listed twice", "return", "kill")
    assert not [trick for trick in (*tricks, "guid reused", "rubric") if trick not in told]
    assert not [each for each in (*GUIDS, *LINKS, "front", "none", "rss", "atom") if not seen[each]]


def test_stories_are_rich_and_different_and_edits_are_small() -> None:
    model = ModelFeed(2)
    for _ in range(60):
        model.tick()
    texts = [tale.texts[0] for tale in model.tales.values()]
    assert min(len(set(" ".join(text.lines).split())) for text in texts) >= 40
    assert max(likeness(one, other) for at, one in enumerate(texts) for other in texts[:at]) < 0.1
    edits = [(one, other) for tale in model.tales.values() for one, other in pairwise(tale.texts)]
    rewrites = sum(likeness(one, other) < 0.6 for one, other in edits)
    assert rewrites == sum(count for what, count in model.counts.items() if what == "rewrite")


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_shown_is_what_the_document_holds(seed: int) -> None:
    for issue in _issues(seed, 150)[::7]:
        batch = parse(render(issue))
        usable = [item for item in batch.items if item.status == "usable"]
        assert [(item.headline, item.guid) for item in usable] == [
            (each.text.headline, each.guid) for each in issue.showings
        ]
        # Where an entry has no link, a reader may try its identifier.
        assert all(item.url == each.link for item, each in zip(usable, issue.showings, strict=True) if each.link)
        assert [item.guid for item in batch.items if item.status == "canceled"] == [
            grave.ref for grave in issue.tombstones
        ]
        half = parse(cut_after(render(issue), 7))
        assert [item.headline for item in half.items] == [each.text.headline for each in issue.showings[:7]]


def test_stories_can_be_followed() -> None:
    """Whoever polls every third tick sees each story next with a page or words it had before."""
    model = ModelFeed(6)
    truth = Truth(model)
    for _ in range(200):
        for _ in range(3):
            model.tick()
        truth.take(model.clock, model.issue())
    assert len(truth.loose()) <= len(truth.said()) // 100


def test_the_reckoning_finds_what_is_wrong() -> None:
    model = ModelFeed(7)
    truth = Truth(model)
    for _ in range(60):
        model.tick()
        truth.take(model.clock, model.issue())
    must, _ = truth.graves()

    def archive() -> dict[str, dict[str, object]]:
        return {
            str(tale): {"state": "withdrawn" if tale in must else "filed", "versions": list(said)}
            for tale, said in truth.said().items()
        }

    assert truth.faults(archive()) == []
    several = next(str(tale) for tale, said in truth.said().items() if len(set(said)) == len(said) > 1)
    plain = next(str(tale) for tale in truth.said() if str(tale) != several and tale not in must | truth.loose())
    for wrong, kinds in (
        (lambda held: held.pop(plain), {"lost"}),
        (lambda held: held[several]["versions"].pop(), {"lost"}),
        (lambda held: held[several]["versions"].reverse(), {"disordered"}),
        (lambda held: held.update(more=dict(held[plain])), {"doubled"}),
        (lambda held: held[plain]["versions"].extend(held[several]["versions"]), {"doubled", "disordered", "merged"}),
        (lambda held: held.update(more={"state": "filed", "versions": [("Back soon", "We improve.")]}), {"stranger"}),
        (lambda held: held[plain].update(state="withdrawn"), {"wrongly withdrawn"}),
    ):
        held = archive()
        wrong(held)
        assert {fault.kind for fault in truth.faults(held)} & kinds, kinds
        assert {fault.kind for fault in truth.faults(held)} <= kinds | {"merged"}


def test_the_server_logs_what_it_answers() -> None:
    import http.client

    server = FeedServer(ModelFeed(8)).start()
    try:

        def get(path: str, **headers: str) -> http.client.HTTPResponse:
            line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
            line.request("GET", path, headers={name.replace("_", "-"): told for name, told in headers.items()})
            answer = line.getresponse()
            answer.read()
            return answer

        server.choose = lambda: "honest"  # type: ignore[method-assign]
        first = get("/feed.xml")
        assert get("/feed.xml", If_None_Match=first.headers["ETag"]).status == 304
        assert get("/tick?n=2").status == 200
        assert get("/feed.xml", If_None_Match=first.headers["ETag"]).status == 200
        server.choose = lambda: "always 304"  # type: ignore[method-assign]
        assert get("/feed.xml", If_None_Match='"whatever"').status == 304
        server.choose = lambda: "one etag"  # type: ignore[method-assign]
        assert get("/feed.xml", If_None_Match=STILL).headers["ETag"] == STILL
        server.choose = lambda: "short"  # type: ignore[method-assign]
        with pytest.raises(http.client.IncompleteRead):
            get("/feed.xml")
        assert [(each.kind, each.status, each.issue.tick if each.issue else None) for each in server.answers] == [
            ("honest", 200, 0),
            ("honest", 304, None),
            ("honest", 200, 2),
            ("always 304", 304, None),
            ("one etag", 200, 2),
            ("short", 200, None),
        ]
    finally:
        server.stop()
