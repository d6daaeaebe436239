"""What a folder of fetched pages remembers, in one small SQLite file: sources, items, files, problems. Not the ledger.

Invariant: an item is written to its WARC file before it is noted here, and `reconcile` brings both together after a
kill; so an item is fetched once, unless the machine lost both.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import UsageError
from variorum.gather.fetching.links import Link
from variorum.gather.fetching.outcome import NOTHING_KNOWN, Known
from variorum.model import Problem

FILE = ".fetch.sqlite"
LOCK = ".fetch.lock"
VERSION = 1
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})  # the last: a table is gone
TABLES = """
CREATE TABLE source (address TEXT PRIMARY KEY, etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '',
  next_at REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, title TEXT NOT NULL DEFAULT '');
CREATE TABLE item (number INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, site TEXT NOT NULL, source TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0,
  file TEXT NOT NULL DEFAULT '', title TEXT NOT NULL, published TEXT NOT NULL, html TEXT NOT NULL);
CREATE INDEX item_waiting ON item (site, number) WHERE state = 'waiting';
CREATE INDEX item_file ON item (file);
CREATE TABLE file (name TEXT PRIMARY KEY, read INTEGER NOT NULL DEFAULT 0);
CREATE TABLE problem (place TEXT PRIMARY KEY, code TEXT NOT NULL, cause TEXT NOT NULL, remedy TEXT NOT NULL,
  at TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'new');
"""
# Came later; a folder of an earlier day gets it when it is opened.
ANSWERS = "CREATE TABLE IF NOT EXISTS answer (address TEXT PRIMARY KEY, digest TEXT NOT NULL)"
DUE = """
WITH named AS (SELECT key AS rank, value AS source FROM json_each(?)),
 due AS (SELECT number, site, item.source, tries, rank FROM item JOIN named ON named.source = item.source
  WHERE state = 'waiting' AND next_at <= ?),
 host AS (SELECT source, site, row_number() OVER (PARTITION BY source ORDER BY min(tries), min(number)) AS host
  FROM due GROUP BY source, site),
 placed AS (SELECT due.*, host, row_number() OVER (PARTITION BY due.source, due.site ORDER BY tries, number) AS place
  FROM due JOIN host ON host.source = due.source AND host.site = due.site WHERE host <= ?),
 turns AS (SELECT number, rank, row_number() OVER (PARTITION BY source ORDER BY place, host) AS turn FROM placed)
SELECT site, address, title, published, html, source, tries FROM turns JOIN item USING (number)
 ORDER BY turn, rank LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Item:
    """An article that waits to be fetched."""

    link: Link
    source: str  # address of the feed, sitemap or page that was named
    tries: int


@dataclass(frozen=True, slots=True)
class Polled:
    """What is known of a source from earlier rounds; times in seconds since 1970."""

    known: Known = NOTHING_KNOWN
    next_at: float = 0.0
    failures: int = 0  # in a row
    title: str = ""


