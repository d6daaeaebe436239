"""Measurements of tolls: figures of a report in, one figure a scope out. All reports are invented."""

from __future__ import annotations

from typing import Any

import pytest
from bench.figures import first_number, read_figures
from bench.tolls_claims import read_claims, to_figures
from bench.tolls_syria import report_tolls, score

from factories import article
from variorum.model import make_claim, make_mention
from variorum.values.gazetteer import open_gazetteer

NONE = {"civilians": 0, "noncivilians": 0, "women": 0, "children": 0}

REPORTS: list[tuple[str, dict[str, int]]] = [
    ("Air strikes killed 12 civilians in Aleppo on Monday.", {"civilians": 12}),
    (
        "A raid on Aleppo killed 20 people on Monday, including three women and five children.",
        {"civilians": 20, "women": 3, "children": 5},
    ),
    ("Shelling of Aleppo killed 14 rebels and four civilians on Monday.", {"civilians": 4, "noncivilians": 14}),
    (
        "A blast killed six people in Aleppo on Monday. Two women and four soldiers were killed, a medic said.",
        {"civilians": 2, "noncivilians": 4, "women": 2},
    ),
    (
        "Air strikes killed 12 civilians in Aleppo on Monday, bringing the number killed in two days to 45.",
        {"civilians": 45},
    ),
    (
        "Strikes on two clinics in Aleppo killed 10 people on Monday. They were among 19 people killed in the city.",
        {"civilians": 19},
    ),
    (
        "Missiles hit a base used in an earlier attack that killed 70 people in Aleppo. Six soldiers were killed.",
        {"noncivilians": 6},
    ),
    ("Nine people were killed in Aleppo on Monday, among them four civilians.", {"civilians": 4, "noncivilians": 5}),
    (
        "At least 72 civilians, 15 of them children, were killed over the past few days.",
        {"civilians": 72, "children": 15},
    ),
    ("At least 24 people were killed in Aleppo on Monday. Five people were hurt.", {"civilians": 24}),
    (
        "Strikes killed nine people in Aleppo on Monday. The war has killed more than 300,000 people since 2011.",
        {"civilians": 9},
    ),
    (
        "Over 50 fighters dead, monitor says. Over 50 rebels and militants died near Koro on Monday.",
        {"noncivilians": 50},
    ),
    (
        "Five children died in strikes on Aleppo. The strikes killed 13 people. Among the dead were five children.",
        {"civilians": 13, "children": 5},
    ),
    ("Talks resumed in Aleppo on Monday.", {}),
]


@pytest.mark.parametrize(("text", "wanted"), REPORTS)
def test_the_claims_of_a_report_give_one_figure_a_scope(text: str, wanted: dict[str, int]) -> None:
    report = article(text=text, title="")
    assert report_tolls(read_claims(report, open_gazetteer())) == NONE | wanted


@pytest.mark.parametrize(("text", "wanted"), REPORTS)
def test_the_sentences_of_a_report_give_one_figure_a_scope(text: str, wanted: dict[str, int]) -> None:
    assert report_tolls(read_figures(text)) == NONE | wanted


@pytest.mark.parametrize(
    ("text", "quote", "flags"),
    [
        ("The raid killed 9 people, including 3 boys.", "3 boys", {"part"}),
        ("Ten people died, two of them children.", "two of them children", {"part"}),
        ("Among the dead were 4 nurses.", "4 nurses", {"part"}),
        ("Seven children were among the dead.", "Seven children", {"part"}),
        ("The raid killed 12 rebels.", "12 rebels", set()),
        ("The raid killed more than 12 rebels.", "more than 12 rebels", set()),
        ("Another 7 people were killed.", "Another 7 people", {"more"}),
        ("The raid killed 6 soldiers and 3 others.", "3 others", {"more"}),
        ("Jon Testley was killed.", "Jon Testley", {"named"}),
        ("A man was killed.", "A man", set()),
    ],
)
def test_the_words_beside_a_claim_tell_parts_additions_and_names(text: str, quote: str, flags: set[str]) -> None:
    report = article(text=text, title="")
    mention = make_mention(report, "rdg_x", "attack", 0, len(text))
    at = text.index(quote)
    value = "1" if quote in {"Jon Testley", "A man"} else "3"
    given: dict[str, Any] = {"prop": "killed", "value": value, "scope": "all", "start": at, "end": at + len(quote)}
    claim = make_claim(mention, report, **given)
    toll = to_figures(report, [(mention.id, claim)])[0].toll
    assert {name for name in ("part", "more", "named") if getattr(toll, name)} == flags


def test_a_part_joined_to_a_part_is_one_too() -> None:
    text = "The raid killed 9 people in Aleppo on Monday, including 3 women and 2 boys."
    figures = read_claims(article(text=text, title=""), open_gazetteer())
    assert [(figure.toll.value, figure.toll.part) for figure in figures] == [("9", False), ("3", True), ("2", True)]


def test_the_first_number_rule_takes_the_number_beside_the_word() -> None:
    assert first_number("In early May strikes killed at least seven people.") == 7
    assert first_number("Talks resumed on 4 May.") == 0


def test_the_score_counts_reports_whose_figures_are_exact() -> None:
    gold = {"civilians": "4", "noncivilians": "0", "women": "0", "children": "1"}
    figures = score([(gold, NONE | {"civilians": 4}), (gold, NONE | {"children": 1})])
    assert figures["matched_some_scope"] == 1.0
    assert figures["civilians_and_noncivilians_exact"] == 0.5
    assert figures["children_exact"] == 0.5
