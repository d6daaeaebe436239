"""Reads files into a ledger and works out its events: gather, extract, copies, resolve.

Invariant: every batch is written whole or not at all, and each step asks the ledger what is still to do; so a run that
was stopped anywhere is finished by running it again, and a run with nothing new to read writes nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from variorum import __version__
from variorum.config import FILE_NAME
from variorum.gather.copies import find_copies
from variorum.gather.files import STDIN, find_inputs
from variorum.ledger import Ledger, Run
from variorum.model import (
    Article,
    Claim,
    Copy,
    Judgement,
    Mention,
    Named,
    Redirect,
    Ruling,
    Story,
    Structure,
    story_id,
)
from variorum.pipeline.byhand import reader_of
from variorum.pipeline.carrying import names_so_far
from variorum.pipeline.engine import Engine, open_engine
from variorum.pipeline.feeds import find_feed, gather_feed
from variorum.pipeline.finished import state_of
from variorum.pipeline.gathering import Progress, gather, tell_nobody
from variorum.pipeline.indexing import index_ledger
from variorum.pipeline.listing import has_index
from variorum.pipeline.openpairs import open_pairs
from variorum.pipeline.places import gazetteer
from variorum.pipeline.queue import find_queue
from variorum.pipeline.readers import BuiltIn, Reader
from variorum.pipeline.reading import extract
from variorum.pipeline.report import STANDING, Report
from variorum.resolve.resolution import Resolution, resolve
from variorum.resolve.rulings import rule_copies
from variorum.resolve.stories import find_stories
from variorum.resolve.version import RESOLVER

PROGRAM = f"variorum {__version__}"
TRIES = 5  # to work events out while others write theirs; each failed try means that another program came to its end


def run(
    paths: Sequence[Path | str],
    ledger: Ledger,
    *,
    now: str,
    reader: Reader | None = None,
    workers: int | None = None,
    engine: Engine | None = None,
    progress: Progress = tell_nobody,
    keep_raw: bool = True,
) -> Report:
    """Read files, folders and feeds into a ledger and work out its events; `reader` is the built-in one unless given.

    A feed is `NAME:PLACE`, with the name of a plugin; what exists as a file or folder is one, whatever its name. Without
    paths what was added before is read. The work is done by an `engine`, or by so many `workers` of this machine, one a
    core where None. Without `keep_raw` the raw bytes of articles are not stored, only their hash.

    `now` is the ISO 8601 date-time to record. Raises UsageError for a path or feed that is not there, LedgerError when
    the ledger cannot be written; one bad file becomes a Problem of the report and of the ledger.
    """
    with _given(engine, workers) as working:
        report = add(paths, ledger, now=now, engine=working, progress=progress, keep_raw=keep_raw)
        with report.timed("Claims"):
            extract(ledger, report, reader or BuiltIn(), working, now=now, tell=progress)
        follow(ledger, report, command="run", now=now, tell=progress, engine=working)
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
    with _given(engine, None) as working, report.timed("Reading"):
        own = _own_files(ledger.name)
        feeds = dict(zip(paths, map(find_feed, paths)))
        inputs = [
            one
            for one in find_inputs(path for path, feed in feeds.items() if feed is None)
            if one.path == STDIN or Path(os.path.realpath(one.path)) not in own
        ]
        gather(inputs, ledger, report, now=now, tell=progress, keep_raw=keep_raw)
        for feed in feeds.values():
            if feed is not None:
                gather_feed(feed, ledger, report, now=now, tell=progress)
    return report


def _given(engine: Engine | None, workers: int | None) -> AbstractContextManager[Engine]:
    return open_engine(workers=workers) if engine is None else nullcontext(engine)


def _own_files(place: str) -> set[Path]:
    """Give what a run into this ledger must not read: the ledger itself, and the settings beside the reports."""
    files = [place + ending for ending in ("", "-wal", "-shm", "-journal")] if "://" not in place else []
    return {Path(name).resolve() for name in (*files, FILE_NAME)}


def follow(
    ledger: Ledger,
    report: Report,
    *,
    command: str,
    now: str,
    tell: Progress = tell_nobody,
    engine: Engine | None = None,
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
        if _work_out(ledger, report, held, command=command, now=now, tell=tell):
            return
    last = next(row for row in ledger.runs() if row.finished_at is not None)
    report.stand(dict(last.figures["standing"]))
    if not has_index(ledger):
        index_ledger(ledger)


@dataclass(frozen=True)
class Held:
    """What a ledger held at one moment: all that its events follow from."""

    articles: Sequence[Article]
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    judgements: Sequence[Judgement]
    rulings: Sequence[Ruling]
    names: tuple[Collection[Named], Mapping[str, Collection[str]]]
    redirects: Sequence[Redirect]
    state: str = ""
    run: int = 0  # number of the last run; another one means that other events and names were written


def _hold(ledger: Ledger) -> Held | None:
    """Read what events follow from; None where they were worked out from just that."""
    state = state_of(ledger)
    last = next((row for row in ledger.runs() if row.finished_at is not None), None)
    if last is not None and last.figures.get("state") == state and _complete(last):
        return None
    return replace(hold(ledger), state=state, run=_last_run(ledger))


def hold(ledger: Ledger) -> Held:
    """Read what the events of a ledger follow from."""
    return Held(
        list(ledger.articles()),
        list(ledger.mentions()),
        list(ledger.claims()),
        list(ledger.judgements()),
        list(ledger.rulings()),
        names_so_far(ledger),
        list(ledger.redirects()),
    )


def _last_run(ledger: Ledger) -> int:
    return next((row.number for row in ledger.runs()), 0)


def _work_out(ledger: Ledger, report: Report, held: Held, *, command: str, now: str, tell: Progress) -> bool:
    """Work the events out and write them; gives False, and writes nothing, where another program did so meanwhile."""
    with report.timed("Copies"):
        tell("Copies", 0, len(held.articles))
        copies = copies_of(held)
    with report.timed("Events"):
        tell("Events", 0, len(held.articles))
        resolution = resolve_held(held, copies, now=now, workers=os.cpu_count() or 1)
        stories = make_stories(held.articles)
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


def copies_of(held: Held) -> list[Copy]:
    """Give which articles copy which, by their texts and by what people said."""
    return rule_copies(find_copies(held.articles), held.rulings)


def resolve_held(held: Held, copies: Sequence[Copy], *, now: str, workers: int = 1) -> Resolution:
    """Give the events that follow from what a ledger held; nothing is written."""
    register, had_last = held.names
    return resolve(
        held.articles,
        held.mentions,
        held.claims,
        copies,
        held.judgements,
        held.rulings,
        register=register,
        previous=had_last,
        redirects=held.redirects,
        gazetteer=gazetteer(),
        now=now,
        workers=workers,
    )


def make_stories(articles: Iterable[Article]) -> tuple[Story, ...]:
    """Group articles into stories, sorted by id; `articles` are in the order in which the ledger numbered them.

    A story is named by the article that came into the ledger first, so a late one never renames it; of two stories that
    it brings together the older name stays. Its title is that of the earliest published.
    """
    by_id = {article.id: article for article in articles}
    came = {id: place for place, id in enumerate(by_id)}
    found = []
    for group in find_stories(by_id.values()):
        first = min(group, key=lambda id: (by_id[id].published or "9999", id))
        found.append(Story(story_id(min(group, key=came.__getitem__)), tuple(sorted(group)), by_id[first].title))
    return tuple(sorted(found, key=lambda story: story.id))


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
    report.foreign = {}
    for article in held.articles:
        if article.lang not in {"", "en"} and article.id not in heard:
            report.foreign.setdefault(article.lang, []).append(numbers[article.id])
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
        "in other languages": sum(map(len, report.foreign.values())),
        "problems": len(report.problems),
        "extractors": sorted({reader_of(reading) for reading in ledger.readings()}),
        "resolver": RESOLVER,
        "standing": report.standing(),
    }
