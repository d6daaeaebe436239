"""Event words and clauses, from invented sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest

from variorum.extract.triggers import TriggerRule, find_triggers, load_cues, split_clauses
from variorum.schema import load_schema


@pytest.mark.parametrize("rule", load_cues().rules, ids=lambda rule: f"{rule.kind}: {rule.example}")
def test_every_pattern_hits_its_example(rule: TriggerRule) -> None:
    assert rule.regex.search(rule.example)


@pytest.mark.parametrize("rule", load_cues().rules, ids=lambda rule: f"{rule.kind}: {rule.example}")
def test_every_example_is_found_as_its_kind(rule: TriggerRule) -> None:
    assert rule.kind in {trigger.kind for trigger in find_triggers(rule.example)}


def test_every_kind_of_the_schema_that_is_an_event_has_words() -> None:
    events = {code for code, kind in load_schema().kinds.items() if not kind.background}
    assert events == {rule.kind for rule in load_cues().rules}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Warplanes bombed the mill at Orun.", {"strike"}),
        ("Teachers went on strike over pay in Orun.", set()),
        ("The board struck a deal with the union.", {"agreement"}),
        ("A suicide bomber blew himself up outside the gate.", {"bombing"}),
        ("The minister executed the plan without delay.", set()),
        ("Police arrested nine men after the shooting.", {"arrest", "attack"}),
        ("She died of a heart attack.", set()),
        ("The group released a statement.", set()),
        ("The names and conditions of the three have not been released.", set()),
        ("She was released from the hospital.", set()),
        ("The man was transported to Orun Regional Health Center.", set()),
        ("He fired into an occupied dwelling.", set()),
        ("In a statement the army said 30 hostages were freed in Orun.", {"release"}),
        ("Two hostages were freed near Orun.", {"release"}),
        ("The siege of Orun was lifted after nine weeks.", {"siege.broken"}),
    ],
)
def test_the_kinds_that_words_name(text: str, kinds: set[str]) -> None:
    found = {trigger.kind for trigger in find_triggers(text) if trigger.role != "harm"}
    assert found == kinds


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "Shells hit the market, killing four, while gunmen stormed the mill.",
            ["Shells hit the market, ", "killing four, ", "while gunmen stormed the mill."],
        ),
        ("He was known as Abu Orun to his men.", ["He was known as Abu Orun to his men."]),
        ("As many as nine as well as two children died.", ["As many as nine as well as two children died."]),
    ],
)
def test_clauses_end_at_conjunctions_that_open_one(text: str, clauses: list[str]) -> None:
    assert [text[start:end] for start, end in split_clauses(text)] == clauses


def test_clauses_cover_the_sentence() -> None:
    text = "Rockets fell on Orun; two people died — one of them a child — before the truce began."
    spans = split_clauses(text)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(left[1] == right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off in Orun shortly after midnight on Thursday.",
        "Shells hit Orun just before dawn on Monday.",
        "Shells hit Orun just after 10 p.m. on Monday.",
        "Shells fell on Orun until about noon on Friday.",
    ],
)
def test_the_time_of_day_opens_no_clause(text: str) -> None:
    assert split_clauses(text) == [(0, len(text))]
