"""Which addresses of the network are for us: our own table, for Python's ``is_global`` lets thirteen forms through.

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890, 6052 (NAT64), 3056 (6to4),
4380 (Teredo), 4291 (mapped and compatible), 9602 (SRv6 SIDs), 7723, 9637 (documentation).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

_V4 = tuple(
    (IPv4Network(block), what)
    for block, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's own network"),
        ("127.0.0.0/8", "this machine"),
        ("169.254.0.0/16", "the local link"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112 service"),
        ("192.52.193.0/24", "AMT relays"),
        ("192.88.99.0/24", "6to4 relays"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "AS112 service"),
        ("198.18.0.0/15", "benchmarks"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
# Of IPv6 only global unicast is for us, and not all of it.
_GLOBAL = IPv6Network("2000::/3")
_V6 = tuple(
    (IPv6Network(block), what)
    for block, what in (
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2620:4f:8000::/48", "AS112 service"),
        ("3fff::/20", "documentation"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


def denied(address: str, *, allowed: tuple[Network, ...] = ()) -> str | None:
    """Return why an address must not be connected to, None when it may be.

    ``allowed`` are networks an operator opened on purpose. An IPv6 address that carries an IPv4 one is
    judged by what it carries.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return "no address"
    if any(found.version == network.version and found in network for network in allowed):
        return None
    if isinstance(found, IPv4Address):
        return next((what for network, what in _V4 if found in network), None)
    return _v6(found)


def networks(said: str) -> tuple[Network, ...]:
    """Return the networks of a list like ``127.0.0.1, 10.1.0.0/16``. Raises ValueError on anything else."""
    return tuple(ip_network(each.strip()) for each in said.split(",") if each.strip())


def _v6(found: IPv6Address) -> str | None:
    if found.scope_id is not None:
        return "an address of one link"
    carried = _carried(found)
    if carried is not None and (what := denied(str(carried))):
        return f"{what}, wrapped in IPv6"
    if found in _NAT64:
        return None
    if found not in _GLOBAL:
        return "no public IPv6 address"
    if found.sixtofour or found.teredo:
        return None if carried is not None and not found.teredo else "a tunnel"
    return next((what for network, what in _V6 if found in network), None)


def _carried(found: IPv6Address) -> IPv4Address | None:
    if found.ipv4_mapped:
        return found.ipv4_mapped
    if found.teredo:
        return found.teredo[1]
    if found.sixtofour:
        return found.sixtofour
    if found in _NAT64 or (found in _COMPATIBLE and int(found) > 0xFFFF):
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return None
