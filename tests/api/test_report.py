from __future__ import annotations

import pytest

import variorum


def test_a_report_leads_to_its_events_and_they_lead_back(ledger: variorum.Ledger) -> None:
    for report in ledger.reports()[:6]:
        for event in report.events:
            assert report in event.reports


def test_a_copy_names_its_original(ledger: variorum.Ledger) -> None:
    original = ledger.report("R1")
    copy = next(report for report in original.lineage if report != original)
    assert copy.copy_of == original
    assert copy.to_dict()["original"] == original.id
    assert original.to_dict()["original"] is None


def test_a_report_is_found_by_number_and_id_and_is_one_line(ledger: variorum.Ledger) -> None:
    report = ledger.report("R7")
    assert ledger.report(report.id) == report
    assert report.label == "R7"
    assert "\n" not in repr(report)
    with pytest.raises(variorum.VariorumError):
        ledger.report("R999")
