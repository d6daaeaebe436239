"""Which reports are withheld, and which are read once more, when an edition is made fit to be shared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.config import Config
from variorum.errors import ConfigError
from variorum.ledger import Ledger
from variorum.pipeline import edition, event_object
from variorum.pipeline.sharing import find_withheld, narrow, share

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"


@pytest.fixture(scope="module")
def ledger(examples: Path) -> Iterator[Ledger]:
    with Ledger.open(examples, readonly=True) as made:
        yield made


def test_one_entry_can_withhold_every_report_of_an_outlet(ledger: Ledger) -> None:
    articles, numbers = edition(ledger).articles, ledger.article_numbers()
    found = find_withheld(articles, numbers, Config(withheld=("border tribune", "R1")))
    assert {articles[id].outlet for id in found} == {"Border Tribune", ""}
    assert {id for id, number in numbers.items() if number == 1} < found


@pytest.mark.parametrize("given", ["R999", "No Such Post", "https://nowhere.example", ""])
def test_what_fits_no_report_is_an_error(ledger: Ledger, given: str) -> None:
    with pytest.raises(ConfigError, match="withheld names"):
        find_withheld(edition(ledger).articles, ledger.article_numbers(), Config(withheld=(given,)))


def test_a_narrow_edition_says_the_same_of_its_events(ledger: Ledger) -> None:
    whole = edition(ledger)
    for event in whole.events:
        one = edition(ledger, [event])
        small = narrow(one)
        assert event_object(small, event) == event_object(one, event)
        assert len(small.articles) < len(whole.articles)


def test_without_the_tagger_names_are_found_by_rules(ledger: Ledger) -> None:
    shared = share(ledger, edition(ledger), Config(tagger=False))
    assert not any("Sarrafi" in claim.source for claim in shared.claims.values())
