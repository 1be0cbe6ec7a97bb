"""`dateline init`: make the archive, or bring an older one up to date."""

from __future__ import annotations

import argparse

from dateline.cli.console import progress, tell
from dateline.cli.opening import open_archive, unopened

NAME = "init"
HELP = "Make the archive (or bring an older one up to date)."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(args: argparse.Namespace) -> int:
    open_archive()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, connection

    from dateline.archive.models import Record
    from dateline.newsroom.reindex import reindex

    try:
        settings.DATELINE_HOME.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
    except (OSError, OperationalError) as error:
        raise unopened(error) from error
    waiting = Record.objects.published().filter(shelf=None).count()
    for _ in progress(reindex(), total=waiting // 1_000 + 1, label="indexing, by the thousand"):
        pass
    tell(f"archive ready: {connection.settings_dict['NAME']}")
    return 0
