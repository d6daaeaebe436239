"""Sentences: exact offsets, traps of the full stop, roles and stories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.extract.sentences import split_sentences

LEAD = "Gunmen attacked a market in Koro. "


def texts(text: str, title: str = "") -> list[str]:
    return [sentence.text for sentence in split_sentences(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n\n ", []),
        ("One word", ["One word"]),
        ("U.S. -led forces left. They went north.", ["U.S. -led forces left.", "They went north."]),
        ("U.S.-backed fighters left. Two died.", ["U.S.-backed fighters left.", "Two died."]),
        ("They met in the U.S. The talks failed.", ["They met in the U.S.", "The talks failed."]),
        ("The U.S. Army left Koro.", ["The U.S. Army left Koro."]),
        ("Gen. Marlow spoke. Lt. Col. J. R. Kest did not.", ["Gen. Marlow spoke.", "Lt. Col. J. R. Kest did not."]),
        ("Shells hit St. Anne hospital. Six died.", ["Shells hit St. Anne hospital.", "Six died."]),
        ("It began at 8 a.m. Tuesday in Koro.", ["It began at 8 a.m. Tuesday in Koro."]),
        ("It began at 8 a.m. Police came late.", ["It began at 8 a.m.", "Police came late."]),
        ("They left on Jan. 5 by bus.", ["They left on Jan. 5 by bus."]),
        ("It is an issue.Two boats left.", ["It is an issue.", "Two boats left."]),
        ("Range is 3.5 km. See www.example.org for more.", ["Range is 3.5 km.", "See www.example.org for more."]),
        ('"We won." He left.', ['"We won."', "He left."]),
        ("“We won.” The general left.", ["“We won.”", "The general left."]),
        ('"Did you see?" he asked. No one did.', ['"Did you see?" he asked.', "No one did."]),
        ("We waited… Then it hit.", ["We waited…", "Then it hit."]),
        ("We waited... and it hit.", ["We waited... and it hit."]),
        ("Fighters left Koro. al-Sella is next.", ["Fighters left Koro.", "al-Sella is next."]),
        ("Shells hit No. 5 school. 12 died.", ["Shells hit No. 5 school.", "12 died."]),
        ("قُتل ثلاثة أشخاص. قال شاهد ذلك؟ نعم.", ["قُتل ثلاثة أشخاص.", "قال شاهد ذلك؟", "نعم."]),
        ("😀 Two died. “Yes,” 💥 he said.", ["😀 Two died.", "“Yes,” 💥 he said."]),
    ],
)
def test_sentences_are_cut_where_they_end(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@given(st.text(alphabet="aA.!?… \n\"”“'()[]-0ابU😀", max_size=80))
def test_every_sentence_stands_at_its_offsets_and_nothing_is_lost(text: str) -> None:
    sentences = split_sentences(text)
    reached = 0
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start <= sentence.body_start <= sentence.end
        assert text[reached : sentence.start].strip() == ""
        reached = sentence.end
    assert text[reached:].strip() == ""


def test_a_dateline_is_not_part_of_the_claim_text() -> None:
    (sentence,) = split_sentences("SELLA/KORO - The navy fired seven rockets.")
    assert sentence.text[sentence.body_start - sentence.start :] == "The navy fired seven rockets."


def test_a_text_without_line_breaks_gives_date_title_and_body() -> None:
    text = "Wed 05 Apr 2017 Blast in Koro kills six. A blast killed six people in Koro. It hit a market."
    assert [(s.role, s.text) for s in split_sentences(text)] == [
        ("furniture", "Wed 05 Apr 2017"),
        ("title", "Blast in Koro kills six."),
        ("body", "A blast killed six people in Koro."),
        ("body", "It hit a market."),
    ]


def test_a_title_known_beside_the_text_is_cut_off_the_sentence_it_runs_into() -> None:
    text = "Blast in Koro kills six A blast killed six people in Koro on Monday."
    assert [(s.role, s.text) for s in split_sentences(text, "Blast in Koro kills six")] == [
        ("title", "Blast in Koro kills six"),
        ("body", "A blast killed six people in Koro on Monday."),
    ]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Buffer zone deal", "heading"),
        ("2 min read", "furniture"),
        ("31 October, 2017", "furniture"),
        ("Soldiers rest near the dam in Koro [Getty]", "furniture"),
        ("More news: Orbital probe reaches its moon", "furniture"),
        ("Share on Facebook", "furniture"),
        ("Editing by Jane Marlow", "furniture"),
        ("Two people died there.", "body"),
        ("“Two people died there,” he said", "body"),
    ],
)
def test_a_line_on_its_own_has_its_role(line: str, role: str) -> None:
    text = f"Market attack in Koro\n\nGunmen attacked a market in Koro.\n{line}\nThe army came late."
    assert [s.role for s in split_sentences(text)] == ["title", "body", role, "body"]


def test_furniture_at_the_edges_of_a_paragraph_is_cut_off() -> None:
    text = "Share on Facebook Gunmen attacked a market. Four died. (Source: Harbour Post)"
    assert [(s.role, s.text) for s in split_sentences(text)] == [
        ("furniture", "Share on Facebook"),
        ("body", "Gunmen attacked a market."),
        ("body", "Four died."),
        ("furniture", "(Source: Harbour Post)"),
    ]


@pytest.mark.parametrize(
    ("text", "stories"),
    [
        (
            LEAD + "Four died. Police came. The mayor left.\nSELLA (Agency) - A bomb hit a bus.\nTwo died.",
            [0, 0, 0, 0, 1, 1],
        ),
        (LEAD + "Four died. Meanwhile, Separate strikes killed nine people, police said.", [0, 0, 1]),
        (LEAD + "Four died. Meanwhile, strikes killed nine people, police said.", [0, 0, 0]),
        (
            LEAD + "More than 900 people have died since the conflict began in 2011.\n"
            "Buses with fighters reached the coast, a monitor said on Monday.",
            [0, 0, 1],
        ),
        (
            LEAD + "More than 900 people have died since the conflict began in 2011.\n"
            "He left for the coast, a monitor said on Monday.",
            [0, 0, 0],
        ),
        ("A title\nA standfirst of one sentence.\nSELLA (Agency) - A bomb hit a bus.", [0, 0]),
    ],
)
def test_stories_pasted_into_one_text_are_told_apart(text: str, stories: list[int]) -> None:
    assert [s.story for s in split_sentences(text) if s.role == "body"] == stories


def test_a_very_long_line_is_cut_in_time_that_grows_with_its_length() -> None:
    text = "Two men died in Koro on Monday, police said. " * 20_000
    assert len(split_sentences(text)) == 20_000


def test_a_headline_that_runs_into_agency_and_date_is_told_from_the_lead() -> None:
    headline = "Blast kills 9 in Orun Monitor AFP Friday 20 Jun 2014"
    text = headline + " A blast killed nine people on Friday in Orun, the police said."
    assert [(sentence.role, sentence.text) for sentence in split_sentences(text)] == [
        ("title", "Blast kills 9 in Orun Monitor"),
        ("furniture", "AFP Friday 20 Jun 2014"),
        ("body", "A blast killed nine people on Friday in Orun, the police said."),
    ]


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("SELLA, Sept 20: Three militants were killed in Osk.", "SELLA, Sept 20: "),
        ("SELLA: Three militants were killed in Osk.", "SELLA: "),
        ('NEW SELLA: "Gunmen" killed four people in Osk.', "NEW SELLA: "),
        ("Sella, March 6: Gunmen killed four people in Osk.", "Sella, March 6: "),
        ("Sella, Westland - March 6, 2025 - Gunmen killed four people.", "Sella, Westland - March 6, 2025 - "),
        ("SELLA, 6 March 2025: Gunmen killed four people.", "SELLA, 6 March 2025: "),
        ("SELLA, March 6 (Osk Agency): Gunmen killed four people.", "SELLA, March 6 (Osk Agency): "),
        ("Sella: Gunmen killed four people.", ""),
        ("Police said: Gunmen killed four people.", ""),
        ("On Monday, March 6, gunmen killed four people.", ""),
    ],
)
def test_a_body_begins_after_its_dateline(line: str, dateline: str) -> None:
    told = split_sentences(f"Gunmen strike again\n{line}\nPolice gave no names.")[1]
    assert line[: told.body_start - told.start] == dateline


def test_a_town_before_each_paragraph_of_a_round_up_is_the_place() -> None:
    text = "Marches in three towns\n\nSELLA: About 2,000 people marched.\n\nOSK: Some 500 people marched."
    assert [told.body_start - told.start for told in split_sentences(text)] == [0, 0, 0]


@pytest.mark.parametrize("above", ["Published 12 May 2016 09:40 | Osk Now", "THE OSK HERALD\n12 May 2016"])
def test_what_stands_above_a_known_title_is_furniture(above: str) -> None:
    told = split_sentences(f"{above}\nBomb kills nine in Osk\n\nA car bomb killed nine.", "Bomb kills nine in Osk")
    assert [one.role for one in told][-2:] == ["title", "body"]
    assert {one.role for one in told[:-2]} == {"furniture"}
