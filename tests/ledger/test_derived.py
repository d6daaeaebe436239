from __future__ import annotations

from dataclasses import replace

import pytest

import factories as make
from variorum.errors import LedgerError
from variorum.ledger import Ledger, Rewritten
from variorum.model import Copy, Event, Extraction, Redirect


@pytest.fixture
def found(ledger: Ledger) -> list[Extraction]:
    readings = []
    for name in ("one", "two", "three"):
        article = make.article(name)
        ledger.add_article(article)
        readings.append(make.extraction(article))
        ledger.add_extraction(readings[-1])
    return readings


def publish(ledger: Ledger, *pairs: tuple[Event, Extraction], redirects: tuple[Redirect, ...] = ()) -> Rewritten:
    return ledger.replace_derived(
        events=[event for event, _ in pairs],
        redirects=redirects,
        register=[make.named(event, reading) for event, reading in pairs],
        now=make.LATER,
    )


def test_an_event_comes_back_as_it_went_in(ledger: Ledger, found: list[Extraction]) -> None:
    event = make.event(found[0], found[1])
    assert publish(ledger, (event, found[0])) == Rewritten(added=(event.id,))
    assert list(ledger.events()) == [event]
    assert list(ledger.register()) == [make.named(event, found[0])]


def test_rewriting_the_same_changes_nothing(ledger: Ledger, found: list[Extraction]) -> None:
    event = make.event(found[0])
    publish(ledger, (event, found[0]))
    before = ledger.dump()
    assert publish(ledger, (replace(event, version=9), found[0])) == Rewritten()
    assert ledger.dump() == before


def test_a_version_grows_only_with_the_content_and_stays_frozen(ledger: Ledger, found: list[Extraction]) -> None:
    first, other = make.event(found[0]), make.event(found[1])
    publish(ledger, (first, found[0]), (other, found[1]))
    second = replace(first, title="Shelling kills 12", version=2)
    done = publish(ledger, (second, found[0]), (other, found[1]))
    assert done == Rewritten(changed=(first.id,))
    assert {row.id: row.version for row in ledger.events()} == {first.id: 2, other.id: 1}
    assert [row.event for row in ledger.versions(first.id)] == [first, second]


def test_a_mention_moves_from_one_event_to_another(ledger: Ledger, found: list[Extraction]) -> None:
    one, two = make.event(found[0], found[1]), make.event(found[2])
    publish(ledger, (one, found[0]), (two, found[2]))
    publish(ledger, (make.event(found[0]), found[0]), (make.event(found[2], found[1]), found[2]))
    assert ledger.event_of(found[1].mentions[0].id) == two.id


def test_a_retired_id_leads_on(ledger: Ledger, found: list[Extraction]) -> None:
    one, two = make.event(found[0]), make.event(found[1])
    publish(ledger, (one, found[0]), (two, found[1]))
    both = make.event(found[0], found[1])
    done = publish(ledger, (both, found[0]), redirects=(Redirect(two.id, one.id, make.LATER, "merged"),))
    assert (done.changed, done.retired) == ((one.id,), (two.id,))
    assert ledger.event(two.id).id == one.id
    assert ledger.event(two.id, 1) == two
    assert [row.kind for row in ledger.log()] == ["event.retired"]


def test_an_id_that_would_lead_nowhere_is_refused(ledger: Ledger, found: list[Extraction]) -> None:
    one, two = make.event(found[0]), make.event(found[1])
    publish(ledger, (one, found[0]), (two, found[1]))
    before = ledger.dump()
    with pytest.raises(LedgerError, match="nowhere"):
        publish(ledger, (one, found[0]))
    around = (Redirect(two.id, "evt_Z", make.LATER, "?"), Redirect("evt_Z", two.id, make.LATER, "?"))
    with pytest.raises(LedgerError, match="nowhere"):
        publish(ledger, (one, found[0]), redirects=around)
    assert ledger.dump() == before


