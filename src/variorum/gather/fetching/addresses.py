"""Which addresses may be asked: http and https on the public network, and what a person named. No network here.

Invariant: what is judged is the number that a name resolved to, in whatever form it was written, and the connection
goes to that number.

Source of the ranges: the IANA special-purpose address registries (RFC 6890), RFC 6598, RFC 6052.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from variorum.gather.fetching.outcome import Unfetched

PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 4_000  # characters: longer ones are no addresses of articles
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
SAFE = "!#$%&'()*+,/:;=?@[]~"  # what stands in an address as it is; anything else is written in bytes
CLOSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
            *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),  # the last: a cloud's own service
        ),
    )
)
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
CLOSED_V6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # holds an IPv4 address in its last four bytes
# Never asked, also where a person allows private addresses: services that hand out keys, and what is no single machine.
NEVER = frozenset(
    (
        *("169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200", "168.63.129.16", "192.0.0.192"),
        *("fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254"),
    )
)
REFUSED = "fetch-refused"
NAME_IT = "if it is meant, name its host yourself and allow private addresses for it (allow_private, --allow-private)"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to ask, in parts."""

    scheme: str
    host: str  # in ASCII
    port: int
    target: str  # path and query

    @property
    def site(self) -> str:
        """Give host and port, as they stand in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.site}{self.target}"


@dataclass(frozen=True, slots=True)
class Permission:
    """What a person allowed by naming it: ports that are not the usual ones, and hosts on a private network."""

    named: frozenset[tuple[str, int]] = frozenset()
    private: frozenset[tuple[str, int]] = frozenset()

    def check(self, address: Address) -> None:
        """Refuse a port that no person named; raises Unfetched."""
        if address.port not in PORTS.values() and (address.host, address.port) not in self.named:
            raise Unfetched(REFUSED, f"port {address.port} is none of the web", "name the address yourself")

    def open_ips(self, address: Address, ips: Iterable[str]) -> list[str]:
        """Give the numbers of a name that may be connected to, in the order given; raises Unfetched for none."""
        private = (address.host, address.port) in self.private
        found = [*ips]
        allowed = [ip for ip in found if is_public(ip) or (private and not _is_never(ip))]
        if not allowed:
            where = found[0] if found else "nothing"
            cause = f"{address.host} leads to {where}, which is not on the public network"
            raise Unfetched(REFUSED, cause, NAME_IT)
        return allowed


def permit(addresses: Iterable[tuple[str, bool]]) -> Permission:
    """Give what naming addresses allows; each with whether its host may be on a private network."""
    named, private = set(), set()
    for text, may_be_private in addresses:
        address = parse_address(text)
        named.add((address.host, address.port))
        if may_be_private:
            private.add((address.host, address.port))
    return Permission(frozenset(named), frozenset(private))


def parse_address(text: str, base: str = "") -> Address:
    """Give an address in parts, `base` being the page on which it stands.

    Raises Unfetched for what is no http or https address, and for one that carries a name or password.
    """
    text = text.strip()
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port, host = parts.port, (parts.hostname or "")
        plain = (host if host.isascii() else host.encode("idna").decode("ascii")).rstrip(".")
    except (ValueError, UnicodeError):
        raise Unfetched(REFUSED, "is no address", "correct it") from None
    if parts.scheme not in PORTS:
        scheme = parts.scheme[:20] or "no scheme"
        raise Unfetched(REFUSED, f"{scheme} addresses are not followed", "give an http or https address")
    if not plain or "%" in plain or " " in plain or CONTROL.search(plain) or len(text) > MAX_LENGTH or port == 0:
        raise Unfetched(REFUSED, "is no address", "correct it")
    if parts.username is not None or parts.password is not None:
        raise Unfetched(REFUSED, "the address holds a name or password, which is never sent", "take it out")
    query = f"?{parts.query}" if parts.query else ""
    target = quote(CONTROL.sub("", (parts.path or "/") + query), safe=SAFE)
    return Address(parts.scheme, plain.lower(), port or PORTS[parts.scheme], target)


def is_public(ip: str) -> bool:
    """Tell whether a number is one of the public network, for one machine."""
    try:
        number = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv4Address):
        return not any(number in net for net in CLOSED_V4)
    inner = _inside(number)
    if inner is not None:
        return is_public(str(inner))
    return number in GLOBAL_V6 and not any(number in net for net in CLOSED_V6)


def is_number(host: str) -> bool:
    """Tell whether a host is written as a number, in whatever form, so that no name is looked up for it."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        try:
            socket.inet_aton(host)
        except OSError:
            return False
    return True


def _inside(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that is meant by an IPv6 one."""
    if number.ipv4_mapped is not None:
        return number.ipv4_mapped
    return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if number in NAT64 else None


def _is_never(ip: str) -> bool:
    try:
        number = ipaddress.ip_address(ip)
    except ValueError:
        return True
    if isinstance(number, ipaddress.IPv6Address):
        number = _inside(number) or number
    return str(number) in NEVER or number.is_multicast or number.is_unspecified
