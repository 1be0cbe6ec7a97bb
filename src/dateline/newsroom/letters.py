"""What delivering needs to know: who words a letter (the site does), and how it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from dateline.archive.models import DeliveredStory, Delivery
from dateline.fetch.mail import Mailer
from dateline.wire.letter import Letter


class LetterWriter(Protocol):
    """Words what a delivery tells, in the language of its watch."""

    def letter(self, delivery: Delivery, told: list[DeliveredStory]) -> Letter:
        """Return the letter for a mail address."""
        ...

    def notice(self, delivery: Delivery, told: list[DeliveredStory]) -> dict[str, Any]:
        """Return the same for a program: what is posted to a web hook."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How letters are worded and leave. Without a ``mailer`` no mail is sent: DATELINE_SMTP_URL says none."""

    writer: LetterWriter
    mailer: Mailer | None = None
