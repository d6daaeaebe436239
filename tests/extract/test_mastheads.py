"""Outlets' names at the end of titles. All titles are invented."""

from __future__ import annotations

import pytest

import factories as make
from variorum.extract.mastheads import find_masthead
from variorum.extract.rules import read_article
from variorum.values.gazetteer import open_gazetteer


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Two hurt in Dersa - KXYZ News 4 Tarnville", "Two hurt in Dersa"),
        ("Two hurt in Dersa | Tarn Post", "Two hurt in Dersa"),
        ("Two hurt in Dersa - tarntv.com-Tarnville News, Weather & Sports", "Two hurt in Dersa"),
        ("Two hurt in Dersa - KXYZ.com - Tarnville, Ohio", "Two hurt in Dersa"),
        ("Two hurt in Dersa - police", "Two hurt in Dersa - police"),
        ("Two hurt: police said a Post man was shot", "Two hurt: police said a Post man was shot"),
        ("Post office attacked in Dersa", "Post office attacked in Dersa"),
        ("Raid on Dersa - Missile kills six at Radio building", "Raid on Dersa - Missile kills six at Radio building"),
        ("Raid on Dersa - WFP drivers missing", "Raid on Dersa - WFP drivers missing"),
    ],
)  # fmt: skip
def test_a_title_ends_where_the_outlets_name_begins(title: str, head: str) -> None:
    assert title[: find_masthead(title)] == head


def test_a_long_run_of_capitals_is_read_in_time() -> None:
    title = f"Two hurt - KXYZ {'A' * 60} said"
    assert find_masthead(title) == len(title)


def test_the_town_of_a_masthead_is_no_place_of_the_event() -> None:
    title = "Two people shot at a party in Dayton - KXYZ News 4 Columbus, Ohio"
    article = make.article(text=f"{title}\n\nTwo people were shot on Tuesday.", title=title, published="2023-06-16")
    claims = read_article(article, open_gazetteer()).claims
    assert {claim.quote for claim in claims if claim.prop == "place"} == {"Dayton"}
