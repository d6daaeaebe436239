"""Statements that no verb hands over go to whose account they are."""

from __future__ import annotations

import pytest

from variorum.extract.attribution import find_attributions
from variorum.extract.sentences import split_sentences
from variorum.extract.statements import source_at


def source_of(text: str, words: str) -> str:
    found = source_at(find_attributions(text, split_sentences(text)), text.index(words))
    return found.source if found is not None else ""


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("By the parish's count nine people are missing.", "nine", "parish"),
        ("Men had beaten him at the gate, a driver said. By his own account six held him.", "six", "driver"),
        ("The army's account, as it was read out: nine dead, two of them officers.", "nine", "army"),
        ("As the army tells it, a van with six gunmen failed to stop.", "six", "army"),
        ("The hospital's own figure is thirty-one.", "thirty-one", "hospital"),
        ("The count given by the clinic is 44.", "44", "clinic"),
        ("Casualties were put at 12 by the provincial council.", "12", "provincial council"),
        ("Injured: 14 (district hospital). Displaced: 300 (camp committee).", "14", "district hospital"),
        ("The Lantern Society has 1,960 displaced on its lists.", "1,960", "Lantern Society"),
        ("The raid was over by nine. The market reopened at noon.", "nine", ""),
    ],
)
def test_an_account_goes_to_its_owner(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            "At least 35 people were killed on Monday, commissioner Gatdet Wol told Harbour Radio by phone.",
            "35",
            "Gatdet Wol",
        ),
        ("Omar Tell was at the wheel when, he says, a bomb went off under the lorry.", "bomb", "Omar Tell"),
        ("A tea seller whose stall stood opposite told the Gazette that six men had fled.", "six", "tea seller"),
        ("Ten people died up there, says the carpenter, who makes the coffins.", "Ten", "carpenter"),
        ("The clinic at Mirny, run by volunteers, told our team 26 people were injured.", "26", "clinic at Mirny"),
        ("A committee of relatives that met on Friday read the names of 22 dead.", "22", "committee of relatives"),
        (
            "The civil defence service has meanwhile raised its count of the dead to five.",
            "five",
            "civil defence service",
        ),
        ("The mission's report says 52 bodies lay there.", "52", "mission"),
        ("Neither the clinic nor the parish counted nine dead.", "nine", ""),
    ],
)
def test_whoever_counts_or_tells_is_the_source(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source
