"""Any web page, print pages included; what it says is for clean to find."""

from __future__ import annotations

from dateline.story import Batch, Item
from dateline.wire.encoding import decode


def parse(data: bytes) -> Batch:
    """Return the page as one item, decoded."""
    return Batch(format="page", items=(Item(format="page", body=decode(data).text, body_type="page"),))
