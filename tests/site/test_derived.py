"""What is kept from one process to the next: found again whole, else made anew; never a reason to fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def home(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a home of its own for what is kept, as a process just started has it."""
    from django.conf import settings

    monkeypatch.setattr(settings, "DATELINE_HOME", tmp_path)
    anew()
    yield tmp_path
    monkeypatch.undo()
    anew()


def anew() -> None:
    """Forget what a process knows of what is kept, and what it has compiled and drawn."""
    from dateline.site import derived
    from dateline.site.charts import outlines, projection
    from dateline.site.templating import _environment

    for known in (derived._folder, derived.made_of, _environment, outlines.outlines, projection.land):
        known.cache_clear()


def files(home: Path) -> list[Path]:
    return sorted(path for path in (home / "cache").rglob("*") if path.is_file())


def test_what_is_kept_is_made_once(home: Path) -> None:
    from dateline.site.derived import kept

    assert kept("it", lambda: b"first") == kept("it", lambda: b"second") == b"first"
    assert [path.name for path in files(home)] == ["it"]


@pytest.mark.parametrize("left", [b"", b"it", b"\0" * 40])
def test_what_is_not_whole_is_made_anew(home: Path, left: bytes) -> None:
    from dateline.site.derived import kept

    kept("it", lambda: b"first")
    files(home)[0].write_bytes(left)
    assert kept("it", lambda: b"second") == b"second"
    files(home)[0].write_bytes(files(home)[0].read_bytes() + b"more")
    assert kept("it", lambda: b"third") == b"third"


def test_where_nothing_can_be_kept_it_is_made_each_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from dateline.site import derived

    (home / "cache").write_text("no folder")
    assert derived.kept("it", lambda: b"first") == b"first"
    assert derived.kept("it", lambda: b"second") == b"second"
    monkeypatch.setattr(settings, "DATELINE_HOME", None)
    derived._folder.cache_clear()
    assert derived.kept("it", lambda: b"third") == b"third"


def test_what_an_older_installation_kept_is_removed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.site import derived

    derived.keep("it", b"old")
    monkeypatch.setattr(derived, "__version__", "0.0.0")
    anew()
    assert derived.held("it") is None
    derived.keep("it", b"new")
    assert derived.held("it") == b"new"
    assert len(files(home)) == len(list((home / "cache").iterdir())) == 1


def test_there_are_only_so_many_files(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.site import derived

    monkeypatch.setattr(derived, "MOST", 2)
    for name in "abc":
        derived.keep(name, b"it")
    assert [path.name for path in files(home)] == ["a", "b"]


def test_templates_that_are_kept_speak_their_own_language(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jinja2 import Environment

    from dateline.site.language import speaking
    from dateline.site.templating import fill

    context = {"leaf": {"newer": "/newer", "older": ""}}

    def said(language: str) -> str:
        with speaking(language):
            return fill("site/_pager.html", **context)

    made = {language: said(language) for language in ("de", "en", "fa")}
    assert "Neuere" in made["de"]
    assert "Newer" in made["en"]
    assert len(files(home)) == len({*made.values()}) == 3

    def compiled(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    anew()
    monkeypatch.setattr(Environment, "compile", compiled)
    assert {language: said(language) for language in ("fa", "en", "de")} == made


def test_land_that_is_kept_is_the_same_land(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.site.charts import outlines, projection

    view = projection.Window(lat=42.0, lon=31.5, span=28.0)
    drawn, lines = projection.land(view), outlines.outlines()
    anew()
    monkeypatch.setattr(outlines, "_lines", lambda: b"[]")
    monkeypatch.setattr(projection, "_land", lambda view: "")
    assert projection.land(view) == drawn != ""
    assert outlines.outlines() == lines
