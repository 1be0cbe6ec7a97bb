"""The rows. The only tables there are."""

from dateline.archive.models.desk import Act, Counter, Rendering, Task, Touch
from dateline.archive.models.findings import Entity, Finding, Verdict
from dateline.archive.models.records import Correction, Edition, Record, Version, digest_of
from dateline.archive.models.sources import Host, Poll, Refusal, Shingle, Sighting, Source

__all__ = [
    "Act",
    "Correction",
    "Counter",
    "Edition",
    "Entity",
    "Finding",
    "Host",
    "Poll",
    "Record",
    "Refusal",
    "Rendering",
    "Shingle",
    "Sighting",
    "Source",
    "Task",
    "Touch",
    "Verdict",
    "Version",
    "digest_of",
]
