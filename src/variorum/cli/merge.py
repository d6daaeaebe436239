"""`variorum merge`: what another ledger read and decided, into this one."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from variorum.cli.options import json_option, ledger_argument, ledger_option, ledger_place, note
from variorum.config import said


@click.command("merge")
@click.argument("other", metavar="OTHER")
@ledger_argument
@ledger_option
@json_option
def command(other: str, ledger_given: str | None, ledger_named: str | None, form: str | None) -> int:
    """Bring the reports, readings and decisions of the ledger OTHER into LEDGER. OTHER is only read.

    \b
    What both hold stays one; decisions keep author, time and reason; names that OTHER gave lead to the events here.
    Where the two disagree, both stand or the later word does: every such case is listed and kept (log --problems).
    Doing it again changes nothing; after a stop it finishes the work.
    """
    import json

    from variorum.ledger import Ledger
    from variorum.pipeline.merging import merge
    from variorum.show.words import plural

    place = ledger_place(ledger_named, ledger_given)
    with Ledger.open(other, readonly=True) as theirs, Ledger.open(place) as ledger:
        done = merge(ledger, theirs, now=datetime.now(UTC).isoformat(timespec="seconds"))
    counts = {
        "articles": done.articles,
        "captures": done.captures,
        "readings": done.readings,
        "decisions": done.decisions,
        "taken_back": done.taken_back,
        "names": done.names,
        "versions": done.versions,
    }
    if form:
        conflicts = [problem.cause for problem in done.conflicts]
        found = {"other": done.other, "last_hash": done.last_hash, **counts, "conflicts": conflicts}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    if not done.changed:
        click.echo(f"Nothing of {done.other} is new here.")
        return 0
    for problem in done.conflicts:
        click.echo(f"conflict: {problem.cause}")
    words = (
        plural(done.articles, "report"),
        plural(done.readings, "reading"),
        plural(done.decisions, "decision"),
        plural(done.names, "event name"),
    )
    click.echo(f"Brought in from {done.other}: {', '.join(words)}; {plural(len(done.conflicts), 'conflict')}.")
    if done.taken_back:
        click.echo(f"{plural(done.taken_back, 'decision')} taken back there stand so here.")
    events = (
        f"{done.report.events_added} new, {done.report.events_changed} changed, {done.report.events_retired} led on"
    )
    click.echo(f"Events: {events}. The log of {done.other} ended in {done.last_hash}.")
    note(f"\nNext:  variorum log{said(place)} --problems    variorum list{said(place)}")
    return 0
