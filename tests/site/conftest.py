"""A paper with all samples in it, and a client to ask for its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parent.parent.parent / "samples"
NOW = datetime(2015, 12, 13, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper(archive: Path) -> Iterator[None]:
    """Take all samples in and publish them; undo it when the module is done."""
    from django.db import transaction

    from dateline.newsroom.gather import gather
    from dateline.site.press import SitePress

    files = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")
    with transaction.atomic():
        gather(files, publishing=True, site_url="https://dateline.example", by="test", now=NOW, press=SitePress())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client(paper: None) -> Any:
    from django.test import Client

    return Client()


@pytest.fixture
def newest(paper: None) -> Any:
    from dateline.archive.models import Record

    return Record.objects.published().in_language("en").newest().first()


@pytest.fixture
def withdrawn(paper: None) -> Any:
    from dateline.archive.models import Record

    return Record.objects.withdrawn().get()
