"""`variorum show --rule`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.model import Article, Event


@pytest.fixture
def gas(events: list[Event]) -> str:
    return label(next(event for event in events if "chlorine" in event.title))


@pytest.mark.parametrize(
    ("given", "headings"),
    [
        (["acled"], ["ACLED"]),
        (["ucdp,ibc"], ["UCDP GED", "Iraq Body Count"]),
        (["ibc", "acled"], ["Iraq Body Count", "ACLED"]),
        (["all"], ["ACLED", "UCDP GED", "Airwars", "Iraq Body Count"]),
    ],
)
def test_the_views_asked_for_stand_below_the_table(
    cli: Cli, examples: Path, gas: str, given: list[str], headings: list[str]
) -> None:
    told = cli("show", gas, examples, *[word for rule in given for word in ("--rule", rule)])
    lines = [line for line in told.out.splitlines() if line.startswith("By the rule of ")]
    assert [line.removeprefix("By the rule of ").split("    ")[0] for line in lines] == headings


def test_a_view_prints_its_figure_and_its_reason(cli: Cli, examples: Path, gas: str) -> None:
    told = cli("show", gas, examples, "--rule", "acled")
    assert "  fatalities          6\n" in told.out
    assert "reports differ; 6 is the lowest that stands" in told.out


def test_json_holds_the_views(cli: Cli, examples: Path, gas: str) -> None:
    views = json.loads(cli("show", gas, examples, "--rule", "all", "--json").out)["views"]
    assert (views["acled"]["fatalities"], views["ucdp"]["high"], views["ibc"]["max_deaths"]) == (6, 8, 8)


def test_without_a_rule_json_is_the_export(cli: Cli, examples: Path, gas: str) -> None:
    assert "views" not in json.loads(cli("show", gas, examples, "--json").out)


def test_whom_to_believe_is_the_users_own_list(cli: Cli, examples: Path, events: list[Event], tmp_path: Path) -> None:
    drones = label(next(event for event in events if "armed drones" in event.title))
    asked = ("show", drones, examples, "--rule", "airwars")
    assert "no list of credible sources" in cli(*asked).out
    (tmp_path / "variorum.toml").write_text('credible_sources = ["Steppe Radio"]', encoding="utf-8")
    assert "of 2 independent sources 1 on the list of credible sources" in cli(*asked).out


def test_a_rule_nobody_knows_is_wrong_usage(cli: Cli, examples: Path, gas: str) -> None:
    told = cli("show", gas, examples, "--rule", "gtd")
    assert told.code == 2
    assert "acled, ucdp, airwars, ibc, or all" in told.err


def test_a_rule_is_for_events(cli: Cli, examples: Path, articles: list[Article]) -> None:
    told = cli("show", "R1", examples, "--rule", "acled")
    assert told.code == 2
    assert "--rule is for events" in told.err


@pytest.mark.parametrize("rule", ["acled-rule", "ucdp-rule", "airwars-rule", "ibc-rule"])
def test_every_rule_is_explained(cli: Cli, rule: str) -> None:
    assert f"{rule}  (rule of a view)" in cli("explain", rule).out
