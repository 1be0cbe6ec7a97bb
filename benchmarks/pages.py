"""A web page → Story: what it costs beside trafilatura alone, and how much of the article is right.

The measure is that of the article-extraction benchmark: the texts are split into words (``\\w+``), counted in runs
of four, with repetition; true positives are the runs both have; precision and recall are taken per page and
averaged over the pages, and F1 is made of the two averages.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

from benchmarks.clock import seconds
from dateline.clean.blocks import tree_from
from dateline.clean.facts import facts_of
from dateline.clean.page import article_of
from dateline.clean.stories import clean
from dateline.story import Item, Refused
from dateline.wire.encoding import decode

_RUN = 4


def run(folder: Path | None) -> None:
    if folder is None or not (folder / "gold.json").exists():
        print("no folder of pages with its gold.json: name one with --data")
        return
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    pages = {name: decode(gzip.decompress((folder / f"{name}.html.gz").read_bytes())).text for name in gold}
    refused = sum(is_refused(html) for html in pages.values())
    ours = {name: told(html, gold[name].get("url")) for name, html in pages.items()}
    alone = {name: trafilatura_alone(html) for name, html in pages.items()}
    for who, found in (("dateline", ours), ("trafilatura alone", alone)):
        f, precision, recall = score({name: gold[name]["articleBody"] for name in gold}, found)
        print(f"{who}: F1 {f:.3f}  precision {precision:.3f}  recall {recall:.3f}  over {len(gold)} pages")
    print(f"refused as no whole story, and measured by the text they were judged by: {refused}")
    cost = seconds(lambda: [told(html, gold[name].get("url")) for name, html in pages.items()])
    yardstick = seconds(lambda: [trafilatura_alone(html) for html in pages.values()])
    print(f"cost: {cost / yardstick:.2f} × trafilatura alone (text and metadata)")


def told(html: str, url: str | None) -> str:
    """Return the text of a page as a story tells it; where the page is refused as a stub, the text it was judged by."""
    try:
        return clean(Item(format="page", body=html, body_type="page", url=url)).text
    except Refused:
        root = tree_from(html)
        return "\n\n".join(article_of(root, facts_of(root, address=url)))


def is_refused(html: str) -> bool:
    try:
        clean(Item(format="page", body=html, body_type="page"))
    except Refused:
        return True
    return False


def trafilatura_alone(html: str) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(html, with_metadata=True, include_comments=False)
    return (getattr(found, "text", None) or "") if found is not None else ""


def score(gold: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    """Return F1, precision and recall of texts, by the benchmark's own measure."""
    counts = [shared(gold[name], found[name]) for name in gold]
    precision = sum(_share(right, right + extra, right + lost) for right, extra, lost in counts) / len(counts)
    recall = sum(_share(right, right + lost, right + extra) for right, extra, lost in counts) / len(counts)
    return 2 * precision * recall / (precision + recall), precision, recall


def shared(true: str, said: str) -> tuple[float, float, float]:
    """Return the runs that are right, too many and missing, as shares of all of them."""
    one, other = runs(true), runs(said)
    right = sum((one & other).values())
    extra, lost = sum(other.values()) - right, sum(one.values()) - right
    whole = right + extra + lost
    return (right / whole, extra / whole, lost / whole) if whole else (0.0, 0.0, 0.0)


def runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if 0 < len(words) < _RUN:
        return Counter([tuple(words)])
    return Counter(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _share(right: float, of: float, other: float) -> float:
    # Nothing asked and nothing said is right; nothing of what was asked is wrong.
    return right / of if of else float(other == 0)
