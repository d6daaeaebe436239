"""The claim table of an event, from its exported object."""

from __future__ import annotations

from typing import Any

import pytest

from variorum.show.table import make_row, make_view


def claim(number: int, prop: str, value: str, **fields: Any) -> dict[str, Any]:
    given = {
        "id": f"clm_{number}",
        "prop": prop,
        "scope": None,
        "value": value,
        "source": "",
        "voice": fields.get("source", ""),
        "outlet": f"Outlet {number}",
        "stance": "asserts",
        "as_of": None,
        "article": f"art_{number}",
        "start": 0,
        "end": 1,
        "quote": "x",
    }
    return given | fields


def value(prop: str, settled: str, support: list[int], against: tuple[int, ...] = (), **fields: Any) -> dict[str, Any]:
    given = {
        "prop": prop,
        "scope": None,
        "value": settled,
        "support": [f"clm_{number}" for number in support],
        "against": [f"clm_{number}" for number in against],
        "outlets": len(support),
        "lineages": len(support),
        "copies": 0,
        "sources": [""],
    }
    return given | fields


def relation(name: str, prop: str, left: int, right: int | None, note: str = "") -> dict[str, Any]:
    other = None if right is None else f"clm_{right}"
    return {"name": name, "prop": prop, "left": f"clm_{left}", "right": other, "note": note}


def event(claims: list[dict[str, Any]], values: list[dict[str, Any]], relations: Any = ()) -> dict[str, Any]:
    articles = sorted({row["article"] for row in claims})
    return {
        "id": "evt_1",
        "version": 1,
        "kind": "strike",
        "title": "Strike in Homs, 3 April 2031",
        "date": {"value": "2031-04-03"},
        "place": None,
        "values": values,
        "relations": list(relations),
        "articles": articles,
        "lineages": [[id] for id in articles],
        "outlets": sorted({row["outlet"] for row in claims}),
        "claims": claims,
    }


def lines(found: dict[str, Any]) -> list[tuple[str, str, bool, str]]:
    return [(line.name, line.value, line.settled, line.relation) for line in make_view(found).lines]


def test_a_value_stands_with_what_was_said_against_it() -> None:
    claims = [claim(1, "weapon", "missile.cruise"), claim(2, "weapon", "missile.ballistic")]
    found = event(
        claims,
        [value("weapon", "missile.cruise", [1], (2,))],
        [relation("contradicts", "weapon", 1, 2, "cruise missile and ballistic missile")],
    )
    view = make_view(found)
    assert lines(found) == [
        ("weapon", "cruise missile", True, "contradicts"),
        ("weapon", "ballistic missile", False, "contradicts"),
    ]
    assert [line.note for line in view.lines] == ["", "cruise missile and ballistic missile"]
    assert view.relations == {"contradicts": ("weapon",)}


def test_every_claim_stands_behind_one_line() -> None:
    claims = [
        claim(1, "killed", "12..", scope="all"),
        claim(2, "killed", "19", scope="all"),
        claim(3, "killed", "7", scope="children"),
        claim(4, "killed", "19", scope="all", stance="denies"),
        claim(5, "place", "gn:1", scope="part"),
    ]
    found = event(
        claims,
        [
            value("killed", "19", [2], scope="all"),
            value("killed", "7", [3], scope="children"),
            value("place", "gn:1", [5]),
        ],
        [relation("revised", "killed", 1, 2, "up")],
    )
    behind = [one["id"] for line in make_view(found).lines for one in line.claims]
    assert sorted(behind) == [f"clm_{number}" for number in range(1, 6)]


@pytest.mark.parametrize(("stance", "mark"), [("asserts", ""), ("hedges", " (hedged)"), ("denies", " (denied)")])
def test_a_value_that_is_only_hedged_or_denied_says_so(stance: str, mark: str) -> None:
    claims = [claim(1, "killed", "4", scope="all", stance=stance)]
    support: list[int] = [] if stance == "denies" else [1]
    found = event(claims, [value("killed", "4", support, () if support else (1,), scope="all")])
    assert [line.value for line in make_view(found).lines] == ["4" + mark]


