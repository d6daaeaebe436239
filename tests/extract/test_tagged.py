"""Tests of what tags are turned into: names without title, fillers of roles, and the candidate that is pointed at."""

from __future__ import annotations

from variorum.extract.sentences import split_sentences
from variorum.extract.tagged import find_event_words, find_fillers, find_names, point_at
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


def test_event_words_are_marked_whatever_the_kind() -> None:
    text = "Gunmen kidnapped two nurses in Bamako."
    assert [text[one.start : one.end] for one in find_event_words(tags_of(text))] == ["kidnapped"]


def test_weapon_and_victim_of_an_attack_are_found() -> None:
    found = {row.role: [RAID[one.start : one.end] for one in row.mentions] for row in find_fillers(tags_of(RAID))}
    assert found["Weapon"] == ["dynamite"]
    assert found["Victim"] == ["Carlos Restrepo"]


def test_a_longer_and_a_shorter_mention_are_one_entity() -> None:
    text = (
        "A powerful car bomb exploded outside the police station of Villa Corral. The car bomb was hidden in a truck,"
        " police said, and the explosion destroyed the police station."
    )
    weapons = [row for row in find_fillers(tags_of(text)) if row.role == "Weapon"]
    assert len(weapons) <= 1


def test_of_two_places_the_one_pointed_at_is_chosen() -> None:
    text = "Shelling hit a bakery in Homs, and envoys flew to Geneva."
    places = [(text.index(name), text.index(name) + len(name)) for name in ("Homs", "Geneva")]
    assert point_at(tags_of(text), "place", 0, 8, places)[0] == 0


def test_without_candidates_nothing_is_chosen() -> None:
    assert point_at(tags_of(RAID), "place", 0, 10, [])[0] == -1
