"""What a mention says, with people's rulings applied."""

from __future__ import annotations

from told import Fact, Happening, Map, Told, tell
from variorum.model import Copy, Ruling, RulingVerdict
from variorum.resolve.view import MentionView, lineage_roots, make_extent, make_views


def views(report: Told, *rulings: Ruling) -> list[MentionView]:
    return make_views([report.article], report.mentions, report.claims, (), rulings, gazetteer=Map())


def rule(report: Told, verdict: RulingVerdict, value: str | None = None, at: str = "2031-05-03") -> Ruling:
    return Ruling(report.claims[0].id, verdict, value, "mk", "", at)


SEVEN = tell("One", Happening("strike", [Fact("munitions", "7")]))


def test_a_rejected_claim_is_in_no_view() -> None:
    (view,) = views(SEVEN, rule(SEVEN, "reject"))
    assert (view.munitions, view.claims) == ((), ())


def test_a_corrected_claim_stands_with_the_persons_value() -> None:
    (view,) = views(SEVEN, rule(SEVEN, "correct", "8"))
    assert view.munitions == ("8",)
    assert view.claims[0].id == SEVEN.claims[0].id


def test_the_latest_ruling_counts() -> None:
    rows = rule(SEVEN, "reject", at="2031-05-03"), rule(SEVEN, "accept", at="2031-05-04")
    for given in (rows, rows[::-1]):
        (view,) = views(SEVEN, *given)
        assert view.munitions == ("7",)


def test_background_is_never_part_of_an_event() -> None:
    report = tell("One", Happening("background.total", [Fact("killed", "330000..", "all")]), Happening("strike"))
    assert [view.kind for view in views(report)] == ["strike"]


def test_what_is_denied_is_not_what_happened() -> None:
    report = tell("One", Happening("strike", [Fact("munitions", "7", stance="denies")]))
    (view,) = views(report)
    assert view.munitions == ()
    assert len(view.claims) == 1


def test_a_copy_of_a_copy_belongs_to_the_first_original() -> None:
    assert lineage_roots("abc", [Copy("a", "b", 1.0), Copy("b", "c", 1.0)]) == {"a": "c", "b": "c", "c": "c"}


def test_copies_of_each_other_end_somewhere() -> None:
    assert set(lineage_roots("ab", [Copy("a", "b", 1.0), Copy("b", "a", 1.0)])) == {"a", "b"}


def test_near_a_town_reaches_further_than_the_town() -> None:
    town, near = make_extent("gn:wadi", Map(), {}), make_extent("gn:wadi;near", Map(), {})
    assert near.radius_km > town.radius_km
    assert make_extent("gn:wadi;near;u=40000", Map(), {}).radius_km == 40


def test_a_province_is_in_itself() -> None:
    assert make_extent("ne:north", Map(), {}).admin1 == "ne:north"


def test_a_name_inside_a_known_province_knows_its_country() -> None:
    assert make_extent("name:Al-Mill;in=ne:north", Map(), {}).country == "XA"
