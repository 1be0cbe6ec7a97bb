"""The Python client: made from the API as it is, typed, and right against a server; the how-to does what it shows."""

from __future__ import annotations

import importlib.util
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).parent.parent.parent
CLIENT = ROOT / "clients" / "python" / "dateline_client.py"
HOW_TO = (ROOT / "docs" / "how-to" / "use-the-api.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(http|python)\n(.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def module() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("dateline_client", CLIENT)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["dateline_client"] = made
    spec.loader.exec_module(made)
    yield made
    del sys.modules["dateline_client"]


def test_the_client_is_in_step_with_the_api(archive: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "client.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.unstored
def test_the_client_is_typed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", str(CLIENT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.unstored
def test_the_client_says_in_its_own_words_that_nobody_answers(module: ModuleType) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        site = module.Dateline(f"http://127.0.0.1:{taken.getsockname()[1]}", timeout=5)
        for ask in (site.stories, lambda: next(site.export())):
            with pytest.raises(module.NotReached) as caught:
                ask()
            assert isinstance(caught.value, module.ApiError)
            assert site.address in str(caught.value)


def test_the_client_walks_lists_and_lines(module: ModuleType, served: str) -> None:
    from dateline.archive.models import Record

    site = module.Dateline(served)
    codes = [record.code for record in Record.objects.published().newest()]
    assert [story["code"] for story in site.each_stories()] == codes
    assert sorted(codes) == [line["code"] for line in site.export()]
    events = list(site.each_events(type_="ACCUSE", from_="2015-09-01"))
    assert events
    assert {event["type"] for event in events} == {"ACCUSE"}
    assert {len(row.split("\t")) for row in site.events_polecat(quad=3)} == {40}
    assert site.search(q="trawler", facets=True)["facets"]
    assert site.entity("loc:usa")["entity"]["name"] == "United States"


def test_the_client_fetches_nothing_twice(module: ModuleType, served: str) -> None:
    site = module.Dateline(served)
    assert site.stories() is site.stories()


def test_the_client_says_what_is_wrong(module: ModuleType, served: str, withdrawn: Any) -> None:
    site = module.Dateline(served, key="no.key")
    with pytest.raises(module.NotAllowed):
        site.acts()
    site = module.Dateline(served)
    with pytest.raises(module.NotFound):
        site.story(999999)
    with pytest.raises(module.BadParameter):
        site.stories(cursor="x")
    with pytest.raises(module.Withdrawn) as caught:
        site.story(withdrawn.code)
    assert caught.value.told["reason"]
    with pytest.raises(ValueError, match="no http"):
        module.Dateline("file:///etc")


@pytest.mark.unstored
def test_the_how_to_has_examples_of_both_kinds() -> None:
    assert {kind for kind, _ in BLOCKS} == {"http", "python"}
    assert len(BLOCKS) > 8


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_an_example_of_the_how_to_does_what_it_shows(
    number: int,
    module: ModuleType,
    served: str,
    token: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kind, code = BLOCKS[number]
    monkeypatch.setenv("DATELINE_KEY", token)
    if kind == "python":
        exec(compile(code.replace("https://news.example", served), f"example {number}", "exec"), {})
        printed = capsys.readouterr().out.splitlines()
        for shown in re.findall(r"print\(.*\)  # (.+)", code):
            assert [line for line in printed if re.fullmatch(as_pattern(shown), line)], (shown, printed)
        return
    asked, _, shown = code.partition("\n\n")
    line, *headers = asked.splitlines()
    method, path = line.split()
    told = dict(header.replace("$DATELINE_KEY", token).split(": ", 1) for header in headers)
    status, answer, body = _ask(Request(served + path, method=method, headers=told))
    first, _, rest = shown.partition("\n")
    assert status == int(first.split()[0]), body
    while rest and not rest.startswith(("{", "\n")):
        header, _, rest = rest.partition("\n")
        name, _, value = header.partition(": ")
        assert re.fullmatch(as_pattern(value), answer[name]), header
    if rest.strip():
        assert_shown(json.loads(rest), json.loads(body.splitlines()[0]))


def _ask(request: Request) -> tuple[int, Any, bytes]:
    try:
        with urlopen(request, timeout=30) as response:
            return response.status, response.headers, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def as_pattern(shown: str) -> str:
    return re.escape(shown).replace("…", ".*")


def assert_shown(shown: Any, told: Any) -> None:
    """Check that what is shown is told: "…" stands for anything, and more may be told."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            assert_shown(value, told[name])
    elif isinstance(shown, list):
        assert len(shown) <= len(told)
        for one, other in zip(shown, told, strict=False):
            assert_shown(one, other)
    elif isinstance(shown, str) and "…" in shown:
        assert re.fullmatch(as_pattern(shown), str(told), re.DOTALL), (shown, told)
    else:
        assert shown == told
