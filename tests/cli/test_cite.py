"""`variorum cite`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.ledger import Ledger
from variorum.model import Claim, Event


@pytest.fixture
def claim(examples: Path) -> Claim:
    """The first claim that has a source of its own."""
    with Ledger.open(examples, readonly=True) as ledger:
        return next(claim for claim in ledger.claims() if claim.source)


def test_an_event_is_cited_in_its_latest_version(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("cite", label(events[0]), examples)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("“EV-")
    assert events[0].title in told.out
    assert "Version 1," in told.out


def test_a_claim_is_cited_by_its_words_source_report_and_place(cli: Cli, examples: Path, claim: Claim) -> None:
    told = cli("cite", claim.id, examples)
    for part in (f"“{' '.join(claim.quote.split())}”", claim.source, f"characters {claim.start}–{claim.end}", claim.id):
        assert part in told.out


def test_several_are_cited_in_one_list_of_csl(cli: Cli, examples: Path, events: list[Event], claim: Claim) -> None:
    told = cli("cite", f"{label(events[0])}@1", claim.id, examples, "--form", "csl")
    event, words = (item["id"] for item in json.loads(told.out))
    assert (label(events[0]) + "@1").startswith(event.removesuffix("@1"))
    assert words == claim.id


@pytest.mark.parametrize(("form", "begins"), [("bibtex", "@misc{"), ("ris", "TY  - DATA\r\n")])
def test_each_form_is_printed(cli: Cli, examples: Path, events: list[Event], form: str, begins: str) -> None:
    told = cli("cite", label(events[0]), examples, "--form", form)
    assert told.out.startswith(begins) or told.out.startswith(begins.replace("\r", ""))


def test_a_citation_links_to_where_the_pages_are_served(cli: Cli, examples: Path, claim: Claim) -> None:
    told = cli("cite", claim.id, examples, "--served-at", "https://ledger.example/")
    assert told.out.rstrip().endswith(f"https://ledger.example/claims/{claim.id}")


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        (["R1"], "R1 is a report"),
        (["EV-0000"], "no event EV-0000"),
        (["clm_0000"], "no claim clm_0000"),
    ],
)
def test_what_cannot_be_cited_is_said(cli: Cli, examples: Path, given: list[str], cause: str) -> None:
    told = cli("cite", *given, examples)
    assert told.code == 2
    assert told.err.startswith(f"error: {cause}")


@pytest.mark.parametrize("address", ["ledger.example", "javascript:alert(1)", "https://a b"])
def test_an_address_that_is_none_is_refused(cli: Cli, examples: Path, claim: Claim, address: str) -> None:
    assert cli("cite", claim.id, examples, "--served-at", address).code == 2


def test_the_ledger_may_be_named_first(cli: Cli, examples: Path, events: list[Event]) -> None:
    assert cli("cite", examples, label(events[0])).out == cli("cite", label(events[0]), examples).out != ""


def test_what_is_named_twice_is_cited_once(cli: Cli, examples: Path, claim: Claim) -> None:
    assert cli("cite", claim.id, claim.id, examples).out == cli("cite", claim.id, examples).out
