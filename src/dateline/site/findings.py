"""The findings beside a text as list items: written here and in no template, as a page has a hundred of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from dateline.site import wording
from dateline.site.addresses import dossier_path
from dateline.site.language import gettext as _
from dateline.site.language import pgettext
from dateline.site.panel import Entry, Group, Link
from dateline.site.reasons import reason
from dateline.story import Actor, Event, Mention, Moment, Place, Quote

LONGEST_WORDS = 180
LONGEST_LINK = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What findings stand in: the paper's language, none on a page apart; ``way`` marks up words of the story."""

    language: str | None
    way: str


def items(group: Group, entries: Iterable[Entry], around: Around) -> str:
    """Return the list items of entries that are all of one group."""
    return "".join(_ITEM[group](entry, around) for entry in entries)


def _named(entry: Entry, around: Around) -> str:
    assert isinstance(entry.value, Actor | Mention)
    kind = f' <span class="tag">{escape(wording.kind(entry.value.kind))}</span>'
    roles = "".join(f"<p{around.way}>{escape(wording.office(role))}</p>" for role in entry.roles)
    return f"{_opening(entry, entry.label, around)}{kind}{_more(entry, around)}{roles}{_why(entry)}</li>\n"


def _moment(entry: Entry, around: Around) -> str:
    assert isinstance(entry.value, Moment)
    meant = wording.resolved(entry.value)
    told = f"<p>{escape(meant)}</p>" if meant and meant != entry.label else ""
    return f"{_opening(entry, entry.label, around)}{_more(entry, around)}{told}{_why(entry)}</li>\n"


def _place(entry: Entry, around: Around) -> str:
    assert isinstance(entry.value, Place | Mention)
    where = wording.located(entry.value)
    told = f"<p>{escape(where)}</p>" if where else ""
    name = wording.place_name(entry.label)
    return f"{_opening(entry, name, around)}{_more(entry, around)}{told}{_why(entry)}</li>\n"


def _quote(entry: Entry, around: Around) -> str:
    quote = entry.value
    assert isinstance(quote, Quote)
    speaker = _opening(entry, entry.label, around) if entry.label else _opening(entry, _("Speaker not found"))
    cue = f" · <bdi{around.way}>{escape(entry.cue)}</bdi>" if entry.cue else ""
    answers = f"<p>{_('Answers:')} {_link(entry.answers, around)}</p>" if entry.answers else ""
    return (
        f'{speaker} <span class="tag">{escape(wording.stance(quote.stance))}</span>'
        f'<p class="said"{around.way}>{_cut(entry.said, LONGEST_WORDS)}</p>'
        f"<p>{escape(wording.quoted(quote.kind))}{cue}</p>{answers}{_why(entry)}</li>\n"
    )


def _event(entry: Entry, around: Around) -> str:
    event = entry.value
    assert isinstance(event, Event)
    tags = (wording.quad(event.quad), wording.modality(event.modality))
    about = [(_("When"), entry.moment), (_("Where"), entry.place)]
    told = " · ".join(f"{word}: {_link(link, around)}" for word, link in about if link)
    again = "".join(f"<p>{_('Told again:')} {_link(link, around)}</p>\n" for link in entry.again)
    formal = f"{event.type}, {event.mode}" if event.mode else event.type
    return (
        _opening(entry, wording.deed(event.type))
        + "".join(f' <span class="tag">{escape(tag)}</span>' for tag in tags)
        + f'\n{_parties(entry, around)}<p class="said"{around.way}>{_cut(entry.label, LONGEST_WORDS)}</p>\n'
        + (f"<p>{told}</p>\n" if told else "")
        + f'{again}<p class="why"><span class="hidden">{_("Why:")}</span> '
        + f'<span lang="en" dir="ltr">{escape(formal)}: {escape("; ".join(entry.whys))}</span></p></li>\n'
    )


_ITEM: dict[Group, Callable[[Entry, Around], str]] = {
    "who": _named,
    "moments": _moment,
    "places": _place,
    "quotes": _quote,
    "events": _event,
    "names": _named,
}


def _opening(entry: Entry, words: str, around: Around | None = None) -> str:
    """Return the number and the link to the words; these are the story's own where it is told what is ``around``."""
    way, number = around.way if around else "", entry.number
    shown = f'<span class="no">{wording.digits(number)}</span>'
    return f'<li id="p{number}">{shown} <a href="#f{number}"{way}>{escape(words)}</a>'


def _more(entry: Entry, around: Around) -> str:
    """Return links to the further places of a name, and to its dossier; a page apart from the site has none."""
    spots = []
    for link in entry.more:
        shown = wording.digits(link.label)
        spots.append(f'<a href="#{link.to}" aria-label="{escape(entry.label)}, {shown}">{shown}</a>')
    more = f' <span class="more">{" ".join(spots)}</span>' if spots else ""
    there = dossier_path(around.language, entry.about, entry.label) if around.language and entry.about else ""
    if there:
        word = _("dossier")
        more += f' <a class="on" href="{escape(there)}" aria-label="{escape(entry.label)}: {word}">{word}</a>'
    return more


def _why(entry: Entry) -> str:
    if not entry.whys:
        return ""
    said = [escape(reason(why)) or f'<span lang="en" dir="ltr">{escape(why)}</span>' for why in entry.whys]
    between = pgettext("between reasons", ";")
    return f'<p class="why"><span class="hidden">{_("Why:")}</span> {f"{between} ".join(said)}</p>'


def _parties(entry: Entry, around: Around) -> str:
    if not (entry.actors or entry.recipients):
        return ""
    to = ""
    if entry.recipients:
        to = f' <span class="to" aria-hidden="true">→</span><span class="hidden">{_("towards")}</span> '
    who = _links(entry.actors, around) or _("somebody")
    return f'<p class="deed">{who}{to}{_links(entry.recipients, around)}</p>\n'


def _links(links: Sequence[Link], around: Around) -> str:
    return f"{pgettext('between items', ',')} ".join(_link(link, around) for link in links)


def _link(link: Link, around: Around) -> str:
    words = _cut(link.label, LONGEST_LINK)
    return f'<a href="#{link.to}"{around.way}>{words}</a>' if link.to else f"<bdi{around.way}>{words}</bdi>"


def _cut(words: str, longest: int) -> str:
    return escape(words if len(words) <= longest else words[: longest - 1] + "…")
