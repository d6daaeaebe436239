"""Reads files into a ledger and works out its events: gather, copies, extract, resolve.

Invariant: every batch is written whole or not at all, and each step asks the ledger what is still to do; so a run that
was stopped anywhere is finished by running it again, and a run with nothing new to read writes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from variorum import __version__
from variorum.errors import VariorumError
from variorum.extract.rules import EXTRACTOR, VERSION, read_article
from variorum.gather.copies import find_copies
from variorum.gather.files import STDIN, Input, find_inputs, read_inputs
from variorum.ledger import InputSeen, Ledger
from variorum.model import Article, Extraction, Problem, Ruling, make_reading
from variorum.resolve.carry import carry_judgements, carry_rulings
from variorum.resolve.resolution import RESOLVER, Resolution, resolve
from variorum.values.gazetteer import Gazetteer, open_gazetteer

PROGRAM = f"variorum {__version__}"
# Articles a transaction: small enough that a kill loses under a second of work, large enough that SQLite's sync is not felt.
BATCH = 64
# Under this many unread articles a pool of processes costs more (about 0.7 s to start) than it saves.
POOL_FROM = 40

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Report:
    """What a run did, for people and for the run's row in the ledger; times in seconds."""

    files: int = 0
    files_skipped: int = 0  # read before, unchanged
    articles: int = 0  # in the ledger now
    articles_new: int = 0
    problems: list[Problem] = field(default_factory=list)
    copies: int = 0
    lineages: int = 0
    readings_new: int = 0
    mentions: int = 0
    claims: int = 0
    held_back: int = 0
    events: int = 0
    events_added: int = 0
    events_changed: int = 0
    events_retired: int = 0
    silent: int = 0  # articles that say nothing the schema records
    relations: dict[str, int] = field(default_factory=dict)
    review: dict[str, int] = field(default_factory=dict)  # what needs a person, by kind
    seconds: dict[str, float] = field(default_factory=dict)
    changed: bool = False  # anything written

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began


@cache
def gazetteer() -> Gazetteer:
    """Give the gazetteer of this process, opened once."""
    return open_gazetteer()


