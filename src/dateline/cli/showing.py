"""A Story and its Reading as text for people."""

from __future__ import annotations

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dateline.cli.console import out
from dateline.story import Figure, Moment, Place, Quote, Reading, Repair, Role, Stamp, Story

COLOURS = {"PER": "bold cyan", "ORG": "bold magenta", "LOC": "bold green", "MISC": "bold yellow"}
MOMENT = "underline blue"


def show(story: Story, reading: Reading) -> None:
    """Print everything that was found, the words themselves coloured in the text."""
    out.print(Panel(Text(story.headline, style="bold"), subtitle=_where_from(story), subtitle_align="left"))
    out.print(_facts(story))
    out.print()
    out.print(_body(story, reading))
    out.print()
    for part in (_people, _moments, _places, _quotes, _events):
        if (found := part(story, reading)) is not None:
            out.print(found)
    if reading.unread:
        out.print(Text(f"Not read in this language: {', '.join(reading.unread)}", style="dim"))
    for number, repair in enumerate(story.repairs, start=1):
        out.print(_repair(number, repair))


def say_stamp(stamp: Stamp) -> str:
    """Return a stamp as stated, with what it does not say."""
    shown = stamp.value.replace("T", " ")
    zone = f" {stamp.zone}" if stamp.zone else (" (no zone stated)" if "T" in stamp.value else "")
    return f"{shown}{zone} — from {stamp.origin}"


def _where_from(story: Story) -> str | None:
    return " · ".join(part for part in (story.site_name, story.credit) if part) or None


def _facts(story: Story) -> Table:
    table = Table.grid(padding=(0, 2))
    rows = {
        "Published": story.published and say_stamp(story.published),
        "Updated": story.updated and say_stamp(story.updated),
        "Dateline": story.dateline,
        "Byline": story.byline,
        "Source credit": story.credit,
        "Language": story.language,
        "Section": story.section,
        "Tags": ", ".join(story.tags),
        "Story code": story.code,
        "Link": story.url,
        "Site": " ".join(part for part in (story.site_name, story.site_url) if part),
        "Status": story.status if story.status != "usable" else None,
        "Note": story.note,
    }
    for name, value in rows.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(value))
    for figure in story.figures:
        table.add_row(Text("Figure", style="dim"), Text(_figure(figure)))
    return table


def _figure(figure: Figure) -> str:
    size = "×".join(str(side) for side in (figure.width, figure.height) if side)
    state = "image missing" if figure.missing else figure.url or ""
    credit = f"credit {figure.credit}" if figure.credit else ""
    return " · ".join(part for part in (figure.caption or figure.alt or "", credit, size, state) if part)


def _body(story: Story, reading: Reading) -> Group:
    text = Text(story.text)
    for mention in reading.mentions:
        text.stylize(COLOURS[mention.kind], mention.span.start, mention.span.end)
    for moment in reading.moments:
        text.stylize(MOMENT, moment.span.start, moment.span.end)
    return Group(text)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, padding=(0, 2))
    for column in columns:
        table.add_column(column)
    return table


def say_role(role: Role | None) -> str:
    """Return an office with the state or body it belongs to."""
    if role is None:
        return ""
    held_for = ", ".join(part for part in (role.organisation, role.country) if part)
    return f"{role.office} ({held_for})" if held_for else role.office


def _people(story: Story, reading: Reading) -> Table | None:
    if not reading.actors:
        return None
    count: dict[str | None, int] = {}
    for mention in reading.mentions:
        count[mention.entity] = count.get(mention.entity, 0) + 1
    table = _table("Who", "name", "kind", "office or country", "times")
    for actor in reading.actors:
        table.add_row(
            Text(actor.name, style=COLOURS[actor.kind] if actor.named else "italic"),
            actor.kind,
            say_role(actor.role) or actor.country or "",
            str(count.get(actor.key, 0)),
        )
    return table


def _moments(story: Story, reading: Reading) -> Table | None:
    if not reading.moments:
        return None
    table = _table("When", "said", "value", "days", "clock", "at")
    for moment in reading.moments:
        table.add_row(moment.span.of(story.text), moment.value, _days(moment), moment.clock, _at(moment))
    return table


def _days(moment: Moment) -> str:
    if moment.first is None:
        return ""
    return moment.first if moment.first == moment.last else f"{moment.first} … {moment.last}"


def _at(found: Moment | Place) -> str:
    return f"{found.span.start}–{found.span.end}"


def _places(story: Story, reading: Reading) -> Table | None:
    if not reading.places:
        return None
    table = _table("Where", "said", "country", "position", "at")
    for place in reading.places:
        position = (
            f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else "not placed"
        )
        table.add_row(place.span.of(story.text), place.country or "", position, _at(place))
    return table


def _quotes(story: Story, reading: Reading) -> Table | None:
    if not reading.quotes:
        return None
    names = {actor.key: actor.name for actor in reading.actors}
    table = _table("Who said what", "speaker", "stance", "kind", "content")
    for quote in reading.quotes:
        table.add_row(
            _speaker(quote, names, story), quote.stance, quote.kind, " … ".join(s.of(story.text) for s in quote.content)
        )
    return table


def _events(story: Story, reading: Reading) -> Text | None:
    """Return two lines for each event: a table would need more columns than a terminal has."""
    if not reading.events:
        return None
    names = {actor.key: actor.name for actor in reading.actors}
    lines = [Text("Who did what to whom", style="bold")]
    for event in reading.events:
        who = ", ".join(names.get(key, key) for key in event.actors) or "somebody"
        whom = ", ".join(names.get(key, key) for key in event.recipients)
        line = Text(f"  {who}{f' → {whom}' if whom else ''}: ")
        line.append(" ".join(part for part in (event.type, event.mode) if part), style="bold")
        when, where = (span.of(story.text) if span else "" for span in (event.moment, event.place))
        again = f"told {len(event.also) + 1} times" if event.also else ""
        line.append("".join(f" · {part}" for part in (event.modality, when, where, again) if part))
        said = " ".join(event.span.of(story.text).split())
        lines += [line, Text(f"    {said} – {event.why}", style="dim")]
    return Text("\n").join(lines)


def _speaker(quote: Quote, names: dict[str, str], story: Story) -> str:
    if quote.speaker in names:
        return names[quote.speaker]
    return " ".join(span.of(story.text) for span in quote.source) or "unknown"


def _repair(number: int, repair: Repair) -> Text:
    text = Text(f"Repair {number} ", style="dim")
    text.append(repair.kind, style="yellow")
    text.append(f": {repair.rule}")
    return text
