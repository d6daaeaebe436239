"""An event settled again from some of its mentions."""

from __future__ import annotations

import pytest

from factories import article, event, extraction, judgement
from variorum.model import Article, Claim, Extraction, Judgement, Mention
from variorum.resolve.asof import settle_event, stood_together
from variorum.values.gazetteer import Gazetteer, open_gazetteer

TEXTS = {
    "homs": "Shells hit a market in Homs on 3 April 2031. At least 12 people were killed. Seven died later.",
    "tadmur": "A drone struck a grain depot in Tadmur on 9 June 2030. At least 12 guards ran. Seven burned.",
    "later": "An officer spoke of what had been told before. At least 12 rows. Seven files.",
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Article, Extraction]]:
    dates = {"homs": "2031-04-03", "tadmur": "2030-06-09", "later": "2031-05-01"}
    made = {name: article(name, text, published=dates[name]) for name, text in TEXTS.items()}
    return {name: (row, extraction(row)) for name, row in made.items()}


def mention(found: dict[str, tuple[Article, Extraction]], name: str) -> Mention:
    return found[name][1].mentions[0]


def together(
    found: dict[str, tuple[Article, Extraction]],
    names: list[str],
    founder: str,
    gazetteer: Gazetteer,
    judgements: tuple[Judgement, ...] = (),
) -> set[str]:
    mentions = {name: mention(found, name) for name in names}
    claims: list[Claim] = [claim for name in names for claim in found[name][1].claims]
    kept = stood_together(
        [row.id for row in mentions.values()],
        mention(found, founder).id,
        [found[name][0] for name in names],
        mentions.values(),
        claims,
        (),
        judgements,
        (),
        gazetteer=gazetteer,
    )
    return {name for name, row in mentions.items() if row.id in kept}


def test_two_that_hang_together_by_a_third_stand_apart_without_it(
    found: dict[str, tuple[Article, Extraction]], gazetteer: Gazetteer
) -> None:
    same = tuple(judgement(mention(found, name), mention(found, "later")) for name in ("homs", "tadmur"))
    assert together(found, list(TEXTS), "homs", gazetteer, same) == set(TEXTS)
    assert together(found, ["homs", "tadmur"], "homs", gazetteer, same) == {"homs"}


@pytest.mark.parametrize(("founder", "kept"), [("homs", {"homs"}), ("tadmur", {"tadmur"}), ("later", {"tadmur"})])
def test_the_part_with_the_founder_is_kept_or_else_the_earliest(
    found: dict[str, tuple[Article, Extraction]], gazetteer: Gazetteer, founder: str, kept: set[str]
) -> None:
    assert together(found, ["homs", "tadmur"], founder, gazetteer) == kept


def test_one_mention_alone_is_together(found: dict[str, tuple[Article, Extraction]], gazetteer: Gazetteer) -> None:
    assert together(found, ["tadmur"], "homs", gazetteer) == {"tadmur"}


def test_an_event_is_settled_from_the_words_that_are_given(
    found: dict[str, tuple[Article, Extraction]], gazetteer: Gazetteer
) -> None:
    whole = event(found["homs"][1], found["later"][1])
    row, reading = found["homs"]
    part = settle_event(whole, {row.id: row}, reading.mentions, reading.claims, (), (), gazetteer=gazetteer)
    assert part.mentions == tuple(one.id for one in reading.mentions)
    assert {id for value in part.values for id in value.support} <= {claim.id for claim in reading.claims}
    assert part.id == whole.id
