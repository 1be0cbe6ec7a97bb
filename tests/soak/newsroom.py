"""A newsroom in processes of its own: an archive, a worker that is told when to poll, and its sudden death."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from tests.databases import archive_at

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 120.0


class WorkerDied(Exception):
    """The worker ended by itself; what it said last is the message."""


class Newsroom:
    """An empty archive in ``home`` with one source, and the worker that polls it."""

    def __init__(self, home: Path, feed: str, *, publish: bool = False) -> None:
        self.home = home
        self.starts = 0
        self._worker: subprocess.Popen[str] | None = None
        self._replies: queue.Queue[str | None] = queue.Queue()
        self.dateline("init")
        self.dateline("source", "add", feed, *(["--publish"] if publish else []))

    def dateline(self, *words: str) -> str:
        """Run one command of the command line and return what it printed."""
        code = "import sys; from dateline.cli.main import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"dateline {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def ask(self, line: str) -> dict[str, Any]:
        """Return the worker's answer; start one where there is none. Raises WorkerDied."""
        self._send(line)
        return self._reply()

    def kill_while(self, line: str, *, after: float) -> dict[str, Any] | None:
        """Kill the worker ``after`` so many seconds; return its answer where it was faster."""
        self._send(line)
        time.sleep(after)
        self.stop()
        told = self._replies.get(timeout=_PATIENCE)
        return None if told is None else dict(json.loads(told))

    def stop(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
            self._worker = None

    def _send(self, line: str) -> None:
        if self._worker is None:
            self._start()
        assert self._worker is not None
        assert self._worker.stdin is not None
        self._worker.stdin.write(line + "\n")
        self._worker.stdin.flush()

    def _start(self) -> None:
        self.starts += 1
        self._replies = queue.Queue()
        with (self.home / "worker.log").open("a") as log:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "tests.soak.worker"],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._worker.stdout is not None
        threading.Thread(target=_listen, args=(self._worker.stdout, self._replies), daemon=True).start()
        assert self._reply()["outcome"] == "ready"

    def _reply(self) -> dict[str, Any]:
        told = self._replies.get(timeout=_PATIENCE)
        if told is None:
            self.stop()
            raise WorkerDied((self.home / "worker.log").read_text()[-1500:])
        return dict(json.loads(told))

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            **archive_at(self.home),
            "DATELINE_SITE_URL": "https://dateline.example",
            "DATELINE_ALLOW_PRIVATE": "127.0.0.1",
        }


def _listen(stream: IO[str], replies: queue.Queue[str | None]) -> None:
    """Pass on whole lines, then None: a line that a killed worker left half written is none."""
    for line in stream:
        if line.endswith("\n"):
            replies.put(line)
    replies.put(None)
