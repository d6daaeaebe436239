"""`variorum log`: runs, decisions and problems, newest first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import ledger_argument, ledger_option, listing_options, note, open_ledger
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger

PROBLEM_COLUMNS = {"at": "WHEN", "where": "WHERE", "code": "CODE", "cause": "WHAT", "remedy": "REMEDY"}
LOG_COLUMNS = {"number": "NO", "at": "WHEN", "kind": "KIND", "by": "BY", "subject": "OF", "note": "NOTE"}
ACT = re.compile(r"D(\d+)\b")


@click.command("log")
@ledger_argument
@ledger_option
@click.option("--problems", is_flag=True, help="What could not be read, with cause and remedy.")
@click.option("--by", default=None, metavar="NAME", help="Only what this person or program did.")
@click.option("--event", default=None, metavar="EVENT", help="Only what concerns this event.")
@click.option("--all", "batches", is_flag=True, help="Also the rows that pin down what each transaction wrote.")
@listing_options
def command(
    ledger_given: str | None,
    ledger_named: str | None,
    problems: bool,
    by: str | None,
    event: str | None,
    batches: bool,
    form: str | None,
) -> int:
    """List runs and decisions, newest first; with --problems, what could not be read."""
    from variorum.cli.summary import language_words
    from variorum.cli.table import emit

    if problems and (by is not None or event is not None):
        raise UsageError("--problems goes with neither --by nor --event", "leave one out")
    with open_ledger(ledger_named, ledger_given) as ledger:
        rows = list(_problems(ledger) if problems else _entries(ledger, by, event, batches))
        last = next((run for run in ledger.runs() if run.finished_at is not None), None)
        known = sorted({entry.by for entry in ledger.log() if entry.by}) if by is not None and not rows else []
    emit(rows, PROBLEM_COLUMNS if problems else LOG_COLUMNS, form)
    if form is None and not rows:
        note(
            "no problem" if problems else f"nothing by {by}; by: {', '.join(known)}" if known else "nothing in the log"
        )
    elif form is None and problems:
        note("\nNext:  variorum explain CODE    mend the input, and run the same command again")
    languages = {} if last is None else last.figures.get("standing", {}).get("languages", {})
    if form is None and problems and languages:
        note(f"No problem, but of note: {language_words(languages)}")
    return 0


def _problems(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for row in reversed(list(ledger.problems())):
        yield {"at": row.at, "where": row.where, "code": row.code, "cause": row.cause, "remedy": row.remedy}


def _entries(ledger: Ledger, by: str | None, event: str | None, batches: bool) -> Iterator[dict[str, Any]]:
    from variorum.pipeline.labels import find_one_event
    from variorum.show.runs import run_words

    subjects: set[str] | None = None
    if event is not None:
        record = find_one_event(ledger, event)
        claims = {claim.id for claim in ledger.claims(event_id=record.id)}
        names = {row.old for row in ledger.redirects() if row.new == record.id}
        subjects = {record.id, *record.mentions, *claims, *names}
    runs = {f"run {row.number}": row for row in ledger.runs()}
    acts = _named_by_acts(ledger) if subjects is not None else {}
    for row in ledger.log(batches=batches):
        run = runs.get(row.subject)
        author = row.by or (run.program if run is not None else "")
        if by is not None and by.casefold() not in (author.casefold(), author.partition(" ")[0].casefold()):
            continue
        if subjects is not None and not any(subject in f"{row.subject} {row.note}" for subject in subjects):
            match = ACT.match(row.note)
            if match is None or not subjects & acts.get(int(match[1]), set()):
                continue
        words = row.note
        if run is not None and row.kind == "run.finished":
            words = run_words(run.figures)
        if row.content:
            words = _written(row.content)
        yield {
            "number": row.number,
            "at": row.at,
            "kind": row.kind,
            "by": author,
            "subject": row.subject,
            "note": words,
            "hash": row.hash,
        }


def _named_by_acts(ledger: Ledger) -> dict[int, set[str]]:
    """Give what each decision is about, in all its rows."""
    from variorum.model import Judgement

    found: dict[int, set[str]] = {}
    for row in ledger.decisions():
        what = row.what
        ids = (what.left, what.right) if isinstance(what, Judgement) else (what.subject, what.other)
        found.setdefault(row.act, set()).update(filter(None, ids))
    return found


def _written(content: str) -> str:
    """Say what one transaction wrote: rows added, changed and made again, table by table."""
    told = json.loads(content)
    words = [f"{count:,} {name}" for name, (count, _) in told["added"].items()]
    words += [f"{len(rows):,} {name} changed" for name, rows in told["changed"].items()]
    if told["state"]:
        words.append(f"made again: {', '.join(told['state'])}")
    return f"batch {told['batch']}: {'; '.join(words)}"
