"""Whatever comes, nothing is thrown that is no refusal, and nothing takes long or much.

Over our own samples; ``DATELINE_DATA`` names a folder with more: ``wire/`` and ``hostile/``.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.clean.stories import clean
from dateline.story import DatelineError
from dateline.wire import ninjs
from dateline.wire.formats import parse

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("DATELINE_DATA") or "/nowhere")
SAMPLES = sorted(path for path in (ROOT / "samples").rglob("*") if path.is_file() and path.suffix != ".md")
SUITE = sorted((DATA / "wire" / "ninjs" / "validation" / "test_suite").glob("*/should_*/*.json"))
MUTANTS = 600
_RNG_SEED = 20261124


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    folders = [ROOT / "samples", *(folder for folder in (DATA / "wire", DATA / "hostile") if folder.exists())]
    done = subprocess.run(
        [sys.executable, "-m", "tests.wire.corpus", *map(str, folders)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


def test_nothing_is_thrown_but_refusals(told: dict[str, Any]) -> None:
    assert told["uncaught"] == []
    assert told["counts"]["files"] >= len(SAMPLES)


def test_of_each_document_something_is_said(told: dict[str, Any]) -> None:
    assert told["silent"] == []


def test_no_document_takes_long_or_much(told: dict[str, Any]) -> None:
    assert told["slowest"][0] <= 30, told["slowest"]
    assert told["peak MiB"] <= 256


if SUITE:

    @pytest.mark.parametrize("path", SUITE, ids=lambda path: "-".join(path.parts[-3:]))
    def test_ninjs_suite(path: Path) -> None:
        """Each version's own suite: what should pass is accepted, what should fail is refused with the reason."""
        version = path.parts[-3]
        try:
            batch = ninjs.parse(path.read_bytes(), strict=True, version=version)
            reasons = [why for _, why in batch.refused]
        except DatelineError as error:
            reasons = [str(error)]
        if path.parts[-2] == "should_pass":
            assert not reasons
        else:
            assert reasons
            assert all(reasons)


def test_damaged_samples_are_read_or_refused() -> None:
    rng = random.Random(_RNG_SEED)
    for _ in range(MUTANTS):
        data = _damaged(rng.choice(SAMPLES).read_bytes(), rng)
        try:
            for item in parse(data).items:
                clean(item)
        except DatelineError as error:
            assert str(error)


def _damaged(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with a few parts lost, doubled, swapped or overwritten, as transfers and editors do."""
    for _ in range(rng.randint(1, 4)):
        start, length = rng.randrange(len(data) or 1), rng.choice((1, 3, 40, 400))
        part = data[start : start + length]
        new = rng.choice((b"", part * 2, part[::-1], rng.randbytes(len(part)), b"<", b"&#0;", b"\xff\xfe", b"]]>"))
        data = data[:start] + new + data[start + len(part) :]
    return data[: rng.randrange(len(data))] if data and rng.random() < 0.2 else data
