"""`variorum review`: what waits for a person, most useful first; one key decides and moves on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.deciding import now_written, who_decides
from variorum.cli.options import UNFINISHED, ledger_argument, ledger_option, ledger_place, listing_options, note
from variorum.config import said
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline import Item, Report, Word
    from variorum.pipeline.labels import Labels

CHOICES = (
    "same",
    "contradiction",
    "place",
    "revision",
    "copy",
    "held-back",
    "value",
    "kind",
    "report",
    "disagreement",
)
COLUMNS = {"number": "NO", "kind": "KIND", "reports": "REPORTS", "events": "EVENTS", "useful": "USEFUL", "why": "WHY"}
SECOND_COLUMNS = {"number": "NO", "kind": "KIND", "reports": "REPORTS"}
AGREED = {
    "kind": "KIND",
    "left": "REVIEWER",
    "right": "REVIEWER",
    "items": "BOTH",
    "agreed": "AGREED",
    "kappa": "KAPPA",
}
DIFFER = {"kind": "KIND", "reports": "REPORTS", "left": "ONE", "right": "OTHER"}
SINCE = {"settled": "SINCE"}
STOPPED = 130
NAMED = 3  # reports of a question in a table


@click.command("review")
@ledger_argument
@ledger_option
@click.option("--kind", "kind", type=click.Choice(CHOICES), default=None, help="Only questions of this kind.")
@click.option("--as", "name", default=None, metavar="NAME", help="Who decides (default: `reviewer` in variorum.toml).")
@click.option("--second", is_flag=True, help="Decide what others decided, without seeing what they said.")
@click.option("--pair", default=None, metavar="R1,R7", help="Ask of two reports or events whether they are one event.")
@click.option("--because", default="", metavar="TEXT", help="The reason kept with every decision.")
@click.option("--limit", type=click.IntRange(min=1), default=None, help="At most so many questions.")
@click.option("--dry-run", is_flag=True, help="Print the rows that would be stored, and store nothing.")
@click.option("--list", "listed", is_flag=True, help="List the queue, and decide nothing.")
@click.option("--agreement", is_flag=True, help="How far reviewers agree (Cohen's kappa), and where they differ.")
@listing_options
def command(
    ledger_given: str | None,
    ledger_named: str | None,
    kind: str | None,
    name: str | None,
    *,
    second: bool,
    pair: str | None,
    because: str,
    limit: int | None,
    dry_run: bool,
    listed: bool,
    agreement: bool,
    form: str | None,
) -> int:
    """Decide what waits for a person: one card at a time, one key a card (y yes, n no, u unsure, s skip, ? all keys).

    \b
    Each decision is written at once; when you quit, the events are worked out anew.
    What a report says (value), the kind of an event (kind) and a withdrawn report (report) are asked of a
    second reviewer only, and where people differ.
    Without a terminal the keys are read from standard input: printf 'y\\nn\\nq\\n' | variorum review
    """
    from variorum.ledger import Ledger
    from variorum.pipeline import is_finished

    place = ledger_place(ledger_named, ledger_given)
    if agreement and (second or pair or listed or dry_run or kind):
        raise UsageError("--agreement goes only with --json, --jsonl or --csv", "leave the other options out")
    by = who_decides(name, because).by
    look = agreement or listed or dry_run or form is not None
    with Ledger.open(place, readonly=look) as ledger:
        from variorum.pipeline.labels import make_labels

        labels = make_labels(ledger)
        if agreement:
            _print_agreement(ledger, labels, form)
            return 0
        if not is_finished(ledger):
            note(UNFINISHED)
        items = _find(ledger, pair, kind, by, second=second)
        waiting = len(items)
        items = items if limit is None else items[:limit]
        if listed or form is not None:
            _print_queue(ledger, items, labels, form, second=second)
            return 0
        if not items:
            note(_none_words(by, second=second))
            return 0
        note(f"{waiting:,} waiting. Decisions are stored under the name {by} (--as, or reviewer in variorum.toml).")
        return _session(ledger, items, labels, by, second, because, dry_run, kind)


def _session(
    ledger: Ledger,
    items: Sequence[Item],
    labels: Labels,
    by: str,
    second: bool,
    because: str,
    dry_run: bool,
    kind: str | None,
) -> int:
    from variorum.cli.reviewsession import Session
    from variorum.pipeline import Report, follow

    session = Session(ledger, labels, items, by, second, because, dry_run)
    report = Report()
    try:
        session.go()
    finally:  # whatever ended it, events follow from what was stored
        if session.touched:
            follow(ledger, report, command="review", now=now_written())
    left = len(_find(ledger, None, kind, by, second=second))
    click.echo("")
    click.echo(_end_words(len(session.made), report, dry_run=dry_run))
    options = "".join([f" --kind {kind}" if kind else "", " --second" if second else ""])
    click.echo(f"{left:,} left" + (f":  variorum review{said(ledger.name)}{options}" if left else ""))
    return STOPPED if session.stopped else 0


def _end_words(decided: int, report: Report, *, dry_run: bool) -> str:
    from variorum.show.words import plural

    if dry_run:
        return "Nothing was stored."
    if not decided:
        return "Nothing was decided."
    changed = [
        f"{count:,} {word}"
        for count, word in (
            (report.events_added, "added"),
            (report.events_changed, "changed"),
            (report.events_retired, "retired"),
        )
        if count
    ]
    return f"{plural(decided, 'decision')}. Events: {', '.join(changed) or 'none changed'}."


def _none_words(by: str, *, second: bool) -> str:
    return f"nothing that others decided waits for a second word by {by}" if second else "nothing waits for a person"


def _find(ledger: Ledger, pair: str | None, kind: str | None, by: str, *, second: bool) -> list[Item]:
    from variorum.pipeline import KINDS, find_queue
    from variorum.pipeline.named import find_pair_item

    if pair is None:
        return find_queue(ledger, kinds=KINDS if kind is None else (kind.replace("-", " "),), by=by, second=second)
    return [find_pair_item(ledger, pair)]


def _print_queue(ledger: Ledger, items: Sequence[Item], labels: Labels, form: str | None, *, second: bool) -> None:
    from variorum.cli.table import emit
    from variorum.pipeline.queuerows import report_finder

    rows: list[dict[str, Any]] = []
    reports = report_finder(ledger, labels, len(items))
    for number, item in enumerate(items, start=1):
        row: dict[str, Any] = {
            "number": number,
            "kind": item.kind,
            "reports": reports(item.subjects),
        }
        if not second:
            row |= {
                "events": [labels.events.get(id, id) for id in item.events],
                "useful": round(item.usefulness, 2),
                "why": item.why,
            }
        if form is not None:
            row |= {"asks": item.asks, "subjects": list(item.subjects)}
            row |= {} if second else {"score": item.score, "said": [asdict(word) for word in item.words]}
        rows.append(row)
    if form is None:
        for row in rows:
            row["reports"] = _some(row["reports"])
    if form == "csv":
        for row in rows:
            row.pop("said", None)
    emit(rows, SECOND_COLUMNS if second else COLUMNS, form)


def _some(labels: list[str]) -> list[str]:
    """Give the first of many labels, for a table."""
    return labels if len(labels) <= NAMED + 1 else [*labels[:NAMED], f"and {len(labels) - NAMED} more"]


def _print_agreement(ledger: Ledger, labels: Labels, form: str | None) -> None:
    import json

    from variorum.cli.table import emit
    from variorum.pipeline import find_agreement
    from variorum.pipeline.queuerows import report_finder
    from variorum.show.words import plural

    rows, differences = find_agreement(ledger)
    if form == "json":
        found = {"agreement": [asdict(row) for row in rows], "differences": [asdict(row) for row in differences]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    if form is not None:
        emit([asdict(row) for row in rows], AGREED, form)
        return
    if not rows:
        note("no two people have decided the same thing yet: variorum review --second")
        return
    shown = [
        asdict(row) | {"agreed": f"{row.agreed:.0%}", "kappa": "–" if row.kappa is None else f"{row.kappa:.2f}"}
        for row in rows
    ]
    emit(shown, AGREED, None)
    if differences:
        reports = report_finder(ledger, labels, len(differences))
        click.echo(f"\n{plural(len(differences), 'thing')} on which they differ; every word stays as it was said:")
        emit(
            [
                {
                    "kind": row.thing.kind,
                    "reports": _some(reports(row.thing.ids)),
                    "left": _word(row.left),
                    "right": _word(row.right),
                    "settled": "" if row.settled is None else _word(row.settled),
                }
                for row in differences
            ],
            DIFFER | (SINCE if any(row.settled for row in differences) else {}),
            None,
        )


def _word(word: Word) -> str:
    from variorum.pipeline.cardwords import says_words

    blind = ", blind" if word.blind else ""
    return f"{word.by}: {says_words(word)} ({word.decision}{blind})" + (f": {word.reason}" if word.reason else "")
