"""`variorum log`: runs, decisions and problems, newest first."""

from __future__ import annotations

import click

from variorum.cli.options import ledger_argument, ledger_option, listing_options, open_ledger

PROBLEM_COLUMNS = {"at": "WHEN", "where": "WHERE", "code": "CODE", "cause": "WHAT", "remedy": "REMEDY"}
LOG_COLUMNS = {"number": "NO", "at": "WHEN", "kind": "KIND", "by": "BY", "subject": "OF", "note": "NOTE"}


@click.command("log")
@ledger_argument
@ledger_option
@click.option("--problems", is_flag=True, help="What could not be read, with cause and remedy.")
@click.option("--by", default=None, metavar="NAME", help="Only what this person or program did.")
@click.option("--event", default=None, metavar="EVENT", help="Only what concerns this event.")
@listing_options
def command(
    ledger_given: str | None,
    ledger_place: str | None,
    problems: bool,
    by: str | None,
    event: str | None,
    form: str | None,
) -> int:
    """List runs and decisions, newest first; with --problems, what could not be read."""
    from variorum.cli.labels import find_record
    from variorum.cli.table import emit
    from variorum.model import Event

    with open_ledger(ledger_place, ledger_given) as ledger:
        if problems:
            rows = [
                {"at": row.at, "where": row.where, "code": row.code, "cause": row.cause, "remedy": row.remedy}
                for row in ledger.problems()
            ]
            emit(rows, PROBLEM_COLUMNS, form)
            return 0
        subjects: set[str] | None = None
        if event is not None:
            record = find_record(ledger, event)
            subjects = {record.id, *(record.mentions if isinstance(record, Event) else ())}
        entries = [
            {
                "number": row.number,
                "at": row.at,
                "kind": row.kind,
                "by": row.by,
                "subject": row.subject,
                "note": row.note,
            }
            for row in ledger.log()
            if (by is None or row.by == by)
            and (subjects is None or any(subject in row.subject or subject in row.note for subject in subjects))
        ]
    emit(entries, LOG_COLUMNS, form)
    return 0
