"""What the pages of persons, bodies, states and pairs of them are computed from, beside one look-up by primary key.

--data names the folder of an archive, which is only read; else one of --stories is made for the while. Each page is
computed once, after what a web process loads as it starts (the outlines of the world); another window on the world than
those before is drawn as it comes. Run it twice, for a cold and a warm file.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.archive_maker import an_archive
from benchmarks.clock import LAPS, both_laps, laps, share

_EACH = 60
_MOST = 50.0  # ms


def run(data: Path | None, *, stories: int = 10_000) -> None:
    with an_archive(data, stories):
        _measure()


def _measure() -> None:
    from dateline.archive import dossiers
    from dateline.archive.models import Entity, Finding, Record
    from dateline.site.dossier_page import dossier_page, pair_page
    from dateline.site.language import speaking

    def page(entity: Entity) -> None:
        with speaking("en"):
            dossier_page(entity, "en")

    def pair(one: Entity, other: Entity) -> None:
        with speaking("en"):
            pair_page(one, other, "en")

    import_module("dateline.conf.wsgi")  # as a web process starts
    print(f"{Record.objects.published().count():,} stories, {Finding.objects.count():,} rows of findings")
    newest = Record.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    dice = random.Random(0)
    looked_up = laps(partial(Record.objects.get, pk=dice.randint(max(1, newest // 2), newest)) for _ in range(_EACH))
    leading = {kind: dossiers.leading(kind, most=_EACH) for kind in ("PER", "ORG", "LOC", "GEO")}
    pairs = [(one, each.entity) for one in leading["LOC"] for each in dossiers.partners(one, most=3)]
    classes: dict[str, list[Callable[[], None]]] = {
        f"{kind}, those most written about": [partial(page, entity) for entity in entities]
        for kind, entities in leading.items()
    }
    anyone = Entity.objects.filter(pk__in=[dice.randint(1, Entity.objects.count()) for _ in range(_EACH)])
    classes["anyone"] = [partial(page, entity) for entity in anyone]
    classes["pairs of states with those they deal with most"] = [partial(pair, *each) for each in pairs]
    print(f"{'computing a page, ms:':50}{LAPS}")
    for name, works in classes.items():
        if not works:
            continue
        works[0]()
        took = both_laps(works[1:])
        beside = share(took.wall, 0.5) / share(looked_up, 0.5)
        print(f"{name:50}{took}; {beside:.0f} × one story by its key (at most {_MOST:.0f})", flush=True)
