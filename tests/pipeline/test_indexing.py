"""The index of events: what is listed from it is what is listed from the events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.ledger import Ledger
from variorum.pipeline import Selection, edition, event_object, follow, has_index, index_ledger, list_rows, run
from variorum.pipeline.report import Report
from variorum.show.table import make_row

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
LATER = "2031-05-04T10:00:00+00:00"


@pytest.fixture(scope="module")
def indexed(examples: Path) -> Iterator[Ledger]:
    with Ledger.open(examples, readonly=True) as ledger:
        yield ledger


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(),
        Selection(place="Syria"),
        Selection(place="Homs"),
        Selection(place="Ménaka"),
        Selection(kind="strike"),
        Selection(kind="territory"),
        Selection(since="2018-08-14"),
        Selection(until="2018-08-14"),
        Selection(place="Syria", since="2018-08-14", until="2018-08-16"),
        Selection(state="single"),
        Selection(state="contradicts"),
        Selection(state="single", min_lineages=3),
        Selection(min_lineages=2),
    ],
)
def test_a_list_from_the_index_is_the_list_of_the_events(indexed: Ledger, chosen: Selection) -> None:
    published = edition(indexed, chosen=chosen)
    wanted = [make_row(event_object(published, event)) for event in published.events]
    assert list_rows(indexed, chosen) == wanted


def test_a_story_is_listed_from_the_index(indexed: Ledger) -> None:
    for story in indexed.structure().stories:
        chosen = Selection(story=story.id)
        wanted = [event.id for event in edition(indexed, chosen=chosen).events]
        assert [row["id"] for row in list_rows(indexed, chosen) or ()] == wanted


def test_an_edition_of_one_event_says_what_an_edition_of_all_says_of_it(indexed: Ledger) -> None:
    whole = edition(indexed)
    for event in whole.events:
        alone = edition(indexed, [event])
        assert event_object(alone, alone.events[0]) == event_object(whole, event)


def test_nothing_is_asked_of_an_index_that_misses_an_event(own_examples: Path) -> None:
    with Ledger.open(own_examples) as ledger:
        events, copies = list(ledger.events()), list(ledger.copies())
        assert has_index(ledger)
        ledger.replace_derived(
            copies=copies[1:], events=events, redirects=(), register=(), structure=ledger.structure(), now=LATER
        )
        assert list_rows(ledger, Selection()) is None
        follow(ledger, Report(), command="run", now=LATER)
        assert has_index(ledger)


def test_the_index_follows_a_new_report(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        reports = sorted(EXAMPLES.glob("*.txt"))
        run(reports[:6], ledger, now=NOW, workers=1)
        run(reports[6:9], ledger, now=LATER, workers=1)
        before = list_rows(ledger, Selection())
        with ledger._writer() as connection:
            connection.exec_driver_sql("DELETE FROM meta WHERE key = 'index'")
        index_ledger(ledger)
        assert list_rows(ledger, Selection()) == before
        assert ledger.check() == []
