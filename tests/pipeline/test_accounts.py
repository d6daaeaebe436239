"""Views by named rules from a ledger of the sample reports, with people's rulings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.model import Event, Ruling
from variorum.pipeline import Edition, edition, rule_views
from variorum.pipeline.accounts import account
from variorum.publish.rules import AcledView, AirwarsView, IbcView, UcdpView, make_view

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"


@pytest.fixture(scope="module")
def ledger(examples: Path) -> Iterator[Ledger]:
    """The ledger of the sample reports; no test writes to it."""
    with Ledger.open(examples, readonly=True) as made:
        yield made


@pytest.fixture(scope="module")
def published(ledger: Ledger) -> Edition:
    return edition(ledger)


def told(published: Edition, words: str) -> Event:
    return next(event for event in published.events if words in event.title)


def view(ledger: Ledger, published: Edition, words: str, rule: str) -> object:
    return rule_views(ledger, published, told(published, words), [rule])[rule]


def test_two_sources_that_differ_give_the_lowest_and_the_range(ledger: Ledger, published: Edition) -> None:
    acled, ucdp, ibc = (view(ledger, published, "chlorine", rule) for rule in ("acled", "ucdp", "ibc"))
    assert isinstance(acled, AcledView)
    assert isinstance(ucdp, UcdpView)
    assert isinstance(ibc, IbcView)
    assert (acled.fatalities, ucdp.low, ucdp.best, ucdp.high) == (6, 6, 6, 8)
    assert (ibc.min_deaths, ibc.max_deaths) == (6, 8)


def test_a_ministry_in_four_reports_is_one_source_and_its_last_word_counts(ledger: Ledger, published: Edition) -> None:
    ucdp, airwars = (view(ledger, published, "Ménaka", rule) for rule in ("ucdp", "airwars"))
    assert isinstance(ucdp, UcdpView)
    assert isinstance(airwars, AirwarsView)
    assert (ucdp.low, ucdp.best, ucdp.high, ucdp.number_of_sources) == (21, 21, 21, 4)
    assert airwars.proposed_grading == "Weak"


def test_copies_count_with_their_original(ledger: Ledger, published: Edition) -> None:
    ucdp = view(ledger, published, "Al Ḩudaydah", "ucdp")
    assert isinstance(ucdp, UcdpView)
    assert ucdp.number_of_sources == 2
    assert "Harbour Post" not in ucdp.source_office


def test_a_day_earlier_the_view_is_of_what_was_known(ledger: Ledger) -> None:
    early = edition(ledger, as_of="2021-11-09")
    acled = view(ledger, early, "Ménaka", "acled")
    assert isinstance(acled, AcledView)
    assert acled.fatalities == 19


RULINGS = [("reject", None, 8, "rejected by Ada"), ("correct", "3", 3, "corrected to 3 by Ada")]


@pytest.mark.parametrize(("verdict", "value", "figure", "words"), RULINGS)
def test_a_persons_ruling_counts(published: Edition, verdict: str, value: str | None, figure: int, words: str) -> None:
    event = told(published, "chlorine")
    six = [claim for claim in published.claims_of(event) if claim.prop == "killed" and claim.value == "6"]
    rulings = [Ruling(claim.id, verdict, value, "Ada", "read it twice", NOW) for claim in six]  # type: ignore[arg-type]
    acled = make_view("acled", account(published, event, rulings))
    assert isinstance(acled, AcledView)
    assert acled.fatalities == figure
    assert any(words in remark for remark in acled.remarks)


def test_every_event_has_a_view_by_every_rule(ledger: Ledger, published: Edition) -> None:
    for event in published.events:
        assert list(rule_views(ledger, published, event)) == ["acled", "ucdp", "airwars", "ibc"]


def test_a_rule_nobody_knows_is_named_with_those_there_are(ledger: Ledger, published: Edition) -> None:
    with pytest.raises(UsageError, match="no rule gtd"):
        rule_views(ledger, published, published.events[0], ["gtd"])