class State:
    """The memory of one folder, held by one program at a time."""

    def __init__(self, folder: Path) -> None:
        """Open or make it; raises UsageError where another program holds it, or a later one wrote it."""
        with one_cause(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._open(folder)

    def _open(self, folder: Path) -> None:
        # An open transaction of SQLite is a lock that a kill releases, on every system.
        self._lock = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            self._lock.close()
            raise UsageError(
                f"another program is fetching into {folder}", "wait for it, or name another folder"
            ) from None
        self._data = sqlite3.connect(folder / FILE, isolation_level=None)
        self._data.execute("PRAGMA journal_mode = WAL")
        self._data.execute("PRAGMA synchronous = NORMAL")
        version = self._data.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            with self.writing():
                for statement in filter(None, map(str.strip, TABLES.split(";"))):
                    self._data.execute(statement)
                self._data.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION:
            self.close()
            raise UsageError(f"{folder} was fetched into by a later version of this program", "use that version")
        self._data.execute(ANSWERS)

    def close(self) -> None:
        """Let it go."""
        self._data.close()
        self._lock.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write everything inside, or nothing."""
        self._data.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._data.execute("ROLLBACK")
            raise
        self._data.execute("COMMIT")

    # ------------------------------------------------------------ sources
    def polled(self, address: str) -> Polled:
        """Give what is known of a source."""
        query = "SELECT etag, modified, next_at, failures, title FROM source WHERE address = ?"
        row = self._data.execute(query, (address,)).fetchone()
        return Polled() if row is None else Polled(Known(row[0], row[1]), row[2], row[3], row[4])

    def note_poll(self, address: str, polled: Polled) -> None:
        """Remember a poll."""
        self._data.execute(
            "INSERT INTO source (address, etag, modified, next_at, failures, title) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, modified = excluded.modified,"
            " next_at = excluded.next_at, failures = excluded.failures, title = excluded.title",
            (
                address,
                polled.known.etag,
                polled.known.modified,
                polled.next_at,
                polled.failures,
                polled.title,
            ),
        )

    def is_new_answer(self, address: str, digest: str) -> bool:
        """Remember what a source answered; gives False where it is what it answered before."""
        before = self._data.execute("SELECT digest FROM answer WHERE address = ?", (address,)).fetchone()
        if before == (digest,):
            return False
        self._data.execute("INSERT OR REPLACE INTO answer (address, digest) VALUES (?, ?)", (address, digest))
        return True

    # ------------------------------------------------------------ items
    def add_items(self, source: str, links: Iterable[tuple[str, Link]], named: Sequence[str] = ()) -> int:
        """Remember what a source lists, each with its host; gives how many were not known.

        What waits and was listed by a source that is none of `named` any more goes over to this one, with its words.
        """
        rows = [(link.address, site, source, link.title, link.published, link.html) for site, link in links]
        before = self._data.total_changes
        self._data.executemany(
            "INSERT OR IGNORE INTO item (address, site, source, title, published, html) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
        new = self._data.total_changes - before
        if named and new < len(rows) and self._left_by(named):
            others = json.dumps([*named])
            self._data.executemany(
                "UPDATE item SET source = ?, title = ?, published = ?, html = ? WHERE address = ? AND state = 'waiting'"
                " AND source NOT IN (SELECT value FROM json_each(?))",
                [(source, title, published, html, address, others) for address, _, _, title, published, html in rows],
            )
        return new

    def list_anew(self, sources: Sequence[str]) -> None:
        """Let sources list everything once more where items wait that none of them listed first: some may take over."""
        if self._left_by(sources):
            self._data.executemany(
                "UPDATE source SET etag = '', modified = '' WHERE address = ?", [(one,) for one in sources]
            )

    def _left_by(self, sources: Sequence[str]) -> bool:
        query = "SELECT 1 FROM item WHERE state = 'waiting' AND source NOT IN (SELECT value FROM json_each(?)) LIMIT 1"
        return self._data.execute(query, (json.dumps([*sources]),)).fetchone() is not None

    def due_items(self, now: float, sources: Sequence[str], most: int, hosts: int) -> dict[str, list[Item]]:
        """Give the items that wait and are due, by host, in the order in which their hosts are to be asked.

        Each source has the same share, those named first coming first, and of a source each of its first `hosts` hosts:
        one that lists a thousand hosts, or a thousand pages of another's host, keeps nobody else waiting.
        """
        found: dict[str, list[Item]] = {}
        for site, address, title, published, html, source, tries in self._data.execute(
            DUE, (json.dumps([*sources]), now, hosts, most)
        ):
            found.setdefault(site, []).append(Item(Link(address, title, published, html), source, tries))
        return found

    def count_waiting(self, sources: Collection[str]) -> int:
        """Give how many items of sources still wait."""
        marks = ",".join("?" * len(sources))
        query = f"SELECT count(*) FROM item WHERE state = 'waiting' AND source IN ({marks})"
        return int(self._data.execute(query, tuple(sources)).fetchone()[0])

    def next_due(self, sources: Collection[str]) -> float:
        """Give when the next source or item of these is due, in seconds since 1970; 0 where one is due at once."""
        marks = ",".join("?" * len(sources))
        query = (
            f"SELECT min(next_at), count(*) FROM source WHERE address IN ({marks}) UNION ALL"
            f" SELECT min(next_at), -1 FROM item WHERE state = 'waiting' AND source IN ({marks})"
        )
        (of_sources, known), (of_items, _) = self._data.execute(query, (*sources, *sources)).fetchall()
        if known < len(sources):
            return 0.0
        return float(of_sources if of_items is None else min(of_sources, of_items))

    def note_item(self, address: str, state: str, file: str = "") -> None:
        """Remember how an item ended: fetched, entry (its own text was taken) or failed."""
        query = "UPDATE item SET state = ?, file = ?, html = '' WHERE address = ?"
        self._data.execute(query, (state, file, address))

    def put_off(self, address: str, next_at: float) -> None:
        """Remember that an item failed once more and is tried again."""
        query = "UPDATE item SET tries = tries + 1, next_at = ? WHERE address = ?"
        self._data.execute(query, (next_at, address))

    def put_off_site(self, site: str, next_at: float) -> None:
        """Remember that nothing of a host is asked before a time; it is no try of its items."""
        query = "UPDATE item SET next_at = max(next_at, ?) WHERE site = ? AND state = 'waiting'"
        self._data.execute(query, (next_at, site))

    # ------------------------------------------------------------ files
    def add_file(self, name: str) -> None:
        """Remember a file that is whole."""
        self._data.execute("INSERT OR IGNORE INTO file (name) VALUES (?)", (name,))

    def unread_files(self) -> list[str]:
        """Give the files that no ledger read yet, oldest first."""
        return [str(row[0]) for row in self._data.execute("SELECT name FROM file WHERE read = 0 ORDER BY name")]

    def files(self) -> list[str]:
        """Give all files that are whole."""
        return [str(row[0]) for row in self._data.execute("SELECT name FROM file ORDER BY name")]

    def note_unread(self, names: Sequence[str]) -> None:
        """Remember that files are not in the ledger, which is a new one, or an earlier day of it."""
        self._data.executemany("UPDATE file SET read = 0 WHERE name = ?", [(name,) for name in names])

    def note_read(self, names: Sequence[str]) -> None:
        """Remember that files were read into the ledger."""
        self._data.executemany("UPDATE file SET read = 1 WHERE name = ?", [(name,) for name in names])

    def reconcile(self, name: str, held: Collection[str]) -> None:
        """Bring what is noted of a file in line with what it holds, after a kill."""
        rows = self._data.execute("SELECT address FROM item WHERE file = ?", (name,)).fetchall()
        with self.writing():
            for (address,) in rows:
                if address not in held:
                    self._data.execute("UPDATE item SET state = 'waiting', file = '' WHERE address = ?", (address,))
            for address in held:
                query = "UPDATE item SET state = 'fetched', file = ? WHERE address = ? AND state = 'waiting'"
                self._data.execute(query, (name, address))
            self.add_file(name)

    # ------------------------------------------------------------ problems
    def note_problem(self, problem: Problem) -> bool:
        """Remember a problem of an address; gives False where it is the one that is known."""
        row = self._data.execute("SELECT code, cause, state FROM problem WHERE place = ?", (problem.where,)).fetchone()
        if row is not None and row[:2] == (problem.code, problem.cause) and row[2] != "gone":
            return False
        self._data.execute(
            "INSERT OR REPLACE INTO problem (place, code, cause, remedy, at) VALUES (?, ?, ?, ?, ?)",
            (problem.where, problem.code, problem.cause, problem.remedy, problem.at),
        )
        return True

    def clear_problem(self, place: str) -> None:
        """Remember that an address works again."""
        self._data.execute("UPDATE problem SET state = 'gone' WHERE place = ?", (place,))

    def untold(self) -> tuple[list[Problem], list[str]]:
        """Give the problems that the ledger does not hold yet, and the places of those that are gone."""
        query = "SELECT place, code, cause, remedy, at FROM problem WHERE state = 'new' ORDER BY place"
        new = [Problem(*row) for row in self._data.execute(query)]
        gone = [str(row[0]) for row in self._data.execute("SELECT place FROM problem WHERE state = 'gone'")]
        return new, gone

    def tell_again(self, held: Collection[str]) -> None:
        """Remember that of what was told the ledger holds only some places: it is a new one."""
        rows = self._data.execute("SELECT place FROM problem WHERE state = 'told'").fetchall()
        gone = [(place,) for (place,) in rows if place not in held]
        self._data.executemany("UPDATE problem SET state = 'new' WHERE place = ?", gone)

    def note_told(self, new: Sequence[Problem], gone: Sequence[str]) -> None:
        """Remember that the ledger holds those, and not these any more."""
        with self.writing():
            self._data.executemany(
                "UPDATE problem SET state = 'told' WHERE place = ? AND at = ?", [(row.where, row.at) for row in new]
            )
            self._data.executemany(
                "DELETE FROM problem WHERE place = ? AND state = 'gone'", [(place,) for place in gone]
            )


@contextmanager
def one_cause(folder: Path) -> Iterator[None]:
    """Say in one cause why a folder cannot be written, or what it remembers cannot be read; raises UsageError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGED:
            raise UsageError(
                f"{folder / FILE} is damaged: {error}",
                f"remove it and {LOCK}: the pages beside it stay, and what the feeds list is fetched again",
            ) from error
        place = getattr(error, "filename", None) or folder
        words = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{place} cannot be written: {words}", "make room, or name another folder") from error


@contextmanager
def open_state(folder: Path) -> Iterator[State]:
    """Open the memory of a folder, and let it go at the end."""
    with closing(State(folder)) as state:
        yield state
