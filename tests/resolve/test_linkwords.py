"""The words that tie events or count them: every pattern finds its example, and none finds what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from variorum.resolve.linkwords import (
    Noun,
    Rule,
    Step,
    Tally,
    find_tallies,
    find_ties,
    kinds_named,
    load_link_words,
    sentence_around,
)
from variorum.schema import load_schema

WORDS = load_link_words()
PUBLISHED = "2031-05-09"  # a Friday


@pytest.mark.parametrize("rule", WORDS.rules, ids=lambda rule: rule.example[:40])
def test_every_tie_finds_its_example(rule: Rule) -> None:
    (tie,) = find_ties(rule.example)
    assert tie.rule is rule
    assert tie.sentence == (0, len(rule.example))


@pytest.mark.parametrize("step", WORDS.steps, ids=lambda step: step.example[:40])
def test_every_step_finds_its_example(step: Step) -> None:
    assert step.words.search(step.example)


@pytest.mark.parametrize("noun", WORDS.nouns, ids=lambda noun: noun.example[:40])
def test_every_counted_noun_finds_its_example(noun: Noun) -> None:
    (tally,) = find_tallies(f"It was the {noun.example} this month." if "such" in noun.example else
                            f"There were {noun.example} in Raqqa this month.", PUBLISHED)  # fmt: skip
    assert tally.kinds == noun.kinds


def test_every_kind_named_is_one_of_the_schema() -> None:
    kinds = load_schema().kinds
    families = {kind.family for kind in kinds.values()}
    assert {kind for noun in WORDS.nouns for kind in noun.kinds} <= kinds.keys()
    assert {kind for step in WORDS.steps for kind in (*step.later, *step.earlier)} <= kinds.keys()
    assert {family for rule in WORDS.rules for family in (*rule.later_kinds, *rule.earlier_kinds)} <= families


@pytest.mark.parametrize(
    "text",
    [
        "The army vowed to shell the town in retaliation for the raid.",
        "The rebels would shell the town in response to the raid.",
        "He denied that the strike was in retaliation for the raid.",
        "The minister spoke of the harvest and of the roads.",
    ],
)
def test_what_is_threatened_or_denied_ties_nothing(text: str) -> None:
    assert find_ties(text) == []


def test_the_month_of_may_is_no_plan() -> None:
    assert find_ties("On 5 May rebels shelled the base in retaliation for a raid.")


def one(text: str, published: str | None = PUBLISHED) -> Tally:
    (tally,) = find_tallies(text, published)
    return tally


@pytest.mark.parametrize(
    ("text", "stated", "since", "until", "quote"),
    [
        (
            "There have been four air strikes on Raqqa since the middle of April, he said.",
            "4", "2031-04-11", "2031-05-09", "four air strikes on Raqqa since the middle of April",
        ),
        (
            "Since August there have been four strikes on the airport.",
            "4", "2030-08-01", "2031-05-09", "Since August there have been four strikes",
        ),
        (
            "Three bombings in as many days have shaken Kano.",
            "3", "2031-05-06", "2031-05-09", "Three bombings in as many days",
        ),
        (
            "At least six raids on the town in the past two weeks were counted.",
            "6..", "2031-04-25", "2031-05-09", "At least six raids on the town in the past two weeks",
        ),
        (
            "Four air strikes on Raqqa between 14 April and 2 May killed 20.",
            "4", "2031-04-14", "2031-05-02", "Four air strikes on Raqqa between 14 April and 2 May",
        ),
        (
            "A series of attacks this month has emptied the town.",
            "3..", "2031-05-01", "2031-05-09", "A series of attacks this month",
        ),
    ],
)  # fmt: skip
def test_a_count_has_its_number_its_days_and_its_words(
    text: str, stated: str, since: str, until: str, quote: str
) -> None:
    tally = one(text)
    assert (tally.stated, tally.itself) == (stated, False)
    days = date.fromordinal(tally.since).isoformat(), date.fromordinal(tally.until).isoformat()
    assert (*days, text[tally.start : tally.end]) == (since, until, quote)


def test_an_ordinal_counts_the_event_that_is_told() -> None:
    tally = one("It was the fourth such attack on the city this month.")
    assert (tally.stated, tally.itself, tally.what) == ("4", True, "attack")


@pytest.mark.parametrize(
    "text",
    [
        "Two air strikes on Idlib on Sunday killed nine people.",
        "Several overnight raids hit the village.",
        "Since July 11 bombardment of the villages has gone on.",
        "Four people died in strikes on the town.",
        "The third strike hit a bakery.",
        "Nine drivers were on strike this month.",
    ],
)
def test_what_is_of_one_day_or_counts_something_else_is_no_count(text: str) -> None:
    assert find_tallies(text, PUBLISHED) == []


def test_without_a_day_of_printing_a_relative_time_counts_nothing() -> None:
    assert find_tallies("There were four strikes on Raqqa this month.", None) == []
    assert one("There were four strikes on Raqqa between 14 April 2031 and 2 May 2031.", None).stated == "4"


def test_the_first_noun_names_the_kinds() -> None:
    assert "strike" in kinds_named("an air strike on a market that led to protests")
    assert "protest" not in kinds_named("an air strike on a market that led to protests")
    assert kinds_named("the harvest") == frozenset()


def test_a_sentence_ends_at_its_stop_and_not_at_a_title() -> None:
    text = "The road is shut. Gen. Tarn said the strike was in retaliation for a raid. Rain fell."
    start = text.index("in retaliation")
    assert text[slice(*sentence_around(text, start, start + 5))] == (
        "Gen. Tarn said the strike was in retaliation for a raid."
    )
