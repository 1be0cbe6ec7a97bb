"""Interface texts: compiled files match their sources, and Persian lacks none."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "src" / "dateline" / "site" / "locale"


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


@pytest.mark.parametrize("language", ["en", "fa"])
def test_compiled_texts_match_their_source(language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    assert entries(polib.mofile(str(folder / "django.mo"))) == entries(polib.pofile(str(folder / "django.po")))


def test_persian_lacks_no_message() -> None:
    catalogue = polib.pofile(str(LOCALES / "fa" / "LC_MESSAGES" / "django.po"))
    said = {(entry.msgctxt, entry.msgid) for entry in catalogue.translated_entries()}
    wanted = {(context, text) for context, text, _plural in tool().messages()}
    assert len(wanted) > 80
    assert wanted - said == set()


def test_placeholders_survive_translation() -> None:
    catalogue = polib.pofile(str(LOCALES / "fa" / "LC_MESSAGES" / "django.po"))
    for entry in catalogue:
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            if said:
                assert sorted(part.split(")")[0] for part in said.split("%(")[1:]) == sorted(
                    part.split(")")[0] for part in entry.msgid.split("%(")[1:]
                )


def test_every_stance_has_a_word_for_readers(archive: Path) -> None:
    from dateline.reading.languages import words
    from dateline.site import wording

    stances = (words("en", "cues") or {})["stances"]
    assert [name for name in stances if wording.stance(name) == name] == []
