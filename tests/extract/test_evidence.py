"""Tests of the meeting of rules and tagger: what the rules read stays, the tagger fills what they leave open."""

from __future__ import annotations

import pytest

import factories as make
from variorum.extract.attribution import find_attributions
from variorum.extract.evidence import gather_evidence
from variorum.extract.parts import BOTH, RULES, TAGGER
from variorum.extract.rules import read_article
from variorum.extract.sentences import split_sentences
from variorum.extract.tolls import find_tolls
from variorum.values.gazetteer import open_gazetteer

BOMB = "A car bomb killed at least 12 people, including three children, and wounded 40 others in Deraqa."
CLINIC = (
    "Nine nurses had left Deraqa, and the generator was sold, the clinic's director Amina Sorel explained on Monday."
)


def test_without_the_tagger_the_rules_stand_as_they_are() -> None:
    sentence = split_sentences(BOMB)[0]
    rules = find_tolls(BOMB)
    assert gather_evidence(BOMB, [sentence], RULES).tolls(sentence, rules) == tuple(rules)


def test_with_both_no_figure_of_the_rules_is_lost() -> None:
    sentence = split_sentences(BOMB)[0]
    rules = find_tolls(BOMB)
    kept = gather_evidence(BOMB, [sentence], BOTH).tolls(sentence, rules)
    assert {(one.start, one.value) for one in rules} <= {(one.start, one.value) for one in kept}


def test_the_tagger_alone_finds_figures_too() -> None:
    sentence = split_sentences(BOMB)[0]
    found = gather_evidence(BOMB, [sentence], TAGGER).tolls(sentence, ())
    assert {one.value for one in found} == {"12..", "3", "40"}


def test_a_statement_of_the_rules_is_never_replaced() -> None:
    text = "Shelling killed two people in Homs, the mayor said. He blamed the rebels."
    sentences = split_sentences(text)
    rules = find_attributions(text, sentences)
    assert rules
    assert set(rules) <= set(gather_evidence(text, sentences, BOTH).attributions(text, sentences, rules))


def test_source_and_cue_of_a_heard_statement_lie_outside_its_content() -> None:
    sentences = split_sentences(CLINIC)
    found = gather_evidence(CLINIC, sentences, TAGGER).attributions(CLINIC, sentences, ())
    assert found
    for row in found:
        assert row.source_end <= row.content_start or row.content_end <= row.source_start
        assert row.cue_end <= row.content_start or row.content_end <= row.cue_start


def test_the_tagger_alone_reads_an_article_with_exact_quotes() -> None:
    article = make.article(text=BOMB, title="", published="2026-03-04")
    found = read_article(article, open_gazetteer(), TAGGER)
    assert {(claim.prop, claim.value) for claim in found.claims} >= {("killed", "12.."), ("injured", "40")}
    assert all(article.text[claim.start : claim.end] == claim.quote for claim in found.claims)


def test_a_reading_says_which_parts_made_it() -> None:
    article = make.article(text=BOMB, title="", published="2026-03-04")
    readings = {read_article(article, open_gazetteer(), parts).reading.extractor for parts in (BOTH, RULES, TAGGER)}
    assert readings == {"rules+tagger", "rules", "tagger"}


@pytest.mark.parametrize(
    "front",
    [
        "The governor doubted that",
        "The minister refused to accept that",
        "The minister questioned whether",
        "The minister called it absurd that",
        "The hospital stopped short of saying that",
        "The mayor asked whether",
        "The judge heard how",
        "A novelist dreamed that",
        "The rebels pretended that",
        "Nobody would say that",
    ],
)
def test_who_does_not_say_it_is_no_source(front: str) -> None:
    text = f"{front} shelling killed 12 people in Homs on Monday."
    sentences = split_sentences(text)
    rules = find_attributions(text, sentences)
    told = gather_evidence(text, sentences, BOTH).attributions(text, sentences, rules)
    assert [row for row in told if row not in rules] == []
