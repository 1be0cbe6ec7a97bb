"""Nothing lost, nothing doubled, whatever the publisher, the server and the power supply do.

``DATELINE_SOAK=1000`` makes it a long run; ``DATELINE_SOAK_SEED`` another one.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.soak.run import Soak

POLLS = int(os.environ.get("DATELINE_SOAK") or 120)
SEED = int(os.environ.get("DATELINE_SOAK_SEED") or 1)


def test_every_story_shown_is_kept_once_with_all_it_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soak = Soak(seed=SEED, polls=POLLS, home=tmp_path)
    truth, found = soak.run()
    with capsys.disabled():
        print(f"\n{soak.summary(truth, found)}")
    told = [f"{fault.kind}: {fault.detail}\n{truth.history(fault.tale) if fault.tale else ''}" for fault in found]
    assert not found, "\n\n".join(told)
