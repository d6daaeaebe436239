"""Figures of people in one report: each with its sentence, whole reader or sentence by sentence; the plain baseline.

Shared by the measurements of tolls; the policies that make one figure a report of them are in those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bench.reader import parts
from variorum.extract.evidence import gather_evidence
from variorum.extract.persons import NUMBERS
from variorum.extract.sentences import split_sentences
from variorum.extract.tolls import Toll, find_tolls


@dataclass(frozen=True, slots=True)
class Figure:
    """One toll with the number of the sentence it stands in and the sentence's text."""

    toll: Toll
    sentence: int
    text: str
    event: str = ""  # mention whose claim it is; "" where no event is told apart
    line: int = 0  # events of one report are not told apart here


def low(value: str) -> int:
    """Give the number a canonical count is printed with: its lower bound, or the upper one of "up to"."""
    found = re.search(r"\d+", value)
    return int(found.group()) if found else 0


def vague(value: str) -> bool:
    """Tell whether a count is a word such as "dozens" or "several", not a figure."""
    return value in {"3..", "24..", "40..", "200..", "2000.."}


_NUMBERED = re.compile(rf"\d|\b(?:hundred|thousand|thirty|forty|fifty|{'|'.join(NUMBERS)})\b", re.I)


def is_vague(figure: Figure) -> bool:
    """Tell whether a figure is a word such as "dozens": its count has no number; "at least 24" has one."""
    toll = figure.toll
    return vague(toll.value) and _NUMBERED.search(figure.text[toll.start : toll.end]) is None


def read_figures(text: str, title: str = "") -> list[Figure]:
    """Give every toll of a report, title first."""
    found = [Figure(toll, -1, title) for toll in find_tolls(title)] if parts().rules else []
    sentences = split_sentences(text)
    evidence = gather_evidence(text, sentences, parts())
    for sentence in sentences:
        rules = find_tolls(sentence.text) if parts().rules else ()
        found += [Figure(toll, sentence.index, sentence.text) for toll in evidence.tolls(sentence, rules)]
    return found


def first_number(text: str) -> int:
    """Give the baseline: the first number next to a word for killing."""
    number = rf"(\d[\d,]*|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})\b"
    after = rf"\b(?:kill\w*|dead|died|deaths?|toll)\b(?:\W+\w+){{0,4}}?\W+{number}"
    before = rf"\b{number}(?:\W+\w+){{0,5}}?\W+(?:were |been |was )?(?:kill\w*|dead|died)"
    near = re.compile(f"{after}|{before}", re.I)
    found = near.search(text)
    if found is None:
        return 0
    word = (found[1] or found[2]).lower().replace(",", "")
    return NUMBERS.index(word) + 1 if word in NUMBERS else int(word)
