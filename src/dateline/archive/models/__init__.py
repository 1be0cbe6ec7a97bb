"""The rows. The only tables there are."""

from dateline.archive.models.desk import Act, Counter, Lock, Rendering
from dateline.archive.models.findings import Entity, Finding, Verdict
from dateline.archive.models.records import Correction, Edition, Record, Version, digest_of
from dateline.archive.models.sources import Poll, Sighting, Source

__all__ = [
    "Act",
    "Correction",
    "Counter",
    "Edition",
    "Entity",
    "Finding",
    "Lock",
    "Poll",
    "Record",
    "Rendering",
    "Sighting",
    "Source",
    "Verdict",
    "Version",
    "digest_of",
]
