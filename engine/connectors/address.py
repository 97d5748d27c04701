"""Which addresses a tenant's model may call: resolve once, check every address, connect to the one that was checked.

A model's author is not trusted: without this, a URL in a model could reach the database, a metadata service or a
router inside the house. Names are resolved here and nowhere else, so that a second answer cannot differ.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# The only part of IPv6 that is handed out (RFC 4291, section 2.4); old forms such as ::127.0.0.1 lie outside of it.
UNICAST = ipaddress.ip_network("2000::/3")


class Refused(Exception):
    """The address may not be called; the text says why and which setting opens it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked URL: connect to `address`, but speak to `host`."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def _embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for: mapped, NAT64 (RFC 6052), 6to4 or Teredo."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return address


def is_public(address: Address) -> bool:
    """May anybody's model call it? Only global unicast addresses, seen through their IPv6 wrappings."""
    inner = _embedded(address)
    known = isinstance(inner, ipaddress.IPv4Address) or inner in UNICAST
    return known and inner.is_global and not inner.is_multicast


def check(url: str, allowed_hosts: frozenset[str]) -> Target:
    """A URL to a checked target. `allowed_hosts`: `host` or `host:port` that the administrator opened, even inside
    the house. Raises Refused."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Refused(f"{url!r} has no valid name or port ({error})") from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused(f"{url!r} is not an http or https address")
    opened = host in allowed_hosts or f"{host}:{port}" in allowed_hosts
    if parts.scheme == "http" and not opened:
        raise Refused(f"{host} is called without TLS; use https, or add {host}:{port} to PLUS1_HTTP_ALLOW")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Refused(f"the name {host} is not known ({error})") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not opened and not all(is_public(address) for address in addresses):
        raise Refused(f"{host} is an address inside the house; add {host}:{port} to PLUS1_HTTP_ALLOW to open it")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, str(addresses[0]), path)
