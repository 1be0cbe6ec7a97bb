"""Keys, watches and digests on the command line."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from tests.fetch.sink import sink
from tests.terminal import dateline


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    assert dateline("init", home=made).returncode == 0
    return made


def test_a_key_is_shown_once_and_revoked(home: Path) -> None:
    token = dateline("key", "add", "agency", home=home).stdout.decode().strip()
    assert len(token) > 40
    listed = dateline("key", "list", home=home).stdout.decode()
    assert "agency" in listed
    assert token not in listed
    again = dateline("key", "add", "agency", home=home)
    assert again.returncode == 2
    assert b"agency" in again.stderr
    assert dateline("key", "revoke", "agency", home=home).returncode == 0
    assert b"revoked" in dateline("key", "list", home=home).stdout
    assert dateline("key", "revoke", "nobody", home=home).returncode == 2


def test_a_watch_is_kept_and_its_letter_shown(home: Path) -> None:
    refused = dateline("watch", "add", "Ships", "cat:x", "--mail", "reader@paper.example", home=home)
    assert refused.returncode == 2
    assert b"cat:x" in refused.stderr
    assert dateline("watch", "add", "Ships", "trawler", home=home).returncode == 2
    kept = dateline("watch", "add", "Ships", "trawler", "--mail", "reader@paper.example", home=home)
    assert kept.returncode == 0, kept.stderr
    assert b"daily" in dateline("watch", "list", home=home).stdout
    nothing = dateline("digest", "Ships", "--print", home=home)
    assert (nothing.returncode, nothing.stdout) == (0, b"")
    assert dateline("digest", "Nobody", home=home).returncode == 2
    assert dateline("take-in", today(home), "--publish", "--no-read", home=home).returncode == 0
    # Shown twice, it is the same twice: nothing is kept of what is only shown.
    shown = [dateline("digest", "Ships", "--print", home=home).stdout for _ in range(2)]
    subjects = [message_from_bytes(each, policy=policy.default)["Subject"] for each in shown]
    assert subjects == ["Ships: Trawler seized again in the strait"] * 2


def test_a_digest_is_sent_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = dateline("digest", "Ships", home=home)
    assert failed.returncode == 2
    assert b"DATELINE_SMTP_URL" in failed.stderr
    assert b"1 not sent yet" in dateline("watch", "list", home=home).stdout
    with sink() as kept:
        monkeypatch.setenv("DATELINE_SMTP_URL", f"smtp://127.0.0.1:{kept.port}")
        # The letter that did not leave goes with the next, or with the other tasks.
        assert b"1 story told" in dateline("digest", "Ships", home=home).stdout
        assert b"nothing new" in dateline("digest", "Ships", home=home).stdout
        assert dateline("poll", "--once", "--no-read", home=home).returncode == 0
    ((to, message),) = kept.taken
    assert to == ["reader@paper.example"]
    assert message_from_bytes(message, policy=policy.default)["Subject"] == "Ships: Trawler seized again in the strait"
    assert b"not sent" not in dateline("watch", "list", home=home).stdout
    assert dateline("watch", "drop", "Ships", home=home).returncode == 0
    assert dateline("watch", "drop", "Ships", home=home).returncode == 2


def test_a_digest_says_what_it_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dateline("init", home=tmp_path).returncode == 0
    dateline("watch", "add", "Ships", "trawler", "--mail", "reader@paper.example", home=tmp_path)
    dateline("take-in", today(tmp_path), "--publish", "--no-read", home=tmp_path)
    assert dateline("digest", "Ships", home=tmp_path).returncode == 2  # there is no server: the letter stays
    code = dateline("search", "trawler", home=tmp_path).stdout.decode().split()[0]
    assert dateline("retract", code, "--reason", "No ship.", home=tmp_path).returncode == 0
    assert dateline("digest", "Ships", "--print", home=tmp_path).stdout == b""
    with sink() as kept:
        monkeypatch.setenv("DATELINE_SMTP_URL", f"smtp://127.0.0.1:{kept.port}")
        done = dateline("digest", "Ships", home=tmp_path)
    assert done.stdout.decode() == f"Ships: {code} not told, as it was withdrawn before its letter left\n"
    assert kept.taken == []


def test_a_watch_is_told_of_what_no_story_has(home: Path) -> None:
    assert dateline("take-in", today(home), "--publish", "--no-read", home=home).returncode == 0
    kept = dateline("watch", "add", "Year", "trawler year:1394", "--mail", "reader@paper.example", home=home)
    doubt, done = kept.stdout.decode().splitlines()
    assert doubt.startswith("? year:1394  no story is known for this; known: year:")
    assert done.startswith("Year: trawler year:1394")
    for name, *query in (("Not", "-trawler"), ("Other", "harbour", "-trawler")):
        kept = dateline("watch", "add", name, *query, "--mail", "reader@paper.example", home=home)
        assert kept.stdout.decode() == f"{name}: {' '.join(query)}, daily, to reader@paper.example\n", kept.stderr


def test_a_word_that_is_not_wanted_is_a_word_of_the_query(home: Path, tmp_path: Path) -> None:
    assert dateline("take-in", today(home, 2), "--publish", "--no-read", home=home).returncode == 0
    found = dateline("search", "trawler", "-harbour", "--limit", "5", home=home).stdout.decode()
    assert "in the strait" in found
    assert "in the harbour" not in found
    # No option of one letter with its value behind it either.
    out = tmp_path / "out.csv"
    for word in ("-owner", "-honey", "-5"):
        assert dateline("search", "trawler", word, "--export", "csv", "-o", out, home=home).returncode == 0
        assert ("in the strait" in out.read_text()) is (word != "-owner")
    assert dateline("review", "-harbour", "trawler", "-o", tmp_path / "review.html", home=home).returncode == 0
    assert dateline("search", "trawler", "--no-such-option", home=home).returncode == 2


def test_a_hook_on_this_machine_names_what_opens_it(home: Path) -> None:
    dateline("watch", "add", "Near", "trawler", "--hook", "http://127.0.0.1:9/x", home=home)
    dateline("take-in", today(home, 3), "--publish", "--no-read", home=home)
    done = dateline("digest", "Near", home=home, DATELINE_ALLOW_PRIVATE="")
    assert done.returncode == 2
    assert done.stderr.decode() == "dateline: 127.0.0.1: this machine; DATELINE_ALLOW_PRIVATE opens it\n"


def test_a_hook_shows_its_secret(home: Path) -> None:
    kept = dateline("watch", "add", "Hook", "trawler", "--hook", "https://desk.example/x", home=home)
    assert len(kept.stdout.decode().splitlines()[-1]) > 30


def test_two_workers_send_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dateline("init", home=tmp_path).returncode == 0
    added = ("watch", "add", "Ships", "trawler", "--rhythm", "at-once", "--mail", "reader@paper.example")
    assert dateline(*added, home=tmp_path).returncode == 0
    assert dateline("take-in", today(tmp_path, 12), "--publish", "--no-read", home=tmp_path).returncode == 0
    with sink() as kept:
        monkeypatch.setenv("DATELINE_SMTP_URL", f"smtp://127.0.0.1:{kept.port}")
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda _: dateline("poll", "--once", "--no-read", home=tmp_path), range(2)))
        assert [each.returncode for each in done] == [0, 0], [each.stderr for each in done]
        # One may have come to an end while the other put the last alerts down.
        assert dateline("poll", "--once", "--no-read", home=tmp_path).returncode == 0
    names = [message_from_bytes(message, policy=policy.default)["Message-ID"] for _, message in kept.taken]
    assert len(names) == len(set(names)) == 12


def today(home: Path, stories: int = 1) -> Path:
    """Return a feed of stories that are dated now."""
    places = ("strait", "harbour", "bay", "delta", "gulf", "lagoon", "fjord", "river", "canal", "lake", "dock", "port")
    items = [
        {
            "id": place,
            "url": f"https://paper.example/{place}",
            "title": f"Trawler seized again in the {place}",
            "content_text": f"The coast guard of the {place} seized a trawler on its way home to the {place}.\n\n"
            f"Its owner in the {place} protested once more, and asked the {place} what the matter was.",
            "date_published": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        for place in places[:stories]
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "language": "en", "items": items}
    path = home / "today.json"
    path.write_text(json.dumps(feed), "utf-8")
    return path
