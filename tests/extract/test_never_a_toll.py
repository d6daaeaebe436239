"""Figures that are no people and no things: none of them may become a toll, whatever stands around it."""

from __future__ import annotations

import pytest

import factories as make
from variorum.extract.rules import read_article
from variorum.values.gazetteer import open_gazetteer

TOLLS = ("killed", "injured", "missing", "munitions", "vehicles", "people", "displaced", "abducted", "detained")

# text, and the figures in it that count nothing; what is left may be claimed
SENTENCES = [
    # ages
    ("A boy aged 12 was killed when a shell hit a house in Homs on Monday.", {12}),
    ("A 34-year-old farmer was killed in shelling in Homs on Monday.", {34}),
    ("Three brothers, 12, 14 and 17 years old, were killed by a mine in Homs on Monday.", {12, 14, 17}),
    ("Children between six and ten were among the dead after shelling in Homs on Monday.", {6, 10}),
    ("Sami Karrun, 51, was shot dead in Homs on Monday.", {51}),
    ("The gunman, who is 29, killed two people in Homs on Monday.", {29}),
    ("A woman in her 60s was killed by shelling in Homs on Monday.", {60}),
    ("Two girls aged 7 and 9 were wounded by shelling in Homs on Monday.", {7, 9}),
    ("The victims were a mother (41) and her son (15), killed by shelling in Homs on Monday.", {41, 15}),
    ("A man of 73 years was killed by a sniper in Homs on Monday.", {73}),
    ("A baby of 18 months died when a rocket hit a house in Homs on Monday.", {18}),
    ("Two people over the age of 65 were killed in the shelling of Homs on Monday.", {65}),
    ("Boys under 16 were killed in the shelling of Homs on Monday.", {16}),
    ("A teenager, aged 13 or 14, was injured in the blast in Homs on Monday.", {13, 14}),
    ("Seven-year-old Rima and Sami, eight, were killed by a mine in Homs on Monday.", {7, 8}),
    # money
    ("The bombing in Homs on Monday killed two people and caused $12 million in damage.", {12, 12000000}),
    ("Gunmen killed a guard and stole 40,000 euros from a bank in Homs on Monday.", {40000}),
    ("A bounty of £25,000 was put on the man who killed two people in Homs on Monday.", {25000}),
    ("Kidnappers killed a trader in Homs on Monday after a ransom of 300 dollars was not paid.", {300}),
    ("Families of those killed in Homs on Monday get 500,000 pounds each.", {500000}),
    ("The strike on Homs on Monday destroyed goods worth US$7.5m.", {7, 7500000}),
    # shares
    ("Shelling in Homs on Monday destroyed 40 percent of the houses and killed two people.", {40}),
    ("One in five of those wounded in Homs on Monday is a child.", {5}),
    ("Two-thirds of those killed in Homs on Monday were women.", {2, 3}),
    ("Nearly 60% of the wounded in Homs on Monday were hit by shrapnel.", {60}),
    ("Half of the 24 killed in Homs on Monday were women, and 9 out of 10 were civilians.", {9, 10}),
    ("Three quarters of the people killed in Homs on Monday were civilians.", {3, 4}),
    ("Nine in ten of those killed in Homs on Monday were women.", {9, 10}),
    ("Three out of four wounded in Homs on Monday are children.", {3, 4}),
    # votes and scores
    ("The council voted 13-2 to condemn the bombing that killed people in Homs on Monday.", {13, 2}),
    ("Parliament voted by 112 votes to 43 after soldiers were killed in Homs on Monday.", {112, 43}),
    ("A shell killed two fans in Homs on Monday as the team won 3-1.", {3, 1}),
    # models and calibres
    ("Soldiers were killed in Homs on Monday by 122mm rockets.", {122}),
    ("Two people were killed in Homs on Monday with an AK-47.", {47}),
    ("A T-72 tank killed two people in Homs on Monday.", {72}),
    ("An S-300 missile killed two people in Homs on Monday.", {300}),
    ("A MiG-29 killed two people in Homs on Monday.", {29}),
    ("A man was killed in Homs on Monday with a .50-calibre rifle.", {50}),
    ("Police found 9mm cases where two men were killed in Homs on Monday.", {9}),
    ("A 155 mm shell killed two people in Homs on Monday.", {155}),
    # labels
    ("Soldiers who guarded Flight 370 were killed in Homs on Monday.", {370}),
    ("Two people were killed at 48 Station Road in Homs on Monday.", {48}),
    ("Two people were killed on Highway 60 near Homs on Monday.", {60}),
    ("Two soldiers of battalion 52 were killed in Homs on Monday.", {52}),
    ("Fighters of the 40th Brigade were killed in Homs on Monday.", {40}),
    ("Killings like that in Homs on Monday are banned under chapter 7 of the charter.", {7}),
    ("The killing of two people in Homs on Monday breaks Resolution 2254.", {2254}),
    ("The Group of 7 condemned the bombing that killed people in Homs on Monday.", {7}),
    ("On Day 12 of the offensive shelling killed two people in Homs on Monday.", {12}),
    ("Two people were killed at Gate 9 of the base in Homs on Monday.", {9}),
    ("It was the deadliest bombing since the 9/11 attacks, which killed many, police in Homs said on Monday.", {9, 11}),
    ("Channel 4 said that two people were killed in Homs on Monday.", {4}),
    ("Number 3 on the list of commanders was killed in Homs on Monday.", {3}),
    ("Fighters at checkpoint 55 were killed in Homs on Monday.", {55}),
    ("Fighters on Hill 402 were killed near Homs on Monday.", {402}),
    # times, dates, telephones
    ("Shelling killed two people in Homs at 5 pm on Monday.", {5}),
    ("Shelling killed two people in Homs at 03:40 on Monday.", {3, 40}),
    ("Two people were killed in Homs on Monday; call 555-1234 for news of the wounded.", {555, 1234}),
    ("Two people were killed in Homs on 12 June 2023.", {12, 2023}),
    ("In 2015 people were killed in Homs, and shelling killed two on Monday.", {2015}),
    ("Two people were killed in Homs within 24 hours of the truce on Monday.", {24}),
    ("A five-day battle killed two people in Homs on Monday.", {5}),
    # measures and ranks
    ("Two people were killed in Homs on Monday in heat of 45 degrees.", {45}),
    ("Two people were killed 12 km (7 miles) from Homs on Monday.", {12, 7}),
    ("A 500-pound bomb killed two people in Homs on Monday.", {500}),
    ("A bomb with 80 kg of explosives killed two people in Homs on Monday.", {80}),
    ("A blast heard 30 kilometres away killed two people in Homs on Monday.", {30}),
    ("The second blast and the 3rd killed two people in Homs on Monday.", {3}),
    ("A three-storey house was hit and two sisters killed in Homs on Monday.", {3}),
    ("A magnitude 6.4 quake stopped the shelling that killed two people in Homs on Monday.", {6}),
]  # fmt: skip


