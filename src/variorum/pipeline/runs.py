"""Reads files into a ledger and works out its events: gather, extract, copies, resolve.

Invariant: every batch is written whole or not at all, and each step asks the ledger what is still to do; so a run that
was stopped anywhere is finished by running it again, and a run with nothing new to read writes nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from variorum import __version__
from variorum.config import FILE_NAME
from variorum.gather.files import STDIN, find_inputs
from variorum.ledger import Ledger, Run
from variorum.model import Structure
from variorum.pipeline.byhand import reader_of
from variorum.pipeline.engine import Engine, open_engine
from variorum.pipeline.feeds import find_feed, gather_feed
from variorum.pipeline.finished import state_of
from variorum.pipeline.gathering import UNKNOWN, Progress, gather, tell_nobody
from variorum.pipeline.indexing import index_ledger
from variorum.pipeline.listing import has_index
from variorum.pipeline.openpairs import open_pairs
from variorum.pipeline.queue import find_queue
from variorum.pipeline.readers import BuiltIn, Reader
from variorum.pipeline.reading import extract
from variorum.pipeline.remembering import Remembered
from variorum.pipeline.report import STANDING, Report
from variorum.pipeline.resolving import Held, Share, copies_of, hold, make_stories, read_texts, resolve_held
from variorum.pipeline.streaming import map_over
from variorum.resolve.resolution import Resolution
from variorum.resolve.version import RESOLVER

PROGRAM = f"variorum {__version__}"
NAMED = 5  # reports of one language that are named
TRIES = 5  # to work events out while others write theirs; each failed try means that another program came to its end


def run(
    paths: Sequence[Path | str],
    ledger: Ledger,
    *,
    now: str,
    reader: Reader | None = None,
    workers: int | None = None,
    engine: Engine | None = None,
    remembered: Remembered | None = None,
    careful: bool = False,
    progress: Progress = tell_nobody,
    keep_raw: bool = True,
) -> Report:
    """Read files, folders and feeds into a ledger and work out its events; `reader` is the built-in one unless given.

    A feed is `NAME:PLACE`, with the name of a plugin; what exists as a file or folder is one, whatever its name.
    Without paths, what was added before is read. An `engine` does the work, else so many `workers` here, one a
    core where None. Without `keep_raw` the raw bytes of articles are not stored, only their hash.

    Who runs again and again hands on what is `remembered` of the run before: its events are worked out sooner then.

    What an earlier run left unread can be what ended it: who is `careful` has a process of its own read it, however
    little it is.

    `now` is the ISO 8601 date-time to record. Raises UsageError for a path or feed that is not there, LedgerError when
    the ledger cannot be written; one bad file becomes a Problem of the report and of the ledger.
    """
    reader = reader or BuiltIn()
    left = careful and ledger.count_unread(reader.extractor, reader.version, reader.langs)
    with _given(engine, workers) as working:
        report = add(paths, ledger, now=now, engine=working, progress=progress, keep_raw=keep_raw)
        with report.timed("Claims"):
            extract(ledger, report, reader, working, now=now, tell=progress, few=0 if left else None)
        follow(ledger, report, command="run", now=now, tell=progress, share=_sharing(working, remembered))
    return report


def add(
    paths: Sequence[Path | str],
    ledger: Ledger,
    *,
    now: str,
    engine: Engine | None = None,
    progress: Progress = tell_nobody,
    keep_raw: bool = True,
) -> Report:
    """Take articles into a ledger, and neither read them nor work out events; arguments and errors as of `run`."""
    report = Report()
    report.cluster = engine.address if engine is not None else ""
    with _given(engine, None) as working, report.timed("Reading"):
        own = _own_files(ledger.name)
        feeds = dict(zip(paths, map(find_feed, paths)))
        inputs = [
            one
            for one in find_inputs(path for path, feed in feeds.items() if feed is None)
            if one.path == STDIN or own.isdisjoint((real := Path(os.path.realpath(one.path)), *real.parents))
        ]
        gather(inputs, ledger, report, now=now, tell=progress, keep_raw=keep_raw, engine=working)
        for feed in feeds.values():
            if feed is not None:
                gather_feed(feed, ledger, report, now=now, tell=progress)
    return report


def _given(engine: Engine | None, workers: int | None) -> AbstractContextManager[Engine]:
    return open_engine(workers=workers) if engine is None else nullcontext(engine)


def _sharing(engine: Engine, remembered: Remembered | None) -> Share:
    share: Share = partial(map_over, engine)
    if remembered is None:
        return share
    remembered.begin_round()
    return remembered.over(share)


def _own_files(place: str) -> set[Path]:
    """Give what a run into this ledger must not read: the ledger, its folders of texts and lost pages, the settings."""
    files = (
        [place + ending for ending in ("", "-wal", "-shm", "-journal", ".texts", ".lost")] if "://" not in place else []
    )
    return {Path(name).resolve() for name in (*files, FILE_NAME)}


def follow(
    ledger: Ledger,
    report: Report,
    *,
    command: str,
    now: str,
    tell: Progress = tell_nobody,
    share: Share = map,
) -> None:
    """Work out copies and events anew where articles, readings or decisions changed since they were worked out last.

    The figures of the last run hold the digest of what its events followed from, written with them. Nobody waits while
    events are worked out: where another program wrote its own meanwhile, the names known here are old, and it is done
    again. After `TRIES` times the events of the others stand, and `is_finished` tells whether something is still to do.
    """
    for _ in range(TRIES):
        with ledger.snapshot():
            held = _hold(ledger)
        if held is None:
            break
        report.changed = True
        if _work_out(ledger, report, held, share, command=command, now=now, tell=tell):
            return
    last = next(row for row in ledger.runs() if row.finished_at is not None)
    report.stand(dict(last.figures["standing"]))
    if not has_index(ledger):
        index_ledger(ledger)


def _hold(ledger: Ledger) -> Held | None:
    """Read what events follow from; None where they were worked out from just that."""
    state = state_of(ledger)
    last = next((row for row in ledger.runs() if row.finished_at is not None), None)
    if last is not None and last.figures.get("state") == state and _complete(last):
        return None
    return replace(hold(ledger), state=state, run=_last_run(ledger))


def _last_run(ledger: Ledger) -> int:
    return next((row.number for row in ledger.runs()), 0)


def _work_out(
    ledger: Ledger, report: Report, held: Held, share: Share, *, command: str, now: str, tell: Progress
) -> bool:
    """Work the events out and write them; gives False, and writes nothing, where another program did so meanwhile."""
    with report.timed("Copies"):
        tell("Copies", 0, len(held.articles))
        texts = read_texts(held, share, tell)
        copies = copies_of(held, texts, _told(share, tell, "Copies"))
        stories = make_stories(held.articles, texts.counts)
        texts = replace(texts, imprints=(), counts=())  # a third of what is held
    with report.timed("Events"):
        resolution = resolve_held(held, texts, copies, _told(share, tell, "Events"), now=now)
        with ledger.writing():
            if _last_run(ledger) != held.run:
                return False
            rewritten = ledger.replace_derived(
                copies=copies,
                events=resolution.events,
                redirects=resolution.redirects,
                register=resolution.register,
                structure=Structure(resolution.related, resolution.counted, stories),
                waiting=open_pairs(resolution, held.judgements),
                now=now,
            )
            index_ledger(ledger)
            report.events_added, report.events_changed = len(rewritten.added), len(rewritten.changed)
            report.events_retired = len(rewritten.retired)
            _count(ledger, report, resolution, held)
            number = ledger.start_run(command, program=PROGRAM, at=now)
            ledger.finish_run(number, {**_figures(ledger, report), "state": held.state}, at=now)
    tell("Events", 1, 1)
    return True


def _told(share: Share, tell: Progress, stage: str) -> Share:
    """Tell of each piece of a stage that is done; how many there will be nobody knows."""
    done = 0

    def telling(work: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
        nonlocal done
        for found in share(work, pieces):
            done += 1
            tell(stage, done, UNKNOWN)
            yield found

    return telling


def _complete(row: Run) -> bool:
    return set(STANDING) <= set(row.figures.get("standing", {}))


def _count(ledger: Ledger, report: Report, resolution: Resolution, held: Held) -> None:
    counts = ledger.counts()
    report.articles = counts["article"]
    report.copies = counts["copy"]
    report.lineages = report.articles - report.copies
    report.mentions = counts["live mentions"]
    report.claims = counts["live claims"]
    report.held_back = sum(1 for _ in ledger.held_back())
    report.events = counts["event"]
    article_of = {mention.id: mention.article_id for mention in held.mentions}
    spoken = {article_of[mention] for event in resolution.events for mention in event.mentions}
    report.silent = report.articles - len(spoken)
    numbers, heard = ledger.article_numbers(), set(article_of.values())
    report.languages = {}
    for article in held.articles:
        if article.lang not in {"", "en"} and article.id not in heard:
            unread = report.languages.setdefault(article.lang, {"reports": 0, "first": []})
            unread["reports"] += 1
            if len(unread["first"]) < NAMED:
                unread["first"].append(numbers[article.id])
    report.relations = {}
    for event in resolution.events:
        for relation in event.relations:
            report.relations[relation.name] = report.relations.get(relation.name, 0) + 1
    richest = max(
        resolution.events,
        key=lambda event: (len({article_of[mention] for mention in event.mentions}), len(event.relations), event.id),
        default=None,
    )
    report.telling = None if richest is None else richest.id
    asked = Counter(_REVIEWED[item.name] for item in find_queue(ledger, kinds=("same", "contradiction")))
    report.review = {name: asked[name] for name in dict.fromkeys(_REVIEWED.values()) if asked[name]}


# Name of a relation, or why a pair is asked about -> as the summary of a run counts it.
_REVIEWED = {
    "unsure": "same event?",
    "bridge": "same event?",
    "contradicts": "contradictions",
    "impossible": "impossible",
    "refused": "refused merges",
}


def _figures(ledger: Ledger, report: Report) -> dict[str, Any]:
    return {
        "files": report.files,
        "articles": report.articles,
        "new articles": report.articles_new,
        "claims": report.claims,
        "events": report.events,
        "in other languages": sum(one["reports"] for one in report.languages.values()),
        "problems": len(report.problems),
        "extractors": sorted({reader_of(reading) for reading in ledger.readings()}),
        "resolver": RESOLVER,
        "standing": report.standing(),
    }
