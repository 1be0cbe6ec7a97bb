"""Find the command that was asked for and run it.

A command is a module with ``NAME``, ``HELP``, ``arguments(parser)`` and ``run(args) -> int``.
Exit status: 0 done, 1 done in part (the rest is named), 2 not done (bad input or usage), 130 stopped by Ctrl-C.
Little is imported before ``main``: Ctrl-C must find somebody who answers it.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Sequence

from dateline import __version__

COMMANDS = (
    "init",
    "take_in",
    "source",
    "poll",
    "work",
    "read",
    "group",
    "evaluate",
    "history",
    "publish",
    "retract",
    "redate",
    "edition",
    "serve",
    "key",
    "watch",
    "digest",
    "search",
    "print_page",
    "review",
    "convert",
    "export",
    "refresh",
    "bake",
)
# Those that take queries: there `-minsk` is "not this word", and one letter alone an option.
ASKING = ("search", "watch", "review")
_EXCLUDED = re.compile(r"-(?!-|[A-Za-z]$).")


def parser(asked: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the whole command, every sub-command in it; of one alone where that is ``asked`` for."""
    top = argparse.ArgumentParser(prog="dateline", description="A self-hosted news desk.")
    top.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module_name in COMMANDS if asked is None else (asked,):
        module = importlib.import_module(f"dateline.cli.{module_name}")
        sub = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        module.arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        given = sys.argv[1:] if argv is None else argv
        named = given[0].replace("-", "_") if given else ""
        if named in ASKING:
            # What begins with a space is no option; queries and names are stripped.
            given = [f" {word}" if _EXCLUDED.match(word) else word for word in given]
        # The others are loaded only where all must be told of: they take longer than a small baking.
        return _run(parser(named if named in COMMANDS else None).parse_args(given))
    except KeyboardInterrupt:
        print("dateline: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`dateline … | head`): not our error, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(args: argparse.Namespace) -> int:
    from dateline.cli.console import complain
    from dateline.story import DatelineError

    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except DatelineError as error:
        complain(str(error))
        return 2


if __name__ == "__main__":
    sys.exit(main())
