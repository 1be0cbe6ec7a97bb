"""All samples, published and read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

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


@pytest.fixture(scope="module")
def served(read_paper: None) -> Iterator[str]:
    """Yield the address of a server that answers from this test's own transaction."""
    from django.core.signals import request_finished, request_started
    from django.core.wsgi import get_wsgi_application
    from django.db import close_old_connections, connections

    # A connection with an open transaction looks worn out to Django, which would close it after each request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    connection = connections["default"]
    connection.inc_thread_sharing()

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)

    def serve() -> None:
        # One request at a time, while its asker waits: the connection is never used by two at once.
        connections["default"] = connection
        server.serve_forever(poll_interval=0.05)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
        connection.dec_thread_sharing()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
