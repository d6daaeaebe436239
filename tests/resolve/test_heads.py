"""How many people a report tells of: figures, persons told one by one, and who of those shot is dead."""

from __future__ import annotations

from told import Fact, Happening, Told, said_in, tell, texts_of
from variorum.model import Settled
from variorum.resolve.settle import settle

DAY1, DAY2 = "2031-05-02", "2031-05-03"


def report(name: str, *facts: Fact, published: str = DAY1) -> Told:
    return tell(name, Happening("attack", facts), published=published)


def whole(prop: str, *reports: Told) -> Settled | None:
    rows = settle(said_in(*reports), texts_of(*reports))
    return next((row for row in rows if row.prop == prop and row.scope == "all"), None)


def person(prop: str, words: str, scope: str = "all") -> Fact:
    return Fact(prop, "1", scope, quote=words)


def test_persons_told_one_by_one_are_added_up_and_the_basis_says_so() -> None:
    row = whole("killed", report("Tarn", person("killed", "A nurse", "women"), person("killed", "her son", "children")))
    assert row is not None
    assert (row.value, row.status) == ("2", "single")
    assert row.basis.startswith("2 persons told one by one in one report")
    assert len(row.support) == 2


def test_persons_beside_a_figure_are_among_those_it_counts() -> None:
    figure = Fact("killed", "3", "all", quote="Three people")
    row = whole("killed", report("Tarn", figure, person("killed", "A nurse", "women"), person("killed", "Jon Testley")))
    assert row is not None
    assert row.value == "3"


def test_one_more_figure_comes_on_top_of_the_person_before_it() -> None:
    others = Fact("injured", "3", "all", quote="three others")
    row = whole("injured", report("Tarn", person("injured", "A nurse", "women"), others))
    assert row is not None
    assert row.value == "4"


def test_of_those_shot_the_dead_are_no_longer_hurt() -> None:
    shot = Fact("injured", "..5", "all", quote="Five people")
    row = whole("injured", report("Tarn", shot, person("killed", "A nurse", "women")))
    assert row is not None
    assert row.value == "4"


def test_a_later_report_of_equal_support_knows_more() -> None:
    early = report("Tarn", Fact("killed", "2", "all", quote="two people"))
    late = report("Wadi", Fact("killed", "3", "all", quote="three people"), published=DAY2)
    row = whole("killed", early, late)
    assert row is not None
    assert (row.value, row.status) == ("3", "contested")


def test_who_died_since_is_no_longer_hurt() -> None:
    early = report("Tarn", person("injured", "A nurse", "women"))
    late = report("Wadi", person("killed", "A nurse", "women"), published=DAY2)
    row = whole("injured", early, late)
    assert row is not None
    assert row.value == "0"
    assert row.against
