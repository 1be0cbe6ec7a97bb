"""A running site with all samples in it, and a page that looks at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from tests.databases import archive_at
from tests.terminal import dateline

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the archive of `site` is."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def site(home: Path) -> Iterator[str]:
    """Yield the address of a site that holds all samples, one of whose queries is watched by mail."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    for words in (
        ("init",),
        ("watch", "add", "trawler", "trawler", "--mail", "reader@example.org"),
        ("take-in", str(ROOT / "samples"), "--publish"),
    ):
        done = dateline(*words, home=home, DATELINE_SITE_URL=address, DATELINE_SITE_NAME="Dateline")
        assert done.returncode == 0, done.stderr
    env = {**os.environ, **archive_at(home), "DATELINE_SITE_NAME": "Dateline", "DATELINE_SITE_URL": address}
    server = subprocess.Popen(
        [sys.executable, "-m", "dateline.cli.main", "serve", "--port", str(port)], env=env, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"{address}/robots.txt")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(url: str, *, seconds: float = 60) -> None:
    last: Exception | None = None
    for _ in range(int(seconds * 5)):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError as error:
            last = error
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer: {last}")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Iterator[Page]:
    """Yield a page that fails the test on any console error or any request to another host."""
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("console", lambda said: trouble.append(said.text) if said.type == "error" and is_ours(said) else None)
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("request", lambda asked: trouble.append(f"asked {asked.url}") if is_foreign(asked.url, site) else None)
    yield opened
    assert not trouble


def is_ours(said: ConsoleMessage) -> bool:
    """Leave out that a publisher's picture did not come: the samples' publishers do not exist."""
    return not (said.text.startswith("Failed to load resource") and is_picture(str(said.location["url"])))


def is_picture(url: str) -> bool:
    return url.rsplit("?", 1)[0].endswith((".jpg", ".jpeg", ".png", ".webp"))


def is_foreign(url: str, site: str) -> bool:
    # Figures live with their publishers; the pages' own chrome must not ask anybody else.
    return not url.startswith((site, "data:", "about:")) and not url.rsplit("?", 1)[0].endswith(
        (".jpg", ".png", ".webp")
    )
