"""A page of a browser that asks nobody, and time enough for what is typeset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.waiting import PATIENCE


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a PDF take its time: a busy machine must not fail a test."""
    monkeypatch.setattr("dateline.wire.typesetting.SECONDS", PATIENCE)


@pytest.fixture
def browser_page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    page.route("http**", lambda route: route.abort())
    yield page
    page.close()
