"""Letters to those who watch a query, in the words of their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import ngettext

from dateline.archive.models import DeliveredStory, Delivery, Watch
from dateline.site import shelves, wording
from dateline.site.language import direction, interface, speaking
from dateline.site.language import gettext as _
from dateline.site.templating import fill
from dateline.text.direction import Direction
from dateline.wire.letter import Letter

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """What a letter tells of one story. A withdrawn one is named by its code alone: its words were taken back.

    ``address`` is the short one: it outlives every slug, and can be read in a letter.
    """

    what: str
    code: int
    headline: str
    address: str
    language: str
    direction: Direction
    published: str
    summary: str
    note: str


class SiteLetters:
    """Words letters (newsroom's `LetterWriter`)."""

    def letter(self, delivery: Delivery, told: list[DeliveredStory]) -> Letter:
        watch = delivery.watch
        language = watch.language or settings.DATELINE_LANGUAGE
        with speaking(language):
            lines = [_line(each) for each in told]
            context = {
                "watch": watch,
                "groups": [(title, [line for line in lines[:MOST] if line.what == what]) for what, title in _titles()],
                "more": max(len(lines) - MOST, 0),
                "site_name": settings.DATELINE_SITE_NAME,
                "search": _search(watch, language),
                "unsubscribe": _unsubscribe(watch),
                "language": interface(language),
                "direction": direction(language=interface(language)),
            }
            return Letter(
                id=f"delivery-{delivery.pk}.{delivery.made_at:%Y%m%d%H%M%S}@{_host()}",
                sender=settings.DATELINE_MAIL_FROM,
                sender_name=settings.DATELINE_SITE_NAME,
                to=watch.mail,
                subject=_subject(watch, lines),
                text=fill("site/letter.txt", **context),
                html=fill("site/letter.html", **context),
                language=interface(language),
                at=delivery.made_at,
                unsubscribe=_unsubscribe(watch),
            )

    def notice(self, delivery: Delivery, told: list[DeliveredStory]) -> dict[str, Any]:
        watch = delivery.watch
        return {
            "watch": watch.name,
            "query": watch.query,
            "delivery": delivery.pk,
            "at": delivery.made_at.isoformat(),
            "stories": [
                {
                    "what": line.what,
                    "code": line.code,
                    "version": each.version,
                    "headline": line.headline,
                    "language": line.language,
                    "url": line.address,
                    "note": line.note,
                }
                for each, line in ((each, _line(each)) for each in told)
            ],
        }


def _subject(watch: Watch, lines: list[LetterLine]) -> str:
    if len(lines) == 1 and lines[0].headline:
        return f"{watch.name}: {lines[0].headline}"
    number = ngettext("%(shown)s story", "%(shown)s stories", len(lines)) % {"shown": wording.digits(len(lines))}
    return f"{watch.name}: {number}"


def _titles() -> list[tuple[str, str]]:
    return [("new", _("New")), ("corrected", _("Corrected")), ("withdrawn", _("Withdrawn"))]


def _line(each: DeliveredStory) -> LetterLine:
    record = each.record
    gone = each.what == DeliveredStory.What.WITHDRAWN
    current = record.current.as_story() if record.current else None
    story = None if gone else current
    paragraphs = story.paragraphs if story else ()
    notice = record.corrections.first() if each.what != DeliveredStory.What.NEW else None
    return LetterLine(
        what=each.what,
        code=record.code,
        headline="" if gone else " ".join(record.headline.split()),
        address=shelves.address(f"/{record.code}"),
        language=record.language,
        direction=direction(record.headline, record.language),
        published=wording.dated(current.published if current else None),
        summary=((story.summary if story else None) or next(iter(paragraphs), ""))[:300],
        note=notice.note if notice else "",
    )


def _search(watch: Watch, language: str) -> str:
    return shelves.address(f"/{language}/search?{urlencode({'q': watch.query, 'sort': 'date'})}")


def _unsubscribe(watch: Watch) -> str:
    return shelves.address(f"/unsubscribe/{watch.pk}/{watch.secret}")


def _host() -> str:
    return urlsplit(settings.DATELINE_SITE_URL).hostname or "localhost"
