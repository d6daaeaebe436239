"""What a ledger holds at one time, read past the ledger: plain SQL is ten times as quick, and the checks read a lot."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from variorum.ledger import Ledger, rows
from variorum.model import Article, Claim, Copy, Event, Judgement, Mention, Named, Reading, Redirect, Ruling
from variorum.pipeline.carrying import names_so_far

LIVE = """SELECT {0}.* FROM {0} WHERE EXISTS (SELECT 1 FROM {0}_found f JOIN reading r ON r.id = f.reading_id
          WHERE f.{0}_id = {0}.id AND NOT r.superseded) ORDER BY {0}.id"""
EVENTS = """SELECT e.id, v.content, e.version FROM event e
            JOIN event_version v ON v.event_id = e.id AND v.version = e.version ORDER BY e.id"""

LOST = "SELECT cause FROM problem WHERE code IN ('judgement-lost', 'ruling-lost', 'merge-conflict')"


@dataclass(frozen=True)
class Names:
    """What a resolution is told of names."""

    register: Collection[Named] = ()
    previous: Mapping[str, Collection[str]] = field(default_factory=dict)
    redirects: Collection[Redirect] = ()


@dataclass(frozen=True)
class State:
    """What a ledger holds at one time."""

    articles: tuple[Article, ...]
    copies: tuple[Copy, ...]
    readings: tuple[Reading, ...]  # live ones
    mentions: dict[str, Mention]  # live ones
    every: dict[str, Mention]
    claims: dict[str, Claim]
    every_claim: dict[str, Claim]
    read: frozenset[str]  # articles with a live reading
    rows: dict[int, Judgement | Ruling]  # live decisions by number
    events: dict[str, Event]
    redirects: dict[str, Redirect]
    problems: tuple[str, ...]  # causes of what was lost


def read_names(ledger: Ledger) -> Names:
    """Give what the next resolution is told of names."""
    register, previous = names_so_far(ledger)
    return Names(register, previous, list(ledger.redirects()))


def look(ledger: Ledger) -> State:
    """Read the state of a ledger."""
    with connected(ledger.name) as connection:

        def ask(query: str) -> list[dict[str, object]]:
            found = connection.execute(query)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row)) for row in found.fetchall()]

        live = tuple(rows.read_reading(row) for row in ask("SELECT * FROM reading WHERE NOT superseded"))
        pairs = ask("SELECT * FROM judgement WHERE retracted IS NULL")
        words = ask("SELECT * FROM ruling WHERE retracted IS NULL")
        decided: dict[int, Judgement | Ruling] = {int(str(row["number"])): rows.read_judgement(row) for row in pairs}
        decided |= {int(str(row["number"])): rows.read_ruling(row) for row in words}
        return State(
            tuple(rows.read_article(row) for row in ask("SELECT * FROM article")),
            tuple(rows.read_copy(row) for row in ask("SELECT * FROM copy")),
            live,
            {str(row["id"]): rows.read_mention(row) for row in ask(LIVE.format("mention"))},
            {str(row["id"]): rows.read_mention(row) for row in ask("SELECT * FROM mention")},
            {str(row["id"]): rows.read_claim(row) for row in ask(LIVE.format("claim"))},
            {str(row["id"]): rows.read_claim(row) for row in ask("SELECT * FROM claim")},
            frozenset(reading.article_id for reading in live),
            decided,
            {str(row["id"]): rows.thaw_event(str(row["content"]), int(str(row["version"]))) for row in ask(EVENTS)},
            {str(row["old_id"]): rows.read_redirect(row) for row in ask("SELECT * FROM redirect")},
            tuple(str(row["cause"]) for row in ask(LOST)),
        )


@contextmanager
def connected(place: str) -> Iterator[Any]:
    """Give a connection of the driver itself; what it wrote is kept."""
    connection = psycopg.connect(place) if "://" in place else sqlite3.connect(place)
    with closing(connection), connection:
        yield connection
