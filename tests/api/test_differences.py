from __future__ import annotations

import pytest

import variorum


def test_two_days_of_one_ledger_differ_by_what_was_published_between(
    ledger: variorum.Ledger, bombing: variorum.Event
) -> None:
    found = ledger.as_of("2021-11-09").diff(ledger.as_of("2021-11-12"))
    assert found.reports_left == ()
    assert found.reports_right == ("R5",)
    assert f"{bombing.label} injured: about 40 → 44" in found.changes
    assert "as known on 2021-11-12: 1 report, 0 decisions" in str(found)
    assert "\n" not in repr(found)


def test_the_same_state_has_no_difference(ledger: variorum.Ledger) -> None:
    assert not ledger.diff(ledger)
    assert "no difference" in str(ledger.diff(ledger))


def test_two_ledgers_differ_by_reports_and_events(ledger: variorum.Ledger, small: variorum.Ledger) -> None:
    found = small.diff(ledger)
    assert found.reports_left == ()
    assert len(found.reports_right) == len(ledger.reports()) - 1
    assert any("is new" in line for line in found.changes)
    with pytest.raises(variorum.VariorumError, match="as they stand"):
        small.as_of("2021-01-01").diff(ledger)
