"""`dateline serve`: the site, on this machine."""

from __future__ import annotations

import argparse
import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.cli.console import tell
from dateline.cli.opening import NoArchive, need_archive, now, operator
from dateline.cli.pressing import press_stale
from dateline.story import Unreadable

NAME = "serve"
HELP = "Serve the site."
PORTS_TRIED = 50
MOST_PORT = 65_535
AT_START = 500  # stale places pressed before the first request is answered


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port; the next free one if taken (default %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default %(default)s)")
    # Threads of one process share one lock: measured here, one thread answers half as much again as four do.
    parser.add_argument("--threads", type=int, default=1, help="threads of each process (default %(default)s)")


def run(args: argparse.Namespace) -> int:
    if not 1 <= args.port <= MOST_PORT:
        raise Unreadable(f"--port {args.port}: give a number from 1 to {MOST_PORT}")
    port = free_port(args.host, args.port)
    address = f"http://{args.host}:{port}"
    is_named = bool(os.environ.get("DATELINE_SITE_URL"))
    # Permalinks and QR codes carry the site's address; without DATELINE_SITE_URL it is where we listen.
    need_archive(site_url=address)
    from django.conf import settings

    with served_at(settings.DATELINE_SERVED, settings.DATELINE_SITE_URL, is_named=is_named):
        if port != args.port:
            tell(f"port {args.port} is taken; using {port}")
        _serve(args, port)
    return 0


@contextmanager
def served_at(note: Path, address: str, *, is_named: bool) -> Iterator[None]:
    """Hold the note of where the archive is served; alone, unless the site's address is named. Raises NoArchive.

    Two servers that are each the site's address would press each other's pages anew. The system lets go of the note
    of a process that has died.
    """
    note.parent.mkdir(parents=True, exist_ok=True)
    with note.open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, (fcntl.LOCK_SH if is_named else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise NoArchive(
                f"the archive is served already at {held.read().strip()}; several servers need DATELINE_SITE_URL"
            ) from None
        held.truncate(0)
        held.write(address)
        held.flush()
        yield


def _serve(args: argparse.Namespace, port: int) -> None:
    from django.conf import settings

    from dateline.newsroom.refresh import refresh
    from dateline.site.press import SitePress

    waiting = refresh(press=SitePress(), by=operator(), now=now())
    if pressed := press_stale(most=AT_START):
        tell(f"pages pressed anew: {pressed}")
    if waiting > AT_START:
        tell(f"{waiting - AT_START} stories and lists are made on request until `dateline work` has pressed them")
    _say_addresses(settings.DATELINE_SITE_URL)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "dateline.conf.wsgi:application",
        address=args.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


def free_port(host: str, first: int) -> int:
    """Return ``first`` or the next port nobody listens on. Raises NoArchive where there is none, or no such host."""
    last = min(first + PORTS_TRIED - 1, MOST_PORT)
    for port in range(first, last + 1):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    continue
                if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
                    raise NoArchive(f"--host {host}: no address of this machine") from error
                raise NoArchive(f"{host}, port {port}: {error.strerror}") from error
            return port
    raise NoArchive(f"no free port between {first} and {last}")


def _say_addresses(site: str) -> None:
    from dateline.archive.models import Record

    tell("")
    tell("Dateline is serving. Worth opening:")
    tell(f"  {site}/en/                    the front page")
    newest = Record.objects.published().in_language("en").newest().first()
    if newest is not None:
        tell(f"  {site}{newest.path}")
        tell(f"  {site}{newest.path}/print")
    tell(f"  {site}/fa/                    the Persian front page")
    tell(f"  {site}/en/search?q=ceasefire")
    tell(f"  {site}/en/feed.atom")
    tell("Stop with Ctrl-C.")
