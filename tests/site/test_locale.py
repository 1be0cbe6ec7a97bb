"""Interface texts: compiled files match their sources, and no language lacks one or loses a number."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from gettext import c2py
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "src" / "dateline" / "site" / "locale"
FOREIGN = ("fa", "ar", "ru", "de")


def tool():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("compile_locale", ROOT / "tools" / "compile_locale.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def entries(catalogue: polib.POFile | polib.MOFile) -> set[tuple[object, ...]]:
    return {
        (entry.msgctxt, entry.msgid, entry.msgstr, tuple(sorted(entry.msgstr_plural.items())))
        for entry in catalogue
        if entry.msgid and (entry.msgstr or any(entry.msgstr_plural.values()))
    }


def source(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALES / language / "LC_MESSAGES" / "django.po"))


def form_of(catalogue: polib.POFile) -> Callable[[int], int]:
    """Return which plural form a catalogue's own rule gives a number."""
    (rule,) = re.findall(r"plural=(.*?);?$", catalogue.metadata["Plural-Forms"].strip())
    return c2py(rule)


def fields(text: str) -> list[str]:
    return sorted(re.findall(r"%\((\w+)\)s", text))


def test_the_five_languages_are_spoken() -> None:
    from dateline.site.language import SPOKEN

    assert set(SPOKEN) == {path.name for path in LOCALES.iterdir()} == {"en", "fa", "ar", "ru", "de"}


@pytest.mark.parametrize("language", ["en", *FOREIGN])
def test_compiled_texts_match_their_source(language: str) -> None:
    compiled = polib.mofile(str(LOCALES / language / "LC_MESSAGES" / "django.mo"))
    assert entries(compiled) == entries(source(language))


@pytest.mark.parametrize("language", FOREIGN)
def test_no_message_lacks_its_translation(language: str) -> None:
    said = {(entry.msgctxt, entry.msgid) for entry in source(language).translated_entries()}
    wanted = {(context, text) for context, text, _plural in tool().messages()}
    assert len(wanted) > 80
    assert wanted - said == set()


@pytest.mark.parametrize("language", FOREIGN)
def test_every_plural_has_as_many_forms_as_its_language(language: str) -> None:
    catalogue = source(language)
    form = form_of(catalogue)
    forms = {form(number) for number in range(200)}
    assert len(forms) == {"fa": 2, "ar": 6, "ru": 3, "de": 2}[language]
    assert all(set(entry.msgstr_plural) == forms for entry in catalogue if entry.msgid_plural)


@pytest.mark.parametrize("language", FOREIGN)
def test_placeholders_survive_translation(language: str) -> None:
    catalogue = source(language)
    form = form_of(catalogue)
    # A form that only one number takes may say it in words: Arabic has one for "two stories".
    alone = {each for each in range(6) if sum(form(number) == each for number in range(300)) == 1}
    for entry in catalogue:
        if entry.msgstr:
            assert fields(entry.msgstr) == fields(entry.msgid)
        for number, said in entry.msgstr_plural.items():
            wanted = fields(entry.msgid_plural)
            assert fields(said) == wanted or (number in alone and not fields(said)), entry.msgid


@pytest.mark.parametrize("language", ["ar", "fa", "ru", "de"])
def test_no_translation_is_left_in_english_marks(language: str) -> None:
    wrong = {"ar": ',;?“”"', "fa": ',;?“”"', "ru": '“”"', "de": '”"'}[language]
    for entry in source(language):
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            plain = re.sub(r"<[^>]*>|\?\w+=\S+", "", said)  # neither markup nor parts of an address
            assert not set(plain) & set(wrong), said


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("ru", 1, "1 час"),
        ("ru", 22, "22 часа"),
        ("ru", 11, "11 часов"),
        ("ar", 2, "ساعتان"),
        ("ar", 3, "3 ساعات"),
        ("ar", 11, "11 ساعة"),
        ("ar", 100, "100 ساعة"),
        ("de", 1, "1 Stunde"),
        ("de", 3, "3 Stunden"),
        ("fa", 3, "۳ ساعت"),
    ],
)
def test_a_number_takes_its_form(language: str, number: int, said: str, archive: Path) -> None:
    from dateline.site import wording
    from dateline.site.language import speaking
    from dateline.story import Moment
    from dateline.text.spans import Span

    moment = Moment(span=Span(0, 1), type="DURATION", value=f"PT{number}H", clock="none")
    with speaking(language):
        assert wording.resolved(moment).startswith(said + " · ")


def test_every_stance_has_a_word_for_readers(archive: Path) -> None:
    from dateline.reading.languages import words
    from dateline.site import wording

    stances = (words("en", "cues") or {})["stances"]
    assert [name for name in stances if wording.stance(name) == name] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Germany, Kosovo"), ("fa", "آلمان، کوزوو"), ("ar", "ألمانيا، كوسوفو"), ("ru", "Германия, Косово"),
     ("de", "Deutschland, Kosovo")],
)  # fmt: skip
def test_states_are_named_in_the_pages_language(language: str, said: str, archive: Path) -> None:
    from dateline.site import wording
    from dateline.site.language import speaking
    from dateline.story import Role

    with speaking(language):
        assert wording.office(Role(office=wording.country("DEU"), country="XKX")) == said
        assert wording.country("ZZZ") == "ZZZ"
        assert wording.place_name("Germany") == wording.country("DEU")
        assert wording.place_name("Georgian Bay") == "Georgian Bay"


@pytest.mark.parametrize("language", FOREIGN)
def test_every_state_has_a_name_in_every_language(language: str) -> None:
    from dateline.reading import authority
    from dateline.site.countries import country_in

    latin = re.compile("[A-Za-z]")
    names = {code: country_in(language, code) for code in authority._states()}
    assert len(names) > 190
    assert language == "de" or not [name for name in names.values() if latin.search(name)]


@pytest.mark.parametrize("language", FOREIGN)
def test_reasons_are_given_in_the_pages_language(language: str, paper: None) -> None:
    from dateline.archive.models import Record
    from dateline.reading.reader import read
    from dateline.site.language import speaking
    from dateline.site.reasons import reason

    whys = set()
    for record in Record.objects.published().in_language(language).with_current():
        assert record.current
        reading = read(record.current.as_story())
        found = (*reading.mentions, *reading.moments, *reading.places, *reading.quotes)
        whys |= {each.why for each in found if each.why}
    assert whys
    with speaking("en"):
        english = {why: reason(why) for why in whys}
    with speaking(language):
        assert {why: reason(why) for why in whys if reason(why) in ("", why, english[why])} == {}
