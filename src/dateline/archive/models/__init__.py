"""The rows. The only tables there are."""

from dateline.archive.models.access import ApiKey
from dateline.archive.models.desk import Act, Counter, Rendering, Task, Touch
from dateline.archive.models.findings import Entity, Finding, Frequency, Verdict
from dateline.archive.models.records import Correction, Edition, EventGroup, NamedTranslation, Record, Version
from dateline.archive.models.sources import Host, Poll, Refusal, Shingle, Sighting, Source
from dateline.archive.models.watches import DeliveredStory, Delivery, Watch
from dateline.plain import digest_of

__all__ = [
    "Act",
    "ApiKey",
    "Correction",
    "Counter",
    "DeliveredStory",
    "Delivery",
    "Edition",
    "Entity",
    "EventGroup",
    "Finding",
    "Frequency",
    "Host",
    "NamedTranslation",
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
    "Watch",
    "digest_of",
]
