from __future__ import annotations

from pathlib import Path

import pytest

import variorum
from api.conftest import EXAMPLES


def test_a_folder_becomes_a_ledger_and_what_was_read_is_passed_by(tmp_path: Path) -> None:
    one, two = EXAMPLES / "19-sabha-denial.txt", EXAMPLES / "18-sabha-gas.txt"
    with variorum.run(one, out=tmp_path / "own.db") as ledger:
        assert [report.url for report in ledger.reports()] == ["file:19-sabha-denial.txt"]
        known = ledger.events()[0].id
    with variorum.run([one, two], out=tmp_path / "own.db") as ledger:
        assert len(ledger.reports()) == 2
        assert ledger.events()[0].id == known
        assert ledger.check() == []


def test_a_path_that_is_not_there_leaves_no_ledger_behind(tmp_path: Path) -> None:
    with pytest.raises(variorum.VariorumError, match="no such file or folder") as told:
        variorum.run(tmp_path / "nothing", out=tmp_path / "own.db")
    assert told.value.remedy  # type: ignore[attr-defined]
    assert not (tmp_path / "own.db").exists()


def test_opening_makes_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(variorum.VariorumError):
        variorum.open(tmp_path / "nothing.db")
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with variorum.run(tmp_path, out=tmp_path / "own.db") as ledger:
        assert [row["where"].endswith("empty.txt") for row in ledger.problems()] == [True]
        assert "1 problem" in repr(ledger)
