"""Is a source credit an agency or paper, or a person?"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from dateline.text.folding import fold

# Small words that names and credits hold.
_JOINTS = frozenset(
    {"and", "und", "et", "y", "e", "i", "и", "of", "for", "the", "in", "at", "with", "from", "aus", "für", "von", "van"}
    | {"zu", "zur", "zum", "de", "der", "den", "des", "del", "della", "da", "di", "du", "la", "le", "al", "el"}
    | {"bin", "ibn", "bint", "ter", "ten", "dos"}
)
_APART = re.compile(r"\s*(?:,|،|;|؛|/|\||\band\b|\bund\b|\bet\b|\by\b|&)\s*")


@lru_cache(maxsize=4096)
def is_agency(credit: str) -> bool:
    """Tell whether a credit names an organisation rather than people.

    Signs, any of which is enough in some part of the credit: it is an acronym ("NBC", "AFP"), holds a word
    organisations carry ("News", "Agency", "Staff", "Zeitung", "خبرگزاری"), is a name of the list,
    or is an address. Two or three capitalised words without such a sign are a person.
    """
    return any(_organisation(part) for part in _APART.split(credit.strip()) if part)


def read_credit(said: str) -> tuple[str | None, str | None] | None:
    """Return the people and the agency that "By …" names; None when what follows is no name at all.

    Names have capitals (where the script has any) and end without a stop. "Mira Holt, NWA" is a person and an
    agency; an agency alone, several agencies, or a mixture we cannot part, are a credit.
    """
    said = said.strip(" \t—–-")
    words = re.findall(r"[\w'’.&-]+", said)
    if not words or len(words) > 12 or (said[-1] in ".!?؟:;…" and len(words) > 6):
        return None
    cased = [word for word in words if word[0].lower() != word[0].upper()]
    if any(word[0].islower() and word.lower() not in _JOINTS for word in cased) and not is_agency(said):
        return None
    if not cased and len(words) > 6 and not is_agency(said):
        return None
    if not is_agency(said):
        return said, None
    people, mark, agency = (
        re.split(r"\s*(,|،|/|\|)\s*", said, maxsplit=1) if re.search("[,،/|]", said) else (said, "", "")
    )
    if mark and not is_agency(people) and is_agency(agency) and not re.search("[,،/|]", agency) and " " in people:
        return people, agency
    return None, said


def _organisation(part: str) -> bool:
    if re.fullmatch(r"\w[\w&.-]*\w\.?", part) and part.isupper() and len(part) <= 8 and not re.match(r"\w\.\w", part):
        return True
    if re.search(r"\w\.(?:com|org|net|info|de|ir|ru|fr|eu|co|tv|uk)\b", part, re.IGNORECASE):
        return True
    if len(part.split()) == 1 and re.fullmatch(r"[^\W\d_]*[a-z][A-Z]\w*|\w*\d\w*", part):
        return True  # "BuzzFeed", "France24"
    folded = fold(part)
    words, names = _data()
    return folded in names or any(word in words for word in re.findall(r"[\w'-]+", folded))


@cache
def _data() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads((files("dateline.text") / "data" / "agencies.toml").read_text("utf-8"))
    return tuple(frozenset(fold(each) for each in data[key]) for key in ("words", "names"))  # type: ignore[return-value]
