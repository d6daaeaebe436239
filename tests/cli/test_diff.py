from __future__ import annotations

import json
import shutil
from pathlib import Path

from cli.conftest import Cli, label
from variorum.ledger import Ledger
from variorum.model import Event


def largest(place: Path) -> Event:
    with Ledger.open(place, readonly=True) as ledger:
        return max(ledger.events(), key=lambda event: (len(event.mentions), event.id))


def test_two_versions_differ_by_what_was_decided_between_them(cli: Cli, own_examples: Path) -> None:
    event = largest(own_examples)
    cli("set", label(event), "munitions=6", "--ledger", own_examples, "--as", "ada")
    told = cli("diff", f"{label(event)}@1", f"{label(event)}@2", "--ledger", own_examples)
    assert "munitions: 5 → 6" in told.out
    assert cli("diff", f"{label(event)}@1", f"{label(event)}@1", "--ledger", own_examples).out == "no difference\n"


def test_a_version_is_held_against_the_event_as_it_stands(cli: Cli, own_examples: Path) -> None:
    event = largest(own_examples)
    cli("set", label(event), "munitions=6", "--ledger", own_examples, "--as", "ada")
    assert "munitions: 5 → 6" in cli("diff", f"{label(event)}@1", "--ledger", own_examples).out


def test_two_days_differ_by_what_was_recorded_between_them(cli: Cli, own_examples: Path) -> None:
    cli("reject", label(largest(own_examples)), "--ledger", own_examples, "--as", "ada")
    told = cli("diff", "--from", "2031-05-03", own_examples)
    assert "is no event any more" in told.out
    assert cli("diff", "--from", "2031-05-03", "--to", "2031-05-04", own_examples).out == "no difference\n"


def test_two_days_differ_by_what_was_printed_between_them(cli: Cli, own_examples: Path) -> None:
    told = cli("diff", "--from", "2019-03-07", "--to", "2019-03-08", "--printed", own_examples)
    assert "mentions, was" in told.out


def test_two_ledgers_differ_by_reports_words_and_events(cli: Cli, own_examples: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(own_examples, tmp_path / "other.db"))
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "orvend.txt").write_text(
        "Blast in Latakia\nA car bomb killed two people in Latakia on 3 May 2031, police said.\n", encoding="utf-8"
    )
    assert cli("run", "more", "-o", other, "-q").code == 0
    cli("set", label(largest(own_examples)), "munitions=6", "--ledger", own_examples, "--as", "ada")
    told = cli("diff", own_examples, other)
    assert "own.db: 0 reports, 1 decision" in told.out
    assert "other.db: 1 report, 0 decisions" in told.out
    assert "munitions: 6 → 5" in told.out
    assert "is new: Bombing with car bombs in Latakia" in told.out
    found = json.loads(cli("diff", own_examples, other, "--json").out)
    assert len(found["only_right"]) == 1
    assert cli("diff", own_examples, own_examples).out.endswith("no difference\n")


def test_what_cannot_be_compared_is_said(cli: Cli, own_examples: Path) -> None:
    told = cli("diff", own_examples)
    assert told.code == 2
    assert "--from" in told.err
    assert cli("diff", "EV-AAAA@1", "EV-AAAA@2", own_examples, "--from", "2031-01-01").code == 2
