"""Which words beside a personal name give an office, and which tell of a private person. Every name is invented."""

from __future__ import annotations

import pytest

from variorum.extract.offices import find_office, is_private

PUBLIC = [
    "The health minister, Dr *Salim Karro*, said nine people died.",
    "General *Omar Halabi* denied it.",
    "Gen. *Omar Halabi* denied it.",
    "Governor *Ruslan Tarn* visited the wounded.",
    "The governor of the region, Colonel *Aliou Keta*, closed the market.",
    "A spokesman for the command, Major *Zeya Thar*, denied it.",
    "*Jan Hos*, 54, the mayor of Orlica, spoke.",
    "*Mona Adair*, director of the Tarn Relief Council, said so.",
    "*Petra Lind* of the Orvend Monitor said 12 had died.",
    "The Observatory gave a lower figure. Its director, *Salma Haddar*, said so.",
    "Party leader *Bela Torv* condemned it.",
    "Colonel *Yusuf Barak* told the Tarn Post that it was over.",
    "Colonel *Prosper Nsan*, who speaks for the region, said so.",
    "King *Leopold Adar* spoke.",
]
PRIVATE = [
    "*Jon Testley*, a spokesman said, was killed in his shop.",
    "The attack killed *Jon Testley*, the mayor said.",
    "A spokeswoman for the clinic said *Jon Testley* had died.",
    "The minister's brother, *Anton Karro*, was among the dead.",
    "*Samir al-Masri*, head of the family, wept.",
    "The wife of the mayor, *Nadia Orlic*, was wounded.",
    "Former minister *Ivo Karst* was hurt.",
    "Gang leader *Rico Vant* was shot.",
    "*Jean-Pierre Duval-Orr*, who runs a bakery, said he hid.",
    "*Ulf Brandt*, a driver for the governor, died.",
    "Colonel *Rida Salam* was killed.",
    "A judge sentenced *Paul Weir*, a former general.",
    "Dr *Amina Yerro* said 21 people had died.",
    "Film director *Olin Varga* mourned his son.",
]
TOLD = [
    "*Farhana Mir*, 34, saw the blast.",
    "*Farhana Mir*, a resident, saw the blast.",
    "Her driver, *Tom Berg*, died.",
    "Mr *Tom Berg* died.",
    "*Kaltouma Sal*, who had waited since dawn, said so.",
]


def marked(sentence: str) -> tuple[str, int, int]:
    before, name, after = sentence.split("*")
    return before + name + after, len(before), len(before) + len(name)


@pytest.mark.parametrize("sentence", PUBLIC)
def test_an_office_is_found_where_the_words_give_one(sentence: str) -> None:
    assert find_office(*marked(sentence)) != ""


@pytest.mark.parametrize("sentence", PRIVATE)
def test_no_office_is_found_where_it_is_anothers_or_past(sentence: str) -> None:
    assert find_office(*marked(sentence)) == ""


@pytest.mark.parametrize("sentence", TOLD)
def test_age_kin_and_trade_tell_of_a_private_person(sentence: str) -> None:
    assert is_private(*marked(sentence))


def test_a_minister_is_no_private_person() -> None:
    assert not is_private(*marked("The minister, *Salim Karro*, said so."))
