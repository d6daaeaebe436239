"""One correction for all claims that are alike, over the sample reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.pipeline.deciding import Who, decide, undo
from variorum.pipeline.everywhere import rename, rename_source, take_place_for
from variorum.pipeline.names import NameRow, claims_named, claims_placed, count_names, count_places
from variorum.pipeline.spokespeople import claims_by, count_speakers

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
ME = Who("m.k.", "2031-05-04T10:00:00+00:00", "the report says so")


@pytest.fixture
def ledger(own_examples: Path) -> Iterator[Ledger]:
    with Ledger.open(own_examples) as opened:
        yield opened


def names(ledger: Ledger) -> dict[str, NameRow]:
    return {row.name: row for row in count_names(ledger)}


def test_the_claims_of_all_names_are_every_claim_of_a_name(ledger: Ledger) -> None:
    named = [
        claim for claim in ledger.claims() if claim.prop in ("actor", "target", "party", "requester", "responsibility")
    ]
    assert sum(row.claims for row in count_names(ledger)) == len(named) > 0


def test_a_name_is_corrected_in_every_claim_by_one_decision(ledger: Ledger) -> None:
    before = names(ledger)["Wadai Front"]
    done = decide(ledger, rename(ledger, "Wadai Front", "Front of Wadai", ME))
    after = names(ledger)
    assert len({row.act for row in done}) == 1
    assert len(done) == before.claims > 1
    assert "Wadai Front" not in after
    assert (after["Front of Wadai"].claims, after["Front of Wadai"].by_person) == (before.claims, before.claims)
    assert after["Front of Wadai"].wordings == before.wordings


def test_taking_the_decision_back_brings_every_name_back(ledger: Ledger) -> None:
    before = names(ledger)
    done = decide(ledger, rename(ledger, "Wadai Front", "Front of Wadai", ME))
    undo(ledger, done[0].act, ME)
    assert names(ledger) == before


def test_a_name_that_was_corrected_can_be_corrected_again(ledger: Ledger) -> None:
    decide(ledger, rename(ledger, "Wadai Front", "Front of Wadai", ME))
    decide(ledger, rename(ledger, "Front of Wadai", "Wadai Army", ME))
    assert {"Wadai Front", "Front of Wadai"}.isdisjoint(names(ledger))
    assert "Wadai Army" in names(ledger)


@pytest.mark.parametrize("to", ["", "  ", "Wadai Front", " Wadai  Front "])
def test_a_name_that_is_the_same_or_none_is_refused(ledger: Ledger, to: str) -> None:
    with pytest.raises(UsageError):
        rename(ledger, "Wadai Front", to, ME)


def test_a_name_that_no_claim_has_is_not_known(ledger: Ledger) -> None:
    with pytest.raises(UnknownIdError):
        rename(ledger, "Nobody at all", "Somebody", ME)


def test_a_source_is_corrected_in_every_claim(ledger: Ledger) -> None:
    before = {row.source: row for row in count_speakers(ledger)}["Marenian navy"]
    done = decide(ledger, rename_source(ledger, "Marenian navy", "Marenian defence ministry", ME))
    after = {row.source: row for row in count_speakers(ledger)}
    assert len(done) == before.claims
    assert "Marenian navy" not in after
    assert len(claims_by(ledger, "Marenian defence ministry")) == after["Marenian defence ministry"].claims


def test_a_source_can_be_said_to_be_the_outlets_own_voice(ledger: Ledger) -> None:
    decide(ledger, rename_source(ledger, "Marenian navy", "own voice", ME))
    assert "Marenian navy" not in {row.source for row in count_speakers(ledger)}


def test_a_wording_is_taken_for_another_place_with_its_direction_kept(ledger: Ledger) -> None:
    rows = list(claims_placed(ledger, "gn:79415", "hodeidah"))
    assert any(";near" in row.value for row in rows)
    words = take_place_for(ledger, "gn:79415", "Hodeidah", "gn:69500", ME)
    assert sorted(word.value for word in words) == sorted(  # type: ignore[union-attr, type-var]
        row.value.replace("gn:79415", "gn:69500") for row in rows
    )
    decide(ledger, words)
    assert not list(claims_placed(ledger, "gn:79415", "Hodeidah"))
    assert len(list(claims_placed(ledger, "gn:69500", "Hodeidah"))) == len(rows)


def test_a_place_that_no_gazetteer_has_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UsageError):
        take_place_for(ledger, "gn:79415", "Hodeidah", "gn:1", ME)


def test_places_in_doubt_stand_first_and_one_that_a_person_chose_is_no_more_in_doubt(ledger: Ledger) -> None:
    found = count_places(ledger)
    doubts = [row.doubt for row in found]
    assert doubts == sorted(doubts, reverse=True)
    assert doubts[0] > 0
    first = found[0]
    decide(ledger, take_place_for(ledger, first.base, first.wording, "gn:69500", ME))
    same = [row for row in count_places(ledger) if row.wording == first.wording and row.base == "gn:69500"]
    assert [(row.doubt, row.by_person) for row in same] == [(0.0, first.claims)]


def test_as_of_a_day_only_what_was_printed_by_then_is_counted(ledger: Ledger) -> None:
    dated = {article.id: article.published for article in ledger.articles()}
    known = {id for id, day in dated.items() if day is None or day[:10] <= "2019-12-31"}
    rows = [row for row in claims_named(ledger, "Wadai Front") if row.article_id in known]
    found = {row.name: row.claims for row in count_names(ledger, "2019-12-31")}
    assert found.get("Wadai Front", 0) == len(rows)
    assert sum(found.values()) < sum(row.claims for row in count_names(ledger))
