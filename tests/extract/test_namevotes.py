"""Person or place, by what several reports make of a name."""

from __future__ import annotations

from variorum.extract.individuals import Individual, Individuals
from variorum.extract.namevotes import settle_individuals
from variorum.values.gazetteer import open_gazetteer


def seen(*persons: Individual, others: tuple[str, ...] = (), lower: frozenset[str] = frozenset()) -> Individuals:
    return Individuals(persons, others, lower)


def one(words: str, *, sure: bool = True, told: bool = False, placed: bool = False) -> Individual:
    return Individual(0, len(words), words, "", False, sure, told, placed)


def kept(*reports: Individuals, places: tuple[str, ...] = ()) -> list[list[str]]:
    found = settle_individuals({str(at): report for at, report in enumerate(reports)}, places, open_gazetteer())
    return [[person.words for person in individuals.persons] for individuals in found.values()]


def test_what_more_reports_have_as_a_place_is_none() -> None:
    assert kept(seen(one("Kesh Varan")), seen(others=("Kesh Varan", "KESH VARAN"))) == [[], []]


def test_what_claims_give_as_a_place_is_none() -> None:
    assert kept(seen(one("Kesh Varan")), places=("Kesh Varan", "Kesh Varan")) == [[]]


def test_who_speaks_is_a_person_though_a_report_has_a_place() -> None:
    assert kept(seen(one("Ana Orlic", told=True), others=("Ana Orlic",))) == [["Ana Orlic"]]


def test_a_town_of_the_gazetteer_is_none_where_the_sightings_are_even() -> None:
    assert kept(seen(one("Gao", sure=False), others=("Gao",))) == [[]]


def test_a_word_of_a_fuller_name_stays_with_it() -> None:
    assert kept(seen(one("Ana Homs", told=True), one("Homs", sure=False), others=("Homs", "Homs"))) == [
        ["Ana Homs", "Homs"]
    ]


def test_a_word_that_the_text_writes_small_is_none() -> None:
    assert kept(seen(one("Land", sure=False), lower=frozenset({"land"}))) == [[]]