def run(
    paths: Sequence[Path | str],
    ledger: Ledger,
    *,
    now: str,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read files and folders into a ledger and work out its events.

    `now` is the ISO 8601 date-time to record. Raises UsageError for a path that is not there, LedgerError when the
    ledger cannot be written; one bad file becomes a Problem of the report and of the ledger.
    """
    report = Report()
    tell = progress or (lambda stage, done, total: None)
    with report.timed("Reading"):
        _gather(list(find_inputs(paths)), ledger, report, now=now, tell=tell)
    with report.timed("Claims"):
        _extract(ledger, report, now=now, workers=workers, tell=tell)
    follow(ledger, report, command="run", now=now, tell=tell)
    return report


def follow(
    ledger: Ledger, report: Report, *, command: str, now: str, tell: Progress = lambda stage, done, total: None
) -> None:
    """Work out copies and events anew where articles, readings or decisions changed since they were worked out last.

    The figures of the last run hold the digest of what its events followed from, written with them.
    """
    state = _state(ledger)
    last = max(ledger.runs(), key=lambda row: row.number, default=None)
    review: dict[str, int] = dict(last.figures.get("review", {})) if last is not None else {}
    if last is None or last.figures.get("state") != state:
        report.changed = True
        articles = {article.id: article for article in ledger.articles()}
        with report.timed("Copies"):
            tell("Copies", 0, len(articles))
            copies = find_copies(articles.values())
        with report.timed("Events"):
            tell("Events", 0, len(articles))
            previous = {event.id: event.mentions for event in ledger.events()}
            resolution: Resolution = resolve(
                articles.values(),
                list(ledger.mentions()),
                list(ledger.claims()),
                copies,
                list(ledger.judgements()),
                list(ledger.rulings()),
                register=list(ledger.register()),
                previous=previous,
                redirects=list(ledger.redirects()),
                gazetteer=gazetteer(),
                now=now,
            )
            with ledger.writing():
                rewritten = ledger.replace_derived(
                    copies=copies,
                    events=resolution.events,
                    redirects=resolution.redirects,
                    register=resolution.register,
                    now=now,
                )
                review = _review(resolution)
                number = ledger.start_run(command, program=PROGRAM, at=now)
                ledger.finish_run(number, {**_figures(ledger, report), "state": state, "review": review}, at=now)
        report.events_added, report.events_changed = len(rewritten.added), len(rewritten.changed)
        report.events_retired = len(rewritten.retired)
    report.review = review
    _count(ledger, report)


def _review(resolution: Resolution) -> dict[str, int]:
    contradictions = sum(row.name == "contradicts" for event in resolution.events for row in event.relations)
    rows = {
        "same event?": len(resolution.unsure) + len(resolution.bridges),
        "contradictions": contradictions,
        "refused merges": len(resolution.refused),
    }
    return {name: count for name, count in rows.items() if count}


def _state(ledger: Ledger) -> str:
    """Give a digest of all that events follow from: which rows there are, every decision, and the versions that decide."""
    counts = ledger.counts()
    rows = {name: counts[name] for name in ("article", "reading", "mention", "claim")}
    decisions = [repr(row) for row in ledger.decisions()]
    form = json.dumps([rows, decisions, RESOLVER, EXTRACTOR, VERSION], sort_keys=True)
    return hashlib.sha256(form.encode()).hexdigest()


def _count(ledger: Ledger, report: Report) -> None:
    counts = ledger.counts()
    report.articles = counts["article"]
    report.copies = counts["copy"]
    report.lineages = report.articles - report.copies
    report.mentions = counts["mention"]
    report.claims = counts["claim"]
    report.held_back = counts["held_back"]
    report.events = counts["event"]
    spoken: set[str] = set()
    article_of = {mention.id: mention.article_id for mention in ledger.mentions()}
    for event in ledger.events():
        spoken.update(article_of[mention] for mention in event.mentions if mention in article_of)
        for relation in event.relations:
            report.relations[relation.name] = report.relations.get(relation.name, 0) + 1
    report.silent = report.articles - len(spoken)


def _figures(ledger: Ledger, report: Report) -> dict[str, Any]:
    counts = ledger.counts()
    return {
        "files": report.files,
        "articles": counts["article"],
        "new articles": report.articles_new,
        "claims": counts["claim"],
        "events": counts["event"],
        "problems": len(report.problems),
        "extractor": f"{EXTRACTOR} {VERSION}",
        "resolver": RESOLVER,
    }


# ---------------------------------------------------------------- gather


def _gather(inputs: Sequence[Input], ledger: Ledger, report: Report, *, now: str, tell: Progress) -> None:
    seen = ledger.seen()
    report.files = len(inputs)
    waiting: list[tuple[Article, str]] = []
    done: list[InputSeen] = []
    problems: list[Problem] = []
    cleared: list[str] = []

    def flush() -> None:
        if waiting or done or problems or cleared:
            with ledger.writing():
                for where in cleared:
                    ledger.clear_problems(where)
                report.articles_new += ledger.add_articles(article for article, _ in waiting)
                ledger.add_problems(problems)
                ledger.add_seen(done)
            report.changed = True
        for batch in (waiting, done, problems, cleared):
            batch.clear()

    for position, one in enumerate(inputs):
        tell("Reading", position, len(inputs))
        before = seen.get(_seen_key(one))
        stamp = _stamp(one)
        if before is not None and stamp is not None and (before.size, before.mtime_ns) == stamp:
            report.files_skipped += 1
            continue
        ids: list[str] = []
        if before is not None:
            cleared.append(one.name)
        for found in read_inputs(one, now=now):
            if isinstance(found, Problem):
                problems.append(found)
                report.problems.append(found)
                continue
            waiting.append((found, one.name))
            ids.append(found.id)
            if len(waiting) >= BATCH:
                flush()
        if stamp is not None:
            done.append(InputSeen(_seen_key(one), stamp[0], stamp[1], "", tuple(ids)))
        if len(waiting) >= BATCH or len(done) >= BATCH:
            flush()
    flush()


def _seen_key(one: Input) -> str:
    return str(one.path.resolve()) if one.path != STDIN else "-"


def _stamp(one: Input) -> tuple[int, int] | None:
    if one.path == STDIN:
        return None
    try:
        status = one.path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


# ---------------------------------------------------------------- extract


def read_one(article: Article) -> Extraction | Problem:
    """Read one article; a reader that fails on it gives a problem row instead of stopping the run."""
    try:
        return read_article(article, gazetteer())
    except VariorumError:
        raise  # what is wrong for every article (no gazetteer) is not a fault of this one
    except Exception as error:  # one article must never take the others with it
        cause = f"the reader failed: {type(error).__name__}: {error}"
        return Problem(
            article.id, "reader-failed", cause, "report it with this article's text; the others were read", ""
        )


def _extract(ledger: Ledger, report: Report, *, now: str, workers: int | None, tell: Progress) -> None:
    unread = list(ledger.unread(EXTRACTOR, VERSION))
    if not unread:
        return
    report.changed = True
    done = 0
    results = _read_all(unread, workers)
    while batch := list(islice(results, BATCH)):
        with ledger.writing():
            for article, result in batch:
                _write(ledger, report, article, result, now=now)
        done += len(batch)
        tell("Claims", done, len(unread))


def _read_all(articles: Sequence[Article], workers: int | None) -> Iterator[tuple[Article, Extraction | Problem]]:
    count = workers if workers is not None else os.cpu_count() or 1
    if len(articles) < POOL_FROM or count < 2:
        for article in articles:
            yield article, read_one(article)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=gazetteer) as executor:
        yield from _read_with(executor, articles)


def _read_with(executor: Executor, articles: Sequence[Article]) -> Iterator[tuple[Article, Extraction | Problem]]:
    results = executor.map(read_one, articles, chunksize=8)
    for article in articles:
        try:
            yield article, next(results)
        except BrokenProcessPool:
            # The process died, out of memory perhaps. The rest is read here, one by one.
            yield article, read_one(article)
            results = map(read_one, articles[articles.index(article) + 1 :])


def _write(ledger: Ledger, report: Report, article: Article, result: Extraction | Problem, *, now: str) -> None:
    if isinstance(result, Problem):
        problem = Problem(article.url or article.id, result.code, result.cause, result.remedy, now)
        ledger.add_problems([problem])
        report.problems.append(problem)
        # An empty reading: the article is not tried again until the reader changes.
        result = Extraction(make_reading(article.id, EXTRACTOR, VERSION), (), ())
    before = [reading for reading in ledger.readings(article.id) if reading.id != result.reading.id]
    if before:
        _carry(ledger, article.id, result, now=now)
    ledger.add_extraction(result)
    for reading in before:
        ledger.supersede(reading.id)
    report.readings_new += 1


def _carry(ledger: Ledger, article_id: str, result: Extraction, *, now: str) -> None:
    """Carry people's decisions on an article over to its new reading; what cannot be carried becomes a problem row."""
    old_mentions, old_claims = list(ledger.mentions(article_id)), list(ledger.claims(article_id))
    article_of = {mention.id: article_id for mention in (*old_mentions, *result.mentions)}
    claim_ids = {claim.id for claim in old_claims}
    rulings = [ruling for ruling in ledger.rulings() if ruling.claim_id in claim_ids]
    carried, lost = carry_rulings(rulings, old_claims, result.claims, article_of)
    mention_ids = {mention.id for mention in old_mentions}
    judgements = [row for row in ledger.judgements() if {row.left, row.right} & mention_ids]
    moved, gone = carry_judgements(judgements, old_mentions, result.mentions)
    problems = [
        Problem(
            article_id,
            "ruling-lost",
            f"the ruling on {row.ruling.claim_id} by {row.ruling.by}: {row.why}",
            "rule on the new claim: variorum review",
            now,
        )
        for row in lost
    ]
    problems += [
        Problem(
            article_id,
            "judgement-lost",
            f"the judgement by {row.judgement.by}: {row.why}",
            "judge the new mentions: variorum review",
            now,
        )
        for row in gone
    ]
    ledger.add_problems(problems)
    ledger.add_extraction(result)  # what the carried decisions point at must be there first
    for ruling in carried:
        if ruling not in rulings:
            ledger.add_ruling(_again(ruling, now))
    ledger.add_judgements(row for row in moved if row not in judgements)


def _again(row: Ruling, now: str) -> Ruling:
    return Ruling(row.claim_id, row.verdict, row.value, row.by, row.note, row.at)
