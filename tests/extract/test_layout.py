"""Furniture and datelines."""

from __future__ import annotations

import pytest

from variorum.extract.layout import DATELINE, FurniturePattern, find_paragraphs, furniture_patterns, is_furniture


@pytest.mark.parametrize("row", furniture_patterns(), ids=lambda row: row.name)
def test_every_furniture_pattern_hits_its_examples(row: FurniturePattern) -> None:
    assert row.examples
    assert [example for example in row.examples if not row.regex.fullmatch(example)] == []


def test_furniture_names_are_unique() -> None:
    names = [row.name for row in furniture_patterns()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("example", [example for row in furniture_patterns() for example in row.examples])
def test_every_furniture_example_is_furniture(example: str) -> None:
    assert is_furniture(example)


@pytest.mark.parametrize(
    "line",
    [
        "Rebels shelled the port on Sunday, killing four people.",
        "More than 40 people died in the blast.",
        "By Thursday the army held the bridge.",
        "Related attacks killed nine soldiers.",
        "Police in Sella shot two men (file number 12) dead.",
        "Two people were killed, Reuters reported.",
        "Image analysts counted 14 craters.",
        "From the harbour, two boats fired rockets at the fort, killing six people.",
        "Comments by the minister drew an angry reply.",
        "The strike hit a house [in the old town] and killed a family of five.",
    ],
)
def test_a_line_of_the_report_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("SELLA/KORO - The navy fired", "The navy fired"),
        ("PORT SELLA (Agency) — A bomb", "A bomb"),
        ("PORT SELLA, March 3 (Harbour News) - A bomb", "A bomb"),
        ("Sella, SANA – Terrorists fired", "Terrorists fired"),
        ("Port Sella (AFP) - Two men", "Two men"),
        ("SELLA, Koro -- Two men", "Two men"),
    ],
)
def test_a_dateline_ends_before_the_first_word_of_the_report(line: str, rest: str) -> None:
    match = DATELINE.match(line)
    assert match is not None
    assert line[match.end() :] == rest


@pytest.mark.parametrize(
    "line", ["The navy - or what is left of it - fired", "UN-led talks began", "Two men (one armed) fled"]
)
def test_a_sentence_without_dateline_has_none(line: str) -> None:
    assert DATELINE.match(line) is None


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = (
        "The army said on Monday that it had taken the\nbridge over the river after two days of heavy\n"
        "fighting with rebels.\n\nFour died."
    )
    assert [text[a:b] for a, b in find_paragraphs(text)] == [text[: text.index("\n\n")], "Four died."]
