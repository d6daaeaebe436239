"""`variorum merge`: what it says."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.conftest import EXAMPLES, Cli
from variorum.ledger import Ledger
from variorum.model import Ruling


def rule(place: Path | str, verdict: str, by: str, at: str) -> None:
    with Ledger.open(place) as ledger:
        claim = next(iter(ledger.claims()))
        ledger.add_ruling(Ruling(claim.id, verdict, None, by, "read it", at))  # type: ignore[arg-type]


def test_two_ledgers_come_together_and_the_second_time_nothing_is_new(
    cli: Cli, own_examples: Path, tmp_path: Path
) -> None:
    assert cli("run", EXAMPLES / "01-halcyon-wire.txt", "-o", "theirs.db").code == 0
    rule("theirs.db", "reject", "bo", "2031-05-04T10:00:00+00:00")
    rule(own_examples, "accept", "ada", "2031-05-05T10:00:00+00:00")
    told = cli("merge", "theirs.db", own_examples)
    assert told.code == 0
    assert "Brought in from theirs.db: 0 reports, 0 readings, 1 decision, " in told.out
    assert told.out.count("conflict: ") == 1
    assert "both stand, the latest decides: accept by ada" in told.out
    assert "merge-conflict" in cli("log", own_examples, "--problems").out
    assert cli("check", own_examples).code == 0
    again = cli("merge", "theirs.db", own_examples)
    assert again.out == "Nothing of theirs.db is new here.\n"
    found = json.loads(cli("merge", "theirs.db", own_examples, "--json").out)
    assert (found["decisions"], found["conflicts"]) == (0, [])


def test_names_of_the_other_ledger_lead_to_the_events_here(cli: Cli, own_examples: Path) -> None:
    cli("run", EXAMPLES / "01-halcyon-wire.txt", "-o", "theirs.db")
    with Ledger.open("theirs.db", readonly=True) as other:
        names = [named.event_id for named in other.register()]
    assert cli("merge", "theirs.db", own_examples).code == 0
    for name in names:
        assert cli("show", name, own_examples).code == 0
        assert cli("show", f"{name}@1", own_examples).code == 0


@pytest.mark.file
def test_an_older_ledger_is_refused_with_a_remedy(cli: Cli, own_examples: Path, examples: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(own_examples.read_bytes())
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'version'")
        connection.commit()
    told = cli("merge", old, own_examples)
    assert told.code == 4
    assert "older version" in told.err
    assert "variorum check" in told.err


@pytest.mark.file
def test_an_altered_ledger_is_refused_with_a_remedy(cli: Cli, own_examples: Path) -> None:
    cli("run", EXAMPLES / "01-halcyon-wire.txt", "-o", "theirs.db")
    with closing(sqlite3.connect("theirs.db")) as connection, connection:
        connection.execute("UPDATE article SET outlet = 'Another'")
    told = cli("merge", "theirs.db", own_examples)
    assert told.code == 4
    assert "theirs.db has 1 fault; nothing was brought in: " in told.err
    assert "variorum check theirs.db" in told.err
