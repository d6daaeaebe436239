"""The reports of a ledger in a list, on both databases."""

from __future__ import annotations

import pytest

from factories import NOW, article, event, extraction, named
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_readings
from variorum.ledger.reportlist import Sought, count_reports, list_outlets, list_reports, titles_of
from variorum.ledger.search import Wanted, count_found, search
from variorum.model import Copy


def fill(ledger: Ledger) -> None:
    first = article("one", published="2031-05-01")
    copied = article("two", published="2031-05-02T09:00:00Z", outlet="Lantern", title="")
    other = article("three", published=None, lang="ar", outlet="")
    late = article("four", published="2031-06-01", lang="fr")
    ledger.add_articles([first, copied, other, late])
    found = extraction(first)
    ledger.add_extraction(found)
    ledger.replace_derived(
        copies=[Copy(copied.id, first.id, 0.9)],
        events=[event(found)],
        redirects=[],
        register=[named(event(found), found)],
        now=NOW,
    )


@pytest.mark.parametrize(
    ("sought", "numbers"),
    [
        (Sought(), [4, 2, 1, 3]),
        (Sought(outlet="Lantern"), [2]),
        (Sought(lang="ar"), [3]),
        (Sought(since="2031-05-02", until="2031-05-02"), [2]),
        (Sought(until="2031-05-02"), [2, 1]),
        (Sought(copies="originals"), [4, 1, 3]),
        (Sought(copies="only"), [2]),
        (Sought(known_by="2031-05-01"), [1, 3]),
        (Sought(outlet="Lan"), []),
    ],
)
def test_reports_are_listed_latest_first_and_undated_ones_last(
    ledger: Ledger, sought: Sought, numbers: list[int]
) -> None:
    fill(ledger)
    assert [row.number for row in list_reports(ledger, sought, limit=10)] == numbers
    assert count_reports(ledger, sought) == len(numbers)
    assert [row.number for row in list_reports(ledger, sought, limit=1, offset=1)] == numbers[1:2]


def test_a_row_says_what_it_copies_which_events_it_tells_of_and_how_it_begins(ledger: Ledger) -> None:
    fill(ledger)
    rows = {row.number: row for row in list_reports(ledger, Sought(), limit=10)}
    assert (rows[2].copy_of, rows[2].share, rows[2].original_published) == (1, 0.9, "2031-05-01")
    assert (rows[1].copy_of, rows[2].events) == (None, ())
    assert rows[2].title.startswith("Shelling hits a market in Qasr al-Wadi")
    (id,) = rows[1].events
    assert titles_of(ledger, [id, "evt_none"]) == {id: "Shelling in Qasr al-Wadi"}
    assert list_outlets(ledger) == ["Lantern", "Tarn Post"]


def test_readings_that_found_a_claim_are_given_superseded_ones_too(ledger: Ledger) -> None:
    of = article()
    ledger.add_articles([of])
    found, again = extraction(of), extraction(of, version="2")
    ledger.add_extraction(found)
    ledger.add_extraction(again)
    rows = pick_readings(ledger, found.claims[0].id)
    assert [(row.version, row.superseded) for row in rows] == [("1", True), ("2", False)]


def test_a_search_as_of_a_day_holds_undated_reports_and_can_leave_out_the_first(ledger: Ledger) -> None:
    fill(ledger)
    known = search(ledger, Wanted("market", known_by="2031-05-02"))
    assert [hit.number for hit in known.rows] == [2, 1, 3]
    assert count_found(ledger, Wanted("market", known_by="2031-05-02")) == known.total == 3
    later = search(ledger, Wanted("market", known_by="2031-05-02"), limit=1, offset=1)
    assert ([hit.number for hit in later.rows], later.total) == ([1], 3)
