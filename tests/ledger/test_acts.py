"""Decisions and runs in one list, in both databases."""

from __future__ import annotations

import pytest

from factories import NOW, article, extraction, judgement, ruling
from variorum.ledger import Ledger
from variorum.ledger.acts import (
    Entry,
    Wanted,
    count_words,
    last_written,
    list_acts,
    list_people,
    logged_at,
    read_retractions,
    run_after,
)

ONE, TWO = article("one"), article("two")
LATER = "2031-05-09T10:00:00+00:00"


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A run, one decision of two rows on two reports, a run, and one of a judgement."""
    ledger.add_articles([ONE, TWO])
    found = [extraction(one) for one in (ONE, TWO)]
    for one in found:
        ledger.add_extraction(one)
    ledger.finish_run(ledger.start_run("run", program="variorum 1", at=NOW), {}, at=NOW)
    claims = [found[0].claims[0], found[1].claims[0]]
    ledger.decide([ruling(claim, "correct", value="13", at=LATER) for claim in claims])
    ledger.finish_run(ledger.start_run("set", program="variorum 1", at=LATER), {}, at=LATER)
    pair = (found[0].mentions[0], found[1].mentions[0])
    ledger.add_judgements([judgement(*pair, by="matcher")])
    ledger.decide([judgement(*pair, by="ab", at="2031-05-10T10:00:00+00:00")])
    return ledger


def names(ledger: Ledger, **wanted: object) -> list[str]:
    return [f"{row.what} {row.number}" for row in list_acts(ledger, Wanted(**wanted))]  # type: ignore[arg-type]


def test_a_decision_of_several_rows_is_one_entry_and_the_matcher_has_none(filled: Ledger) -> None:
    acts = sorted({row.act for row in filled.decisions()}, reverse=True)
    assert names(filled) == [f"decision {acts[0]}", "run 2", f"decision {acts[1]}", "run 1"]
    assert list_people(filled) == {"ab": 1, "mk": 1}


def test_entries_are_chosen_by_person_kind_day_and_what_they_are_on(filled: Ledger) -> None:
    last, first = sorted({row.act for row in filled.decisions()}, reverse=True)
    assert names(filled, by="AB") == [f"decision {last}"]
    assert names(filled, kind="value") == [f"decision {first}"]
    assert names(filled, kind="same") == [f"decision {last}"]
    assert names(filled, until="2031-05-09", what="decision") == [f"decision {first}"]
    claim = next(filled.claims(ONE.id))
    assert names(filled, subjects={claim.id}) == [f"decision {first}"]
    assert names(filled, by="variorum", what="run") == ["run 2", "run 1"]


def test_the_run_that_came_after_a_decision_is_found_by_the_log(filled: Ledger) -> None:
    last, first = sorted({row.act for row in filled.decisions()}, reverse=True)
    rows = {act: logged_at(filled, act) for act in (first, last)}
    assert rows[first] is not None
    assert rows[last] is not None
    assert run_after(filled, rows[first]) == 2
    assert run_after(filled, rows[last]) is None
    assert count_words(filled, rows[first]) == 1
    assert logged_at(filled, 99) is None


def test_who_took_a_decision_back_and_why_is_in_the_log(filled: Ledger) -> None:
    act = max(row.act for row in filled.decisions())
    assert read_retractions(filled, [act]) == {}
    filled.retract(act, by="cd", at=LATER, why="misread")
    told = read_retractions(filled, [act])[act]
    assert (told.by, told.note.partition(": ")[2]) == ("cd", "misread")
    assert last_written(filled) is not None


def test_an_entry_knows_when_it_was_first_decided(filled: Ledger) -> None:
    found = list_acts(filled, Wanted(kind="value"))
    assert found == [Entry(LATER, "decision", found[0].number)]
