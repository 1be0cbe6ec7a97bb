"""Shared by all tests: the wall before Django for pure ones, an archive for the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import archive_at

# Rooms below the Django line are tested with Django un-importable: `make test` runs them so.
if os.environ.get("DATELINE_PURE") == "1":
    sys.modules["django"] = None  # type: ignore[assignment]

# No test of ours is about time: a busy machine must not fail one.
settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")

SAMPLES = Path(__file__).parent.parent / "samples"
NOW = datetime(2015, 12, 13, 9, 0, tzinfo=UTC)
REQUIRE_ALL = os.environ.get("DATELINE_REQUIRE_ALL") == "1"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn a skip into a failure where everything is required (CI)."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if REQUIRE_ALL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, but everything is required here: {report.longrepr}"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Set Django up on an empty archive of its own, once for the session."""
    home = tmp_path_factory.mktemp("archive")
    os.environ.update(archive_at(home))
    os.environ["DATELINE_SITE_URL"] = "https://dateline.example"
    os.environ["DATELINE_API_RATE"] = "0"
    os.environ["DATELINE_SITE_NAME"] = "The Dateline Test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.conf.settings"
    # Playwright's synchronous interface keeps a loop in this thread; nothing here is asynchronous all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0, interactive=False)
    yield home


@pytest.fixture
def db(archive: Path) -> Iterator[None]:
    """Run the test in a transaction that is rolled back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def paper(archive: Path) -> Iterator[None]:
    """Take all samples in and publish them; undo it when the module is done."""
    from django.db import transaction

    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.gather import gather
    from dateline.site.press import SitePress

    files = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")
    with transaction.atomic():
        desk = Desk(site_url="https://dateline.example", by="test", now=NOW, press=SitePress())
        gather(files, publishing=True, desk=desk)
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


@pytest.fixture(scope="module")
def read_paper(paper: None) -> list[Any]:
    """Read all English samples with the reader; return their records."""
    from dateline.archive.models import Record
    from dateline.newsroom.read import read
    from dateline.reading import reader

    records = list(Record.objects.published().in_language("en").with_current())
    for record in records:
        read(record.current, reader=reader.read, by="test", now=NOW)
    return records
