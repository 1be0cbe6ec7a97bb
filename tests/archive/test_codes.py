"""Which links are ours."""

from __future__ import annotations

import pytest

SITE = "https://dateline.example"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://dateline.example/en/news/1001/a-slug", 1001),
        ("https://DATELINE.example/fa/news/1001", 1001),
        ("https://dateline.example/1001", 1001),
        ("https://dateline.example/1001/", 1001),
        ("https://dateline.example/en/section/1001", None),
        ("https://dateline.example/en/archive/2015/05/12", None),
        ("https://elsewhere.example/en/news/1001/a-slug", None),
        ("https://dateline.example:8000/en/news/1001/a", None),
        ("https://dateline.example/en/news/99999999999999999999/a", None),
        ("", None),
    ],
)
def test_a_code_is_read_from_links_of_this_site_only(url: str, code: int | None, archive: object) -> None:
    from dateline.archive.codes import code_in

    assert code_in(url, SITE) == code
