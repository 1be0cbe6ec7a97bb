"""Words that no newspaper has: made up by syllables, drawn as words are in life, few of them very often (Zipf).

A language's commonest words are its own small ones, so that it is known for what it is; all others are made up.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

WORDS = 60_000  # of a language
EXPONENT = 1.05  # of Zipf's law
SHARES = {"en": 0.80, "fa": 0.06, "ru": 0.06, "ar": 0.04, "de": 0.04}
_SMALL = {
    "en": "the of to and a in that is was for on with as it by at from has were are be said had not they his this "
    "which but their after an its been who would will one over about more when there him she her we could than out",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden er hat "
    "dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis",
    "ru": "и в не на что он с по это как из но за к от о для так его все было бы или до если при она они уже был "
    "может их чтобы была мы ещё где когда нет этого после без того во со также между году который себя под есть",
    "fa": "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می شود شد بود دارد اما یا باید ما هر "
    "پس اگر دو بین همه چه آنها شده بی پیش بیش روز هیچ زیر چون چند",
    "ar": "في من على إلى أن عن مع هذا التي الذي ما لا كان هذه كما قد بين أو بعد ذلك لم كل قال حيث منذ حتى عند غير "
    "إن لكن قبل خلال كانت أي هو هي نحو تم عدد أكثر فيه منها ضد لن ليس",
}
_SYLLABLES = {
    "en": ("b br c ch d dr f g gr h k l m n p pr r s sh st t tr v w", "a e i o u ea ou ai", " n r l st nd rt ck m"),
    "de": ("b br d dr f g gl h k kr l m n p r s sch st t tr w z", "a e i o u ei au ie ä ö ü", " n r l st nd ch tz rm"),
    "ru": ("б бр в г гр д ж з к кр л м н п пр р с ст т тр х ч ш", "а е и о у я ы", " н р л ст м к т в"),
    "fa": ("ب پ ت ج چ خ د ر ز س ش ف ق ک گ ل م ن و ه", "ا و ی ا ی", " ن ر م ش د ک ت ل"),
    "ar": ("ب ت ج ح خ د ر ز س ش ص ط ع ف ق ك ل م ن ه", "ا و ي ا", " ن ر م ة د ك ت ل"),
}


class Vocabulary:
    """The words of a language, commonest first, and how often each is drawn."""

    def __init__(self, language: str, *, words: int = WORDS) -> None:
        dice = random.Random(f"words of {language}")
        self.language = language
        self.words = _SMALL[language].split()
        known = set(self.words)
        while len(self.words) < words:
            made = _made(language, dice)
            if made not in known:
                known.add(made)
                self.words.append(made)
        self._weights = list(accumulate(1 / (rank + 2.7) ** EXPONENT for rank in range(words)))

    def draw(self, dice: random.Random, count: int) -> list[str]:
        return dice.choices(self.words, cum_weights=self._weights, k=count)

    def ranked(self, rank: int) -> str:
        """Return the word of a rank, 1 the commonest."""
        return self.words[rank - 1]


def name(language: str, dice: random.Random) -> str:
    """Return a name made up."""
    return _made(language, dice, syllables=(2, 3)).capitalize()


def zipf(count: int, *, exponent: float = 1.0) -> list[float]:
    """Return cumulative weights by which the first of ``count`` are drawn most often."""
    return list(accumulate(1 / (rank + 1) ** exponent for rank in range(count)))


def _made(language: str, dice: random.Random, *, syllables: Sequence[int] = (1, 4)) -> str:
    first, vowels, last = (part.split(" ") for part in _SYLLABLES[language])
    count = dice.randint(syllables[0], syllables[-1])
    return "".join(dice.choice(first) + dice.choice(vowels) for _ in range(count)) + dice.choice(last)
