"""Whether two mentions are one event: reports in, score, reasons and rules out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from told import Fact, Happening, Map, Told, tell
from variorum.model import Copy
from variorum.resolve.compare import Comparison, compare, logistic
from variorum.resolve.explain import explain, verdict_of
from variorum.resolve.view import MentionView, make_views

DAY = "2031-05-01"


def fact(prop: str, value: str, scope: str | None = None, quote: str = "") -> Fact:
    return Fact(prop, value, scope, quote=quote)


def views(*reports: Told, copies: tuple[Copy, ...] = ()) -> list[MentionView]:
    return make_views(
        [report.article for report in reports],
        [mention for report in reports for mention in report.mentions],
        [claim for report in reports for claim in report.claims],
        copies,
        gazetteer=Map(),
    )


def apart(side: str, facts: list[Fact]) -> list[Fact]:
    """Give facts in words that only one side uses, with a digit in them."""
    return [replace(row, quote=row.quote or f"{side}{place}{row.prop}") for place, row in enumerate(facts)]


def held(
    left: list[Fact],
    right: list[Fact],
    *,
    kinds: tuple[str, str] = ("strike", "strike"),
    days: tuple[str | None, ...] = ("2031-05-02", "2031-05-02"),
) -> Comparison:
    one, other = views(
        tell("One", Happening(kinds[0], apart("l", left), "Something was heard"), published=days[0]),
        tell("Two", Happening(kinds[1], apart("r", right), "Residents spoke up"), published=days[1]),
    )
    return compare(one, other)


def weight(comparison: Comparison, name: str) -> float:
    return next(reason.weight for reason in comparison.reasons if reason.name == name)


NEXT = fact("date", "2031-05-02", quote="May 2")
WHEN, TOWN, AREA = fact("date", DAY), fact("place", "gn:wadi"), fact("place", "ne:north")


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ([WHEN, TOWN], [WHEN, TOWN], "same"),
        ([WHEN, AREA], [WHEN, AREA], "unsure"),
        ([WHEN, AREA, fact("killed", "39..", "civilians")], [WHEN, AREA, fact("killed", "39..", "civilians")], "same"),
        ([TOWN], [TOWN], "unsure"),
        ([TOWN, fact("munitions", "7")], [fact("place", "gn:tarn"), fact("munitions", "7")], "same"),
        ([WHEN, TOWN, fact("munitions", "7")], [WHEN, TOWN, fact("munitions", "3")], "unsure"),
        ([], [], "different"),
    ],
)
def test_the_verdict_of_two_reports(left: list[Fact], right: list[Fact], verdict: str) -> None:
    found = held(left, right)
    assert verdict_of(found.score, found.veto) == verdict, found


@pytest.mark.parametrize(
    ("left", "right", "days", "veto"),
    [
        ([WHEN], [fact("date", "2031-05-04")], ("2031-05-05", "2031-05-05"), "stated-dates-differ"),
        ([WHEN], [NEXT], ("2031-05-05", "2031-05-05"), "stated-dates-differ"),
        ([fact("date", DAY, quote="on Thursday")], [NEXT], ("2031-05-05", "2031-05-05"), None),
        ([WHEN], [fact("date", "2031-05")], ("2031-05-05",) * 2, None),
        ([TOWN], [fact("place", "gn:ridge")], ("2031-05-02",) * 2, "places-cannot-be-one"),
        ([TOWN], [fact("place", "gn:ridge"), fact("place", "gn:tarn")], ("2031-05-02",) * 2, None),
        ([TOWN], [fact("place", "ne:XA")], ("2031-05-02",) * 2, None),
        ([fact("date", "2031-05-04")], [TOWN], ("2031-05-05", "2031-05-02"), "published-before-it-happened"),
        ([fact("date", "2031-05-03")], [TOWN], ("2031-05-05", "2031-05-02"), None),
    ],
)  # fmt: skip
def test_a_rule_keeps_two_apart(left: list[Fact], right: list[Fact], days: tuple[str, str], veto: str | None) -> None:
    assert held(left, right, days=days).veto == veto


@pytest.mark.parametrize(
    ("kinds", "veto"),
    [
        (("strike", "destruction"), None),
        (("territory.taken", "territory.lost"), None),
        (("siege.laid", "siege.broken"), "kinds-cannot-be-one"),
        (("strike", "talks"), "kinds-cannot-be-one"),
    ],
)
def test_kinds_that_cannot_be_one_event(kinds: tuple[str, str], veto: str | None) -> None:
    assert held([WHEN, TOWN], [WHEN, TOWN], kinds=kinds).veto == veto


@pytest.mark.parametrize(
    ("name", "more", "less"),
    [
        ("place", ([TOWN], [TOWN]), ([AREA], [AREA])),
        ("place", ([TOWN], [AREA]), ([TOWN], [fact("place", "ne:south")])),
        ("place", ([TOWN], [AREA]), ([TOWN], [fact("place", "ne:XA")])),
        ("place", ([TOWN], [fact("place", "ne:XA")]), ([TOWN], [fact("place", "ne:XB")])),
        ("place", ([fact("place", "name:Qasr Walid")], [fact("place", "name:Qasr Waleed")]),
                  ([fact("place", "name:Qasr Walid")], [fact("place", "name:Old Mill")])),
        ("date of event", ([WHEN], [WHEN]), ([WHEN], [fact("date", "2031-05")])),
        ("date of event", ([fact("date", "rel:thu")], [fact("date", "rel:thu")]), ([], [fact("date", "rel:thu")])),
        ("killed", ([fact("killed", "39", "all")],) * 2, ([fact("killed", "2", "all")],) * 2),
        ("killed", ([fact("killed", "7", "children")], [fact("killed", "39", "civilians")]),
                   ([fact("killed", "70", "children")], [fact("killed", "39", "civilians")])),
        ("killed", ([fact("killed", "39", "all")], [fact("killed", "45", "all")]),
                   ([fact("killed", "3", "all")], [fact("killed", "45", "all")])),
        ("people", ([fact("people", "..200", "civilians"), fact("people", "..200", "combatants")],
                    [fact("people", "~400", "civilians+combatants")]),
                   ([fact("people", "..200", "civilians")], [fact("people", "~400", "civilians+combatants")])),
        ("number of munitions", ([fact("munitions", "7")],) * 2, ([fact("munitions", "1")],) * 2),
        ("distance", ([fact("distance", "500..670 km")], [fact("distance", "500..650 km")]),
                     ([fact("distance", "500 km")], [fact("distance", "100 km")])),
    ],
)  # fmt: skip
def test_evidence_weighs_more(
    name: str, more: tuple[list[Fact], list[Fact]], less: tuple[list[Fact], list[Fact]]
) -> None:
    assert weight(held(*more), name) > weight(held(*less), name)


def test_a_rare_kind_weighs_more_than_a_common_one() -> None:
    sieges, strikes = held([], [], kinds=("siege.broken", "siege.broken")), held([], [])
    assert weight(sieges, "kind of event") > weight(strikes, "kind of event")


def test_a_toll_that_rises_by_the_next_day_speaks_less_against_than_one_that_falls() -> None:
    low, high = [fact("killed", "10", "all")], [fact("killed", "14", "all")]
    rising = held(low, high, days=("2031-05-02", "2031-05-03"))
    falling = held(high, low, days=("2031-05-02", "2031-05-03"))
    assert weight(rising, "killed") > weight(falling, "killed")


def test_the_reader_who_told_two_events_of_a_report_apart_is_heard() -> None:
    first, second = (
        Happening("strike", apart("l", [WHEN, TOWN])),
        Happening("strike", apart("r", [WHEN, TOWN]), "And so"),
    )
    inside = compare(*views(tell("One", first, second)))
    assert inside.score < 0.2


def test_a_copied_passage_says_that_it_is_one() -> None:
    words = "A long passage about what the people of the town saw that night from their roofs"
    one = tell("One", Happening("strike", [TOWN], words))
    two = tell("Two", Happening("strike", [TOWN], words))
    alone = compare(*views(one, two))
    copied = compare(*views(one, two, copies=(Copy(two.article.id, one.article.id, 0.9),)))
    assert copied.score > alone.score


def test_a_pair_weighs_the_same_whatever_else_was_reported() -> None:
    rest = [tell(f"R{n}", Happening("talks", [TOWN])) for n in range(60)]
    one, two = tell("One", Happening("strike", [TOWN])), tell("Two", Happening("strike", [TOWN]))
    many = {view.id: view for view in views(one, two, *rest)}
    assert compare(many[one.mentions[0].id], many[two.mentions[0].id]) == compare(*views(one, two))


def test_a_village_that_both_name_says_more_than_a_city() -> None:
    village = held([fact("place", "geo:35.4,40.0;u=1000")], [fact("place", "geo:35.4,40.0;u=1000")])
    city = held([fact("place", "geo:35.4,40.0;u=11000")], [fact("place", "geo:35.4,40.0;u=11000")])
    assert weight(village, "place") > weight(city, "place") > 0


def test_a_report_that_can_be_of_any_time_speaks_against() -> None:
    assert weight(held([TOWN], [TOWN], days=(None, "2031-05-02")), "time not known") < 0


def test_the_place_of_the_rest_of_a_report_counts_where_a_mention_names_none() -> None:
    report = tell("One", Happening("strike", apart("l", [TOWN])), Happening("arrest", apart("m", [WHEN]), "Later"))
    other = tell("Two", Happening("arrest", apart("r", [WHEN, TOWN]), "Police spoke"))
    by_id = {view.id: view for view in views(report, other)}
    found = compare(by_id[report.mentions[1].id], by_id[other.mentions[0].id])
    assert weight(found, "place of the report") > 0


def test_a_passage_that_tells_on_joins_the_event_of_its_report() -> None:
    shot = Happening("attack", apart("l", [WHEN, TOWN, fact("injured", "4", "all")]), "Four were shot in the park")
    told_on = Happening("attack", apart("r", [fact("injured", "1", "men")]), "One of them was hit in the leg")
    another = Happening("attack", apart("r", [fact("injured", "1", "men")]), "Another man was hit in the leg")
    assert compare(*views(tell("One", shot, told_on))).score > 0.8
    assert compare(*views(tell("One", shot, another))).score < 0.2


def test_one_equal_figure_of_many_weighs_less() -> None:
    single = held([fact("killed", "12", "all")], [fact("killed", "12", "all")])
    many = [fact("killed", value, "all") for value in ("12", "30", "45", "7")]
    assert weight(held(many, [fact("killed", "12", "all")]), "killed") < weight(single, "killed")


def test_what_nobody_states_is_listed_as_not_used() -> None:
    found = explain(held([TOWN], [TOWN, fact("munitions", "7")]))
    assert "date of event (neither states any)" in found.not_used
    assert any(line.startswith("number of munitions (the ") for line in found.not_used)


def test_the_explanation_says_what_would_change_the_answer() -> None:
    found = explain(held([TOWN, fact("munitions", "7")], [TOWN, fact("munitions", "7")]))
    assert found.verdict == "same"
    assert found.changes[0].startswith("Without the number of munitions it would be 0.")
    assert found.changes[0].endswith("and they would stay apart.")


def test_the_explanation_names_the_rule() -> None:
    found = explain(held([WHEN, TOWN], [fact("date", "2031-04-20"), TOWN]))
    assert found.verdict == "different"
    assert found.rule is not None
    assert found.rule.startswith("stated-dates-differ: ")


facts = st.builds(
    fact,
    st.just("place"),
    st.sampled_from(["gn:wadi", "gn:tarn", "gn:ridge", "ne:north", "ne:XA", "name:Mill", "geo:35.4,40.0;u=3000"]),
) | st.one_of(
    st.builds(fact, st.just("date"), st.sampled_from([DAY, "2031-05", "rel:thu", "XXXX-05-01", "2031-04-29"])),
    st.builds(fact, st.just("munitions"), st.sampled_from(["7", "3", "~7", "2.."])),
    st.builds(fact, st.just("killed"), st.sampled_from(["7", "39..", "2"]), st.sampled_from(["all", "children"])),
    st.builds(fact, st.just("distance"), st.sampled_from(["500 km", "500..650 km", "310 mi"])),
)
days = st.sampled_from([None, "2031-05-02", "2031-05-03", "2031-06-20"])
kinds = st.sampled_from(["strike", "attack", "siege.laid", "siege.broken", "talks"])


@settings(deadline=None)  # the units library loads with the first distance
@given(st.lists(facts, max_size=4), st.lists(facts, max_size=4), st.tuples(days, days), st.tuples(kinds, kinds))
def test_comparing_is_symmetric_and_adds_up(
    left: list[Fact], right: list[Fact], when: tuple[str | None, str | None], kind: tuple[str, str]
) -> None:
    one, other = views(
        tell("One", Happening(kind[0], left), published=when[0]),
        tell("Two", Happening(kind[1], right), published=when[1]),
    )
    found = compare(one, other)
    assert found == compare(other, one)
    assert found.score == pytest.approx(logistic(sum(reason.weight for reason in found.reasons)))


def test_a_hedged_day_apart_weighs_and_forbids_nothing() -> None:
    hedged = Fact("date", "2031-04-20", stance="hedges", quote="l 20")
    found = held([hedged, TOWN], [WHEN, TOWN])
    assert found.veto is None
    assert weight(found, "date of event") < -2


def test_a_hedged_place_far_away_forbids_nothing() -> None:
    assert held([WHEN, TOWN], [WHEN, fact("place", "gn:ridge")]).veto is not None
    far = Fact("place", "gn:ridge", stance="hedges", quote="r 1")
    assert held([WHEN, TOWN], [WHEN, far]).veto is None


def test_two_parts_of_one_town_are_two_places_though_both_name_the_town() -> None:
    def part(name: str) -> Fact:
        return fact("place", f"name:{name};in=gn:wadi")

    same = held([WHEN, TOWN, part("Old Gate")], [WHEN, TOWN, part("Old Gate")])
    other = held([WHEN, TOWN, part("Old Gate")], [WHEN, TOWN, part("Salt Market")])
    assert weight(other, "place") < 0 < weight(same, "place")


def test_a_part_of_a_town_lies_in_it() -> None:
    found = held([WHEN, fact("place", "name:Old Gate;in=gn:wadi")], [WHEN, TOWN])
    assert weight(found, "place") > 0


def test_reports_printed_a_season_apart_are_less_likely_one_event_than_a_month_apart() -> None:
    month = held([TOWN], [TOWN], days=("2031-05-02", "2031-06-01"))
    season = held([TOWN], [TOWN], days=("2031-05-02", "2031-09-01"))
    assert weight(season, "published") < weight(month, "published")


def test_parts_of_towns_far_apart_cannot_be_one_place() -> None:
    found = held(
        [WHEN, fact("place", "name:Old Gate;in=gn:wadi")], [WHEN, fact("place", "name:Salt Market;in=gn:ridge")]
    )
    assert found.veto == "places-cannot-be-one"
