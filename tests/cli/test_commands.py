"""The commands: what they print, what they write, with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.terminal import dateline

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
PRINT_PAGE = SAMPLES / "meridian-project" / "2015-09-09-1915-halvar-trawler.txt"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive with all samples in it, published."""
    made = tmp_path_factory.mktemp("home")
    assert dateline("init", home=made).returncode == 0
    done = dateline("take-in", SAMPLES, "--publish", home=made)
    assert done.returncode in (0, 1), done.stderr.decode()
    return made


@pytest.mark.unstored
def test_read_prints_story_and_reading_as_json(tmp_path: Path) -> None:
    done = dateline("read", PRINT_PAGE, "--format", "json", home=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told["story"]["headline"] == "Velloria seizes Tarskan trawler in Halvar Strait"
    assert told["reading"]["mentions"]
    assert not list(tmp_path.iterdir()), "reading stores nothing"


@pytest.mark.unstored
def test_read_takes_pasted_text_and_shows_it_to_people() -> None:
    done = dateline("read", "-", said=PRINT_PAGE.read_bytes())
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    assert "no zone stated" in shown
    assert "31186" in shown
    assert "\x1b[" not in shown, "no colours where the output is no terminal"


@pytest.mark.unstored
def test_read_lines_answers_each_line_in_order_and_tells_of_a_bad_one() -> None:
    lines = [{"id": str(n), "text": f"Foreign Minister Daven Orlish spoke on Tuesday {n}."} for n in range(5)]
    said = "\n".join([*(json.dumps(line) for line in lines), "{bad", json.dumps({"id": "x"})])
    for jobs in ("1", "2"):
        done = dateline("read", "--jsonl", "--jobs", jobs, said=said.encode())
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert [answer.get("id") for answer in told] == ["0", "1", "2", "3", "4", None, "x"]
        assert ["error" in answer for answer in told] == [False] * 5 + [True, True]
        assert done.returncode == 1
        assert told[5]["error"].startswith("line 6: not JSON")
        assert told[6]["error"] == "line 7: no text"
        assert done.stderr.decode().strip() == "dateline: 2 of 7 lines could not be read"
        for line, answer in zip(lines, told, strict=False):
            assert all(0 <= m["start"] < m["end"] <= len(line["text"]) for m in answer["mentions"])


@pytest.mark.unstored
def test_a_line_that_no_terminal_can_write_is_answered_all_the_same() -> None:
    said = b'{"id": "\\ud800", "text": "x"}\n\n{"id": "b", "text": "half \\udc00"}\n\xff\n' + b"[" * 100_000
    done = dateline("read", "--jsonl", said=said)
    one, two, three, four = map(json.loads, done.stdout.splitlines())
    assert one == {"error": "line 1: id: half of a surrogate pair at character 0"}
    assert two == {"id": "b", "error": "line 3: text: half of a surrogate pair at character 5"}
    assert three["error"].startswith("line 4: not JSON")
    assert four["error"].startswith("line 5: not JSON")


@pytest.mark.unstored
@pytest.mark.parametrize(
    "words",
    [
        ("--jsonl", "--format", "html"),
        ("--jsonl", "--format", "json"),
        ("--jsonl", "--published", "2015-09-09"),
        ("--jobs", "2"),
        ("--published", ""),
    ],
)
def test_options_that_have_nothing_to_do_with_each_other_are_refused(words: tuple[str, ...]) -> None:
    done = dateline("read", *words, said=PRINT_PAGE.read_bytes())
    assert done.returncode == 2
    assert done.stdout == b""
    (complaint,) = done.stderr.decode().strip().splitlines()
    assert words[0] in complaint or words[1] in complaint


@pytest.mark.unstored
def test_group_lines_answers_each_line_in_order_and_tells_of_a_bad_one() -> None:
    told = "Velloria seized a Tarskan trawler in the Halvar Strait, its coast guard said. The crew of nine is held."
    again = "A Tarskan trawler was seized by Velloria in the Halvar Strait; the crew of nine is held in Astrel."
    other = "Bakers in Lindmere struck for a third day over the price of flour, and the mayor bought rolls from abroad."
    lines = [
        {"id": "a", "text": told, "published": "2015-09-09"},
        {"id": "b", "text": other, "published": "2015-09-09"},
        {"id": "c"},
        {"id": "d", "text": again, "title": "Trawler seized in Halvar Strait", "published": "2015-09-10"},
        {"id": "e", "text": told, "published": "2015-09-10"},
    ]
    done = dateline("group", "--jsonl", said="\n".join(map(json.dumps, lines)).encode())
    assert done.returncode == 1
    a, b, c, d, e = map(json.loads, done.stdout.splitlines())
    assert [each["id"] for each in (a, b, c, d, e)] == ["a", "b", "c", "d", "e"]
    assert a["cluster"] == d["cluster"] == e["cluster"] != b["cluster"]
    assert e["copy_of"] == "a"
    assert "copy_of" not in d
    assert c == {"id": "c", "error": "line 3: no text"}
    assert "1 of 5 lines could not be read" in done.stderr.decode()


@pytest.mark.unstored
@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "picture"),
        ("half.json", b'{"uri": "x", "headline": "Ha', "JSON"),
    ],
)
def test_bad_input_is_one_line_with_its_name_and_exit_2(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = dateline("read", path)
    complaint = done.stderr.decode().strip()
    assert done.returncode == 2
    assert done.stdout == b""
    assert len(complaint.splitlines()) == 1
    assert name in complaint
    assert why.lower() in complaint.lower()


@pytest.mark.parametrize(
    "words", [("read", "/no/such/file"), ("take-in", "/no/such/file"), ("read", "."), ("print", "9")]
)
def test_what_is_not_there_is_said(words: tuple[str, ...], home: Path) -> None:
    done = dateline(*words, home=home)
    assert done.returncode == 2
    assert len(done.stderr.decode().strip().splitlines()) >= 1
    assert "Traceback" not in done.stderr.decode()


def test_without_an_archive_it_says_what_to_do(tmp_path: Path) -> None:
    done = dateline("search", "x", home=tmp_path)
    assert done.returncode == 2
    assert "dateline init" in done.stderr.decode()


def test_taking_in_again_doubles_nothing(home: Path) -> None:
    before = dateline("export", home=home).stdout
    done = dateline("take-in", SAMPLES, "--publish", home=home)
    assert "new" not in done.stdout.decode().split("published")[0].replace("seen again", "")
    after = dateline("export", home=home).stdout

    def versions(exported: bytes) -> list[tuple[int, str, int, int]]:
        records = [json.loads(line) for line in exported.splitlines()]
        return [(r["code"], r["state"], len(r["versions"]), len(r["sightings"])) for r in records]

    assert versions(after) == versions(before)
    assert any(count > 1 for _, _, count, _ in versions(after)), "one sample changes another"
    assert any(state == "withdrawn" for _, state, _, _ in versions(after)), "one sample kills another"


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    dateline("init", home=tmp_path / "home")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.bin").write_bytes(b"\x00\x01\x02")
    (folder / "b.txt").write_bytes(PRINT_PAGE.read_bytes())
    (folder / "c.txt").write_bytes(b"")
    done = dateline("take-in", folder, "--no-read", home=tmp_path / "home")
    assert done.returncode == 1
    assert "1 new, 2 refused" in done.stdout.decode()
    assert "a.bin" in done.stderr.decode()
    assert "c.txt" in done.stderr.decode()


def test_search_counts_and_explains(home: Path) -> None:
    said = dateline("search", "trawler person:", "--facets", "--explain", "--limit", "1", home=home).stdout.decode()
    assert "? person:  nothing stands behind the colon" in said
    assert "year: 2015" in said
    assert ", 1 shown" in said
    assert "did you mean: trawler" in dateline("search", "trawlar", home=home).stdout.decode()
    said = dateline("search", "year:1394", home=home).stdout.decode()
    assert "? year:1394  no story is known for this; known: year:2015" in said


def test_search_exports_what_it_finds(home: Path, tmp_path: Path) -> None:
    done = dateline("search", "trawler", "--export", "jsonl", "--limit", "2", home=home)
    assert [json.loads(line)["language"] for line in done.stdout.splitlines()] == ["en", "en"]
    table = tmp_path / "found.csv"
    assert dateline("search", "trawler", "--export", "csv", "-o", table, home=home).returncode == 0
    assert table.read_text("utf-8-sig").startswith("code,permalink,")
    assert dateline("search", "trawler", "--export", "csv", "-o", tmp_path / "no" / "x", home=home).returncode == 2
    assert dateline("search", "trawler", "--limit", "0", home=home).returncode == 2


def test_search_finds_a_foreign_code(home: Path) -> None:
    done = dateline("search", "31186", home=home)
    assert "Velloria seizes Tarskan trawler" in done.stdout.decode()
    assert "1 found" in done.stdout.decode()


def test_retract_withdraws_once(home: Path) -> None:
    code = dateline("search", "Paris", home=home).stdout.decode().split()[0]
    assert dateline("retract", code, "--reason", "Not confirmed.", home=home).returncode == 0
    again = dateline("retract", code, "--reason", "Not confirmed.", home=home)
    assert again.returncode == 2
    assert "already" in again.stderr.decode()
    assert dateline("print", code, home=home).returncode == 2


def test_editions_are_linked_listed_and_parted(home: Path) -> None:
    def code_of(words: str) -> str:
        return dateline("search", words, home=home).stdout.decode().split()[0]

    english, german = code_of('"195 countries"'), code_of("Waffenruhe")
    done = dateline("edition", "link", english, german, home=home)
    assert (done.returncode, done.stdout.decode()) == (0, f"{german} (de) is an edition of {english}, version 1\n")
    listed = dateline("edition", "list", german, home=home).stdout.decode().splitlines()
    assert [line.split() for line in listed] == [[german, "de", "of", "version", "1"], [english, "en", "original"]]
    for words in (("link", english, german, "--of-version", "9"), ("link", english, english), ("unlink", "999999")):
        refused = dateline("edition", *words, home=home)
        assert refused.returncode == 2
        assert len(refused.stderr.decode().splitlines()) == 1
    assert dateline("edition", "unlink", english, home=home).returncode == 0
    assert dateline("edition", "list", german, home=home).stdout == b""
    assert dateline("edition", "unlink", english, home=home).returncode == 2


def test_print_writes_a_page_that_reads_back(home: Path, tmp_path: Path) -> None:
    code = dateline("search", "trawler", home=home).stdout.decode().split()[0]
    page = tmp_path / "page.html"
    assert dateline("print", code, "-o", page, home=home).returncode == 0
    story = json.loads(dateline("read", page, "--format", "json").stdout)["story"]
    assert story["code"] == code
    assert story["url"].startswith(f"https://dateline.example/en/news/{code}/")


@pytest.mark.unstored
def test_convert_tells_what_is_lost(tmp_path: Path) -> None:
    done = dateline("convert", PRINT_PAGE, "--to", "atom", "-o", tmp_path / "out.xml")
    assert done.returncode == 0
    assert "zone" in done.stderr.decode()
    story = json.loads(dateline("read", tmp_path / "out.xml", "--format", "json").stdout)["story"]
    assert story["headline"] == "Velloria seizes Tarskan trawler in Halvar Strait"


@pytest.mark.unstored
def test_a_feed_becomes_a_list_of_feeds(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Pier</title><link rel="self" href="https://pier.example/atom"/>'
        "<entry><title>One</title><id>1</id></entry></feed>"
    )
    done = dateline("convert", tmp_path / "feed.xml", "--to", "opml")
    assert done.returncode == 0
    assert b'xmlUrl="https://pier.example/atom"' in done.stdout
    assert b"lost: 1 item:" in done.stderr
    (tmp_path / "list.opml").write_bytes(done.stdout)
    assert dateline("convert", tmp_path / "list.opml", "--to", "opml").stdout == done.stdout
    assert dateline("convert", PRINT_PAGE, "--to", "opml").returncode == 2
