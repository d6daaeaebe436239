"""One event as Airwars files it: harm by class, and a grading that is proposed with its reason."""

from __future__ import annotations

import pytest

from publish.rules.told_account import account, says
from variorum.publish.rules import Statement, airwars_view

CLINIC = says("9", "clinic", scope="civilians")
MONITOR = says("7", "monitor", scope="civilians", outlet="Hill Wire")
DOER = says("Turkey", "residents", prop="actor")
OWNED = says("Turkey", "Turkish army", prop="responsibility")
RIVAL = says("Russia", "army", prop="actor", outlet="Hill Wire")

GRADINGS = [
    ([CLINIC, MONITOR, DOER], ("clinic", "monitor"), "Fair", "2 independent sources"),
    ([CLINIC, MONITOR, DOER], ("CLINIC", "Hill Wire"), "Fair", "2 independent sources"),
    ([CLINIC, MONITOR, DOER], ("clinic",), "Weak", "of 2 independent sources 1"),
    ([CLINIC, MONITOR, DOER], ("Lake Daily",), "Weak", "of 2 independent sources 0"),
    ([CLINIC, MONITOR, DOER], (), "", "no list of credible sources"),
    ([CLINIC, MONITOR], ("clinic", "monitor"), "", "no report names a belligerent"),
    ([CLINIC, DOER], ("clinic", "monitor"), "Weak", "one independent source"),
    (
        [CLINIC, says("9", "clinic", scope="civilians", outlet="Hill Wire"), DOER],
        ("clinic", "Hill Wire"),
        "Weak",
        "one",
    ),
    ([CLINIC, says("9", "mayor", scope="civilians"), DOER], ("clinic", "mayor"), "Weak", "one independent source"),
    ([CLINIC, MONITOR, DOER, RIVAL], ("clinic", "monitor"), "Contested", "Turkey (residents, in Tarn Post), Russia"),
    ([CLINIC, MONITOR, DOER, RIVAL], (), "Contested", "different belligerents"),
    ([says("2", "Turkish army", scope="civilians"), OWNED], (), "Confirmed", "itself speaks of civilians harmed"),
    ([says("2", "Turkish army", scope="civilians"), DOER], (), "Weak", "one independent source"),
    ([CLINIC, says("2", "Turkish army", scope="civilians", outlet="Hill Wire"), DOER], (), "Weak", "one independent"),
    (
        [says("2", scope="civilians", stance="denies"), says("5", scope="combatants")],
        (),
        "Discounted",
        "only combatants",
    ),
    ([says("5", scope="combatants"), DOER], ("clinic",), "", "no standing report says that civilians"),
    ([says("5")], ("clinic",), "", "no standing report says that civilians"),
    ([], (), "", "not graded"),
]


@pytest.mark.parametrize(("statements", "credible", "grading", "reason"), GRADINGS)
def test_a_grading_is_proposed_with_its_reason(
    statements: list[Statement], credible: tuple[str, ...], grading: str, reason: str
) -> None:
    view = airwars_view(account(*statements, kind="strike"), credible)
    assert view.proposed_grading == grading
    assert reason in view.grading_reason


RANGES = [
    ([CLINIC, MONITOR], (7, 9)),
    ([says("9..", scope="civilians")], (9, 9)),
    ([says("..20", scope="civilians")], (None, 20)),
    ([says("..20", scope="civilians"), CLINIC], (9, 20)),
    ([says("5..8", scope="civilians")], (5, 8)),
    ([says("~40", scope="civilians")], (40, 40)),
]


@pytest.mark.parametrize(("statements", "span"), RANGES)
def test_harm_is_the_least_and_the_largest_figure(
    statements: list[Statement], span: tuple[int | None, int | None]
) -> None:
    (harm,) = airwars_view(account(*statements)).harm
    assert (harm.who, harm.killed_min, harm.killed_max) == ("civilian non-combatants", *span)


def test_people_of_whom_nothing_is_said_are_in_no_class() -> None:
    view = airwars_view(account(says("12")))
    assert view.harm == ()
    assert "killed, of whom is not told, so in no class: 12 (clinic, in Tarn Post)" in view.remarks


def test_who_says_that_it_did_it_is_known_and_others_are_suspected() -> None:
    claimed = says("Katiba X", "Katiba X", prop="responsibility")
    found = {one.name: one.type for one in airwars_view(account(claimed, DOER)).belligerents}
    assert found == {"Turkey": "Suspected", "Katiba X": "Known"}


def test_a_denial_stands_beside_who_is_suspected() -> None:
    view = airwars_view(account(DOER, says("Turkey", "Turkey", prop="responsibility", stance="denies")))
    assert [one.denies for one in view.belligerents] == [True]


STATUS = [
    ([CLINIC, says("Katiba X", "Katiba X", prop="responsibility")], "Declared strike"),
    ([CLINIC, DOER], "Single source claim"),
    ([CLINIC, MONITOR, DOER], "Likely strike"),
    ([CLINIC, MONITOR, DOER, RIVAL], "Contested strike"),
]


@pytest.mark.parametrize(("statements", "status"), STATUS)
def test_the_status_of_a_strike_follows_from_who_says_so(statements: list[Statement], status: str) -> None:
    assert airwars_view(account(*statements, kind="strike"), ("clinic", "monitor")).strike_status == status


def test_civilians_whom_nobody_counts_are_at_least_the_largest_part_of_them() -> None:
    view = airwars_view(account(says("6"), says("2", scope="children"), says("1", scope="women")))
    first = view.harm[0]
    assert (first.who, first.killed_min, first.killed_max) == ("civilian non-combatants", 2, None)


def test_where_nobody_died_no_civilian_did() -> None:
    (harm,) = airwars_view(account(says("0"))).harm
    assert (harm.who, harm.killed_min, harm.killed_max) == ("civilian non-combatants", 0, 0)


def test_a_states_opposition_does_not_speak_for_the_state() -> None:
    told = [says("9", "Syrian opposition", scope="civilians"), says("Syria", "Syrian opposition", prop="actor")]
    view = airwars_view(account(*told, kind="strike"))
    assert ([one.type for one in view.belligerents], view.proposed_grading) == (["Suspected"], "Weak")


@pytest.mark.parametrize(("kind", "status"), [("strike", "Single source claim"), ("execution", ""), ("talks", "")])
def test_a_status_is_said_of_strikes_alone(kind: str, status: str) -> None:
    assert airwars_view(account(CLINIC, kind=kind)).strike_status == status
