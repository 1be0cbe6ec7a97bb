"""Templates: every word of the interface in its language, every value escaped, no misspelt name unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

TEMPLATES = Path(__file__).parents[2] / "src" / "dateline" / "site" / "templates" / "site"


@pytest.mark.parametrize("language", ["en", "fa", "ar", "ru", "de"])
def test_every_template_can_be_compiled_in_every_language(language: str, archive: Path) -> None:
    from dateline.site.language import speaking
    from dateline.site.templating import _environment

    with speaking(language):
        for path in TEMPLATES.iterdir():
            _environment(language).get_template(f"site/{path.name}")


def test_the_words_are_those_of_the_language_spoken(archive: Path) -> None:
    from dateline.site.language import speaking
    from dateline.site.templating import fill

    context = {"leaf": {"newer": "/a?b=1&c=2", "older": ""}}
    for language, word in (("de", "Neuere"), ("en", "Newer"), ("de", "Neuere")):
        with speaking(language):
            said = fill("site/_pager.html", **context)
        assert word in said
        assert 'href="/a?b=1&amp;c=2"' in said


def test_values_in_a_text_are_escaped_and_the_text_is_not(archive: Path) -> None:
    from dateline.site.templating import isolated, translated, translated_many

    assert translated("No story has <b>%(query)s</b>.", query='<i>"') == Markup("No story has <b>&lt;i&gt;&#34;</b>.")
    assert translated("%(first)s to %(last)s", first=isolated("<"), last=1) == Markup("<bdi>&lt;</bdi> to 1")
    assert translated_many("%(n)s of <b>", "%(n)s of <b>", 2, n="<") == Markup("&lt; of <b>")


def test_letters_as_text_are_not_escaped(archive: Path) -> None:
    from dateline.site.templating import fill

    said = fill("site/letter.txt", site_name="A & B", watch={"name": "<x>", "query": '"q"'}, groups=[], more=0)
    assert said.startswith('A & B\n<x>: "q"\n')


def test_an_attribute_of_what_is_not_there_is_an_error(archive: Path) -> None:
    from dateline.site.templating import fill

    with pytest.raises(UndefinedError):
        fill("site/_chart.html")
