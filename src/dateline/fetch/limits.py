"""How much of anything one fetch may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and bytes. ``ratio`` is unpacked to packed size; it counts once ``ratio_from`` bytes are unpacked."""

    connect: float = 10.0
    total: float = 20.0
    raw: int = 15 * 2**20
    unpacked: int = 15 * 2**20
    ratio: int = 100
    ratio_from: int = 2**20
    redirects: int = 5
