"""The archive, opened: everything that needs Django comes through here."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.story import DatelineError

if TYPE_CHECKING:
    from dateline.archive.models import Record
    from dateline.fetch.client import Client
    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.letters import Post


class NoArchive(DatelineError):
    """There is no archive yet, or it cannot be opened."""


def unopened(error: Exception) -> NoArchive:
    return NoArchive(f"the archive cannot be opened: {' '.join(str(error).split())}")


def open_archive(*, site_url: str | None = None) -> None:
    """Set Django up for this process. ``site_url`` holds unless the environment states one. Raises NoArchive."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.conf.settings")
    if site_url and not os.environ.get("DATELINE_SITE_URL"):
        os.environ["DATELINE_SITE_URL"] = site_url
    import django
    from django.conf import settings

    try:
        engine = str(settings.DATABASES["default"]["ENGINE"])
    except OSError as error:
        raise unopened(error) from error
    if engine.endswith("postgresql") and find_spec("psycopg") is None:
        raise NoArchive("DATELINE_DATABASE_URL needs psycopg: pip install 'psycopg[binary]'")
    django.setup()


def open_pages() -> None:
    """Set Django up to fill templates and nothing else: no archive, no folder of ours, no settings."""
    import django
    from django.conf import settings

    from dateline.site.language import LANGUAGES

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["dateline.site"],
            LANGUAGES=LANGUAGES,
            USE_I18N=True,
            DATELINE_HOME=None,
        )
    django.setup()


def need_archive(*, site_url: str | None = None) -> None:
    """Open the archive and check that it has its tables; where there is none, leave nothing there. Raises NoArchive."""
    open_archive(site_url=site_url)
    from django.db import DatabaseError, connection

    none_yet = NoArchive("there is no archive here yet: run `dateline init` first")
    try:
        if connection.vendor == "sqlite":
            Path(connection.settings_dict["NAME"]).stat()  # opened where it is not, it would be made
        tables = connection.introspection.table_names()
    except FileNotFoundError:
        raise none_yet from None
    except (OSError, DatabaseError) as error:
        raise unopened(error) from error
    if "archive_record" not in tables:
        raise none_yet


def now() -> datetime:
    """Return the clock's time: the one place where the command line reads it."""
    return datetime.now(UTC)


def operator() -> str:
    """Return the name that audit records give to whoever runs the command."""
    import getpass

    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return "cli"


def desk(*, later: bool = False) -> Desk:
    """Return the desk at which this command works, now; ``later`` where it presses what it changed at its end."""
    from django.conf import settings

    from dateline.newsroom.file_batch import Desk
    from dateline.site.press import SitePress

    return Desk(site_url=settings.DATELINE_SITE_URL, by=operator(), now=now(), press=SitePress(later=later))


def fetch_client() -> Client:
    """Return the guarded client, as the settings make it."""
    from django.conf import settings

    from dateline import __version__
    from dateline.fetch.client import WEB_PORTS, Client

    contact = settings.DATELINE_CONTACT or settings.DATELINE_SITE_URL
    return Client(
        agent=f"Dateline/{__version__} (+{contact})",
        allowed=settings.DATELINE_ALLOW_PRIVATE,
        ports=WEB_PORTS | settings.DATELINE_ALLOW_PORTS,
    )


def post() -> Post:
    """Return how letters leave, as the settings make it."""
    from django.conf import settings

    from dateline.newsroom.letters import Post
    from dateline.site.letters import SiteLetters

    return Post(writer=SiteLetters(), mailer=settings.DATELINE_MAILER)


def record_of(code: int) -> Record:
    """Return the record with this story code. Raises NoArchive's parent when there is none."""
    from dateline.archive.models import Record

    record = Record.objects.filter(code=code).first()
    if record is None:
        raise NoArchive(f"no story has the code {code}")
    return record
