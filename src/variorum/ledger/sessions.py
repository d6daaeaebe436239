"""Sessions of people who signed in: opened, found by their token, ended.

Invariant: the token is given once, to whoever signed in; the file holds its SHA-256, which opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from variorum.ledger.account_tables import account, secret, session, stamp

TOKEN_BYTES = 32
LONGEST_TOKEN = 128
TOUCH_EVERY = timedelta(minutes=1)  # a page of many files writes once
MOST_SESSIONS = 20  # of one person; the oldest ends when another is opened


@dataclass(frozen=True, slots=True)
class Visitor:
    """From where a request comes."""

    address: str
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lasts: unused, and at most. A working day, since the screen may be shared in a newsroom."""

    idle: timedelta = timedelta(hours=2)
    most: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Opened:
    """What whoever signed in is given."""

    token: str
    csrf: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is good now, with the role that its person has now."""

    name: str
    role: str
    csrf: str
    opened: str  # ISO 8601 date-time, UTC
    last_seen: str
    expires: str
    address: str
    browser: str


def open_session(connection: sa.Connection, key: str, visitor: Visitor, now: datetime, lifetimes: Lifetimes) -> Opened:
    """Open a session with a token that was never used; sessions that are over are taken away."""
    opened = Opened(secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES), now + lifetimes.most)
    over = (session.c.expires <= stamp(now)) | (session.c.last_seen <= stamp(now - lifetimes.idle))
    connection.execute(session.delete().where(over))
    own = sa.select(session.c.token_sha256).where(session.c.key == key).order_by(session.c.opened.desc())
    surplus = connection.scalars(own).all()[MOST_SESSIONS - 1 :]
    connection.execute(session.delete().where(session.c.token_sha256.in_(surplus)))
    connection.execute(
        session.insert().values(
            token_sha256=_digest(opened.token),
            key=key,
            csrf=opened.csrf,
            opened=stamp(now),
            last_seen=stamp(now),
            expires=stamp(opened.expires),
            address=visitor.address[:64],
            browser="".join(sign for sign in visitor.browser[:120] if sign.isprintable()),
        )
    )
    return opened


def find_session(connection: sa.Connection, token: str, now: datetime, lifetimes: Lifetimes) -> Session | None:
    """Give the session of a token; None for one that is unknown, over, unused too long, or of a disabled account."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    good = (
        (session.c.token_sha256 == _digest(token))
        & (session.c.expires > stamp(now))
        & (session.c.last_seen > stamp(now - lifetimes.idle))
        & ~account.c.disabled
    )
    asked = sa.select(session, account.c.name, account.c.role).join(account, account.c.key == session.c.key)
    row = connection.execute(asked.where(good)).first()
    if row is None:
        return None
    return Session(row.name, row.role, row.csrf, row.opened, row.last_seen, row.expires, row.address, row.browser)


def is_stale(found: Session, now: datetime) -> bool:
    """Tell whether the time of last use is to be written anew."""
    return found.last_seen < stamp(now - TOUCH_EVERY)


def touch(connection: sa.Connection, token: str, now: datetime) -> None:
    """Write that a session was used."""
    connection.execute(session.update().where(session.c.token_sha256 == _digest(token)).values(last_seen=stamp(now)))


def close_session(connection: sa.Connection, token: str) -> None:
    """End one session."""
    connection.execute(session.delete().where(session.c.token_sha256 == _digest(token)))


def close_all(connection: sa.Connection, key: str) -> int:
    """End every session of an account; gives how many there were."""
    return connection.execute(session.delete().where(session.c.key == key)).rowcount


def find_secret(connection: sa.Connection, name: str) -> bytes:
    """Give the random bytes of a purpose, made at the first time."""
    found = connection.scalars(sa.select(secret.c.value).where(secret.c.name == name)).first()
    if found is not None:
        return bytes(found)
    made = secrets.token_bytes(32)
    connection.execute(secret.insert().values(name=name, value=made))
    return made


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
