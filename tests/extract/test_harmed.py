"""Killed and injured over a whole report: each person once, where their fate is told. All reports are invented."""

from __future__ import annotations

import pytest

import factories as make
from variorum.extract.rules import read_article
from variorum.values.gazetteer import open_gazetteer

Row = tuple[str, str, str]  # property, value, quote


def harm(text: str) -> set[Row]:
    article = make.article(text=text, title="", published="2023-06-16")
    found = read_article(article, open_gazetteer())
    kinds = {mention.id: mention.kind for mention in found.mentions}
    return {
        (claim.prop, claim.value, claim.quote)
        for claim in found.claims
        if claim.prop in {"killed", "injured"} and not kinds[claim.mention_id].startswith("background.")
    }


CASES: list[tuple[str, set[Row]]] = [
    (
        "A man was shot in Dayton on Friday. Jon Testley, 34, died at the scene. His wife was wounded.",
        {("killed", "1", "Jon Testley"), ("injured", "1", "His wife")},
    ),
    (
        "Five people were shot in Dayton on Friday. One person died.",
        {("injured", "..5", "Five people"), ("killed", "1", "One person")},
    ),
    ("She and three others were shot in Dayton on Friday.", {("injured", "4", "She and three others")}),
    ("A toddler shot himself in Dayton on Friday.", {("injured", "1", "himself")}),
    (
        "Police in Dayton are investigating a fatal shooting on Mill Road on Friday.",
        {("killed", "1..", "fatal")},
    ),
    (
        "Police in Dayton are investigating a homicide. A man was shot on Mill Road on Friday.",
        {("killed", "1..", "homicide")},
    ),
    (
        "A man was wounded in a shooting in Dayton on Friday.\nPolice charged him with assault with a deadly weapon.",
        {("injured", "1", "A man")},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_report_tells_each_person_once(text: str, wanted: set[Row]) -> None:
    assert harm(text) == wanted


def test_who_is_killed_in_another_town_is_somebody_else() -> None:
    text = (
        "A man was killed in a shooting in Dayton on Friday.\n"
        "In a separate shooting in Cleveland on Thursday, a man was killed outside a mill."
    )
    assert harm(text) == {("killed", "1", "A man"), ("killed", "1", "a man")}
