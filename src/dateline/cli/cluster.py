"""Workers of an engine that runs elsewhere, or of one started here: Ray's door."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from dateline.story import DatelineError

P = TypeVar("P")
R = TypeVar("R")
HELP = "an engine that runs (HOST:PORT, auto), or local[:N]: one of N workers on this machine, for this run only"
LOCAL = "local"
# Parts that lie ready for each worker: it never waits for the next, and little is held here.
_AHEAD = 3
# A part that took its worker with it is tried again so often; it may have been the part's own doing.
_AGAIN = 3
_STORE = 128 * 2**20  # bytes of shared memory; a part is far smaller


class NoCluster(DatelineError):
    """The engine is not installed, not there, or is not what it is taken for."""


class NoWorker(DatelineError):
    """Every worker that tried a piece of work died of it."""


class Engine:
    """The workers at ``address``; an engine started here ends with the ``with``."""

    def __init__(self, address: str) -> None:
        name, _, count = address.partition(":")
        self._own = name == LOCAL
        if self._own and count and not (count.isdecimal() and int(count) > 0):
            raise NoCluster(f"--cluster {address}: {LOCAL} or {LOCAL}:N, N workers")
        if "://" in address:
            raise NoCluster(f"--cluster {address}: HOST:PORT, from a machine that belongs to the engine")
        self._address = address
        self._workers = int(count) if self._own and count else os.cpu_count() or 1
        self._folder = ""

    def __enter__(self) -> Self:
        # Nothing is told to the engine's makers; it reads this when it is imported.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        # An engine that is not there is told of in half a minute: the engine's makers wait for a quarter of an hour.
        os.environ.setdefault("RAY_NUM_REDIS_GET_RETRIES", "1")
        os.environ.setdefault("RAY_gcs_server_request_timeout_seconds", "20")
        if self._own:
            # Who has no token is not answered, on loopback too: other users of this machine are strangers.
            os.environ["RAY_AUTH_MODE"] = "token"
            # One for the process: the engine keeps the first it read.
            os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
            # So named, it is what keeps the engine from listening on anything but loopback.
            os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
        try:
            import ray
        except ImportError as error:
            raise NoCluster(
                "--cluster needs Ray: install dateline[cluster] (here: pip install '.[cluster]')"
            ) from error
        self._ray: Any = ray
        try:
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **self._where())
        except (OSError, RuntimeError, ValueError) as error:
            self._end()
            raise NoCluster(f"--cluster {self._address}: {str(error).splitlines()[0]}") from error
        if not self._own:
            self._workers = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        return self

    def _where(self) -> dict[str, Any]:
        if not self._own:
            return {"address": self._address}
        self._folder = tempfile.mkdtemp(prefix="dateline-")
        return {
            "num_cpus": self._workers,
            "include_dashboard": False,
            "object_store_memory": _STORE,
            "_node_ip_address": "127.0.0.1",
            "_temp_dir": self._folder,
        }

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._ray.shutdown()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def each(
        self, work: Callable[[P], R], parts: Iterable[P], *, in_order: bool = True
    ) -> Iterator[tuple[P, R | Exception]]:
        """Yield each part with what ``work`` made of it; parts are taken no faster than answers are.

        A part whose worker dies is done by another. One that every worker died of has the error in its answer's place.
        """
        task = self._task(work)
        waiting: dict[Any, P] = {}  # in the order of the parts
        for part in parts:
            waiting[task.remote(part)] = part
            if len(waiting) > _AHEAD * self._workers:
                yield self._next(waiting, in_order=in_order)
        while waiting:
            yield self._next(waiting, in_order=in_order)

    @property
    def workers(self) -> int:
        return self._workers

    def give(self, work: Callable[[P], R], part: P) -> Promise[R]:
        """Return what will hold what ``work`` made of ``part``."""
        return Promise(self._ray, self._task(work).remote(part))

    def _task(self, work: Callable[[P], R]) -> Any:
        return self._ray.remote(num_cpus=1, max_retries=_AGAIN)(work)

    def _next(self, waiting: dict[Any, P], *, in_order: bool) -> tuple[P, Any]:
        promised = next(iter(waiting)) if in_order else self._ray.wait(list(waiting), num_returns=1)[0][0]
        part = waiting.pop(promised)
        try:
            return part, Promise(self._ray, promised).result()
        except Exception as error:
            return part, error


class Promise(Generic[R]):
    """What a worker will have made."""

    def __init__(self, ray: Any, promised: Any) -> None:
        self._ray, self._promised = ray, promised

    def result(self) -> R:
        """Wait for it. Raises what the work raised, and NoWorker where every worker that tried it died."""
        try:
            made: R = self._ray.get(self._promised)
            return made
        except self._ray.exceptions.RayTaskError as error:
            raise (error.cause if isinstance(error.cause, Exception) else error) from None
        except self._ray.exceptions.RayError as error:
            raise NoWorker(str(error).strip().partition("\n")[0]) from error
