"""What the words of a report say for comparing it: text in, names, ages, words and runs out."""

from __future__ import annotations

import numpy as np

from variorum.resolve.passages import STORY_WORDS, read_meanings, read_runs, read_story, read_words

REPORT = "Police in Dunmore said Kelvara Ostrin, 34, was shot on Monday near Tallowgate. An 8-year-old boy was hurt."


def test_rare_words_with_a_capital_are_names() -> None:
    assert {"kelvara", "ostrin", "tallowgate"} <= read_story(REPORT).names


def test_common_words_with_a_capital_are_no_names() -> None:
    assert not {"police", "monday", "an"} & read_story(REPORT).names


def test_ages_are_read_in_years() -> None:
    assert read_story(REPORT).ages == {"34", "8"}


def test_a_report_keeps_only_its_rarest_words() -> None:
    text = " ".join(f"word{number}" for number in range(5000))
    assert len(read_story(text).words) == STORY_WORDS


def test_runs_are_the_same_whatever_the_case() -> None:
    assert read_runs("Three men were shot") == read_runs("three MEN were Shot")


def test_two_words_make_no_run() -> None:
    assert read_runs("Shots fired") == frozenset()


def test_a_passage_without_words_means_nothing() -> None:
    assert not read_words("")
    assert not np.any(read_meanings([""]))


def test_the_meaning_of_a_passage_does_not_depend_on_the_others() -> None:
    alone = read_meanings(["Shells hit the market"])[0]
    beside = read_meanings(["A bridge fell", "Shells hit the market"])[1]
    assert np.allclose(alone, beside, atol=1e-6)


def test_a_date_line_is_no_likeness_of_reports() -> None:
    one, other = (read_story(f"{words}\n2031-05-02\n{words} in 2031") for words in ("Nurse mourned", "Depot burnt"))
    assert one.words.keys().isdisjoint(other.words)
