"""What the command line still answers where texts, or pages as they came, are missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.ledger import Ledger
from variorum.model import Article, Event


@pytest.fixture(scope="session")
def beside(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger with its texts beside it."""
    place = tmp_path_factory.mktemp("beside") / "ledger.db"
    with Ledger.open(examples, readonly=True) as old, Ledger.open(place, create=True) as new:
        old.copy_to(new, keep_texts="beside", check=False)
    return place


def without(beside: Path, tmp_path: Path, table: str) -> Path:
    """Give the ledger without the packs of one table."""
    place = tmp_path / "ledger.db"
    shutil.copy(beside, place)
    shutil.copytree(f"{beside}.texts", f"{place}.texts")
    with Ledger.open(place, readonly=True) as ledger:
        names = ledger.sql(f"SELECT DISTINCT p.name FROM {table} t JOIN pack p ON p.number = t.pack").rows
    for (name,) in names:
        (tmp_path / "ledger.db.texts" / name[:2] / f"{name}.pack").unlink()
    return place


@pytest.fixture
def lacking(beside: Path, tmp_path: Path) -> Path:
    return without(beside, tmp_path, "article")


def test_a_report_is_shown_without_the_page_as_it_came(
    cli: Cli, beside: Path, tmp_path: Path, articles: list[Article]
) -> None:
    place = without(beside, tmp_path, "raw")
    with Ledger.open(place, readonly=True) as ledger:
        number = next(ledger.article_number(row.article_id) for row in ledger.captures() if ledger.has_raw(row.sha256))
    told = cli("show", f"R{number}", place)
    assert (told.code, articles[number - 1].title in told.out) == (0, True)


def test_an_event_is_shown_with_its_quotes_alone(cli: Cli, lacking: Path, beside: Path, events: list[Event]) -> None:
    told = cli("show", label(events[0]), lacking, "--quotes")
    assert told.code == 0, told.err
    assert "only what is quoted is shown" in told.err
    with Ledger.open(beside, readonly=True) as ledger:
        quotes = {claim.quote for claim in ledger.claims(event_id=events[0].id)}
    assert sum(f"«{quote}»" in told.out for quote in quotes) > len(quotes) / 2
    assert len(told.out) < len(cli("show", label(events[0]), beside, "--quotes").out)


def test_what_is_settled_of_an_event_is_the_same_without_its_texts(
    cli: Cli, lacking: Path, beside: Path, events: list[Event]
) -> None:
    for event in events[:3]:
        assert cli("show", label(event), lacking, "--json").out == cli("show", label(event), beside, "--json").out


def test_a_search_finds_the_reports_whose_texts_are_missing(cli: Cli, lacking: Path, beside: Path) -> None:
    told = cli("search", "killed", lacking, "--json")
    whole = cli("search", "killed", beside, "--json")
    assert [row["report"] for row in json.loads(told.out)] == [row["report"] for row in json.loads(whole.out)]
    assert (told.code, "cannot be read" in told.err) == (0, True)


@pytest.mark.parametrize("command", ["list", "stories"])
def test_a_list_needs_no_text(cli: Cli, lacking: Path, beside: Path, command: str) -> None:
    told, whole = cli(command, lacking), cli(command, beside)
    assert (told.code, told.out) == (0, whole.out)


@pytest.mark.parametrize("command", [["show", "R1"], ["show", "R1", "--json"], ["why", "R1", "R3"]])
def test_what_needs_a_text_that_is_missing_names_it(cli: Cli, lacking: Path, command: list[str]) -> None:
    told = cli(*command, "--ledger", lacking)
    assert (told.code, told.out) == (4, "")
    assert "the text of R1" in told.err
    assert "variorum check" in told.err
