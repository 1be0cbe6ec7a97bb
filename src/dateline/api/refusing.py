"""Why a question is not answered: raised anywhere in the API, answered in one place with its status."""

from __future__ import annotations

from dateline.archive.models import Correction, Record
from dateline.story import DatelineError


class BadQuestion(DatelineError):
    """A parameter that cannot be understood: 400."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


class NothingThere(DatelineError):
    """What is asked for is not here, or not public: 404."""


class Gone(DatelineError):
    """The story was withdrawn: 410, with its public notice."""

    def __init__(self, record: Record) -> None:
        super().__init__("this story was withdrawn")
        self.code = record.code
        self.notice = record.corrections.filter(kind=Correction.Kind.RETRACTION).first()


def public_record(code: int) -> Record:
    """Return a published record with its current version. Raises NothingThere, Gone."""
    known = Record.objects.with_current().filter(code=code, released_at__isnull=False) if code < 2**63 else None
    record = known.first() if known else None
    if record is None or record.current is None or record.state == Record.State.FILED:
        raise NothingThere("no story has this code")
    if record.state == Record.State.WITHDRAWN:
        raise Gone(record)
    return record
