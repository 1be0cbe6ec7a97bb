"""Is a source credit an agency or paper, or a person?"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from dateline.text.folding import fold

_APART = re.compile(r"\s*(?:,|،|;|؛|/|\||\band\b|\bund\b|\bet\b|\by\b|&)\s*")


def is_agency(credit: str) -> bool:
    """Tell whether a credit names an organisation rather than people.

    Signs, any of which is enough in some part of the credit: it is an acronym ("NBC", "AFP"), holds a word
    organisations carry ("News", "Agency", "Staff", "Zeitung", "خبرگزاری"), is a name of the list,
    or is an address. Two or three capitalised words without such a sign are a person.
    """
    return any(_organisation(part) for part in _APART.split(credit.strip()) if part)


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
