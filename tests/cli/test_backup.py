"""`variorum backup`: what it says, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli


@pytest.mark.file
def test_a_backup_is_a_ledger_and_says_what_its_log_ends_in(cli: Cli, own_examples: Path) -> None:
    told = cli("backup", own_examples, "kept.db", "--check")
    assert told.code == 0
    assert "same counts, same seals, its check passes" in told.out
    assert cli("check", "kept.db").code == 0
    again = json.loads(cli("backup", own_examples, "kept.db", "--force", "--json").out)
    assert again["last_hash"] in told.out
    assert again["checked"] == "quick"
    assert cli("export", "jsonl", "kept.db", "-o", "-").out == cli("export", "jsonl", own_examples, "-o", "-").out


@pytest.mark.file
def test_with_one_name_the_ledger_of_the_settings_is_backed_up(
    cli: Cli, own_examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARIORUM_LEDGER", str(own_examples))
    assert cli("backup", "kept.db").code == 0
    assert Path("kept.db").exists()


@pytest.mark.file
@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("LEDGER", "there.db"), "exists already"),
        (("LEDGER", "no/folder/kept.db"), "does not exist"),
        (("LEDGER", "."), "is a folder"),
        (("LEDGER", "postgresql://localhost/x"), "a backup is a file"),
        (("LEDGER", "LEDGER", "--force"), "the ledger itself"),
        (("LEDGER", "one.db", "two.db"), "takes a ledger and a file"),
    ],
)
def test_what_cannot_be_a_backup_is_refused(cli: Cli, own_examples: Path, words: tuple[str, ...], cause: str) -> None:
    Path("there.db").write_text("mine", encoding="utf-8")
    told = cli("backup", *(own_examples if word == "LEDGER" else word for word in words))
    assert told.code == 2
    assert cause in told.err
    assert Path("there.db").read_text(encoding="utf-8") == "mine"
