"""Print pages as PDF: what goes in comes back, and whatever a page asks for, nothing is opened."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from tests.wire.test_print_round_trip import STORIES, carried, page_of, wanted

from dateline.clean.print_page import read_print_page
from dateline.story import Figure
from dateline.wire import pdf, print_page, typesetting
from dateline.wire.typesetting import NotTypeset, available, pdf_of

needs_pdf = pytest.mark.skipif(not available(), reason="the extra pdf is not installed")


@needs_pdf
@pytest.mark.parametrize("name", list(STORIES)[:8])  # the hard ones; tests of press reviews set all
def test_a_story_comes_back(name: str) -> None:
    story = STORIES[name]
    (item,) = pdf.parse(pdf_of(print_page.dump(page_of(story), pictures=False))).items
    assert carried(read_print_page(item)) == wanted(story)


class Asked(http.server.BaseHTTPRequestHandler):
    paths: list[str] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    Asked.paths.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@needs_pdf
def test_a_hostile_page_opens_no_host_and_no_file(host: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("kept-from-all-readers")
    picture = tmp_path / "secret.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">kept-from-all-readers</text></svg>')
    wanted = [
        part
        for address in (host, secret.as_uri(), picture.as_uri(), str(secret), "file:///etc/passwd", f"{host[5:]}/x")
        for part in (
            f'<img src="{address}"><object data="{address}"></object><embed src="{address}">',
            f'<link rel="stylesheet" href="{address}"><link rel="attachment" href="{address}">',
            f'<a rel="attachment" href="{address}">here</a><iframe src="{address}"></iframe>',
            f'<style>@import url("{address}"); p {{ background: url("{address}"); list-style: url("{address}") }}',
            f'@page {{ background: url("{address}") }} p::before {{ content: url("{address}") }}</style>',
            f'<svg><image href="{address}" width="9" height="9"/><use href="{address}#a"/></svg>',
            f'<p style="mask: url({address}); border-image: url({address})">words</p>',
        )
    ]
    hostile = f'<!DOCTYPE html><html lang="en"><base href="{host}/"><body>{"".join(wanted)}<p>The end.</p>'
    data = pdf_of(hostile.encode())
    assert Asked.paths == []
    assert b"kept-from-all-readers" not in data
    assert b"EmbeddedFile" not in data
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "The end." in text
    assert "kept-from" not in text
    assert "root:" not in text
    assert document.count_attachments() == 0
    document.close()


@needs_pdf
def test_a_page_that_brings_fonts_is_not_set(host: str) -> None:
    """What makes PDFs would keep them in files, and the child may write none. Our pages bring no fonts."""
    bringing = f'<html lang="en"><style>@font-face {{ font-family: x; src: url("{host}/x.ttf") }}</style><p>words'
    with pytest.raises(NotTypeset, match="not made"):
        pdf_of(bringing.encode())
    assert Asked.paths == []


@needs_pdf
def test_figures_of_a_story_are_named_and_not_fetched(host: str) -> None:
    urls = (f"{host}/a.jpg", "file:///etc/passwd", "javascript:alert(1)")
    story = replace(STORIES["german"], figures=tuple(Figure(url=url, caption="Bild", after=1) for url in urls))
    for pictures in (True, False):
        pdf_of(print_page.dump(page_of(story), pictures=pictures))
    assert Asked.paths == []


@needs_pdf
def test_what_takes_too_long_or_too_much_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "LARGEST", 100)
    with pytest.raises(NotTypeset, match="too large"):
        pdf_of(b"<p>" + b"word " * 100)
    monkeypatch.undo()
    monkeypatch.setattr(typesetting, "SECONDS", -4.9)
    with pytest.raises(NotTypeset, match="longer"):
        pdf_of(b"<p>never in time</p>")


@needs_pdf
def test_the_child_can_write_no_file_and_sees_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_SECRET_KEY", "kept-from-all-readers")
    probe = (
        "import os, resource; from dateline.wire import typesetting; typesetting._typeset = lambda html: "
        "b'%PDF-' + repr((sorted(os.environ), resource.getrlimit(resource.RLIMIT_FSIZE), "
        "resource.getrlimit(resource.RLIMIT_AS)[0])).encode(); typesetting.main()"
    )
    run = typesetting.subprocess.run
    monkeypatch.setattr(
        typesetting.subprocess,
        "run",
        lambda command, **more: run([command[0], "-c", probe], **more),
    )
    told = pdf_of(b"<p>probe</p>").decode()
    assert "DATELINE" not in told
    assert f"(0, 0), {typesetting.MEMORY}" in told


def test_no_more_are_made_at_once_than_there_are_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "available", lambda: True)
    monkeypatch.setattr(typesetting, "_turns", threading.BoundedSemaphore(1))
    typesetting._turns.acquire()
    with pytest.raises(NotTypeset) as told:
        pdf_of(b"<p>in the queue</p>", patience=0)
    assert told.value.busy


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "available", lambda: False)
    with pytest.raises(NotTypeset, match=r"dateline\[pdf\]") as told:
        pdf_of(b"<p>nothing to make it with</p>")
    assert told.value.missing
