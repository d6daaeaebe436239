"""How often a password may be tried, counted in the file so that several server processes count together.

Failures are counted in three ways. All from one address, whatever the name. All for one name from addresses where that
person has not signed in lately, taken together, so that many machines do not get many tries. All for one name from an
address where that person did sign in lately, on their own: strangers who fail on purpose do not shut a person out at
their own desk. Tries that are turned away are not counted, so that a wait ends when it was said to end. Who is at a
new address while strangers keep failing waits, or gets a new password, with which the failures are forgotten.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from variorum.ledger.account_tables import attempt, familiar, stamp


@dataclass(frozen=True, slots=True)
class Limits:
    """How many failures within a time are too many: 5 leave 480 guesses a day, of passwords of 12 characters."""

    for_name: int = 5
    for_address: int = 20
    within: timedelta = timedelta(minutes=15)
    familiar: timedelta = timedelta(days=30)  # how long an address stays one's own


@dataclass(frozen=True, slots=True)
class Try:
    """One try to sign in."""

    key: str  # the name without regard to case
    address: str
    now: datetime


def begin(connection: sa.Connection, one: Try, limits: Limits) -> timedelta | None:
    """Count a try as failed before it is made; gives how long to wait where it may not be made at all."""
    old = stamp(one.now - limits.within)
    connection.execute(attempt.delete().where(attempt.c.at <= old))
    connection.execute(familiar.delete().where(familiar.c.at <= stamp(one.now - limits.familiar)))
    wait = find_wait(connection, one, limits)
    if wait is not None:
        return wait
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(attempt.c.id), 0))).scalar_one()
    connection.execute(
        attempt.insert().values(
            id=last + 1, name_sha256=_digest(one.key), address=_network(one.address), at=stamp(one.now)
        )
    )
    return None


def find_wait(connection: sa.Connection, one: Try, limits: Limits) -> timedelta | None:
    """Give how long to wait before the next try; None where there is no need to."""
    address = _network(one.address)
    own = connection.scalars(
        sa.select(familiar.c.address).where(familiar.c.key == one.key, familiar.c.at > stamp(one.now - limits.familiar))
    ).all()
    named = attempt.c.name_sha256 == _digest(one.key)
    here = attempt.c.address == address
    counted = named & here if address in own else named & attempt.c.address.not_in(own)
    waits = [
        _wait(connection, counted, one.now, (limits.for_name, limits.within)),
        _wait(connection, here, one.now, (limits.for_address, limits.within)),
    ]
    return max((wait for wait in waits if wait is not None), default=None)


def _wait(
    connection: sa.Connection, which: sa.ColumnElement[bool], now: datetime, limit: tuple[int, timedelta]
) -> timedelta | None:
    """Give how long until fewer than the limit are left; the one that has to grow old is the limit's last."""
    most, within = limit
    recent = sa.select(attempt.c.at).where(which, attempt.c.at > stamp(now - within)).order_by(attempt.c.at.desc())
    times = connection.scalars(recent.limit(most)).all()
    if len(times) < most:
        return None
    return datetime.fromisoformat(times[-1]) + within - now


def forget(connection: sa.Connection, one: Try) -> None:
    """Forget the failures of a person at an address, since they are in."""
    here = attempt.c.address == _network(one.address)
    connection.execute(attempt.delete().where(attempt.c.name_sha256 == _digest(one.key), here))


def forget_name(connection: sa.Connection, key: str) -> None:
    """Forget all failures for a name, since its password is another one."""
    connection.execute(attempt.delete().where(attempt.c.name_sha256 == _digest(key)))


def remember(connection: sa.Connection, one: Try) -> None:
    """Write that a person signed in at an address."""
    address = _network(one.address)
    connection.execute(familiar.delete().where(familiar.c.key == one.key, familiar.c.address == address))
    connection.execute(familiar.insert().values(key=one.key, address=address, at=stamp(one.now)))


def _network(address: str) -> str:
    """Give what counts as one address: of IPv6 the network, since each machine has 2^64 addresses of its own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
