from __future__ import annotations

import json
from pathlib import Path

import pytest

import variorum


def test_a_field_has_its_headline_first_and_what_was_said_otherwise_after_it(bombing: variorum.Event) -> None:
    killed = bombing.fields["killed"]
    assert [str(value) for value in killed.values] == ["21", "at least 12", "19"]
    assert [value.status for value in killed.values] == ["single", "not settled", "not settled"]
    assert killed.headline is killed.values[0]
    assert (killed.relation, killed.headline.low, killed.headline.high) == ("revised", 21, 21)
    assert "tie gives a range" in killed.policy
    assert killed.values[1].high is None


def test_a_value_stands_once_with_everybody_who_says_it(ledger: variorum.Ledger) -> None:
    for event in ledger.events():
        for field in event.fields.values():
            assert len({value.words for value in field.values}) == len(field.values)
            assert all(value.claims or value.basis for value in field.values)


def test_every_claim_of_an_event_stands_behind_a_value(ledger: variorum.Ledger) -> None:
    for event in ledger.events():
        behind = {claim.id for field in event.fields.values() for value in field.values for claim in value.claims}
        assert behind == {claim.id for claim in event.claims}


def test_an_event_is_the_object_of_the_export(ledger: variorum.Ledger, tmp_path: Path) -> None:
    lines = ledger.export("jsonl", tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(json.dumps(event.to_dict())) for event in ledger.events()] == [json.loads(row) for row in lines]


def test_a_date_has_bounds_and_a_place_a_circle(bombing: variorum.Event, ledger: variorum.Ledger) -> None:
    assert bombing.date is not None
    assert bombing.place is not None
    assert (str(bombing.date), bombing.date.low, bombing.date.precision) == (
        "8 November 2021",
        bombing.date.high,
        "day",
    )
    assert (str(bombing.place), bombing.place.country, bombing.place.radius_km) == ("Ménaka", "ML", 2.2)
    undated = [event for event in ledger.events() if event.date is not None and event.date.low is None]
    assert [str(event.date) for event in undated] == [
        "a Saturday after 4 August, year not stated",
        "4 August, year not stated",
    ]
    assert any(event.place is None for event in ledger.events())


def test_copies_stand_behind_their_original(strike: variorum.Event) -> None:
    first, second = strike.lineages
    assert [report.copy_of for report in (first[0], second[0])] == [None, None]
    assert {report.copy_of for report in first[1:]} == {first[0]}
    assert set(first[0].lineage) == set(first)
    assert first[1].lineage == first[0].lineage


def test_contradictions_hold_two_claims_of_two_lineages(ledger: variorum.Ledger) -> None:
    event = ledger.events(state="contradicts")[0]
    assert event.contradictions
    for row in event.contradictions:
        assert row.left.prop == row.right.prop == row.field
        assert row.left.value != row.right.value
        assert row.left.report.lineage != row.right.report.lineage
        assert row.note


def test_a_toll_says_who_revised_what_when(bombing: variorum.Event) -> None:
    killed = [row for row in bombing.toll if (row["field"], row["scope"]) == ("killed", "all")]
    assert [(row["published"], row["value"], row["change"]) for row in killed] == [
        ("2021-11-08", "12..", "first"),
        ("2021-11-09", "19", "up"),
        ("2021-11-15", "21", "up"),
    ]
    assert {row["source"] for row in killed} == {"Malian health ministry"}


def test_one_version_stays_as_it_was(ledger: variorum.Ledger, bombing: variorum.Event) -> None:
    frozen = ledger.event(f"{bombing.label}@1")
    assert frozen == bombing
    assert [row["version"] for row in bombing.history] == [1]
    with pytest.raises(variorum.VariorumError, match="is one version"):
        ledger.as_of("2021-11-09").event(f"{bombing.label}@1")


@pytest.mark.parametrize(
    ("form", "begins"), [("text", "“EV-"), ("bibtex", "@misc{EV-"), ("ris", "TY  - DATA"), ("csl", "[")]
)
def test_a_citation_names_version_ledger_and_day_of_access(bombing: variorum.Event, form: str, begins: str) -> None:
    cited = bombing.cite(form, accessed="2031-05-04")
    assert cited.startswith(begins)
    assert f"{bombing.label}" in cited
    assert "2031" in cited


def test_a_form_of_citation_that_is_none_is_refused(bombing: variorum.Event) -> None:
    with pytest.raises(variorum.VariorumError, match="no form of citation"):
        bombing.cite("endnote")


def test_an_id_that_nothing_has_brings_near_ones(ledger: variorum.Ledger, bombing: variorum.Event) -> None:
    wrong = bombing.label[:-1] + ("0" if bombing.label[-1] != "0" else "1")
    with pytest.raises(variorum.VariorumError, match="no event"):
        ledger.event(wrong)
