"""Reports grouped on a small invented file in the format of FA-KES, and the noise of its labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.incidents import Resolved, resolve_readings
from bench.incidents_syria import gold_groups, governorate_of, run, tolls_meet
from bench.syria_ledger import single_day

from bench import incidents_syria, syria_ledger
from variorum.extract.rules import read_article
from variorum.gather.files import read_inputs
from variorum.model import Article, Event, Settled
from variorum.values.gazetteer import open_gazetteer


def row(name: str, group: str, title: str, text: str, day: str, toll: str = "9") -> dict[str, str]:
    codes = {"governorate": "idlib", "civilians": toll, "noncivilians": "0", "event_date": day}
    return {"id": name, "group_date_location": group, "title": title, "text": text, "source": "Tarn Post", **codes}


MARKET = "Air strikes on a market in Idlib on Monday killed nine people, the clinic of the town said."
ROWS = [
    row("1", "g1", "Nine killed in Idlib market", f"Tuesday 10 May 2016 {MARKET}", "2016-05-10"),
    row("2", "g1", "Idlib market bombed", f"Tuesday 10 May 2016 {MARKET} Rescuers dug all night.", "2016-05-10"),
    row("3", "g2", "Car bomb in Idlib", "1 June 2016 A car bomb in Idlib killed two guards.", "2016-06-20", "2"),
    row("4", "g2", "Two", "1 June 2016 Two were killed by a mine near Idlib.", "2016-06-20", "20"),
    row("5", "g3", "Twice coded", "2 June 2016 A mine killed one man in Idlib.", "2016-06-02"),
    row("5", "g4", "Twice coded", "2 June 2016 A mine killed one man in Idlib.", "2016-06-02"),
]


def in_this_process(path: Path) -> Resolved:
    unique = {a.id: a for a in read_inputs(path, now="2000-01-01T00:00:00Z") if isinstance(a, Article)}
    return resolve_readings(list(unique.values()), [read_article(a, open_gazetteer()) for a in unique.values()])


@pytest.fixture
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    (tmp_path / "reports.jsonl").write_text("\n".join(json.dumps(line) for line in ROWS), encoding="utf-8")
    monkeypatch.setattr(incidents_syria, "resolve_syria", in_this_process)
    result = run(tmp_path)
    assert result["n"] == 4
    metrics = result["metrics"]
    assert isinstance(metrics, dict)
    return metrics


def test_every_way_of_grouping_is_measured_in_the_run(figures: dict[str, float]) -> None:
    plain = {f"plain_{name}_b3_f1" for name in ("one_a_day", "one_a_day_and_place", "day_km_taxonomy", "alone")}
    assert plain | {"b3_f1", "b3_precision", "b3_recall", "day_governorate_b3_f1"} < figures.keys()
    assert figures["plain_alone_b3_f1"] == pytest.approx(2 / 3, abs=1e-4)


def test_noise_of_the_labels_is_told(figures: dict[str, float]) -> None:
    assert figures["labels_day_off"] == 0.5  # 3 and 4 are coded nineteen days late
    assert figures["labels_toll_apart"] == 0.5  # 2 and 20 in one group
    assert figures["ceiling_printed_b3_f1"] == 1.0


def test_a_report_coded_into_several_groups_is_in_none() -> None:
    assert gold_groups([{"id": "5", "group_date_location": g} for g in ("g3", "g4")]) == {}


@pytest.mark.parametrize(("left", "right", "meet"), [(10, 15, True), (10, 16, False), (0, 1, True), (0, 2, False)])
def test_tolls_meet_within_half(left: int, right: int, meet: bool) -> None:
    assert tolls_meet(left, right) == tolls_meet(right, left) == meet


def settled(prop: str, value: str) -> Settled:
    return Settled(prop, None, value, "single", (), (), 1, (), 0)


def test_the_governorate_is_that_of_the_first_place_that_lies_in_one() -> None:
    places = (settled("place", "ne:SY"), settled("place", "ne:SY.idlib"))
    assert governorate_of(Event("evt_1", "strike", "", (), places, ())) == "idlib"


@pytest.mark.parametrize(("value", "known"), [("2016-05-09", True), ("2016-05", False), ("rel:mon", False)])
def test_only_a_single_day_is_a_day(value: str, known: bool) -> None:
    event = Event("evt_1", "strike", "", (), (settled("date", value),), ())
    assert (single_day(event) is not None) == known


def test_the_ledger_is_made_once_a_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[int] = []
    monkeypatch.setattr(syria_ledger, "read_inputs", lambda path, now: iter(()))
    monkeypatch.setattr(syria_ledger, "read_and_resolve", lambda articles: made.append(1))
    for _ in range(2):
        syria_ledger.resolve_syria(tmp_path / "reports.jsonl")
    assert made == [1]