def test_a_redirect_can_be_turned_to_another_event(ledger: Ledger, found: list[Extraction]) -> None:
    one, two, three = (make.event(reading) for reading in found)
    publish(ledger, (one, found[0]), (two, found[1]), (three, found[2]))
    kept = (one, found[0]), (three, found[2])
    publish(ledger, *kept, redirects=(Redirect(two.id, one.id, make.LATER, "merged"),))
    publish(ledger, *kept, redirects=(Redirect(two.id, three.id, make.LATER, "its mentions went there"),))
    assert ledger.event(two.id) == three
    assert len([*ledger.redirects()]) == 1


def test_a_live_id_cannot_be_redirected(ledger: Ledger, found: list[Extraction]) -> None:
    one = make.event(found[0])
    with pytest.raises(LedgerError, match="live"):
        publish(ledger, (one, found[0]), redirects=(Redirect(one.id, "", make.LATER, "?"),))


def test_an_id_that_comes_back_counts_on_from_its_last_version(ledger: Ledger, found: list[Extraction]) -> None:
    one, two = make.event(found[0]), make.event(found[1])
    publish(ledger, (one, found[0]), (two, found[1]))
    publish(ledger, (one, found[0]), redirects=(Redirect(two.id, one.id, make.LATER, "merged"),))
    publish(ledger, (one, found[0]), (two, found[1]))
    assert ledger.event(two.id).version == 2
    assert not [*ledger.redirects()]


def test_a_name_stays_as_it_was_first_given(ledger: Ledger, found: list[Extraction]) -> None:
    event = make.event(found[0], found[1])
    publish(ledger, (event, found[0]))
    publish(ledger, (event, found[1]))
    assert [row.founder for row in ledger.register()] == [found[0].mentions[0].id]


def test_mentions_and_claims_of_one_event_are_told_from_the_rest(ledger: Ledger, found: list[Extraction]) -> None:
    event = make.event(found[0], found[1])
    publish(ledger, (event, found[0]))
    assert {row.id for row in ledger.mentions(event_id=event.id)} == set(event.mentions)
    assert {row.mention_id for row in ledger.claims(event_id=event.id)} == set(event.mentions)


def test_copies_are_rewritten_only_when_given(ledger: Ledger, found: list[Extraction]) -> None:
    one, two, three = (reading.reading.article_id for reading in found)
    first, second = Copy(two, one, 0.9), Copy(three, one, 0.4, "wire credit")
    assert ledger.replace_derived(copies=[first, second], events=[], redirects=[], register=[], now="").copies == 2
    assert ledger.replace_derived(copies=[second, first], events=[], redirects=[], register=[], now="").copies == 0
    ledger.replace_derived(events=[], redirects=[], register=[], now="")
    assert sorted(ledger.copies(), key=lambda row: row.share) == [second, first]
    ledger.replace_derived(copies=[replace(first, share=0.5)], events=[], redirects=[], register=[], now="")
    assert list(ledger.copies()) == [replace(first, share=0.5)]


def test_views_speak_of_reports_events_and_decisions(ledger: Ledger, found: list[Extraction]) -> None:
    event = make.event(found[0], found[1])
    publish(ledger, (event, found[0]))
    copy = Copy(found[1].reading.article_id, found[0].reading.article_id, 1.0)
    ledger.replace_derived(copies=[copy], events=[event], redirects=[], register=[], now="")
    ledger.add_judgement(make.judgement(found[0].mentions[0], found[1].mentions[0]))
    assert ledger.sql("SELECT event, reports, lineages, contradictions FROM v_events").rows == ((event.id, 2, 1, 3),)
    assert ledger.sql("SELECT report, copy_of, events FROM v_reports ORDER BY report").rows == (
        ("R1", None, 1),
        ("R2", "R1", 1),
        ("R3", None, 0),
    )
    assert ledger.sql("SELECT COUNT(*) FROM v_claims WHERE event IS NOT NULL").rows == ((4,),)
    assert ledger.sql("SELECT value, status FROM v_values").rows == (("12", "single"),)
    assert ledger.sql("SELECT original, report FROM v_lineages ORDER BY report").rows == (
        ("R1", "R1"),
        ("R1", "R2"),
        ("R3", "R3"),
    )
    assert ledger.sql("SELECT decision, what, verdict, author FROM v_decisions").rows == (
        ("D1", "judgement", "same", "mk"),
    )
