"""Wait for a thing to happen: for as long as it takes, not for as long as a calm machine would."""

from __future__ import annotations

import time
from collections.abc import Callable

# What hangs is ended by this alone; nothing is measured against it.
PATIENCE = 600.0


def until(reached: Callable[[], object], *, alive: Callable[[], bool] = lambda: True) -> None:
    """Return when ``reached``. Fails at once where what would bring it about is no longer ``alive``."""
    end = time.monotonic() + PATIENCE
    while not reached():
        assert alive(), "what was waited for can no longer come"
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.2)
