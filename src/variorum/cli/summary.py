"""What `run` says when it is done: each stage with its time, what needs a person, and the next commands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from variorum.cli.options import note
from variorum.cli.progress import say_object
from variorum.config import said
from variorum.ledger import Ledger
from variorum.pipeline import Report
from variorum.pipeline.labels import make_labels
from variorum.pipeline.report import Unread
from variorum.show.words import plural

FAILED = 3  # finished, but some of what was given was not read
HERE = ("localhost", "127.0.0.1", "::1")  # no network is used to reach these
WITHOUT_TEXT = {"empty", "no-text"}
WORDS_WIDE = 72


def run_lines(report: Report, ledger: Ledger, place: str, seconds: float) -> Iterator[str]:
    """Give the lines of the summary."""
    failed, empty = _not_read(report)
    relations = report.relations
    silent = report.silent - sum(one["reports"] for one in report.languages.values())
    stages = {
        "Reading": _read_words(report),
        "Copies": f"{plural(report.articles, 'report')} in {plural(report.lineages, 'independent lineage')} "
        f"({plural(report.copies, 'copy or rewrite', 'copies or rewrites')})",
        "Claims": f"{report.claims:,} found, each at its place in the text; {report.held_back:,} held back",
        "Events": f"{plural(report.events, 'event')} from {plural(report.articles - report.silent, 'report')}; "
        f"{plural(silent, 'report says', 'reports say')} nothing the schema records",
        "Compare": f"{relations.get('agrees', 0):,} agree · "
        f"{relations.get('overlaps', 0) + relations.get('refines', 0):,} overlap or refine · "
        f"{relations.get('contradicts', 0):,} contradict · {relations.get('revised', 0):,} revised · "
        f"{relations.get('impossible', 0):,} impossible",
    }
    for stage, words in stages.items():
        spent = report.seconds.get(stage)
        yield f"{stage:<9} {words:<{WORDS_WIDE}} {_time(spent) if spent is not None else '':>9}".rstrip()
    if report.languages:
        yield f"{'':<9} {language_words(report.languages)}"
    yield ""
    if report.changed:
        size = _size(place)
        yield f"Wrote {ledger.name}{size} in {_time(seconds)}. {_network(report, ledger)}"
    else:
        yield f"Nothing new: {ledger.name} is as it was ({_time(seconds)}). {_network(report, ledger)}"
    yield from _next_lines(report, ledger, place, len(failed | empty))


def add_lines(report: Report, ledger: Ledger, place: str, seconds: float) -> Iterator[str]:
    """Give the lines of the summary where articles were taken in and not read."""
    yield f"{'Reading':<9} {_read_words(report):<{WORDS_WIDE}} {_time(report.seconds['Reading']):>9}"
    yield ""
    if report.changed:
        yield f"Wrote {ledger.name}{_size(place)} in {_time(seconds)}. {_network(report, ledger)}"
    else:
        yield f"Nothing new: {ledger.name} is as it was ({_time(seconds)}). {_network(report, ledger)}"
    failed, empty = _not_read(report)
    if failed | empty:
        yield _unread_words(said(place), len(failed | empty))
    yield f"Next:  variorum run{_as_ledger(place)}"


def _not_read(report: Report) -> tuple[set[str], set[str]]:
    """Give what could not be read, or in part, and what has no text."""
    failed = {row.where for row in report.problems if row.code not in WITHOUT_TEXT}
    return failed, {row.where for row in report.problems} - failed


def _read_words(report: Report) -> str:
    failed, empty = _not_read(report)
    read = [plural(report.files - report.files_skipped, "file")]
    if report.files_skipped:
        read.append(f"{report.files_skipped:,} read before")
    read += [f"{len(empty):,} without text"] * bool(empty) + [f"{len(failed):,} with problems"] * bool(failed)
    return f"{', '.join(read)}; {plural(report.articles_new, 'new report')}"


def _unread_words(name: str, count: int) -> str:
    return f"{plural(count, 'input')} not read, or in part:  variorum log{name} --problems"


def _as_ledger(place: str) -> str:
    return f" --ledger{said(place)}" if said(place) else ""


def language_words(languages: Mapping[str, Unread]) -> str:
    """Say how many reports, and which, are in a language that no claims are taken from."""
    count = sum(one["reports"] for one in languages.values())
    named = [
        f"{lang}: {', '.join(f'R{number}' for number in one['first'])}"
        + (f" and {one['reports'] - len(one['first']):,} more" if one["reports"] > len(one["first"]) else "")
        for lang, one in sorted(languages.items())
    ]
    what = plural(count, "report in another language", "reports in other languages")
    return f"{what} ({'; '.join(named)}): no claims are read there, and a translation is a lineage of its own"


def _network(report: Report, ledger: Ledger) -> str:
    """Say for what the network was used."""
    if report.plugins:
        names = ", ".join(dict.fromkeys(report.plugins))
        return f"Whether the network was used is for who makes {names} to say; nothing else used it."
    used = []
    if report.remote:
        used.append(f"asked for reports: {', '.join(dict.fromkeys(report.remote))}")
    if report.cluster:
        used.append(f"the texts were sent to the workers of {report.cluster}")
    if "://" in ledger.name and (urlsplit(ledger.name).hostname or "localhost") not in HERE:
        used.append(f"the ledger lies at {ledger.name}")
    if "://" in ledger.texts_at and not ledger.texts_at.startswith("file:"):
        used.append(f"its texts lie at {ledger.texts_at}")
    if report.server:
        used.append(f"a language model read: reports that it had not answered before were sent to {report.server}")
    return f"The network was used: {'; '.join(used)}." if used else "The network was not used."


def _next_lines(report: Report, ledger: Ledger, place: str, unread: int) -> Iterator[str]:
    name = said(place)
    if report.review:
        order = ("same event?", "contradictions", "impossible", "refused merges")
        waiting = [f"{report.review[kind]:,} {kind}" for kind in order if kind in report.review]
        yield f"A person should look at: {' · '.join(waiting)}    variorum review{name}"
    if unread:
        yield _unread_words(name, unread)
    steps = [f"variorum list{name}"]
    if report.telling:
        steps.append(f"variorum show {make_labels(ledger).events[report.telling]}{name} --quotes")
    yield "Next:  " + "    ".join([*steps, f"variorum export csv{name} -o events.csv"])


def say_report(report: Report, lines: Iterator[str], form: str | None) -> int:
    """Print what a run did, for people on stderr and in the form asked for on stdout; gives the exit status."""
    for line in lines:
        note(line)
    if form == "jsonl":
        say_object("done", **report_object(report))
    elif form:
        click.echo(json.dumps(report_object(report), ensure_ascii=False, indent=1))
    return 0 if report.is_whole else FAILED


def report_object(report: Report) -> dict[str, Any]:
    """Give the figures of a run for --json."""
    return {**asdict(report), "problems": [asdict(row) for row in report.problems]}


def _size(place: str) -> str:
    """Give the size of a ledger in a file, with what SQLite has not moved into it yet."""
    files = [path for path in (Path(place), Path(place + "-wal")) if path.is_file()]
    return f" ({max(0.1, sum(path.stat().st_size for path in files) / 1e6):.1f} MB)" if files else ""


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} m {int(seconds % 60):02d} s"
