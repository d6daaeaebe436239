"""`variorum why`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.ledger import Ledger
from variorum.model import Event


@pytest.fixture
def joined(examples: Path, events: list[Event]) -> tuple[str, str]:
    """Two reports of one event."""
    with Ledger.open(examples, readonly=True) as ledger:
        numbers = sorted({ledger.article_number(ledger.mention(id).article_id) for id in events[0].mentions})
    return f"R{numbers[0]}", f"R{numbers[-1]}"


@pytest.fixture
def apart(examples: Path, events: list[Event]) -> tuple[str, str]:
    """Two events of one kind."""
    other = next(event for event in events[1:] if event.kind == events[0].kind)
    return label(events[0]), label(other)


def test_a_joined_pair_is_explained(cli: Cli, examples: Path, joined: tuple[str, str]) -> None:
    told = cli("why", *joined, examples)
    assert (told.code, told.err) == (0, "")
    assert re.search(
        r"^JOINED in EV-\w+\. The model alone gives [01]\.\d\d; it joins from [01]\.\d\d\.", told.out, re.M
    )
    assert "No person has decided it." in told.out
    assert re.search(r"^  EVIDENCE +R\d+ +R\d+ +WEIGHT$", told.out, re.M)


def test_a_pair_kept_apart_is_explained(cli: Cli, examples: Path, apart: tuple[str, str]) -> None:
    told = cli("why", *apart, examples)
    assert told.code == 0
    assert re.search(r"^KEPT APART: EV-\w+ and EV-\w+\.", told.out, re.M)
    assert re.search(r"^(Nearest event that the second could also belong to|The second is near no)", told.out, re.M)


def test_it_says_what_would_change_the_answer(
    cli: Cli, examples: Path, joined: tuple[str, str], apart: tuple[str, str]
) -> None:
    for pair in (joined, apart):
        assert re.search(r"[Ww]ithout the .+ it would be [01]\.\d\d and they would", cli("why", *pair, examples).out)


def test_the_lines_add_up_to_the_total(cli: Cli, examples: Path, joined: tuple[str, str]) -> None:
    out = cli("why", *joined, examples).out
    weights = [float(value) for value in re.findall(r"  ([+-] *\d+\.\d)  [█░]", out)]
    total = float(re.search(r"total +([+-]\d+\.\d)", out)[1])  # type: ignore[index]
    assert abs(sum(weights) - total) <= 0.05 * len(weights) + 1e-9


def test_json_gives_the_pair(cli: Cli, examples: Path, joined: tuple[str, str]) -> None:
    pairs = json.loads(cli("why", *joined, examples, "--json").out)
    assert len(pairs) == 1
    assert pairs[0]["joined"] is True


def test_all_gives_every_pair(cli: Cli, examples: Path, apart: tuple[str, str]) -> None:
    assert len(json.loads(cli("why", *apart, examples, "--json", "--all").out)) >= 1
    heads = re.findall(r"^(?:JOINED|KEPT APART)", cli("why", *apart, examples, "--all").out, re.M)
    assert len(heads) == len(json.loads(cli("why", *apart, examples, "--json", "--all").out))


def test_the_next_commands_work(cli: Cli, examples: Path, joined: tuple[str, str]) -> None:
    steps = cli("why", *joined, examples).out.splitlines()[-1].removeprefix("Next:").split("    ")
    assert [step for step in steps if cli(*step.split()[1:]).code] == []


def test_a_report_is_not_held_against_itself(cli: Cli, examples: Path) -> None:
    with Ledger.open(examples, readonly=True) as ledger:
        single = next(
            number
            for id, number in ledger.article_numbers().items()
            if sum(ledger.event_of(mention.id) is not None for mention in ledger.mentions(id)) == 1
            and len(list(ledger.mentions(id))) == 1
        )
    told = cli("why", f"R{single}", f"R{single}", examples)
    assert told.code == 2
    assert "have no two mentions of events to compare" in told.err


def test_an_unknown_report_is_wrong_usage(cli: Cli, examples: Path) -> None:
    assert cli("why", "R1", "R999", examples).code == 2