def test_a_scope_other_than_all_stands_in_the_name() -> None:
    claims = [claim(1, "killed", "4", scope="all"), claim(2, "killed", "2", scope="children")]
    found = event(claims, [value("killed", "2", [2], scope="children"), value("killed", "4", [1], scope="all")])
    assert [line.name for line in make_view(found).lines] == ["killed", "killed (children)"]


def test_copies_count_apart_from_lineages() -> None:
    claims = [claim(1, "weapon", "missile"), claim(2, "weapon", "missile.ballistic"), claim(3, "weapon", "missile")]
    found = event(claims, [value("weapon", "missile", [1, 3])])
    found["lineages"] = [["art_1", "art_2"], ["art_3"]]
    drift = make_view(found).lines[1]
    assert (drift.lineages, drift.copies) == (0, 1)


@pytest.mark.parametrize(
    ("names", "lineages", "state"),
    [
        (["agrees", "contradicts"], 2, "contradicts"),
        (["agrees", "impossible", "contradicts"], 2, "impossible"),
        (["agrees"], 2, "agrees"),
        (["refines"], 2, "agrees"),
        (["drift in copies"], 1, "single"),
        (["contradicts"], 1, "contradicts"),
        ([], 1, "single"),
    ],
)
def test_the_state_of_an_event_is_the_worst_of_its_relations(names: list[str], lineages: int, state: str) -> None:
    claims = [claim(number + 1, "killed", "4", scope="all") for number in range(lineages)]
    relations = [relation(name, "killed", 1, None) for name in names]
    assert make_row(event(claims, [], relations))["state"] == state


def test_a_row_has_a_day_and_what_happened_without_it() -> None:
    row = make_row(event([claim(1, "killed", "4..", scope="all")], [value("killed", "4..", [1], scope="all")]))
    assert (row["day"], row["what"], row["killed"]) == ("2031-04-03", "Strike in Homs", "at least 4")


def test_a_figure_of_all_that_rests_on_a_part_has_its_words() -> None:
    found = event([claim(1, "killed", "2", scope="men")], [value("killed", "2", [1], scope="all")])
    assert ("killed", "2", True, "") in [(name.split(" ")[0], *rest) for name, *rest in lines(found)]


def test_a_source_named_in_two_ways_is_shown_once() -> None:
    claims = [
        claim(1, "killed", "4", scope="all", source="defence ministry", voice="Marenian defence ministry"),
        claim(2, "killed", "5", scope="all", source="Marenian defence ministry"),
    ]
    view = make_view(event(claims, [value("killed", "5", [2], scope="all")]))
    assert view.sources == ("Marenian defence ministry",)
    assert [line.sources for line in view.lines][1] == ("Marenian defence ministry",)


@pytest.mark.parametrize(
    ("lineages", "sources", "one"),
    [
        (2, ["Orontes clinic"], True),
        (1, ["Orontes clinic"], False),
        (2, ["Orontes clinic", ""], False),
        (2, [""], False),
        (2, ["Orontes clinic", "Tarn police"], False),
    ],
)
def test_several_lineages_of_one_speaker_are_one_source(lineages: int, sources: list[str], one: bool) -> None:
    claims = [claim(1, "killed", "4", scope="all"), claim(2, "killed", "4", scope="all")]
    row = value("killed", "4", [1, 2], scope="all", lineages=lineages, sources=sources)
    assert [line.one_source for line in make_view(event(claims, [row])).lines] == [one]


def test_outlets_are_counted_once_each() -> None:
    claims = [claim(1, "killed", "4", scope="all"), claim(2, "killed", "5", scope="all", outlet="Outlet 1")]
    view = make_view(event(claims, [value("killed", "4", [1], scope="all")]))
    assert (view.outlets, make_row(view.object)["outlets"]) == (1, 1)
