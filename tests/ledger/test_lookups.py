from __future__ import annotations

import pytest

import factories as make
from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import Ledger
from variorum.model import Event, Extraction, Redirect


@pytest.fixture
def found(ledger: Ledger) -> Extraction:
    article = make.article()
    ledger.add_article(article)
    reading = make.extraction(article)
    ledger.add_extraction(reading)
    return reading


@pytest.fixture
def event(ledger: Ledger, found: Extraction) -> Event:
    event = make.event(found)
    ledger.replace_derived(events=[event], redirects=[], register=[make.named(event, found)], now=make.NOW)
    return event


def test_a_record_is_found_by_id_and_by_the_start_of_its_id(ledger: Ledger, found: Extraction, event: Event) -> None:
    claim, mention = found.claims[0], found.mentions[0]
    assert ledger.claim(claim.id) == ledger.claim(claim.id[:12]) == claim
    assert ledger.mention(mention.id) == ledger.mention(mention.id[:6]) == mention
    assert ledger.event(event.id) == ledger.event(event.id[:7]) == event


def test_an_article_is_found_by_its_number(ledger: Ledger, found: Extraction) -> None:
    assert ledger.article("R1") == ledger.article("r1") == ledger.article(found.reading.article_id) == make.article()


@pytest.mark.parametrize("id", ["R0", "R2", "art_nothing", "", "art_", "7"])
def test_an_unknown_article_is_a_wrong_use(ledger: Ledger, found: Extraction, id: str) -> None:
    with pytest.raises(UnknownIdError):
        ledger.article(id)


def test_a_mistyped_id_is_answered_with_near_ones(ledger: Ledger, event: Event) -> None:
    swapped = event.id[:8] + event.id[9] + event.id[8] + event.id[10:]
    with pytest.raises(UnknownIdError) as caught:
        ledger.event(swapped + "X")
    assert caught.value.near == (event.id,)
    assert event.id in caught.value.remedy


def test_a_start_that_several_ids_share_is_not_guessed(ledger: Ledger) -> None:
    ids = set()
    for number in range(64):
        article = make.article(str(number))
        ledger.add_article(article)
        ids.add(article.id)
    start = next(id[:5] for id in sorted(ids) if sum(other.startswith(id[:5]) for other in ids) > 1)
    with pytest.raises(UsageError, match="several"):
        ledger.article(start)


def test_an_event_that_nothing_reports_any_more_names_its_last_version(
    ledger: Ledger, event: Event, found: Extraction
) -> None:
    redirect = Redirect(event.id, "", make.LATER, "no mention of it is left")
    ledger.replace_derived(events=[], redirects=[redirect], register=[], now=make.LATER)
    with pytest.raises(UnknownIdError, match="nothing reports") as caught:
        ledger.event(event.id)
    assert f"{event.id}@1" in caught.value.remedy
    assert ledger.event(event.id, 1) == event
    with pytest.raises(UnknownIdError, match="no version 2"):
        ledger.event(event.id, 2)


def test_counts_tell_live_rows_apart(ledger: Ledger, found: Extraction) -> None:
    ledger.add_extraction(make.extraction(make.article(), [("date", "Thursday")], version="2"))
    counts = ledger.counts()
    assert (counts["claim"], counts["live claims"], counts["live mentions"], counts["article"]) == (3, 1, 1, 1)
