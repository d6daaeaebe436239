"""How quantities are scored, on sentences invented here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.quantity import coded_value, own_value, run


def sentence(text: str, *rows: tuple[str, str, str]) -> str:
    quantities = [{"value": value, "unit": unit, "normalized_unit": norm} for value, unit, norm in rows]
    return json.dumps({"text": text, "quantities": quantities})


def test_value_and_unit_must_both_be_right(tmp_path: Path) -> None:
    lines = [
        sentence("The ferry sank 12 km off Dorrin.", ("12.0", "km", "kilometre")),
        sentence("It carried thousands of sheep.", ("1000-10000", "sheep", "sheep")),
        sentence("It had cost 3 million euros.", ("3000000.0", "dollars", "dollar")),
        sentence("Nobody counted the rest.", ("5", "rest", "rest")),
    ]
    (tmp_path / "dev.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = run(tmp_path)
    assert result["n"] == 4
    assert result["metrics"]["recall"] == 0.5
    assert result["metrics"]["value_f1"] > result["metrics"]["value_unit_f1"]


LINE = sentence("The ferry sank 12 km off Dorrin.", ("12.0", "km", "kilometre"))


def test_without_quantulum3_the_baseline_is_the_plain_method_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dev.jsonl").write_text(LINE, encoding="utf-8")
    monkeypatch.setattr("bench.quantity.load_quantulum", lambda: None)
    result = run(tmp_path)
    assert result["baseline"]["value_unit_f1"] == 1.0
    assert "not installed" in result["report"][0]


def test_quantulum3_is_the_baseline_where_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dev.jsonl").write_text(LINE, encoding="utf-8")
    monkeypatch.setattr("bench.quantity.load_quantulum", lambda: lambda text: [("13", "=km")])
    result = run(tmp_path)
    assert result["baseline"]["value_f1"] == 0.0
    assert "quantulum3" in result["report"][0]
    assert "plain method" in result["report"][1]


@pytest.mark.parametrize(
    ("coded", "plain"), [("12.0", "12"), ("1000-10000", "1000-10000"), ("-1.4", "-1.4"), ("x", "x")]
)
def test_coded_values_are_written_in_one_form(coded: str, plain: str) -> None:
    assert coded_value(coded) == plain


@pytest.mark.parametrize(
    ("value", "raw", "plain"),
    [("12..", "at least 12", "12"), ("30..40", "30 to 40", "30-40"), ("20000..", "tens of thousands", "10000-100000")],
)
def test_own_values_are_written_as_the_set_does(value: str, raw: str, plain: str) -> None:
    assert own_value(value, raw) == plain
