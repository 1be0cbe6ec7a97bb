"""A page of a browser that asks nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def browser_page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    page.route("http**", lambda route: route.abort())
    yield page
    page.close()
