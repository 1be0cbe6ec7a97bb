"""`dateline init`: make the archive, or bring an older one up to date."""

from __future__ import annotations

import argparse

from dateline.cli.console import tell
from dateline.cli.opening import open_archive

NAME = "init"
HELP = "Make the archive (or bring an older one up to date)."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(args: argparse.Namespace) -> int:
    open_archive()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    tell(f"archive ready: {connection.settings_dict['NAME']}")
    return 0
