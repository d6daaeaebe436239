"""What the verbs that decide share: who decides, what follows, and how it is told."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import Decorator, json_option, ledger_option, ledger_place, note
from variorum.config import said, settings
from variorum.errors import LedgerError, UsageError

if TYPE_CHECKING:
    from variorum.ledger import Decision, Ledger
    from variorum.pipeline.deciding import Who, Word
    from variorum.pipeline.foresight import State

as_option: Decorator = click.option(
    "--as",
    "reviewer",
    default=None,
    metavar="NAME",
    help="Who decides (VARIORUM_REVIEWER, variorum.toml; your account).",
)
because_option: Decorator = click.option("--because", default="", metavar="TEXT", help="Why: kept with the decision.")
dry_run_option: Decorator = click.option(
    "--dry-run", is_flag=True, help="Say what would be stored and what would follow; store nothing."
)
later_option: Decorator = click.option(
    "--later", is_flag=True, help="Store it now; the events are worked out with the next decision or run."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a verb that decides, besides what it decides."""

    ledger_named: str | None
    reviewer: str | None
    because: str
    dry_run: bool
    later: bool
    form: str | None


def deciding_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every verb that decides."""
    for option in (json_option, later_option, dry_run_option, because_option, as_option, ledger_option):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Told:
    """One decision and what it changed."""

    words: Sequence[Word]
    done: Sequence[Decision] | None  # as stored; None where it was only asked what would follow
    before: State
    after: State
    back: bool = False  # it was taken back


def who_decides(reviewer: str | None, because: str) -> Who:
    """Give who decides, now: the name given, that of the settings, or that of the account.

    Raises UsageError where there is none, or one that stands for a program.
    """
    from variorum.pipeline.deciding import Who

    name = (reviewer if reviewer is not None else settings().reviewer or _account()).strip()
    if not name:
        raise UsageError(
            "nobody is named as the one who decides", 'give a name: --as NAME, or reviewer = "NAME" in variorum.toml'
        )
    if name.casefold() == "matcher":
        raise UsageError("“matcher” is the name of the program's own judgements", "give another name with --as")
    return Who(name, now_written(), because.strip())


def now_written() -> str:
    """Give the time as decisions carry it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, in a container for one
        return ""


def carry_out(make_words: Callable[[Ledger, Who], Sequence[Word]], verb: str, asked: Asked) -> int:
    """Look up, say or store one decision, work the events out and tell what changed."""
    from variorum.ledger import Ledger
    from variorum.pipeline.deciding import decide
    from variorum.pipeline.foresight import follow_state, foresee, now_state

    who = who_decides(asked.reviewer, asked.because)
    with Ledger.open(ledger_place(asked.ledger_named), readonly=asked.dry_run) as ledger:
        seen = ledger.last_decision()
        words = make_words(ledger, who)
        before = follow_state(ledger, now=who.now) if asked.dry_run else now_state(ledger)
        if asked.dry_run:
            if ledger.stands(words):
                note(f"{who.by} has said so before: nothing new would be stored")
            after = foresee(ledger, words, now=who.now)
            _tell(ledger, Told(words, None, before, after), asked)
            return 0
        done = decide(ledger, words, seen=seen)
        if not done:
            note(f"nothing new: {who.by} has said so before; see variorum log{said(ledger.name)} --by {who.by}")
        if not asked.later:
            _work_out(ledger, verb, who.now)
        _tell(ledger, Told(words, done, before, before if asked.later else now_state(ledger)), asked)
    return 0


def take_back(number: int, asked: Asked) -> int:
    """Take one decision back, or say what would follow, and tell what changed."""
    from variorum.ledger import Ledger
    from variorum.pipeline.deciding import undo
    from variorum.pipeline.foresight import follow_state, foresee, now_state

    who = who_decides(asked.reviewer, asked.because)
    with Ledger.open(ledger_place(asked.ledger_named), readonly=asked.dry_run) as ledger:
        first, *others = ledger.decision(number)
        rows = [row for row in (first, *others) if row.what.retracted is None]
        if not rows:
            raise LedgerError(f"{first.name} was taken back on {first.what.retracted}", "variorum log")
        words = [row.what for row in rows]
        before = follow_state(ledger, now=who.now) if asked.dry_run else now_state(ledger)
        if asked.dry_run:
            after = foresee(ledger, without=[row.number for row in rows], now=who.now)
            _tell(ledger, Told(words, None, before, after, back=True), asked)
            return 0
        undo(ledger, number, who)
        if not asked.later:
            _work_out(ledger, "undo", who.now)
        _tell(ledger, Told(words, rows, before, before if asked.later else now_state(ledger), back=True), asked)
    return 0


def _work_out(ledger: Ledger, verb: str, now: str) -> None:
    from variorum.pipeline import Report, follow

    follow(ledger, Report(), command=verb, now=now)


def _tell(ledger: Ledger, told: Told, asked: Asked) -> None:
    from variorum.cli.decided import told_lines
    from variorum.pipeline.foresight import changes

    if asked.form:
        name = told.done[0].name if told.done else None
        result = {
            "decision": name,
            "stored": told.done is not None,
            "taken_back": told.back,
            "rows": [asdict(word) for word in told.words],
            "changes": [asdict(row) for row in changes(told.before, told.after)],
        }
        click.echo(json.dumps(result, ensure_ascii=False, indent=1))
        return
    for line in told_lines(ledger, told, later=asked.later):
        click.echo(line)
