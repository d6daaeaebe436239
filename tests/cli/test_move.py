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


@pytest.mark.file
def test_texts_go_beside_the_ledger_and_every_command_says_where_they_lie(
    cli: Cli, own_examples: Path, tmp_path: Path
) -> None:
    small, copy = tmp_path / "small.db", tmp_path / "copy.db"
    told = cli("move", own_examples, small, "--texts", "beside")
    assert f"Its texts lie in {small}.texts: 2 packs" in told.out
    assert cli("export", "jsonl", small, "-o", "-").out == cli("export", "jsonl", own_examples, "-o", "-").out
    assert cli("show", "R3", small).out.splitlines()[:9] == cli("show", "R3", own_examples).out.splitlines()[:9]
    assert f"texts lie in {small}.texts" in cli("sql", "SELECT text FROM article LIMIT 1", small).err
    assert "texts lie" not in cli("sql", "SELECT count(*) FROM v_events", small).err
    assert f"Its texts lie in {copy}.texts (2 packs)" in cli("backup", small, copy).out
    assert f"texts: 2 packs in {small}.texts" in cli("check", small).out
    (tmp_path / "small.db.texts" / "spare").mkdir()
    (tmp_path / "small.db.texts" / "spare" / "left.pack").write_bytes(b"12345")
    assert "1 file more, 5 bytes" in cli("check", small).out
    for pack in (tmp_path / "small.db.texts").rglob("*.pack"):
        pack.unlink()
    shown, checked = cli("show", "R3", small), cli("check", small)
    assert (shown.code, checked.code) == (4, 1)
    assert "error: the text of R3" in shown.err
    assert "it is missing; it holds the texts of 27 reports" in checked.out
    assert "it is missing; it holds the texts of 27 reports" not in cli("check", copy).out


@pytest.mark.file
def test_a_setting_says_where_the_texts_of_a_new_ledger_go(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARIORUM_TEXTS", "beside")
    (tmp_path / "one.txt").write_text("A title\n\nThree people were killed in Tripoli on Monday, the clinic said.\n")
    assert cli("run", tmp_path / "one.txt", "-o", tmp_path / "new.db", "--workers", "1").code == 0
    assert list((tmp_path / "new.db.texts").rglob("*.pack"))
    monkeypatch.delenv("VARIORUM_TEXTS")
    assert cli("show", "R1", tmp_path / "new.db").code == 0