def figures(value: str) -> set[int]:
    """Every whole number that a canonical count is written with."""
    return {int(end) for end in value.strip("~").split("..") if end.isdigit()}


@pytest.mark.parametrize(("text", "never"), SENTENCES)
def test_a_figure_that_counts_nobody_is_no_toll(text: str, never: set[int]) -> None:
    article = make.article(text=text, title="", published="2023-06-16")
    claims = read_article(article, open_gazetteer()).claims
    taken = {(one.prop, one.value) for one in claims if one.prop in TOLLS and figures(one.value) & never}
    assert taken == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("At the checkpoint 12 soldiers were killed in Homs on Monday.", "12"),
        ("Near the base 12 were killed in Homs on Monday.", "12"),
        ("Gunmen killed 3 out of 12 hostages in Homs on Monday.", "3"),
        ("Shelling killed over 34 people in Homs on Monday.", "34.."),
        ("Shelling killed between six and ten children in Homs on Monday.", "6..10"),
    ],
)
def test_a_figure_of_people_stays_a_toll_beside_words_that_often_go_with_others(text: str, value: str) -> None:
    article = make.article(text=text, title="", published="2023-06-16")
    claims = read_article(article, open_gazetteer()).claims
    assert ("killed", value) in {(one.prop, one.value) for one in claims}
