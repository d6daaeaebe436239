"""join, split, set, reject and undo on the ledger of the sample reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import Cli, Told, label
from variorum.ledger import Ledger
from variorum.model import Event, Judgement, Ruling

WHO = ("--as", "ada")


def decided(told: Told) -> dict[str, Any]:
    assert told.code == 0, told.err
    found: dict[str, Any] = json.loads(told.out)
    return found


def two_lone_events(place: Path) -> tuple[str, str]:
    """Labels of two events of one mention each that could be one by their kinds."""
    with Ledger.open(place, readonly=True) as ledger:
        lone = [event for event in ledger.events() if len(event.mentions) == 1 and event.kind.startswith("ceasefire")]
    return label(lone[0]), label(lone[1])


def largest(place: Path) -> Event:
    with Ledger.open(place, readonly=True) as ledger:
        return max(ledger.events(), key=lambda event: (len(event.mentions), event.id))


def dump(place: Path) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        return ledger.dump()


def state(place: Path) -> dict[str, tuple[str, ...]]:
    with Ledger.open(place, readonly=True) as ledger:
        return {event.id: event.mentions for event in ledger.events()}


def test_joined_events_are_one_and_taking_it_back_gives_both_ids_back(cli: Cli, own_examples: Path) -> None:
    one, other = two_lone_events(own_examples)
    before = state(own_examples)
    joined = cli("join", one, other, "--ledger", own_examples, *WHO, "--because", "one truce, told twice")
    assert "becomes part of" in joined.out
    assert len(state(own_examples)) == len(before) - 1
    assert cli("undo", "D1", "--ledger", own_examples, *WHO).code == 0
    assert state(own_examples) == before


def test_the_reason_and_the_person_are_kept(cli: Cli, own_examples: Path) -> None:
    one, other = two_lone_events(own_examples)
    cli("join", one, other, "--ledger", own_examples, *WHO, "--because", "one truce, told twice")
    with Ledger.open(own_examples, readonly=True) as ledger:
        (row,) = ledger.decisions()
        assert isinstance(row.what, Judgement)
        assert (row.name, row.what.verdict, row.what.by, row.what.why) == ("D1", "same", "ada", "one truce, told twice")


@pytest.mark.parametrize(
    "asked",
    [
        ("join", "{one}", "{other}"),
        ("split", "{report}"),
        ("set", "{event}", "date=2019-03-08"),
        ("set", "{event}", "kind=bombing"),
        ("set", "R1", "target=", "--words", "repair shop", "--source", "Marenian defence ministry"),
        ("reject", "{event}"),
        ("reject", "{report}"),
    ],
)
def test_a_dry_run_stores_nothing_and_foresees_what_comes(cli: Cli, own_examples: Path, asked: tuple[str, ...]) -> None:
    one, other = two_lone_events(own_examples)
    event = largest(own_examples)
    with Ledger.open(own_examples, readonly=True) as ledger:
        number = ledger.article_number(ledger.mention(event.mentions[0]).article_id)
    names = {"one": one, "other": other, "event": label(event), "report": f"R{number}"}
    words = [word.format(**names) for word in asked]
    before = dump(own_examples)
    foreseen = decided(cli(*words, "--ledger", own_examples, *WHO, "--dry-run", "--json"))
    assert not foreseen["stored"]
    assert dump(own_examples) == before
    done = decided(cli(*words, "--ledger", own_examples, *WHO, "--json"))
    assert done["stored"]
    assert done["changes"]
    unnamed = [{key: row[key] for key in row if key not in ("event", "other")} for row in done["changes"]]
    assert unnamed == [{key: row[key] for key in row if key not in ("event", "other")} for row in foreseen["changes"]]
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert ledger.check() == []


def test_a_report_that_is_split_off_takes_its_copies_along(cli: Cli, own_examples: Path) -> None:
    event = largest(own_examples)
    with Ledger.open(own_examples, readonly=True) as ledger:
        numbers = ledger.article_numbers()
        article_of = {id: ledger.mention(id).article_id for id in event.mentions}
        copies = {row.article_id: row.original_id for row in ledger.copies()}
    original = next(id for id in article_of.values() if id in copies.values())
    lineage = {id for id, article in article_of.items() if copies.get(article, article) == original}
    assert cli("split", f"R{numbers[original]}", "--ledger", own_examples, *WHO).code == 0
    groups = [set(mentions) for mentions in state(own_examples).values()]
    assert lineage in groups
    assert set(event.mentions) - lineage in groups


def test_a_claim_of_words_says_whose_it_is_and_goes_with_its_decision(cli: Cli, own_examples: Path) -> None:
    ask = ("--ledger", own_examples, *WHO)
    words = ("--words", "repair shop", "--stance", "hedges", "--event", label(largest(own_examples)))
    assert "new claim target = shop at 606:617, own voice, hedges" in cli("set", "R1", "target=shop", *words, *ask).out
    with Ledger.open(own_examples, readonly=True) as ledger:
        (claim,) = (claim for claim in ledger.claims() if claim.quote == "repair shop")
        mention = ledger.mention(claim.mention_id)
    assert "Read by a person: D1" in cli("show", claim.id, own_examples).out
    assert "new claim target = shop" in cli("show", "R1", own_examples).out
    cli("undo", "D1", *ask)
    assert "No live reading finds this claim any more" in cli("show", claim.id, own_examples).out
    assert cli("set", mention.id, "killed:civilians=3", "--words", "606:617", *ask).code == 0
    assert cli("check", own_examples).code == 0


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("R1", "target=shop", "--source", "clinic"), "--source goes with --words only"),
        (("{event}", "target=shop", "--words", "repair shop"), "is no report, and words stand in a report"),
        (("{mention}", "target=shop", "--words", "repair shop", "--event", "{event}"), "a mention is of one event"),
        (("R1", "target=shop", "--words", "no such words"), "does not stand in the report"),
        (("R1", "target=shop", "--words", "the"), "stands there more than once"),
    ],
)
def test_words_that_make_no_claim_are_refused(cli: Cli, own_examples: Path, asked: tuple[str, ...], why: str) -> None:
    event = largest(own_examples)
    before = dump(own_examples)
    given = [word.format(event=label(event), mention=event.mentions[0]) for word in asked]
    told = cli("set", *given, "--ledger", own_examples, *WHO)
    assert told.code != 0
    assert why in told.err
    assert dump(own_examples) == before


def test_a_corrected_value_is_printed_and_what_was_read_stays(cli: Cli, own_examples: Path) -> None:
    event = largest(own_examples)
    (row,) = (value for value in event.values if value.prop == "munitions")
    told = cli("set", label(event), "munitions=at least 6", "--ledger", own_examples, *WHO)
    assert "munitions: 5 → at least 6" in told.out
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert {ledger.claim(id).value for id in row.support} == {"5"}
        (now,) = (value for value in ledger.event(event.id).values if value.prop == "munitions")
        assert now.value == "6.."


def test_a_source_can_be_corrected_and_own_voice_is_the_outlets(cli: Cli, own_examples: Path) -> None:
    event = largest(own_examples)
    claim = next(value for value in event.values if value.prop == "time").support[0]
    cli("set", claim, "source=Wadi clinic", "--ledger", own_examples, *WHO)
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert next(v for v in ledger.event(event.id).values if v.prop == "time").sources == ("Wadi clinic",)
    cli("set", claim, "source=own voice", "--ledger", own_examples, *WHO)
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert next(v for v in ledger.event(event.id).values if v.prop == "time").sources == ("",)


def test_a_rejected_event_is_none_and_its_id_says_so(cli: Cli, own_examples: Path) -> None:
    one, _ = two_lone_events(own_examples)
    assert "is no event any more" in cli("reject", one, "--ledger", own_examples, *WHO).out
    shown = cli("show", one, own_examples)
    assert shown.code == 2
    assert "its last version is kept" in shown.err


def test_a_withdrawn_report_keeps_its_trace(cli: Cli, own_examples: Path) -> None:
    cli("reject", "R1", "--ledger", own_examples, *WHO, "--because", "the outlet took it back")
    shown = cli("show", "R1", own_examples)
    assert "WITHDRAWN by ada" in shown.out
    assert "the outlet took it back" in shown.out
    with Ledger.open(own_examples, readonly=True) as ledger:
        held = {ledger.mention(id).article_id for event in ledger.events() for id in event.mentions}
        assert ledger.article("R1").id not in held
        assert ledger.raw(ledger.article("R1").sha256) is not None


def test_what_is_no_copy_is_a_lineage_of_its_own(cli: Cli, own_examples: Path) -> None:
    with Ledger.open(own_examples, readonly=True) as ledger:
        numbers = ledger.article_numbers()
        row = next(ledger.copies())
    names = f"R{numbers[row.article_id]}", f"R{numbers[row.original_id]}"
    assert cli("reject", *names, "--ledger", own_examples, *WHO).code == 0
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert row.article_id not in {copy.article_id for copy in ledger.copies()}
    assert cli("set", names[0], f"copy={names[1]}", "--ledger", own_examples, *WHO).code == 0
    with Ledger.open(own_examples, readonly=True) as ledger:
        found = {copy.article_id: copy for copy in ledger.copies()}[row.article_id]
        assert (found.original_id, found.how) == (row.original_id, row.how)


def test_a_relation_that_does_not_hold_is_gone(cli: Cli, own_examples: Path) -> None:
    with Ledger.open(own_examples, readonly=True) as ledger:
        event, row = next((e, r) for e in ledger.events() for r in e.relations if r.name == "contradicts")
    assert row.right is not None
    told = cli("reject", row.left, row.right, "--ledger", own_examples, *WHO)
    assert "contradicts" in told.out
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert (row.left, row.right) not in {(r.left, r.right) for r in ledger.event(event.id).relations}


def test_two_people_who_differ_are_both_kept_and_the_refusal_is_said(cli: Cli, own_examples: Path) -> None:
    event = largest(own_examples)
    with Ledger.open(own_examples, readonly=True) as ledger:
        numbers = ledger.article_numbers()
        articles = [ledger.mention(id).article_id for id in event.mentions]
    last = f"R{max(numbers[id] for id in articles)}"
    cli("split", last, "--ledger", own_examples, "--as", "ben", "--alone")
    told = cli("join", last, label(event), "--ledger", own_examples, *WHO)
    assert "NOT joined" in told.out
    assert "ben told them apart" in told.out
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert {row.by for row in ledger.judgements()} == {"ada", "ben"}


def test_later_only_stores_and_the_next_decision_works_it_out(cli: Cli, own_examples: Path) -> None:
    one, other = two_lone_events(own_examples)
    before = state(own_examples)
    cli("join", one, other, "--ledger", own_examples, *WHO, "--later")
    assert state(own_examples) == before
    assert "do not follow" in cli("list", own_examples).err
    cli("set", "R1", "kind=bombing", "--ledger", own_examples, *WHO)
    assert len(state(own_examples)) < len(before)


def test_undoing_one_decision_leaves_later_ones(cli: Cli, own_examples: Path) -> None:
    event = largest(own_examples)
    cli("set", label(event), "munitions=6", "--ledger", own_examples, *WHO)
    cli("set", label(event), "time=dusk", "--ledger", own_examples, *WHO)
    cli("undo", "D1", "--ledger", own_examples, *WHO, "--because", "misheard")
    with Ledger.open(own_examples, readonly=True) as ledger:
        values = {row.prop: row.value for row in ledger.event(event.id).values}
        assert (values["munitions"], values["time"]) == ("5", "dusk")
    again = cli("undo", "D1", "--ledger", own_examples, *WHO)
    assert again.code == 4
    assert "D1 was taken back" in again.err


@pytest.mark.parametrize(
    ("asked", "cause", "remedy"),
    [
        (("set", "R1", "killd=5"), "no property killd", "killed"),
        (("set", "R1", "killed"), "does not say which field", "FIELD=VALUE"),
        (("set", "R1", "kind=bombin"), "no kind of event", "bombing"),
        (("set", "{event}", "munitions=some"), "is no count", "at least 12"),
        (("set", "{event}", "place=Tripoli"), "several places", "gn:2210247"),
        (("set", "{event}", "date=soon"), "is no date", "2017-09-14"),
        (("set", "{event}@1", "date=2020-01-01"), "is a frozen version", "without @"),
        (("undo", "D7"), "no decision D7", "variorum log"),
        (("undo", "seven"), "is no decision", "D1, D2"),
        (("join", "R1", "R1"), "both are the same", "two"),
        (("join", "R1", "R999"), "no report R999", "R1 to R27"),
        (("split", "{event}"), "only reports", "R7"),
        (("reject", "R1", "R27"), "neither is a copy", "split"),
        (("reject", "hld_0000000000000000"), "nothing that is held back", "held-back"),
        (("join", "R1", "R7", "--as", " "), "nobody is named", "--as NAME"),
        (("join", "R1", "R7", "--as", "matcher"), "the program's own", "another name"),
    ],
)
def test_what_cannot_be_decided_is_said_with_its_remedy(
    cli: Cli, own_examples: Path, asked: tuple[str, ...], cause: str, remedy: str
) -> None:
    before = dump(own_examples)
    words = [word.format(event=label(largest(own_examples))) for word in asked]
    told = cli(*words, "--ledger", own_examples)
    assert told.code == 2
    assert cause in told.err
    assert remedy in told.err
    assert dump(own_examples) == before


def test_who_decides_can_be_set_for_a_folder(cli: Cli, own_examples: Path, tmp_path: Path) -> None:
    (tmp_path / "variorum.toml").write_text('reviewer = "m.k."\n', encoding="utf-8")
    cli("set", "R1", "kind=bombing", "--ledger", own_examples)
    with Ledger.open(own_examples, readonly=True) as ledger:
        (row,) = ledger.rulings()
        assert isinstance(row, Ruling)
        assert row.by == "m.k."
