"""Reasons of findings in the words of the page: the reading gives them in English.

Here are those of the readers that need no parser, which are all that stories in other languages than English have.
"""

from __future__ import annotations

import re

from dateline.reading.authority import country_of
from dateline.site.countries import country_in
from dateline.site.language import gettext as _
from dateline.site.language import pgettext, speech
from dateline.site.wording import kept, stance


@kept
def reason(why: str) -> str:
    """Return a reason in the words of the page; empty where one of its parts has none there."""
    parts = [_fixed().get(part) or _worded(part) for part in why.split("; ")]
    return f"{pgettext('between reasons', ';')} ".join(parts) if all(parts) else ""


def _fixed() -> dict[str, str]:
    return {
        "a length of time": _("a length of time"),
        "something that happens again and again": _("something that happens again and again"),
        "stated in full": _("stated in full"),
        "no date to count it from": _("no date to count it from"),
        "counted from the story's own date": _("counted from the story’s own date"),
        "counted from the date in the story's dateline": _("counted from the date in the story’s dateline"),
        "the sentence tells of the past": _("the sentence tells of the past"),
        "the sentence looks ahead": _("the sentence looks ahead"),
        "in quotation marks, no speaker beside them": _("in quotation marks, no speaker beside them"),
        "a paragraph in marks: the speaker before goes on": _("a paragraph in marks: the speaker before goes on"),
        "a phrase that names the source": _("a phrase that names the source"),
        "in the list of states and organisations": _("in the list of states and organisations"),
        "a body by the shape of its name": _("a body by the shape of its name"),
        "a state, placed at about its middle": _("a state, placed at about its middle"),
        "the likeliest place of that name": _("the likeliest place of that name"),
        "not in the gazetteer": _("not in the gazetteer"),
        "between commas, behind an office": _("between commas, behind an office"),
    }


def _worded(part: str) -> str:
    """Return a reason that holds words of the story."""
    said = {
        r"counted from the date said before, (.+)": _("counted from the date said before, %(said)s"),
        r"its year is that of the dates said before, (.+)": _("its year is that of the dates said before, %(said)s"),
        r"named with “(.+)”": _("named with “%(said)s”"),
        r"“(.+)” is a given name": _("“%(said)s” is a given name"),
        r"“(.+)” with a name and no article behind it": _("“%(said)s” with a name and no article behind it"),
        r"behind a word of place, and in the gazetteer \((.+)\)": _(
            "behind a word of place, and in the gazetteer (%(said)s)"
        ),
        r"the seat of the government of (.+?)(?:, named for it)?": _("the seat of the government: %(said)s"),
    }
    for form, words in said.items():
        if found := re.fullmatch(form, part):
            return words % {"said": found[1]}
    if found := re.fullmatch(r"“(.+)” \((\w+)\) with the speaker beside it", part):
        about = {"said": found[1], "stance": stance(found[2])}
        return _("“%(said)s” (%(stance)s) with the speaker beside it") % about
    if found := re.fullmatch(r"the capital of (.+)", part):
        code = country_of(found[1])
        state = country_in(speech(), code) if code else found[1]
        return _("the capital: %(state)s") % {"state": state}
    return ""
