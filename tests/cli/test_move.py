"""`variorum move`: what it says, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli
from conftest import NewPlace
from variorum.ledger import Ledger


def test_a_ledger_goes_into_the_database_and_back_and_exports_the_same_bytes(
    cli: Cli, own_examples: Path, new_place: NewPlace, tmp_path: Path
) -> None:
    url, back = new_place("postgresql"), tmp_path / "back.db"
    first = cli("move", own_examples, url)
    assert first.code == 0
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert ledger.last_hash() in first.out
    assert "same counts, same seals, and its check passes" in first.out
    assert f"{own_examples} was only read, and is as it was" in first.err
    told = json.loads(cli("move", url, back, "--json").out)
    assert told["rows"]["article"] == 27
    exports = {cli("export", "jsonl", place, "-o", "-").out for place in (own_examples, url, back)}
    assert len(exports) == 1
    assert cli("check", url).code == 0


def test_a_password_is_not_shown(cli: Cli, own_examples: Path, new_place: NewPlace) -> None:
    url = new_place("postgresql").replace("postgres@", "postgres:geheim@", 1)
    told = cli("move", own_examples, url)
    assert told.code == 0
    assert "geheim" not in told.out + told.err


@pytest.mark.file
def test_nothing_is_overwritten(cli: Cli, own_examples: Path, examples: Path) -> None:
    before = own_examples.read_bytes()
    told = cli("move", examples, own_examples)
    assert told.code == 2
    assert "holds a ledger already" in told.err
    assert "variorum merge" in told.err
    assert own_examples.read_bytes() == before


def test_a_ledger_that_is_not_there_leaves_no_new_one(cli: Cli, tmp_path: Path) -> None:
    assert cli("move", "none.db", "new.db").code == 2
    assert list(tmp_path.iterdir()) == []
