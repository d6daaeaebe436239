"""Which event a report is about."""

from __future__ import annotations

from bench.incidents import index_events, principal_event, principal_mention

from factories import article, claim
from variorum.model import Event, Mention, make_mention, make_reading

TEXT = "Shelling hits Qasr al-Wadi\nShelling killed two on Thursday. A blast killed nine. Five more died elsewhere."
REPORT = article(text=TEXT)
READING = make_reading(REPORT.id, "rules", "1")


def mention(quote: str, kind: str = "strike") -> Mention:
    start = TEXT.index(quote)
    return make_mention(REPORT, READING.id, kind, start, start + len(quote))


HEAD = mention("Shelling hits Qasr al-Wadi")
BLAST = mention("A blast killed nine.", "bombing")
ELSEWHERE = mention("Five more died elsewhere.", "attack")
CLAIMS = [claim(REPORT, BLAST, "weapon", "blast"), claim(REPORT, BLAST, "killed", "nine")]


def test_the_mention_in_the_title_is_what_a_report_is_about() -> None:
    events = {HEAD.id: "evt_1", BLAST.id: "evt_2"}
    assert principal_event(REPORT, [BLAST, HEAD], CLAIMS, events) == "evt_1"


def test_without_one_in_the_title_it_is_the_one_with_the_most_claims() -> None:
    events = {BLAST.id: "evt_2", ELSEWHERE.id: "evt_3"}
    assert principal_event(REPORT, [ELSEWHERE, BLAST], CLAIMS, events) == "evt_2"


def test_of_mentions_with_as_many_claims_it_is_the_first() -> None:
    assert principal_mention(REPORT, [ELSEWHERE, BLAST], [], {BLAST.id: "a", ELSEWHERE.id: "b"}) == BLAST


def test_a_report_with_background_alone_is_about_no_event() -> None:
    assert principal_event(REPORT, [HEAD], CLAIMS, {}) is None


def test_mentions_of_another_report_are_passed_over() -> None:
    other = article("two", text="Nothing at all")
    assert principal_event(other, [HEAD], CLAIMS, {HEAD.id: "evt_1"}) is None


def test_each_mention_leads_to_its_event() -> None:
    event = Event("evt_1", "strike", "", (HEAD.id, BLAST.id), (), ())
    assert index_events([event]) == {HEAD.id: "evt_1", BLAST.id: "evt_1"}
