"""Which phrase of an article is the source of a stretch of it."""

from __future__ import annotations

import pytest

from variorum.extract.attribution import find_attributions
from variorum.extract.sentences import split_sentences
from variorum.extract.sourceof import Candidate, candidates, score, source_of


def named(text: str, words: str) -> str:
    sentences = split_sentences(text)
    start = text.index(words)
    found = source_of(text, sentences, find_attributions(text, sentences), start, start + len(words))
    return text[found.start : found.end] if found is not None else ""


def gathered(text: str, words: str) -> list[Candidate]:
    sentences = split_sentences(text)
    start = text.index(words)
    return candidates(text, sentences, find_attributions(text, sentences), start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The harbour police said six boats sank.", "six boats sank", "The harbour police"),
        ("Six boats sank, the harbour police said on Monday.", "Six boats sank", "the harbour police"),
        (
            "“Six boats sank,” said Jane Marlow, a diver from Koro.",
            "“Six boats sank,”",
            "Jane Marlow, a diver from Koro",
        ),
        (
            "According to the head of the port of Koro, six boats sank.",
            "six boats sank",
            "the head of the port of Koro",
        ),
        ("Six boats sank, according to two people on the pier.", "Six boats sank", "two people on the pier"),
        ("On Monday the navy dismissed the report of six losses.", "the report of six losses", "the navy"),
        ("Jane Marlow on Sunday defended the raid.", "the raid", "Jane Marlow"),
        ("Jane Marlow (D-Koro) believes six boats sank.", "six boats sank", "Jane Marlow (D-Koro)"),
        ("The army, meanwhile, doubts that six boats sank.", "that six boats sank", "The army"),
        ("Six boats, he added, had been painted red.", "Six boats", "he"),
        ("The plan, as Marlow points out, is a year old.", "The plan", "Marlow"),
        ("Two towns fell, per the Koro Ledger.", "Two towns fell", ""),
    ],
)
def test_who_says_a_stretch_is_its_source(text: str, words: str, source: str) -> None:
    assert named(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Fishermen fear that the lake will dry up.", "that the lake will dry up", "Fishermen"),
        ("The mayor wants to close the bridge.", "to close the bridge", "The mayor"),
        ("Nearly 10 percent of them know the way.", "the way", "Nearly 10 percent of them"),
        ("She’s aware that the road is shut.", "that the road is shut", "She"),
        ("Drivers who took the pass hoped the road opens.", "the road opens", "Drivers who took the pass"),
    ],
)
def test_who_thinks_wishes_or_knows_a_stretch_is_its_source(text: str, words: str, source: str) -> None:
    assert named(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The town heard the ministry’s claim that six boats sank.", "that six boats sank", "the ministry’s"),
        ("Marlow praised the mayor for her promise to repair the bridge.", "to repair the bridge", "her"),
        ("The bridge was praised by the two mayors.", "The bridge", "the two mayors"),
        ("Marlow was asked by a caller why the bridge is shut.", "why the bridge is shut", "a caller"),
        ("He gave a figure the ministry disputes.", "a figure", "the ministry"),
    ],
)
def test_whose_a_noun_or_a_passive_verb_is_can_be_the_source(text: str, words: str, source: str) -> None:
    assert named(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The mayor backed the plan, saying six boats sank.", "six boats sank", "The mayor"),
        ("The army issued a statement saying six boats sank.", "six boats sank", "The army"),
        ("Marlow said that the crew had fled and blamed the wind.", "the wind", "Marlow"),
        ("Marlow, 70, a diver from Koro, said six boats sank.", "six boats sank", "Marlow, 70, a diver from Koro"),
        (
            "The crew of the ferry and two guards said six boats sank.",
            "six boats sank",
            "The crew of the ferry and two guards",
        ),
    ],
)
def test_the_source_is_the_whole_phrase_that_governs(text: str, words: str, source: str) -> None:
    assert named(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Koro governor: Six boats sank", "Six boats sank", "Koro governor"),
        ("Koro waits.\nThe diver described the night:\n“Six boats sank.”", "“Six boats sank.”", "The diver"),
        ("Koro waits.\n“Where were they?” Marlow asked. Rain fell.", "“Where were they?”", "Marlow"),
        (
            "Koro waits.\n“Six boats sank. Nobody came.” — Omar Tell, fisherman",
            "“Six boats sank.",
            "Omar Tell, fisherman",
        ),
        ("The diver said six boats sank. “Nobody came to us.”", "“Nobody came to us.”", "The diver"),
        ("Rain fell on the lake.", "Rain fell on the lake.", ""),
    ],
)
def test_a_source_can_stand_in_another_sentence(text: str, words: str, source: str) -> None:
    assert named(text, words) == source


def test_candidates_come_with_reasons_and_are_weighed_apart() -> None:
    found = gathered("The mayor said that the crew had fled and blamed the wind.", "the wind")
    assert all(row.score == 0.0 and row.features for row in found)
    assert [row.score for row in score(found)] == sorted((row.score for row in score(found)), reverse=True)


def test_other_weights_choose_another_source() -> None:
    text = "The mayor said that the crew had fled and blamed the wind."
    found = gathered(text, "the wind")
    best = score(found, {"embedded": 1.0})[0]
    assert text[best.start : best.end] == "the crew"
