"""Eight reviewers and one batch write to one ledger at once, on each database: is a decision lost, does anybody wait?

`VARIORUM_CONTENTION_S=60` lets them work for a minute a database. Each is a process of its own. A reviewer looks at the
ledger, thinks for up to 50 ms, decides or takes a decision back, and notes in a file of its own what the ledger
reported as written; the batch reads invented reports in rounds, each time with another version of the reader, so that
decisions are carried while others are made. `contention_checks` holds the notes against the ledger afterwards.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.contention_checks import Note, find_losses
from bench.databases import BOTH, has_postgresql, server
from bench.history_world import VERSIONS, Fake, World, make_world
from variorum import pipeline
from variorum.errors import DecidedMeanwhileError, LedgerError, VariorumError
from variorum.ledger import Ledger
from variorum.model import Claim, Judgement, Mention, Ruling, Verdict
from variorum.pipeline import follow, is_finished
from variorum.pipeline.report import Report

SECONDS = float(os.environ.get("VARIORUM_CONTENTION_S", "10"))
REVIEWERS = 8
FOLLOWERS = 2  # so many of them also work events out now and then, as the command line does after a decision
THINKS_S = 0.05
HOT = 6  # mentions that everybody looks at half of the time: without them two would hardly ever meet
WORLDS = 6  # about 40 reports
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")


def now() -> str:
    """Give the time of day."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


# ---------------------------------------------------------------- the processes


