"""Where a command cannot go on: one line that says why, and the exit status that is documented."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.test_commands import PRINT_PAGE, SAMPLES
from tests.terminal import dateline

from dateline.cli.serve import served_at


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of one published story."""
    made = tmp_path_factory.mktemp("home")
    assert dateline("init", home=made).returncode == 0
    done = dateline("take-in", PRINT_PAGE, "--publish", home=made)
    assert done.returncode == 0, done.stderr.decode()
    return made


@pytest.mark.parametrize("place", ["", "no/file", "file/below"])
@pytest.mark.parametrize(
    "words",
    [
        ("print", "{code}", "-o"),
        ("review", "{code}", "-o"),
        ("export", "-o"),
        ("search", "trawler", "--export", "csv", "-o"),
        ("convert", str(PRINT_PAGE), "--to", "ninjs", "-o"),
    ],
)
def test_an_output_that_cannot_be_written_is_named(
    words: tuple[str, ...], place: str, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    if words[0] == "convert" and not place:
        place = "no/file"  # a folder is a place to convert to
    code = dateline("search", "trawler", home=home).stdout.decode().split()[0]
    done = dateline(*(word.format(code=code) for word in words), tmp_path / place, home=home)
    told = done.stderr.decode().strip()
    assert done.returncode == 2, told
    assert len(told.splitlines()) == 1
    assert str(tmp_path / place) in told


def test_a_folder_that_cannot_be_made_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = dateline("bake", tmp_path / "file" / "site", home=home)
    told = done.stderr.decode().strip()
    assert done.returncode == 2, told
    assert len(told.splitlines()) == 1
    assert str(tmp_path / "file" / "site") in told


def test_search_dates_no_story_that_states_no_date(home: Path, tmp_path: Path) -> None:
    (tmp_path / "undated.md").write_text("A bridge of glass opens\n\nThe mayor walked over it, and it held.\n")
    taken = dateline("take-in", tmp_path / "undated.md", "--publish", home=home)
    assert taken.stdout.decode() == "1 file: 1 new, 0 refused; 1 published\n"
    told = dateline("search", "glass", "OR", "trawler", home=home).stdout.decode()
    assert "  no date     en  A bridge of glass opens\n" in told
    assert "  2015-09-09  en  Velloria seizes" in told
    code = next(line.split()[0] for line in told.splitlines() if "glass" in line)
    for said, complaint in (("yesterday", b"not a date"), ("2099-01-01", b"has not come yet")):
        refused = dateline("date", code, said, home=home)
        assert (refused.returncode, complaint in refused.stderr) == (2, True)
    assert dateline("date", code, "2014-03-02", home=home).stdout.decode() == f"{code} dated 2014-03-02\n"
    assert f"{code}  2014-03-02  en  A bridge" in dateline("search", "date:2014-03", home=home).stdout.decode()


@pytest.mark.unstored
@pytest.mark.parametrize("words", [("init",), ("search", "x")])
@pytest.mark.parametrize("url", ["", "postgres://nobody@127.0.0.1:1/none"])
def test_an_archive_that_cannot_be_opened_is_named(words: tuple[str, ...], url: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / ("home" if url else "file/below")
    done = dateline(*words, DATELINE_HOME=str(home), DATELINE_DATABASE_URL=url)
    (complaint,) = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert complaint.startswith("dateline: the archive cannot be opened: ")
    assert ("127.0.0.1" if url else str(home)) in complaint


@pytest.mark.parametrize("port", ["99999", "-5", "0"])
def test_a_port_that_is_none_is_named(port: str, home: Path) -> None:
    done = dateline("serve", "--port", port, home=home)
    told = done.stderr.decode().strip()
    assert done.returncode == 2, told
    assert told == f"dateline: --port {port}: give a number from 1 to 65535"


def test_a_second_server_does_not_make_itself_the_sites_address(home: Path) -> None:
    first = "http://127.0.0.1:8000"
    for is_named in (False, True):
        with served_at(home / "served", first, is_named=is_named):
            done = dateline("serve", home=home, DATELINE_SITE_URL="")
        assert (done.returncode, done.stdout) == (2, b"")
        (complaint,) = done.stderr.decode().splitlines()
        assert f"served already at {first};" in complaint


def test_commands_print_the_address_that_is_served_or_was_last(home: Path) -> None:
    with served_at(home / "served", "http://127.0.0.1:8160", is_named=False):
        assert b"http://127.0.0.1:8160/en/news/" in dateline("print", "1001", home=home, DATELINE_SITE_URL="").stdout
    assert b"http://127.0.0.1:8160/en/news/" in dateline("print", "1001", home=home, DATELINE_SITE_URL="").stdout
    named = dateline("print", "1001", home=home, DATELINE_SITE_URL="https://desk.example").stdout
    assert b"https://desk.example/en/news/" in named
    assert b":8160" not in named


def test_a_site_whose_address_is_named_has_several_servers(tmp_path: Path) -> None:
    note = tmp_path / "served"
    with (
        served_at(note, "http://127.0.0.1:8000", is_named=True),
        served_at(note, "http://127.0.0.1:8001", is_named=True),
    ):
        assert note.read_text() == "http://127.0.0.1:8001"
    with served_at(note, "http://127.0.0.1:8002", is_named=False):
        assert note.read_text() == "http://127.0.0.1:8002"


def test_a_host_that_is_not_this_machine_is_named(home: Path) -> None:
    done = dateline("serve", "--host", "192.0.2.7", home=home)
    assert done.returncode == 2
    assert done.stderr.decode() == "dateline: --host 192.0.2.7: no address of this machine\n"


@pytest.mark.parametrize("words", [("search", "x"), ("serve",), ("digest", "x"), ("export",)])
def test_where_there_is_no_archive_none_is_left(words: tuple[str, ...], tmp_path: Path) -> None:
    done = dateline(*words, DATELINE_HOME=str(tmp_path / "none"), DATELINE_DATABASE_URL="")
    assert done.returncode == 2
    assert b"dateline init" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.unstored
@pytest.mark.parametrize("module", ["dateline.cli.read", "rich.console", "dateline.cli.inputs"])
def test_stopping_it_before_all_is_imported_is_one_line_and_130(module: str) -> None:
    """Ctrl-C at the moment that one module is looked for."""
    script = f"""
import sys
class Stop:
    def find_spec(self, name, *more):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
from dateline.cli.main import main
sys.exit(main(["read", {str(SAMPLES)!r}]))
"""
    done = subprocess.run([sys.executable, "-c", script], env=os.environ, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.decode()) == (130, "dateline: stopped\n")
