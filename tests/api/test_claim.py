from __future__ import annotations

import hashlib

import pytest

import variorum
from api.conftest import EXAMPLES


def test_the_words_of_every_claim_stand_at_its_place_in_the_text(ledger: variorum.Ledger) -> None:
    claims = [*ledger.claims(), *(claim for report in ledger.reports() for claim in report.claims)]
    assert len({claim.id for claim in claims}) > 300
    for claim in claims:
        assert claim.report.text[claim.start : claim.end] == claim.quote
        assert claim.quote.replace("\n", " ") in claim.context(20)


def test_a_claim_leads_to_the_hash_of_the_bytes_that_were_read(ledger: variorum.Ledger) -> None:
    claim = ledger.report("R1").claims[0]
    file = EXAMPLES / claim.report.url.removeprefix("file:")
    assert claim.sha256 == claim.report.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_background_is_a_claim_of_its_report_and_of_no_event(ledger: variorum.Ledger) -> None:
    told = {claim.id for claim in ledger.claims()}
    background = [claim for claim in ledger.report("R1").claims if claim.id not in told]
    assert [claim.quote for claim in background] == ["More than 9,000 people"]
    assert background[0].event is None


def test_a_claim_is_found_again_by_its_id(ledger: variorum.Ledger, bombing: variorum.Event) -> None:
    for claim in (bombing.claims[0], ledger.report("R1").claims[-1]):
        assert ledger.claim(claim.id) == claim
    assert bombing.claims[0].event == bombing
    with pytest.raises(variorum.VariorumError):
        ledger.claim("clm_0000000000000000")


def test_a_claim_says_in_one_line_who_said_what(bombing: variorum.Event) -> None:
    killed = next(claim for claim in bombing.claims if claim.prop == "killed" and claim.value == "12..")
    assert killed.words == "killed = at least 12, said by Malian health ministry"
    assert (killed.low, killed.high, killed.field) == (12, None, "killed")
    assert "\n" not in repr(killed)


def test_of_a_date_the_bounds_are_days(bombing: variorum.Event) -> None:
    day = next(claim for claim in bombing.claims if claim.prop == "date")
    assert (day.low, day.high) == ("2021-11-08", "2021-11-08")