class Notebook:
    """The file in which one process notes what it was told, safe before it goes on."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")

    def note(self, **what: Any) -> None:
        """Write one line and wait until the disk has it."""
        self._file.write(json.dumps(what) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


class Reviewer:
    """One person at the ledger."""

    def __init__(self, place: str, name: str, notes: Path, *, follows: bool) -> None:
        self.ledger = Ledger.open(place)
        self.name, self.follows = name, follows
        self.notes = Notebook(notes)
        self.chance = random.Random(name)
        self.said = 0

    def work(self, until: float) -> None:
        """Look, think and decide until the time is over."""
        while time.time() < until:
            seen = self.ledger.last_decision()
            with self.ledger.snapshot():
                mentions, claims = list(self.ledger.mentions()), list(self.ledger.claims())
            time.sleep(self.chance.uniform(0, THINKS_S))
            if self.chance.random() < 0.12:
                self._attempt("retracted", self._take_back)
            elif len(mentions) > 3:
                words = self._words(mentions, claims)
                self._attempt("decided", lambda: self._decide(words, seen))  # noqa: B023
            if self.follows and self.chance.random() < 0.05:
                self._attempt("followed", self._follow)

    def _attempt(self, did: str, act: Any) -> None:
        start = time.perf_counter()
        try:
            told = act()
        except Exception as error:  # every error is noted: which of them may come is checked afterwards
            words = error.cause if isinstance(error, VariorumError) else repr(error)
            told = {"error": type(error).__name__, "words": words}
        if told is not None:
            self.notes.note(did=did, by=self.name, wait=time.perf_counter() - start, **told)

    def _decide(self, words: Sequence[Judgement | Ruling], seen: int) -> dict[str, Any]:
        rows = self.ledger.decide(words, seen=seen)
        return {
            "act": rows[0].act,
            "seen": seen,
            "rows": [row.number for row in rows],
            "said": [_said(row) for row in words],
        }

    def _take_back(self) -> dict[str, Any] | None:
        live = [row for row in self.ledger.decisions() if row.what.retracted is None][:40]
        if not live:
            return None
        row = self.chance.choice(live)
        time.sleep(self.chance.uniform(0, THINKS_S))
        self.ledger.retract(row.act, by=self.name, at=now(), why="on second thought")
        return {"act": row.act}

    def _follow(self) -> dict[str, Any]:
        follow(self.ledger, Report(), command="judge", now=now())
        return {}

    def _words(self, mentions: Sequence[Mention], claims: Sequence[Claim]) -> list[Judgement | Ruling]:
        hot = self.chance.random() < 0.5
        pool = sorted(mentions, key=lambda mention: mention.id)[:HOT] if hot else mentions
        kind = self.chance.random()
        if kind < 0.2 and claims:
            on = sorted(claims, key=lambda claim: claim.id)[self.chance.randrange(HOT if hot else len(claims))]
            return [Ruling(on.id, "reject" if kind < 0.1 else "accept", None, self.name, self._note(), now())]
        chosen = self.chance.sample(list(pool), 3 if kind < 0.4 else 2)
        verdict = self.chance.choice(VERDICTS)
        return [
            Judgement(*sorted((left.id, right.id)), verdict, self.name, None, self._note(), now())  # type: ignore[misc]
            for left, right in combinations(chosen, 2)
        ]

    def _note(self) -> str:
        self.said += 1
        return f"{self.name} word {self.said}"


def _said(word: Judgement | Ruling) -> str:
    return word.why if isinstance(word, Judgement) else word.note


def review(place: str, name: str, notes: Path, follows: bool, signals: tuple[Any, Any, Any]) -> None:
    """Be one reviewer, in a process of its own."""
    ready, go, until = signals
    person = Reviewer(place, name, notes, follows=follows)
    ready.release()
    go.wait()
    person.work(until.value)


def read_in_rounds(place: str, folder: Path, notes: Path, signals: tuple[Any, Any, Any]) -> None:
    """Be the batch: a few reports more a round, and all of them with another version of the reader."""
    ready, go, until = signals
    world = whole_world()
    notebook, rounds = Notebook(notes), 0
    ready.release()
    go.wait()
    with Ledger.open(place) as ledger:
        while time.time() < until.value:
            put(folder, world, rounds)
            start = time.perf_counter()
            told: dict[str, Any] = {}
            try:
                pipeline.run(
                    [folder], ledger, now=now(), reader=Fake(world, VERSIONS[rounds // 2 % len(VERSIONS)]), workers=1
                )
            except Exception as error:
                words = error.cause if isinstance(error, VariorumError) else repr(error)
                told = {"error": type(error).__name__, "words": words}
            notebook.note(did="round", by="batch", wait=time.perf_counter() - start, **told)
            rounds += 1
            time.sleep(0.2)


def whole_world() -> World:
    """Put several invented worlds together."""
    worlds = [make_world(seed) for seed in range(WORLDS)]
    articles = tuple(article for world in worlds for article in world.articles)
    return World(0, articles, {id: found for world in worlds for id, found in world.passages.items()})


def put(folder: Path, world: World, number: int) -> None:
    """Write a few reports of a world as a file to read; after some rounds all of them are there."""
    size = 10
    rows = [
        {name: getattr(article, name) for name in ("url", "outlet", "title", "text", "published", "lang")}
        for article in world.articles[number * size : (number + 1) * size]
    ]
    if rows:
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"round{number:03d}.jsonl").write_text(lines, encoding="utf-8")


# ---------------------------------------------------------------- the measurement


@contextmanager
def places() -> Iterator[Iterator[tuple[str, str]]]:
    """Give a new place on each database that can be had."""
    with tempfile.TemporaryDirectory() as folder:
        yield _places(Path(folder))


def _places(folder: Path) -> Iterator[tuple[str, str]]:
    for database in BOTH:
        if database == "sqlite":
            yield database, str(folder / "ledger.db")
        elif has_postgresql():
            with server() as running:
                yield database, running.new_place("contention")


def contend(place: str, seconds: float) -> tuple[list[Note], list[str]]:
    """Let all work on a new ledger for some time; gives their notes and what is wrong afterwards."""
    context = get_context("spawn")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = folder / "reports"
        reports.mkdir()
        put(reports, whole_world(), 0)
        with Ledger.open(place, create=True) as ledger:
            pipeline.run([reports], ledger, now=now(), reader=Fake(whole_world()), workers=1)
        signals = (context.Semaphore(0), context.Event(), context.Value("d", 0.0))
        people = [f"reviewer {number}" for number in range(REVIEWERS)]
        workers = [
            context.Process(target=review, args=(place, one, folder / f"{one}.notes", number < FOLLOWERS, signals))
            for number, one in enumerate(people)
        ]
        workers.append(context.Process(target=read_in_rounds, args=(place, reports, folder / "batch.notes", signals)))
        for worker in workers:
            worker.start()
        for _ in workers:
            signals[0].acquire(timeout=120)
        signals[2].value = time.time() + seconds
        signals[1].set()
        for worker in workers:
            worker.join()
        failed = [f"a process ended with {worker.exitcode}" for worker in workers if worker.exitcode != 0]
        notes = [Note(json.loads(line)) for path in sorted(folder.glob("*.notes")) for line in path.open()]
        with Ledger.open(place) as ledger:
            follow(ledger, Report(), command="run", now=now())
            wrong = [*failed, *find_losses(ledger, notes)]
            if not is_finished(ledger):
                wrong.append("the events are not worked out")
    return notes, wrong


def documented(note: Note) -> bool:
    """Tell whether an error is one that the documents name: somebody decided the same first, or took it back first."""
    if note.did == "decided":
        return note.error == DecidedMeanwhileError.__name__
    return note.did == "retracted" and note.error == LedgerError.__name__ and "was taken back" in note.words


def contend_on_each(seconds: float) -> dict[str, Any]:
    """Measure on every database."""
    metrics: dict[str, float] = {}
    lines: list[str] = []
    total = 0
    with places() as found:
        for database, place in found:
            notes, wrong = contend(place, seconds)
            decided = [note for note in notes if note.did == "decided"]
            waits = sorted(1000 * note.wait for note in decided)
            written = [note for note in decided if not note.error]
            other = [note for note in notes if note.error and not documented(note)]
            total += len(written)
            metrics |= {
                f"{database}_kept": 1.0 if not wrong else 0.0,
                f"{database}_documented_errors": 1.0 if not other else 0.0,
                f"{database}_decisions_a_second": round(len(written) / seconds, 1),
                f"{database}_wait_median_ms": round(statistics.median(waits), 1),
                f"{database}_wait_p95_ms": round(waits[int(0.95 * len(waits))], 1),
                f"{database}_wait_max_ms": round(waits[-1], 1),
                f"{database}_refused": len(decided) - len(written),
                f"{database}_retractions": sum(1 for n in notes if n.did == "retracted" and not n.error),
                f"{database}_rounds": sum(1 for n in notes if n.did == "round" and not n.error),
            }
            lines += [f"{database}: {line}" for line in wrong[:20]]
            lines += [f"{database}: {note.by} met {note.error}: {note.words}" for note in other[:20]]
    return {"n": total, "metrics": metrics, "report": lines}


def run(_: Path) -> dict[str, Any]:
    """Measure for `VARIORUM_CONTENTION_S`; no data is read."""
    return contend_on_each(SECONDS)
