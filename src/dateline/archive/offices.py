"""Offices in a column: what, where and for which state, one text that lists can be grouped by."""

from __future__ import annotations

from dateline.story import Role

_APART = "|"


def told_office(role: Role) -> str:
    """Return a role as a Finding's value."""
    return _APART.join(
        (part or "").replace(_APART, "/")[:most]
        for part, most in ((role.office, 120), (role.organisation, 70), (role.country, 3))
    )


def as_role(value: str) -> Role:
    office, organisation, country = value.split(_APART)
    return Role(office=office, organisation=organisation or None, country=country or None)
