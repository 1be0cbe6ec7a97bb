"""Say that two records are one story in two languages."""

from __future__ import annotations

from datetime import datetime

from dateline.archive.editions import link_to_original
from dateline.archive.filing import filing
from dateline.archive.models import Act, Edition, Record, Version
from dateline.newsroom.press import Press, print_pages, standing
from dateline.story import Refused


@filing()
def link_edition(
    record: Record, other: Record, *, of_version: Version, by: str, now: datetime, press: Press, reason: str = ""
) -> None:
    """Link the original, whose version ``of_version`` is, with the one of the two that was made of that version.

    All editions of an original are editions of each other. Linking a pair anew says that the edition was brought up
    to another version. ``reason`` says how it is known, where nobody at the desk said so. Raises
    Refused where the two cannot be one story.
    """
    if of_version.record_id not in (record.pk, other.pk):
        raise Refused("no-version", f"the version given is neither of {record.code} nor of {other.code}")
    original, edition = (record, other) if of_version.record_id == record.pk else (other, record)
    siblings = list(Edition.objects.filter(record=original).exclude(other=edition).select_related("other"))
    _check(original, edition, {link.other.language: link.other for link in siblings})
    _link(original, edition, of_version)
    _link(edition, original, of_version)
    for link in siblings:
        _link(link.other, edition, of_version)
        _link(edition, link.other, link.of_version)
    told = {original.pk, edition.pk, *(link.other_id for link in siblings)}
    for each in Record.objects.published().with_current().filter(pk__in=told):
        print_pages(each, before=standing(each), press=press, now=now)
    detail = {"edition": edition.code, "of_version": of_version.number, **({"reason": reason} if reason else {})}
    Act.objects.create(verb="link edition", record=original, by=by, at=now, detail=detail)


def _check(original: Record, edition: Record, taken: dict[str, Record]) -> None:
    """Refuse what cannot be an edition of ``original``; ``taken`` are its editions so far, by language."""
    if original.pk == edition.pk:
        raise Refused("itself", f"{original.code}: a story is no edition of itself")
    for each in (original, edition):
        if each.state == Record.State.WITHDRAWN:
            raise Refused("withdrawn", f"{each.code}: a withdrawn story gets no edition and is none")
        if each.language == "und":
            raise Refused("no-language", f"{each.code}: nobody knows which language it is in")
    if original.language == edition.language:
        raise Refused("same-language", f"{original.code} and {edition.code} are both in {original.language}")
    if edition.language in taken:
        raise Refused(
            "same-language",
            f"{original.code} has an edition in {edition.language} already: {taken[edition.language].code}",
        )
    above = link_to_original(original)
    if above is not None:
        raise Refused("an-edition", f"{original.code} is itself an edition, of {above.other.code}: link to that one")
    below = link_to_original(edition)
    if edition.editions.exists() and (below is None or below.other_id != original.pk):
        raise Refused("linked", f"{edition.code} has editions of its own: unlink it first")


def _link(record: Record, other: Record, of_version: Version) -> None:
    # Alone: PostgreSQL locks no row that an outer join fetched.
    Edition.objects.select_related(None).update_or_create(
        record=record, other=other, defaults={"of_version": of_version}
    )
