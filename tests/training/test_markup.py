"""Tests of the marks in annotated reports: what they teach is where they stand, and a slip of the pen is named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from training.reader import markup, sets

REPORTS = sorted((Path(markup.__file__).parent / "reports").glob("*.txt"))


def test_marks_nest_and_keep_their_places() -> None:
    found = markup.parse("{src#1|The {norp|Veronian} ministry} {cue#1|said} {con#1|so}.")
    assert found.text == "The Veronian ministry said so."
    assert [(one.tag, found.text[one.start : one.end]) for one in found.marks] == [
        ("src", "The Veronian ministry"),
        ("norp", "Veronian"),
        ("cue", "said"),
        ("con", "so"),
    ]


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ("{loc|Deraqa", "never closed"),
        ("Deraqa}", "never opened"),
        ("{place|Deraqa}", "unknown tag"),
        ("{ev:picnic|ate}", "unknown kind"),
        ("{ev:strike:perhaps|hit}", "unknown realis"),
        ("{cnt:killed.cats|two cats}", "unknown count"),
        ("{src|he}", "needs a number"),
        ("{ev:strike place=p|hit}", "points at nothing"),
        ("{loc|}", "empty mark"),
        ("{Loc|x}", "not a mark"),
    ],
)
def test_a_slip_is_named(block: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        markup.parse(block)


def test_a_surname_is_that_of_the_person() -> None:
    fillers = {"PERSON": ["Ada Rill", "Bo Tarn"]}
    given, surname = markup.fill("$PERSON $SURNAME", fillers, random.Random(3)).rsplit(" ", 1)
    assert given.endswith(f" {surname}")


def test_two_places_of_a_block_are_never_one() -> None:
    fillers = {"TOWN": ["Tel Hamra", "Ain Sabra"]}
    for seed in range(8):
        one, other = markup.fill("$TOWN|$TOWN2", fillers, random.Random(seed)).split("|")
        assert one != other


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_block_of_a_file_can_be_read(path: Path) -> None:
    fillers = markup.load_fillers()
    texts = [markup.parse(markup.fill(block, fillers, random.Random(1))).text for block in markup.blocks(path)]
    assert len(texts) > 100
    assert not any("$" in text and "$TOWN" in text for text in texts)


def test_a_link_points_at_the_marked_place_and_an_absent_role_at_nothing() -> None:
    row = markup.parse("{armed|Rebels} {ev:strike place=p|shelled} {loc#p|Deraqa}.")
    example = sets.teach(row, "test")
    assert example.links["place"] == [(7, 15)]
    assert example.links["weapon"] == [(7, None)]


def test_every_word_of_what_is_said_points_at_who_said_it() -> None:
    row = markup.parse("{con#1|Two died}, {src#1|she} {cue#1|said}. {con#1|Nobody fled.}")
    example = sets.teach(row, "test")
    assert {target for _, target in example.links["source"]} == {row.text.index("she")}
    assert {row.text[at:].split()[0] for at, _ in example.links["source"]} == {"Two", "died,", "Nobody", "fled."}


def test_an_article_is_no_part_of_a_name() -> None:
    example = sets.teach(markup.parse("{body|the Harbour Court} sat."), "test")
    assert example.spans["names"] == [(4, 17, "ORG")]


def test_a_body_without_a_name_is_taught_as_no_name() -> None:
    assert sets.teach(markup.parse("Later {body|the company} paid."), "test").spans["names"] == []


def test_of_spans_that_overlap_the_outer_is_kept() -> None:
    assert sets.flat([(4, 9, "LOC"), (0, 20, "ORG"), (30, 32, "PER")]) == [(0, 20, "ORG"), (30, 32, "PER")]
