from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bench.goldfile import GoldError, read_gold

from variorum.schema import load_schema
from variorum.values.count import interval_count
from variorum.values.date import interval_date
from variorum.values.quantity import interval_quantity

HEAD = '[[event]]\nid = "X1"\nkinds = ["strike"]\nreports = ["01"]\n'
WRONG = [
    (HEAD + 'fact = [{ says = "a", check = "claims" }]', "no check"),
    (HEAD + 'fact = [{ says = "a", check = "claim", props = "killed" }]', "does not know props"),
    (HEAD + 'fact = [{ says = "a", check = "claim", prop = "murdered" }]', "no property murdered"),
    (HEAD + 'fact = [{ says = "a", check = "kind", kinds = ["raid"] }]', "no kind raid"),
    (HEAD + 'fact = [{ says = "a", check = "apart", other = "X9" }]', "no event X9"),
    (HEAD + 'fact = [{ check = "joined" }]', "must say"),
    (HEAD.replace("strike", "raid") + "fact = []", "no kind raid"),
    (HEAD + "fact = []\n" + HEAD + "fact = []", "used twice"),
    (HEAD + 'fact = []\n[[never]]\nsays = "a"\ncheck = "joined"', "no check"),
]


@pytest.mark.parametrize(("text", "cause"), WRONG, ids=[cause for _, cause in WRONG])
def test_a_fact_that_could_never_be_checked_is_refused(text: str, cause: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=cause):
        read_gold(path)


ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "path", [ROOT / "bench/gold/seeds.toml", ROOT / "examples/expected.toml"], ids=lambda p: p.name
)
def test_the_gold_files_hold_only_facts_that_can_be_checked(path: Path) -> None:
    assert sum(len(event["fact"]) for event in read_gold(path)["event"]) > 90


def listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", ["bench/gold/seeds.toml", "examples/expected.toml"])
def test_every_value_in_a_gold_file_is_canonical(name: str) -> None:
    properties = load_schema().properties
    typed: list[tuple[str, str]] = []
    for event in read_gold(ROOT / name)["event"]:
        typed += [("date", value) for value in event["dates"]]
        for fact in [*event["fact"], *event["key"]]:
            kind = "date" if fact.get("check") == "date" else properties[fact["prop"]].type if "prop" in fact else ""
            values = listed(fact.get("value", [])) + [one for side in fact.get("values", []) for one in listed(side)]
            typed += [(kind, value) for value in values]
    intervals = {"count": interval_count, "quantity": interval_quantity, "date": interval_date}
    wrong = [
        (kind, value)
        for kind, value in typed
        if kind in intervals and not value.startswith(("rel:", "XXXX-")) and intervals[kind](value) is None
    ]
    assert wrong == []


def test_the_gold_of_real_reports_quotes_at_most_six_words_at_a_time() -> None:
    gold = read_gold(ROOT / "bench/gold/seeds.toml")
    rows = [fact for event in gold["event"] for fact in [*event["fact"], *event["key"]]] + gold["never"]
    quotes = [
        quote
        for row in rows
        for quote in ([row["quote"]] if isinstance(row.get("quote"), str) else row.get("quote", []))
    ]
    assert quotes
    assert max(len(quote.split()) for quote in quotes) <= 6


def test_every_report_the_key_names_lies_in_the_folder() -> None:
    reports = ROOT / "examples/reports"
    lying = [path.name for path in reports.iterdir()] + [
        line.split('"')[3] for line in (reports / "02-wire-desk.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for event in read_gold(ROOT / "examples/expected.toml")["event"]:
        for name in event["reports"]:
            assert any(one.startswith(name) for one in lying), name
