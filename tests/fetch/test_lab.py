"""The guarded client in a world of its own, where whatever it must not reach is there and would answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fetch import lab

ROOT = Path(__file__).parent.parent.parent
NAMED = {
    "a public site": "answered",
    "a public name": "answered",
    "name inner.example": "Denied",
    "name mixed.example": "Denied",
    "endless": "TooManyHops",
    "bomb": "TooLarge",
    "twice": "BadEncoding",
    "twice-and-away": "answered",
    "hundred": "TooLarge",
    "huge": "TooLarge",
    "huge-unsaid": "TooLarge",
    "short": "Unreachable",
    "drip": "TooSlow",
    "no-http": "Unreachable",
}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    alone = ["unshare", "--net", "--mount", "--map-root-user"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespaces here (unshare)")
    done = subprocess.run(
        [*alone, sys.executable, "-m", "tests.fetch.lab"],
        cwd=ROOT,
        env={**lab.os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "http_proxy": "http://127.0.0.1:80/"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))


def test_the_lab_can_fail(told: dict[str, Any]) -> None:
    """A client without a guard reaches what ours must not."""
    assert told["control"] == ["200"] * 4
    assert {"127.0.0.1", "169.254.169.254", "::1"} <= set(told["control reached"])
    assert told["public hits"] > lab.FLIPS


def test_no_canary_is_ever_reached(told: dict[str, Any]) -> None:
    assert told["canary hits"] == []


def test_a_name_that_changes_its_mind_is_denied_each_time(told: dict[str, Any]) -> None:
    assert told["flips"] == {"Denied": lab.FLIPS}


def test_each_trouble_has_its_name(told: dict[str, Any]) -> None:
    assert {name: told["outcomes"][name] for name in NAMED} == NAMED
    assert all(what == "Denied" for name, what in told["outcomes"].items() if name.startswith("hub "))


def test_memory_stays_small(told: dict[str, Any]) -> None:
    assert told["peak MiB"] <= 256
