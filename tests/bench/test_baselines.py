"""The plain methods of grouping on small invented items."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import pytest
from bench.baselines import (
    Groups,
    Item,
    day_of,
    group_by_taxonomy,
    group_by_words,
    group_one_a_day,
    make_item,
)

from factories import article
from variorum.extract.rules import read_article
from variorum.values.gazetteer import open_gazetteer

MARKET = "Rockets tore through the covered market of Qasr al-Wadi, doctors counted"
BRIDGE = "Engineers reopened an old stone bridge over the Tarn after repairs"
OTHER = "Farmers of the valley sold olives; schools stayed shut for snow"
BASE = Item("a", MARKET, 100, 100, "gn:1", (36.2, 37.1), "strike", "strike", "Red Brigade", "rebels", "market")


def together(groups: Mapping[str, str]) -> set[frozenset[str]]:
    return {frozenset(i for i in groups if groups[i] == name) for name in groups.values()}


def items(*rows: tuple[str, str, int | None]) -> list[Item]:
    return [replace(BASE, id=name, text=text, published=day, day=day) for name, text, day in rows]


class TestWords:
    def test_reports_of_like_words_within_a_week_are_joined(self) -> None:
        rows = items(("a", MARKET, 100), ("b", f"{MARKET} nine", 107), ("c", BRIDGE, 100), ("d", OTHER, 100))
        assert together(group_by_words(rows)) == {frozenset("ab"), frozenset("c"), frozenset("d")}

    def test_a_day_more_than_a_week_parts_them(self) -> None:
        rows = items(("a", MARKET, 100), ("b", MARKET, 108), ("c", BRIDGE, 100), ("d", OTHER, 100))
        assert frozenset("ab") not in together(group_by_words(rows))

    def test_links_chain(self) -> None:
        rows = items(("a", MARKET, 100), ("b", MARKET, 106), ("c", MARKET, 112), ("d", OTHER, 100), ("e", BRIDGE, 100))
        assert frozenset("abc") in together(group_by_words(rows))

    def test_a_report_without_a_date_is_joined_with_none(self) -> None:
        rows = items(("a", MARKET, 100), ("b", MARKET, None), ("c", BRIDGE, 100), ("d", OTHER, None))
        assert together(group_by_words(rows)) == {frozenset(name) for name in "abcd"}


class TestOneADay:
    def test_one_day_actor_target_and_kind_are_one_event(self) -> None:
        rows = [BASE, replace(BASE, id="b", text=BRIDGE, place="gn:2"), replace(BASE, id="c", day=101)]
        assert together(group_one_a_day(rows)) == {frozenset("ab"), frozenset("c")}

    def test_the_place_parts_them_where_it_is_asked_for(self) -> None:
        rows = [BASE, replace(BASE, id="b", place="gn:2")]
        assert together(group_one_a_day(rows, by_place=True)) == {frozenset("a"), frozenset("b")}

    @pytest.mark.parametrize("field", ["actor", "target", "kind"])
    def test_another_value_parts_them(self, field: str) -> None:
        assert len(together(group_one_a_day([BASE, replace(BASE, id="b", **{field: "other"})]))) == 2


class TestTaxonomy:
    @pytest.mark.parametrize(
        ("changed", "joined"),
        [
            ({}, True),
            ({"day": 101}, True),
            ({"day": 102}, False),
            ({"point": (36.22, 37.1)}, True),  # 2.2 km
            ({"point": (36.23, 37.1)}, False),  # 3.3 km
            ({"kind": "bombing"}, True),  # family still agrees
            ({"kind": "bombing", "family": "bombing"}, False),
            ({"actor": "Blue Brigade"}, True),  # class still agrees
            ({"actor": "Blue Brigade", "actor_class": "army"}, False),
            ({"day": None}, False),
            ({"point": None}, False),
        ],
    )
    def test_windows_and_levels_decide(self, changed: dict[str, object], joined: bool) -> None:
        rows = [BASE, replace(BASE, id="b", **changed)]  # type: ignore[arg-type]
        assert (len(together(group_by_taxonomy(rows))) == 1) == joined

    def test_the_finer_fit_wins(self) -> None:
        rows = [
            BASE,
            replace(BASE, id="b", actor="Blue Brigade", actor_class="army"),
            replace(BASE, id="c", day=101, actor="Young Brigade"),
            replace(BASE, id="d", day=101, actor="Blue Brigade", actor_class="army"),
        ]
        assert together(group_by_taxonomy(rows)) == {frozenset("ac"), frozenset("bd")}


@pytest.mark.parametrize("method", [group_by_words, group_one_a_day, group_by_taxonomy])
def test_the_order_of_items_does_not_matter(method: object) -> None:
    rows = [BASE, *items(("b", BRIDGE, 101), ("c", f"{MARKET} {BRIDGE}", 101)), replace(BASE, id="d", kind="bombing")]
    found = {frozenset(together(method(list(some)))) for some in itertools.permutations(rows)}  # type: ignore[operator]
    assert len(found) == 1


def test_a_group_is_named_by_its_smallest_member() -> None:
    groups = Groups("dcba")
    groups.join("d", "c")
    groups.join("c", "b")
    assert groups.named() == {"a": "a", "b": "b", "c": "b", "d": "b"}


def test_an_item_holds_what_the_report_is_about() -> None:
    text = "Rebel shelling kills nine in Idlib\nRebels shelled a market in Idlib on Monday, killing nine people."
    report = article(text=text, published="2016-05-10")
    told = read_article(report, open_gazetteer())
    item = make_item(report, told.mentions, told.claims, open_gazetteer(), lambda name: "rebels")
    assert (item.kind, item.published, item.actor_class) == ("strike", day_of("2016-05-10"), "rebels")
    assert item.point is not None
    assert item.day == day_of("2016-05-09")


def test_a_report_of_no_event_is_an_item_on_its_day_of_printing() -> None:
    report = article(text="Olives were sold.", published="2016-05-10T08:00:00Z")
    assert make_item(report, [], [], open_gazetteer()).day == day_of("2016-05-10")
