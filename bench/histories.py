"""Random histories of a ledger: articles, decisions and better readers, and whether promises 4 to 7 hold.

500 are played unless `VARIORUM_HISTORIES=10000` asks for more. One in ten is played on PostgreSQL, the others on
SQLite, unless `VARIORUM_HISTORIES_DATABASE` is `sqlite`, `postgresql` or `both`: each history on each.

No data is read: reports and reader are invented (`history_world`). A history that breaks a promise is printed as a seed
and a list of deeds; `play(seed, deeds)` plays it again.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import databases
from bench import history_checks as check
from bench.databases import Address
from bench.history_deeds import Deed, Play, Shelf, draw
from bench.history_state import Names, State, connected, look, read_names
from bench.history_world import make_world
from variorum.ledger import Ledger, wordindex
from variorum.ledger.tables import metadata
from variorum.model import Judgement, Ruling
from variorum.pipeline.byhand import is_by_hand
from variorum.pipeline.deciding import decide

HISTORIES = int(os.environ.get("VARIORUM_HISTORIES", "500"))
PROCESSES = 2
CHUNK = 100
ANOTHER_LEDGER = 4  # one history in so many is also fed to a second ledger in another order: as dear as five deeds
WHOLE = 10  # one history in so many works its events out with all that a run does
SHOWN = 5
DATABASE = os.environ.get("VARIORUM_HISTORIES_DATABASE", "mixed")
EVERY_TENTH = 10
_OPEN: dict[str, Shelf] = {}


def play(
    seed: int, deeds: Sequence[Deed] | None = None, *, folder: Path, running: Address | None = None
) -> Counter[str]:
    """Play one history in a ledger under `folder`, or on a server, and give its counts.

    Raises Broken where a promise does not hold.
    """
    counts: Counter[str] = Counter()
    chance = random.Random(f"order {seed}")
    places = Places(folder, running)
    with _shelf(places, "one") as ledger:
        one = Play(ledger, make_world(seed), whole=seed % WHOLE == 0)
        published: dict[str, frozenset[str]] = {}
        before = look(ledger)
        settled = before
        for deed in draw(seed) if deeds is None else deeds:
            if deed.name == "undo":
                _undo(one, deed)
                before = settled = look(ledger)
                published |= {event.id: frozenset(event.mentions) for event in settled.events.values()}
                continue
            one.do(deed)
            if deed.name == "merge":
                published |= _bring(one, deed, places)
                counts["merges"] += 1
            after = look(ledger)
            check.decisions(one, before, after, counts)
            before = after
            if one.whole or deed.name == "merge":
                check.hold(not list(ledger.check()), 6, f"the ledger is not sound after {deed.name}")
            if deed.settle or deed.name in ("resolve again", "merge"):
                told = one.work_out()
                after = look(ledger)
                found = check.mixed(after, told, one.now, chance)
                check.order(after, found)
                check.people(after, found)
                check.names(published, after)
                check.kept(settled, after, counts)
                published |= {event.id: frozenset(event.mentions) for event in after.events.values()}
                if deed.name == "resolve again":
                    _again(one, after)
                before = settled = after
        check.hold(not list(ledger.check()), 6, "the ledger is not sound")
        alone = check.mixed(settled, Names(), one.now, chance)
        check.hold(check.content(alone.events) == check.content(settled.events.values()), 5, "names decide events")
        if seed % ANOTHER_LEDGER == 0:
            _another_order(one, settled, places, chance)
    return counts


@dataclass(frozen=True)
class Places:
    """Where ledgers are kept: in a folder, or on a server."""

    folder: Path
    running: Address | None

    def find(self, name: str) -> str:
        """Give the place of a ledger of this process."""
        if self.running is None:
            return str(self.folder / f"{name}.db")
        return self.running.url_of(f"{name}_{os.getpid()}")


@contextmanager
def _shelf(places: Places, name: str) -> Iterator[Shelf]:
    """Give an empty ledger: the same for all histories of a process, because its queries are compiled once."""
    place = places.find(name)
    if place not in _OPEN:
        if places.running is not None:
            places.running.new_place(f"{name}_{os.getpid()}")
        Ledger.open(place, create=True).close()
        opened = Shelf.open(place)
        assert isinstance(opened, Shelf)
        _OPEN[place] = opened
    with connected(place) as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name != "meta":
                connection.execute(f"DELETE FROM {table.name}")
        if places.running is None:  # PostgreSQL lets the words go with their articles
            connection.execute(f"INSERT INTO {wordindex.NAME} ({wordindex.NAME}) VALUES ('delete-all')")
    yield _OPEN[place]


def _bring(one: Play, deed: Deed, places: Places) -> dict[str, frozenset[str]]:
    """Let another ledger read and decide, and bring it into this one; gives the events that it had published."""
    with _shelf(places, "elsewhere") as ledger:
        other = Play(ledger, one.world, whole=one.whole)
        one.read_elsewhere(deed, other)
        published = {event.id: frozenset(event.mentions) for event in look(ledger).events.values()}
        one.bring(other)
        return published


def _again(one: Play, after: State) -> None:
    """Resolve once more from what is stored: nothing may change, also at a later time."""
    found = check.mixed(after, read_names(one.ledger), "2031-06-01T00:00:00+00:00", random.Random(1))
    named = {event.id: event.mentions for event in found.events}
    check.hold(named == {row.id: row.mentions for row in after.events.values()}, 6, "resolving twice names otherwise")
    check.hold({row.old: row for row in found.redirects} == after.redirects, 6, "resolving twice leads elsewhere")


def _undo(one: Play, deed: Deed) -> None:
    """Let a person join or part two mentions, work the events out, take it back: everything is as it was."""
    one.step += not deed.hurried
    one.work_out()
    before = look(one.ledger)
    pair = one.two(deed)
    if pair is None:
        return
    one.judge(*pair, ("same", "different")[deed.choice % 2], "cy")
    one.step += not deed.hurried
    one.work_out()
    between = look(one.ledger)
    check.names({event.id: frozenset(event.mentions) for event in before.events.values()}, between)
    one.take_back(next(one.ledger.decisions()).act)
    one.step += not deed.hurried
    one.work_out()
    after = look(one.ledger)
    same = {row.id: row.mentions for row in after.events.values()} == {
        row.id: row.mentions for row in before.events.values()
    }
    check.hold(same, 6, "taking a judgement back does not give the ids back")
    check.hold(check.content(after.events.values()) == check.content(before.events.values()), 4, "an undoing is felt")


def _another_order(one: Play, settled: State, places: Places, chance: random.Random) -> None:
    """Feed the same rows to another ledger in another order: the same events, names apart."""
    with _shelf(places, "other") as ledger:
        other = Play(ledger, one.world)
        readings = [row for row in settled.readings if not is_by_hand(row.extractor)]
        chance.shuffle(readings)
        for place, reading in enumerate(readings):
            other.step += 1
            ledger.add_articles([one.ledger.article(reading.article_id)])
            other.read([reading.article_id], reading.version)
            if place % 2:
                other.work_out()
        rows = list(settled.rows.values())
        chance.shuffle(rows)
        for row in rows:
            if isinstance(row, Ruling) and row.field == "claim":
                decide(ledger, [row])
        there = look(ledger)
        known = there.claims.keys() | there.mentions.keys()
        for row in rows:
            if isinstance(row, Judgement) and {row.left, row.right} <= there.mentions.keys():
                ledger.add_judgement(row)
            elif isinstance(row, Ruling) and row.field != "claim" and row.subject in known:
                ledger.add_ruling(row)
        other.step += 1
        # Articles that are withdrawn still count as texts of which others are copies.
        ledger.add_articles([row for row in one.ledger.articles() if row.id not in {r.article_id for r in readings}])
        other.work_out()
        found = look(ledger)
        check.hold(
            check.content(found.events.values()) == check.content(settled.events.values()),
            5,
            "another order of arrival gives other events",
        )


def play_many(first: int, number: int, server: Address | None = None) -> tuple[Counter[str], list[str]]:
    """Play histories from a seed on; gives their counts and the broken ones in words."""
    counts: Counter[str] = Counter()
    broken: list[str] = []
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        for seed in range(first, first + number):
            for running in _databases(seed, server):
                database = "sqlite" if running is None else "postgresql"
                try:
                    counts += play(seed, folder=Path(folder), running=running)
                except Exception as error:  # a history that cannot be played is a broken one
                    words = f"{type(error).__name__} {error}\n{check.deed_words(draw(seed))}"
                    broken.append(f"seed {seed} on {database}: {words}")
                counts["histories"] += 1
                counts[database] += 1
        for opened in _OPEN.values():
            opened.close()
        _OPEN.clear()
    return counts, broken


def _databases(seed: int, server: Address | None) -> list[Address | None]:
    if server is None or DATABASE == "sqlite":
        return [None]
    if DATABASE == "mixed":
        return [server if seed % EVERY_TENTH == 3 else None]
    return [None, server] if DATABASE == "both" else [server]


def run(folder: Path, *, histories: int = HISTORIES, first: int = 0) -> dict[str, Any]:
    """Play histories in two processes; `folder` is not read."""
    counts: Counter[str] = Counter()
    broken: list[str] = []
    starts = range(first, first + histories, CHUNK)
    sizes = [min(CHUNK, first + histories - start) for start in starts]
    began = time.perf_counter()
    with ExitStack() as stack:
        server = stack.enter_context(databases.server(durable=False)) if databases.has_postgresql() else None
        address = None if server is None else server.address()
        pool = stack.enter_context(ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")))
        for found, failed in pool.map(play_many, starts, sizes, [address] * len(sizes)):
            counts += found
            broken += failed
    minutes = (time.perf_counter() - began) / 60
    return {
        "n": counts["histories"],
        "metrics": {
            "histories": counts["histories"],
            "on_sqlite": counts["sqlite"],
            "on_postgresql": counts["postgresql"],
            "a_minute": round(counts["histories"] / minutes),
            "unbroken": 1.0 - len(broken) / counts["histories"],
            "broken": len(broken),
            "ids kept": counts["id kept"] / max(1, counts["mostly kept"]),
            "decisions carried": counts["carried"] / max(1, counts["touched"]),
            "decisions moved": counts["touched"],
            "merges": counts["merges"],
        },
        "report": broken[:SHOWN],
    }
