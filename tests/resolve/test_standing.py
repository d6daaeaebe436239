"""Which claims of an event stand: reports in, values with their voices out."""

from __future__ import annotations

import pytest

from told import Fact, Happening, tell
from variorum.model import Copy, Event
from variorum.resolve.relate import relate
from variorum.resolve.settle import settle
from variorum.resolve.standing import standing
from variorum.resolve.view import lineage_roots
from variorum.resolve.voices import Said, make_said


def killed(value: str, source: str = "", scope: str = "all", **more: str) -> Fact:
    return Fact("killed", value, scope, source, quote=value.strip("."), **more)  # type: ignore[arg-type]


def stand(*reports: tuple[str, str, list[Fact]], copy_of: dict[str, str] | None = None) -> list[Said]:
    """Give what stands of one event told by reports: (name, day, facts)."""
    told = {name: tell(name, Happening("bombing", facts), published=day) for name, day, facts in reports}
    articles = {one.article.id: one.article for one in told.values()}
    copies = [Copy(told[a].article.id, told[b].article.id, 0.9) for a, b in (copy_of or {}).items()]
    mentions = {mention.id: mention.article_id for one in told.values() for mention in one.mentions}
    claims = [claim for one in told.values() for claim in one.claims]
    said = make_said(claims, mentions, articles, lineage_roots(articles, copies))
    texts = {id: article.text for id, article in articles.items()}
    event = Event("evt_1", "bombing", "", tuple(mentions), tuple(settle(said, texts)), relate(said, texts))
    return standing(said, texts, event)


ONE, TWO = "2031-05-02", "2031-05-03"
CASES = [
    ("one figure stands", [("a", ONE, [killed("12", "ministry")])], {"12"}),
    ("two sources stand", [("a", ONE, [killed("12", "ministry")]), ("b", TWO, [killed("9", "mayor")])], {"12", "9"}),
    (
        "the last word of a source",
        [("a", ONE, [killed("12", "ministry")]), ("b", TWO, [killed("19", "ministry")])],
        {"19"},
    ),
    (
        "of another scope too",
        [("a", ONE, [killed("23", "ministry", "civilians")]), ("b", TWO, [killed("21", "ministry")])],
        {"21"},
    ),
]


@pytest.mark.parametrize(("reports", "values"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_sources_last_word_replaces_its_earlier_one(
    reports: list[tuple[str, str, list[Fact]]], values: set[str]
) -> None:
    assert {one.claim.value for one in stand(*reports)} == values


def test_what_a_copy_changed_does_not_stand() -> None:
    left = stand(("a", ONE, [killed("12", "ministry")]), ("b", TWO, [killed("21", "ministry")]), copy_of={"b": "a"})
    assert {one.claim.value for one in left} == {"12"}


def test_a_denial_stays_a_denial() -> None:
    denied = Fact("killed", "12", "all", "army", "denies", "12")
    assert [one.claim.stance for one in stand(("a", ONE, [denied]))] == ["denies"]
