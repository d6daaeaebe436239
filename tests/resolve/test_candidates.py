"""Which pairs are compared at all."""

from __future__ import annotations

import pytest

from told import Fact, Happening, Map, Told, tell
from variorum.resolve import blocks
from variorum.resolve.candidates import find_candidates, kinds_meet
from variorum.resolve.view import MentionView, make_views


def views(*reports: Told) -> list[MentionView]:
    return make_views(
        [report.article for report in reports],
        [mention for report in reports for mention in report.mentions],
        [claim for report in reports for claim in report.claims],
        gazetteer=Map(),
    )


def report(name: str, *facts: tuple[str, str], kind: str = "strike", published: str | None = "2031-05-02") -> Told:
    rows = [Fact(prop, value, quote=f"{name}{place}") for place, (prop, value) in enumerate(facts)]
    return tell(name, Happening(kind, rows, name), published=published)


SEVEN = ("munitions", "7")
DAY, TOWN, AREA = ("date", "2031-05-01"), ("place", "gn:wadi"), ("place", "ne:north")


@pytest.mark.parametrize(
    ("left", "right", "met"),
    [
        (report("One", DAY, TOWN), report("Two", DAY, TOWN), True),
        (report("One", DAY, TOWN), report("Two", DAY, ("place", "gn:tarn")), True),
        (report("One", DAY, TOWN), report("Two", DAY, AREA), True),
        (report("One", DAY, TOWN), report("Two", DAY, ("place", "ne:XA")), True),
        (report("One", DAY, TOWN), report("Two", ("date", "2031-05-02"), TOWN), True),
        (report("One", DAY, TOWN), report("Two", ("date", "2031-03-02"), TOWN), False),
        (report("One", DAY, TOWN), report("Two", ("date", "2031-05"), TOWN), True),
        (report("One", DAY, TOWN), report("Two", TOWN), True),
        (report("One", DAY, TOWN), report("Two", TOWN, published="2031-07-01"), False),
        # Undated reports find each other, and dated ones, by what is particular about them.
        (report("One", TOWN, published=None), report("Two", TOWN, published=None), True),
        (report("One", ("date", "rel:thu"), SEVEN, published=None), report("Two", DAY, TOWN, SEVEN), True),
        # Without a place, by figures and names.
        (report("One", DAY, ("munitions", "7")), report("Two", DAY, TOWN, ("munitions", "7")), True),
        (report("One", DAY, TOWN), report("Two", DAY, TOWN, kind="talks"), False),
        (report("One", DAY, TOWN), report("Two", DAY, TOWN, kind="destruction"), True),
    ],
)  # fmt: skip
def test_two_reports_are_compared(left: Told, right: Told, met: bool) -> None:
    assert bool(find_candidates(views(left, right)).pairs) == met


@pytest.mark.parametrize(("figure", "met"), [("7", True), ("8", False)])
def test_two_events_of_one_report_are_compared_only_on_strong_evidence(figure: str, met: bool) -> None:
    first = Happening("strike", [Fact(*DAY), Fact(*TOWN), Fact("munitions", "7")])
    second = Happening("strike", [Fact(*DAY), Fact(*TOWN), Fact("munitions", figure)])
    assert bool(find_candidates(views(tell("One", first, second))).pairs) == met


def test_pairs_are_bounded_and_what_is_cut_is_reported() -> None:
    many = views(*(report(f"R{n}", DAY, TOWN) for n in range(30)))
    found = find_candidates(many, pairs_per_mention=5)
    assert len(found.pairs) <= 30 * 5
    assert {row.left_out for row in found.cut} == {24}
    assert len(found.cut) == 30


def test_the_most_alike_are_kept() -> None:
    many = [report(f"R{n}", DAY, TOWN) for n in range(20)]
    twins = [report(name, DAY, TOWN, ("munitions", "7")) for name in ("A", "B")]
    found = find_candidates(views(*many, *twins), pairs_per_mention=1)
    pair = tuple(sorted(twin.mentions[0].id for twin in twins))
    assert pair in found.pairs


def test_the_pairs_do_not_depend_on_order() -> None:
    many = views(*(report(f"R{n}", DAY, TOWN) for n in range(12)))
    assert find_candidates(many[::-1], pairs_per_mention=3) == find_candidates(many, pairs_per_mention=3)


def test_a_pair_with_nothing_in_common_but_the_day_is_not_asked_for() -> None:
    far = [Fact(*DAY, quote="at dawn"), Fact("place", "gn:far", quote="by the harbour")]
    here = [Fact(*DAY, quote="on Thursday"), Fact(*TOWN, quote="in the old town")]
    other = tell("Two", Happening("strike", far, "Warplanes bombed a fuel depot"))
    one = tell("One", Happening("strike", here, "A rocket fell on the school yard"))
    assert find_candidates(views(one, other)).pairs == ()


def test_reports_alike_in_words_meet_wherever_they_lay_the_event() -> None:
    words = "Gunmen in a white pickup took two surveyors of the dam company"
    one = tell("One", Happening("abduction", [Fact(*DAY), Fact(*TOWN)], words))
    other = tell("Two", Happening("abduction", [Fact(*DAY), Fact("place", "gn:ridge")], words))
    assert len(find_candidates(views(one, other)).pairs) == 1


def test_of_a_crowded_block_those_alike_in_words_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LIMIT", 10)
    monkeypatch.setattr(blocks, "WINDOW", 2)
    words = ["A rocket fell on the school", "Gunmen shot a judge", "A mine blew up a bus", "Police fired at marchers"]
    many = [tell(f"R{n}", Happening("strike", [Fact(*DAY), Fact(*TOWN)], f"{words[n % 4]} {n}")) for n in range(40)]
    twins = [tell(name, Happening("strike", [Fact(*DAY), Fact(*TOWN)], "The bread ovens burnt")) for name in "AB"]
    found = find_candidates(views(*many, *twins), pairs_per_mention=3)
    assert tuple(sorted(twin.mentions[0].id for twin in twins)) in found.pairs
    assert any(row.unseen for row in found.cut)


def test_opposite_kinds_cannot_be_one_event() -> None:
    assert not kinds_meet("siege.laid", "siege.broken")
    assert kinds_meet("strike", "destruction")
