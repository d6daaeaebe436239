"""Tests of what tags are turned into: names without title, fillers of roles, and the candidate that is pointed at."""

from __future__ import annotations

from variorum.extract.sentences import split_sentences
from variorum.extract.tagged import find_fillers, find_names, point_at
from variorum.extract.tagger import Tags, tag

RAID = (
    "Guerrillas of the Liberation Column blew up a bridge near San Rufino with dynamite and killed the mayor,"
    " Carlos Restrepo."
)


def tags_of(text: str) -> Tags:
    return tag(text, [(one.start, one.end) for one in split_sentences(text)])


def test_a_person_is_named_without_title() -> None:
    text = "Mr Omar Haddad of the Harbour Court spoke in Nairobi."
    found = [(text[one.start : one.end], one.label) for one in find_names(tags_of(text))]
    assert ("Omar Haddad", "PER") in found


def test_weapon_and_victim_of_an_attack_are_found() -> None:
    found = {row.role: [RAID[one.start : one.end] for one in row.mentions] for row in find_fillers(tags_of(RAID))}
    assert found["Weapon"] == ["dynamite"]
    assert found["Victim"] == ["Carlos Restrepo"]


def test_of_two_places_the_one_pointed_at_is_chosen() -> None:
    text = "Shelling hit a bakery in Homs, and envoys flew to Geneva."
    places = [(text.index(name), text.index(name) + len(name)) for name in ("Homs", "Geneva")]
    assert point_at(tags_of(text), "place", 0, 8, places)[0] == 0


def test_without_candidates_nothing_is_chosen() -> None:
    assert point_at(tags_of(RAID), "place", 0, 10, [])[0] == -1
