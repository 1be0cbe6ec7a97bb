"""Folding for search and comparison: two spellings a reader takes for one become one string."""

from __future__ import annotations

import unicodedata

# Letters that no decomposition folds. Arabic ones go to their Persian form, which most of our
# right-to-left texts use; Arabic query and Arabic text meet there just as well.
_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ے": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا",
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-",
        "ـ": None,  # tatweel only stretches a word
        # A word with ZWNJ is two halves ("کتاب‌ها"): as a space it is found by its stem,
        # by the spelling with a space, and as a phrase. Lucene's Persian analysis does the same.
        "\u200c": " ",
    }
)  # fmt: skip


class _Folded(dict[int, str]):
    """What each character folds to, found out once: a text costs one look-up a character."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_char(chr(code))
        return folded


def _fold_char(char: str) -> str:
    if char in "йЙ":
        return "й"  # it keeps its breve: it is a letter of its own, not an accent
    folded: list[str] = []
    # NFKD turns Persian ي with a mark into base and mark, so letters are folded after it, not before.
    for each in unicodedata.normalize("NFKD", char.casefold()).casefold():
        category = unicodedata.category(each)
        if category == "Nd":
            folded.append(str(unicodedata.decimal(each)))
        elif category != "Mn" and (category != "Cf" or each == "\u200c"):
            folded.append(each)
    return "".join(folded).translate(_LETTERS)


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Fold case, accents, Arabic and Persian letter variants, digits and spaces.

    Harakat and hamza marks go with the accents (أ إ آ → ا, ؤ → و, ئ → ی); every decimal digit becomes
    ASCII; soft hyphens, bidi controls and other format characters go; runs of white space become one space.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLDED).split())


def letters() -> dict[str, str]:
    """Return the letters that ``fold`` puts in the place of others, for who folds elsewhere."""
    return {chr(letter): folded or "" for letter, folded in _LETTERS.items()}


def fold_digits(text: str) -> str:
    """Turn every decimal digit into its ASCII form and leave the rest, length included."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char for char in text)
