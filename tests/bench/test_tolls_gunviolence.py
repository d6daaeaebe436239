"""Measurement of killed and injured: one report in, its two figures out. All reports are invented."""

from __future__ import annotations

import pytest
from bench.figures import read_figures
from bench.tolls_gunviolence import report_harm

from variorum.extract.persons import tell_persons

REPORTS: list[tuple[str, str, tuple[int, int]]] = [
    ("Man shot dead in Orvale", "A man was shot on Friday. Jon Testley, 34, died at the scene.", (1, 0)),
    ("Two wounded", "Two people were wounded in Orvale on Friday. The market was open.", (0, 2)),
    ("", "Five people were shot in Orvale on Friday, one of them fatally.", (1, 4)),
    ("", "A woman was killed on Friday. Her son, 12, was also shot and is in critical condition.", (1, 1)),
    ("", "A man killed two neighbours before he killed himself.", (3, 0)),
    ("", "A standoff left three people dead, including the gunman. He killed himself.", (3, 0)),
    ("", "She and three others were shot in a park in Orvale.", (0, 4)),
    ("", "A boy was wounded in Orvale. A vigil was held. Police came. In May a nurse was killed in Dersa.", (0, 1)),
    ("Orvale man charged in fatal shooting", "The suspect was heard by a judge on Friday.", (1, 0)),
    ("Orvale man charged with attempted murder", "The suspect was heard by a judge on Friday.", (0, 0)),
    ("Murder-suicide in Orvale", "A man shot his wife dead and then shot himself, police said.", (2, 0)),
    (
        "Nine shot over the weekend",
        "Nine people were shot in four separate shootings. In the first, two men were wounded on Mill Road.",
        (0, 2),
    ),
]


@pytest.mark.parametrize(("title", "text", "wanted"), REPORTS)
def test_a_report_gives_its_killed_and_injured(title: str, text: str, wanted: tuple[int, int]) -> None:
    told = report_harm(read_figures(text, title), title)
    assert (told["killed"], told["injured"]) == wanted


PERSONS = [
    ("A man was shot. He died on Friday.", 1),
    ("A man was shot. A woman was shot.", 2),
    ("A man, 20, was shot. A 31-year-old man was shot.", 2),
    ("A boy was shot. Another boy was shot.", 2),
    ("A teen was shot. The 16-year-old boy died. Jon Testley, 16, was killed near a mill.", 1),
    ("A nurse was shot. Her brother was also shot.", 2),
    ("A girl has died after she shot herself. The girl was shot on Friday.", 1),
]


@pytest.mark.parametrize(("text", "wanted"), PERSONS)
def test_a_person_met_again_is_told_once(text: str, wanted: int) -> None:
    assert len(tell_persons(read_figures(text))) == wanted
