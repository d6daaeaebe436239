"""Hashing passwords with Argon2id, and what a password and a name must be. Nothing is stored in here.

Invariant: no password leaves this module, neither in an error nor in a record.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from variorum.errors import UsageError

if TYPE_CHECKING:  # a ledger is opened without it
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 256  # characters; NIST SP 800-63B asks for length and against rules of composition
LONGEST_NAME = 64
FEWEST_DIFFERENT = 5  # aaaaaaaaaaaa and 121212121212 are the first that are tried
PROGRAMS = {"matcher", "variorum"}  # names under which the program itself writes


@dataclass(frozen=True)
class Passwords:
    """Makes and checks hashes; the parameters are the second choice of RFC 9106, made for servers: 50 ms, 64 MiB."""

    time_cost: int = 3
    memory_kib: int = 65_536
    lanes: int = 4

    def make_hash(self, password: str) -> str:
        """Give the hash of a password in the written form of Argon2, with salt and parameters."""
        return self._hasher.hash(_bytes(password))

    def matches(self, password: str, hash: str | None) -> bool:
        """Tell whether a password is the one of a hash; without a hash the same work is done, for the answer no."""
        from argon2.exceptions import InvalidHashError, VerificationError

        decoy = self._decoy  # made before either way, so that the first unknown name takes no longer
        try:
            return self._hasher.verify(decoy if hash is None else hash, _bytes(password)) and hash is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, hash: str) -> bool:
        """Tell whether a hash was made with other parameters than are used now."""
        return self._hasher.check_needs_rehash(hash)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=self.time_cost, memory_cost=self.memory_kib, parallelism=self.lanes)

    @cached_property
    def _decoy(self) -> str:
        return self.make_hash(secrets.token_urlsafe(32))


def _bytes(password: str) -> bytes:
    """Give the bytes that are hashed; a letter typed as one sign or as two is the same letter (NFKC)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def check_password_rules(password: str, name: str) -> None:
    """Refuse a password that would be guessed. Raises UsageError, which does not repeat it."""
    remedy = f"take at least {SHORTEST} characters; several words that do not belong together are easy to keep in mind"
    if len(password) < SHORTEST:
        raise UsageError(f"the password has fewer than {SHORTEST} characters", remedy)
    if len(password) > LONGEST:
        raise UsageError(f"the password has more than {LONGEST} characters", f"take at most {LONGEST}")
    if len(set(password.casefold())) < FEWEST_DIFFERENT or password.strip().casefold() == name.casefold():
        raise UsageError("the password is easy to guess", remedy)
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in password):
        raise UsageError("the password holds a control character", "take letters, digits, signs and spaces")


def parse_name(text: str) -> str | None:
    """Give the name of an account in its one written form; None for what is none."""
    if len(text) > 4 * LONGEST_NAME:
        return None
    name = unicodedata.normalize("NFKC", text).strip()
    good = all(sign.isalnum() or sign in " .-_'@" or unicodedata.category(sign) in ("Mn", "Mc") for sign in name)
    if not name or len(name) > LONGEST_NAME or not good or not name[0].isalnum() or "  " in name:
        return None
    return name


def check_name(text: str) -> str:
    """Give the name of a new account. Raises UsageError for what is none or stands for the program."""
    name = parse_name(text)
    if name is None:
        raise UsageError(
            f"{text[:LONGEST_NAME]!r} is not a name", f"take letters, digits, spaces and .-_'@, at most {LONGEST_NAME}"
        )
    if name.casefold() in PROGRAMS:
        raise UsageError(f"“{name}” is a name under which the program itself writes", "take another name")
    return name
