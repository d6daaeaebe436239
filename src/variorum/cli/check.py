"""`variorum check`: the ledger proves itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import json_option, ledger_argument, ledger_option, ledger_place
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger import Kept, Ledger

FAULTS = 1
HASH = re.compile(r"[0-9a-f]{64}")


@click.command("check")
@ledger_argument
@ledger_option
@click.option("--hash", "kept", default=None, metavar="HASH", help="A last hash that you kept: is the log that one?")
@json_option
def command(ledger_given: str | None, ledger_named: str | None, kept: str | None, form: str | None) -> int:
    """Prove that no row was altered, every quote matches its text, every text its hash, and every id resolves.

    A ledger whose log was cut or written anew from some row on can be sound in itself: only a hash kept elsewhere shows
    it, so give the last one with --hash.

    A ledger with the layout of an older version of the program is brought up to date first.
    """
    import json

    from variorum.show.words import plural

    kept = None if kept is None else _read_hash(kept)
    with _open(ledger_place(ledger_named, ledger_given)) as ledger:
        faults = list(ledger.check())
        entry = None if kept is None else ledger.log_entry(kept)
        counts = ledger.counts()
        rows, last = ledger.head()
        spare = _count_left_over(ledger)
    if kept is not None and entry is None:
        faults.append(f"log: no row has the hash {kept}: rows were cut off or rewritten, or it is another ledger's")
    if form:
        found: dict[str, Any] = {
            "faults": faults,
            "log": {"rows": rows, "last": last},
            "checked": {name: counts[name] for name in ("article", "mention", "claim", "event")},
        }
        if spare is not None and spare.place:
            found["texts"] = {
                "place": spare.place,
                "packs": spare.packs,
                "size": spare.size,
                "left_over": spare.left_over,
                "left_over_size": spare.left_over_size,
            }
        if kept is not None:
            row = None if entry is None else {"number": entry.number, "at": entry.at}
            found["kept"] = {"hash": kept, "row": row}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return FAULTS if faults else 0
    for fault in faults:
        click.echo(fault)
    words = ", ".join(plural(counts[name], name) for name in ("article", "mention", "claim", "event"))
    click.echo(f"{plural(len(faults), 'fault') if faults else 'no fault'}: {words} checked")
    if spare is not None and spare.place:
        click.echo(f"texts: {plural(spare.packs, 'pack')} in {spare.place}, {spare.size:,} bytes")
    if spare is not None and spare.left_over:
        files = f"{plural(spare.left_over, 'file')} more, {spare.left_over_size:,} bytes"
        click.echo(
            f"texts: {files}: left by a program that was stopped or is writing now; harmless, in no ledger's way"
        )
    if entry is not None:
        click.echo(f"log: the hash you kept is that of row {entry.number} of {rows:,}, written at {entry.at}")
    if not faults:
        click.echo(f"log: {plural(rows, 'row')}, the last one {last}; who keeps that hash can prove the rest")
    return FAULTS if faults else 0


def _count_left_over(ledger: Ledger) -> Kept | None:
    """Say what lies outside the ledger; None where its place cannot be read, which is a fault and was named."""
    from variorum.errors import LedgerError

    try:
        return ledger.kept()
    except LedgerError:
        return None


def _read_hash(given: str) -> str:
    found = given.strip().lower()
    if HASH.fullmatch(found) is None:
        raise UsageError(f"{given} is not a hash of the log", "give all 64 signs, as variorum check prints them")
    if found == "0" * 64:
        raise UsageError("this is the hash of a log without rows, which every ledger begins with", "give a later one")
    return found


def _open(place: str) -> Ledger:
    from variorum.errors import LedgerError
    from variorum.ledger import Ledger

    try:
        return Ledger.open(place, readonly=True)
    except LedgerError as error:
        if type(error) is not LedgerError:  # busy, newer, not a ledger: opening it for writing cannot help
            raise
        return Ledger.open(place)
