"""Who may do what: accounts with a role, kept beside a ledger and never in it. Sessions are in `sessions.py`.

Invariant: after a change of password, role or state no session opened before it is good, and one admin remains.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, cast, get_args

import sqlalchemy as sa

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import account_tables, attempts, dialects, sessions
from variorum.ledger.account_tables import account, stamp
from variorum.ledger.attempts import Limits
from variorum.ledger.passwords import LONGEST, Passwords, check_name, check_password_rules, parse_name
from variorum.ledger.sessions import Lifetimes, Opened, Session, Visitor

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    name: str
    role: Role
    created: str  # ISO 8601 date-time, UTC
    password_changed: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a name and a password: an account, nothing, or a time to wait during which nothing is tried."""

    account: Account | None = None
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a server can set otherwise: the cost of hashing, how long sessions last, how often one may fail."""

    passwords: Passwords = field(default_factory=Passwords)
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    limits: Limits = field(default_factory=Limits)


def accounts_beside(ledger: str | Path) -> Path:
    """Give the file of accounts that belongs to a ledger. Raises UsageError for a ledger that is no file."""
    name = os.fspath(ledger)
    if dialects.is_url(name):
        raise UsageError(
            f"{dialects.show_place(name)} is no file beside which accounts can be kept", "name one: --accounts FILE"
        )
    return Path(f"{name}.accounts.db")


class Accounts:
    """One file of accounts, their sessions, and what was tried to get in; several programs can use it at once."""

    def __init__(self, engine: sa.Engine, name: str, rules: Rules) -> None:
        self.name = name
        self.rules = rules
        self._engine = engine

    @classmethod
    def open(cls, place: str | Path, *, create: bool = False, rules: Rules | None = None) -> Self:
        """Open the accounts in a file. Raises UsageError when there is none and `create` is off, LedgerError."""
        path = Path(place)
        return cls(account_tables.open_file(path, create=create), str(path), rules or Rules())

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ accounts

    def add_account(self, name: str, role: Role, password: str, *, now: datetime) -> Account:
        """Write a new account. Raises UsageError for a name that is taken or none, and a password easily guessed."""
        good = check_name(name)
        _check_role(role)
        check_password_rules(password, good)
        hash = self.rules.passwords.make_hash(password)
        at = stamp(now)
        with self._writing() as connection:
            taken = sa.select(account.c.name).where(account.c.key == good.casefold())
            if connection.execute(taken).first() is not None:
                raise UsageError(f"there is an account {good} already", "see them: variorum account list")
            row = {"created": at, "password_changed": at, "disabled": False}
            connection.execute(account.insert().values(key=good.casefold(), name=good, role=role, password=hash, **row))
        return Account(good, role, at, at, False)

    def list_accounts(self) -> list[Account]:
        """Give all accounts by name."""
        with self._reading() as connection:
            return [_account(row) for row in connection.execute(sa.select(account).order_by(account.c.key))]

    def find_account(self, name: str) -> Account | None:
        """Give the account of a name, without regard to case; None where there is none."""
        with self._reading() as connection:
            row = _find_row(connection, name)
            return None if row is None else _account(row)

    def set_password(self, name: str, password: str, *, now: datetime) -> None:
        """Give an account another password; its sessions end, and what failed before is forgotten.

        Raises UnknownIdError for an account that is not there, UsageError for a password easily guessed.
        """
        check_password_rules(password, parse_name(name) or "")
        hash = self.rules.passwords.make_hash(password)
        with self._changing(name) as (connection, key, _):
            connection.execute(
                account.update().where(account.c.key == key).values(password=hash, password_changed=stamp(now))
            )
            attempts.forget_name(connection, key)

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role; its sessions end. Raises UsageError for the last admin, UnknownIdError."""
        _check_role(role)
        with self._changing(name) as (connection, key, _):
            connection.execute(account.update().where(account.c.key == key).values(role=role))

    def disable(self, name: str) -> None:
        """Keep a person out without giving their name away; sessions end. Raises as set_role does."""
        with self._changing(name) as (connection, key, _):
            connection.execute(account.update().where(account.c.key == key).values(disabled=True))

    def enable(self, name: str) -> None:
        """Let a person in again. Raises UnknownIdError."""
        with self._changing(name) as (connection, key, _):
            connection.execute(account.update().where(account.c.key == key).values(disabled=False))

    def remove(self, name: str) -> None:
        """Take an account away with its sessions; decisions keep the name. Raises as set_role does."""
        with self._changing(name) as (connection, key, _):
            connection.execute(account.delete().where(account.c.key == key))

    # ------------------------------------------------------------ getting in

    def check_password(self, name: str, password: str, address: str, *, now: datetime) -> Checked:
        """Tell whose name and password these are; the same work is done for a name that nobody has.

        The try is counted before the work, so that many at once cannot pass the limit; it is forgotten if it was right.
        """
        given = parse_name(name)
        key = (given or name[:LONGEST]).casefold()
        with self._writing() as connection:
            wait = attempts.begin(connection, attempts.Try(key, address, now), self.rules.limits)
            row = None if given is None else _find_row(connection, given)
        if wait is not None:
            return Checked(wait=wait)
        password = password[: LONGEST + 1]  # longer is none, and is not worth the work
        right = self.rules.passwords.matches(password, None if row is None else row.password)
        if row is None or not right or row.disabled:
            return Checked()
        renewed = self.rules.passwords.make_hash(password) if self.rules.passwords.is_outdated(row.password) else None
        with self._writing() as connection:
            attempts.forget(connection, attempts.Try(key, address, now))
            if renewed is not None:  # only over the hash that was checked: it may have been changed meanwhile
                same = (account.c.key == key) & (account.c.password == row.password)
                connection.execute(account.update().where(same).values(password=renewed))
        return Checked(_account(row))

    def too_many_attempts(self, name: str, address: str, *, now: datetime) -> timedelta | None:
        """Give how long a name has to wait at an address before a password is tried; None where it need not."""
        key = (parse_name(name) or name[:LONGEST]).casefold()
        with self._reading() as connection:
            return attempts.find_wait(connection, attempts.Try(key, address, now), self.rules.limits)

    def open_session(self, who: Account, visitor: Visitor, *, now: datetime) -> Opened | None:
        """Open a session for an account that `check_password` gave; None where it was changed since."""
        with self._writing() as connection:
            row = _find_row(connection, who.name)
            if row is None or row.disabled or row.password_changed != who.password_changed:
                return None
            attempts.remember(connection, attempts.Try(row.key, visitor.address, now))
            return sessions.open_session(connection, row.key, visitor, now, self.rules.lifetimes)

    def find_session(self, token: str, *, now: datetime) -> Session | None:
        """Give the session of a token, and note that it was used; None for one that is unknown, over or ended."""
        with self._reading() as connection:
            found = sessions.find_session(connection, token, now, self.rules.lifetimes)
        if found is not None and sessions.is_stale(found, now):
            with self._writing() as connection:
                sessions.touch(connection, token, now)
        return found

    def close_session(self, token: str) -> None:
        """End one session."""
        with self._writing() as connection:
            sessions.close_session(connection, token)

    def close_all(self, name: str) -> int:
        """End every session of a person; gives how many there were."""
        with self._writing() as connection:
            row = _find_row(connection, name)
            return 0 if row is None else sessions.close_all(connection, row.key)

    def secret(self, name: str) -> bytes:
        """Give 32 random bytes for a purpose, the same to every program that uses this file."""
        with self._writing() as connection:
            return sessions.find_secret(connection, name)

    # ------------------------------------------------------------ transactions

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with dialects.translated(self.name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with dialects.translated(self.name), self._engine.connect() as connection:
            connection = connection.execution_options(**{dialects.WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[sa.Connection, str, sa.Row]]:  # type: ignore[type-arg]
        """Change one account: its sessions end, and the change is undone where no admin would remain."""
        with self._writing() as connection:
            row = _find_row(connection, name)
            if row is None:
                near = [known for known in connection.scalars(sa.select(account.c.name)) if _alike(known, name)]
                raise UnknownIdError(f"there is no account {name[:64]}", "see them: variorum account list", near)
            admins = (account.c.role == "admin") & ~account.c.disabled
            count = sa.select(sa.func.count()).select_from(account).where(admins)
            before = connection.execute(count).scalar_one()
            yield connection, row.key, row
            if before and not connection.execute(count).scalar_one():
                raise UsageError(
                    f"{row.name} is the last admin", "make another one first: variorum account role NAME admin"
                )
            sessions.close_all(connection, row.key)


def _find_row(connection: sa.Connection, name: str) -> sa.Row | None:  # type: ignore[type-arg]
    given = parse_name(name)
    if given is None:
        return None
    return connection.execute(sa.select(account).where(account.c.key == given.casefold())).first()


def _account(row: sa.Row) -> Account:  # type: ignore[type-arg]
    return Account(row.name, cast("Role", row.role), row.created, row.password_changed, bool(row.disabled))


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UsageError(f"there is no role {role}", f"take one of {', '.join(ROLES)}")


def _alike(known: str, name: str) -> bool:
    return known.casefold()[:3] == name.casefold()[:3]
