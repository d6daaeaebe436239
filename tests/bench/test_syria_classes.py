"""The classes of a report's main event: invented report in, classes of the set out."""

from __future__ import annotations

import pytest
from bench.syria_classes import (
    ACTORS,
    GOVERNORATES,
    REGIONS,
    class_of_actor,
    class_of_place,
    class_report,
    keyword_classes,
    near,
)

from factories import article
from variorum.extract.rules import read_article
from variorum.values.gazetteer import open_gazetteer

BOOK = open_gazetteer()


def told(text: str) -> tuple[str, str, str]:
    report = article(text=text, title="")
    classes = class_report(report, read_article(report, BOOK), BOOK)
    return classes.actor.split()[0], classes.cause, classes.governorate


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Russian air strikes killed nine people in Idlib on Monday.", ("syrian", "shelling", "idlib")),
        ("A car bomb killed nine people in Homs on Monday.", ("unknown", "explosion", "homs")),
        ("Islamic State executed nine men in Raqqa on Monday.", ("isis", "execution", "raqqa")),
        ("Nine fighters were killed in clashes with rebels near Hama on Monday.", ("armed", "shooting", "hama")),
        (
            "A coalition air strike killed nine people in Manbij on Monday. On Sunday a car bomb hit Homs.",
            ("international", "shelling", "aleppo"),
        ),
    ],
)
def test_the_claims_of_the_main_event_give_its_classes(text: str, classes: tuple[str, str, str]) -> None:
    assert told(text) == classes


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Syrian army", "syrian government or russian troops"),
        ("Syrian rebels", "armed opposition groups"),
        ("People's Protection Units", "self administration forces"),
        ("Jabhat Fateh al-Sham", "al-nusra front"),
        ("militants", "unknown"),
    ],
)
def test_a_name_has_the_class_of_the_first_row_that_fits(name: str, group: str) -> None:
    assert class_of_actor(name) == group


def test_every_place_of_the_tables_is_in_the_gazetteer() -> None:
    assert [id for id in (*GOVERNORATES, *REGIONS) if BOOK.entry(id) is None] == []


def test_a_name_the_gazetteer_lacks_has_the_class_of_what_holds_it() -> None:
    assert class_of_place("name:Qasr al-Wadi;in=gn:170063", BOOK) == "aleppo"


def test_every_listed_actor_has_the_class_of_its_row() -> None:
    assert [name for group, names, _ in ACTORS for name in names if class_of_actor(name) != group] == []


@pytest.mark.parametrize(("day", "close"), [("2031-05-01", True), ("2031-05-05", True), ("2031-05-06", False)])
def test_a_date_counts_within_three_days(day: str, close: bool) -> None:
    assert near([("2031-05-02", "2031-05-02")], day) is close


def test_the_keyword_baseline_takes_the_commonest_words_or_the_majority_class() -> None:
    assert keyword_classes("A blast, another blast and one air strike in Homs") == {
        "actor": "syrian government or russian troops",
        "cause": "explosion",
        "governorate": "homs",
    }
