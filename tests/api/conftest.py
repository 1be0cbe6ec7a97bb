"""All samples, published and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.conftest import NOW


@pytest.fixture(scope="module")
def read_paper(paper: None) -> None:
    """Read the samples in English."""
    from dateline.archive.models import Record
    from dateline.newsroom.read import read
    from dateline.reading.reader import read as reader
    from dateline.site.press import SitePress

    for record in Record.objects.published().in_language("en").with_current():
        assert record.current is not None
        read(record.current, reader=reader, by="test", now=NOW, press=SitePress())


@pytest.fixture
def get(read_paper: None) -> Callable[..., Any]:
    """Return a function that asks the API and takes its JSON apart."""
    from django.test import Client

    client = Client()

    def ask(path: str, *, status: int = 200, **headers: str) -> Any:
        answer = client.get(f"/api/v1/{path}", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    return ask


@pytest.fixture
def walk(get: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Return a function that follows a list's cursors to its end."""

    def walked(path: str, noun: str) -> list[Any]:
        found, cursor = [], ""
        while True:
            told = get(f"{path}{'&' if '?' in path else '?'}limit=3{cursor}")
            found += told[noun]
            if not told["next"]:
                return found
            cursor = f"&cursor={told['next']}"

    return walked


@pytest.fixture
def token(paper: None) -> Iterator[str]:
    from django.db import transaction

    from dateline.newsroom.keep_key import give_key

    with transaction.atomic():
        yield give_key("press agency", by="test", now=NOW)
        transaction.set_rollback(True)
