"""`--as-of` and `--recorded` of several verbs, and `--over-time`: a ledger on an earlier day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.ledger import Ledger
from variorum.model import Event, Judgement, Redirect
from variorum.pipeline import Report, follow, run

BEFORE, DAY, AFTER = "2031-05-02", "2031-05-03", "2031-06-02"
HOMS = (
    "Shelling kills 4 in Homs\n\nHOMS, 3 April 2031 - Four people were killed on Thursday when shells hit a market in "
    "Homs, the Orontes clinic said.\n"
)
RISES = (
    "Toll of market shelling rises\n\nDoctors of the Orontes clinic counted more dead on Saturday. Nine people were "
    "killed in the shelling of a market in Homs on 3 April 2031, the Orontes clinic said.\n"
)
WRONG = HOMS.replace("4", "14").replace("Four", "Fourteen")


@pytest.fixture
def shelling(tmp_path: Path) -> Path:
    """A ledger of one shelling: a report, a copy that changes its toll, and a later word of the source."""
    rows = [("Tarn Post", "2031-04-03", HOMS), ("Reed Wire", "2031-04-04", WRONG), ("Dove Daily", "2031-04-05", RISES)]
    place = tmp_path / "shelling.db"
    with Ledger.open(place, create=True) as ledger:
        for number, (outlet, day, text) in enumerate(rows):
            row = {"url": f"https://{number}.invalid/", "outlet": outlet, "published": day, "text": text}
            (tmp_path / f"{number}.jsonl").write_text(json.dumps(row), encoding="utf-8")
            run([tmp_path / f"{number}.jsonl"], ledger, now=f"2031-05-0{number + 1}T10:00:00+00:00", workers=1)
    return place


def name_of(place: Path) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        (event,) = ledger.events()
    return label(event)


@pytest.fixture
def later(own_examples: Path, events: list[Event]) -> Path:
    """The sample ledger where a month later one event went into another, and a title changed."""
    from dataclasses import replace

    first, last = events[0], events[-1]
    with Ledger.open(own_examples) as ledger:
        rest = [
            replace(event, title="Another title") if event.id == first.id else event
            for event in ledger.events()
            if event.id != last.id
        ]
        gone = Redirect(last.id, first.id, "2031-06-01T10:00:00Z", "merged")
        ledger.replace_derived(events=rest, redirects=[gone], register=[], now="2031-06-01T10:00:00Z")
    return own_examples


def test_an_event_stands_as_it_was_recorded(cli: Cli, later: Path, events: list[Event]) -> None:
    told = cli("show", label(events[0]), later, "--recorded", DAY)
    first, second = told.out.splitlines()[:2]
    assert first.startswith(f"As recorded by {DAY}: version 1 of 2. Now: variorum show EV-")
    assert events[0].title in second
    now = cli("show", label(events[0]), later, "--recorded", AFTER).out.splitlines()
    assert (now[0].partition(".")[0], "Another title" in now[1]) == (f"As recorded by {AFTER}: version 2 of 2", True)


def test_a_name_leads_where_it_led_at_the_time(cli: Cli, later: Path, events: list[Event]) -> None:
    was = cli("show", label(events[-1]), later, "--recorded", DAY)
    assert events[-1].title in was.out
    assert was.err == ""
    now = cli("show", label(events[-1]), later, "--recorded", AFTER)
    assert "Another title" in now.out
    assert "had become EV-" in now.err
    assert now.err.endswith(": merged\n")


def test_the_list_and_the_export_hold_what_was_recorded(cli: Cli, later: Path, events: list[Event]) -> None:
    for day, count in ((DAY, len(events)), (AFTER, len(events) - 1)):
        rows = json.loads(cli("list", later, "--json", "--recorded", day).out)
        lines = cli("export", "jsonl", later, "--recorded", day).out.splitlines()
        assert {row["id"] for row in rows} == {json.loads(line)["id"] for line in lines}
        assert len(rows) == count


def test_one_event_is_exported_as_it_was_shown(cli: Cli, later: Path, events: list[Event]) -> None:
    shown = cli("show", label(events[0]), later, "--recorded", DAY, "--json").out
    line = cli("export", "jsonl", later, label(events[0]), "--recorded", DAY).out
    assert json.loads(shown) == json.loads(line)


def test_a_time_of_day_is_a_moment(cli: Cli, later: Path, events: list[Event]) -> None:
    told = cli("show", label(events[0]), later, "--recorded", "2031-06-01T11:59:59+02:00")
    assert told.out.startswith("As recorded by 2031-06-01T09:59:59Z: version 1 of 2.")


def test_before_the_first_run_nothing_is_there_and_it_is_said(cli: Cli, examples: Path, events: list[Event]) -> None:
    said = f"nothing was recorded in {examples} by {BEFORE}; its first event was recorded 2031-05-03T10:00:00+00:00\n"
    told = cli("show", label(events[0]), examples, "--recorded", BEFORE)
    assert (told.code, told.out, told.err) == (0, "", said)
    assert cli("show", label(events[0]), examples, "--recorded", BEFORE, "--json").out == "null\n"
    listed = cli("list", examples, "--recorded", BEFORE)
    assert (listed.code, len(listed.out.splitlines())) == (0, 1)
    assert listed.err.startswith(said)
    exported = cli("export", "jsonl", examples, "--recorded", BEFORE)
    assert (exported.code, exported.out, exported.err) == (0, "", said)


def test_an_event_named_later_was_not_recorded_yet(cli: Cli, tmp_path: Path, shelling: Path) -> None:
    text = "TARTUS, 20 April 2031 - Three people were killed on Sunday when a car bomb exploded in Tartus, police said."
    (tmp_path / "bomb.jsonl").write_text(json.dumps({"text": text, "published": "2031-04-20"}), encoding="utf-8")
    known = name_of(shelling)
    with Ledger.open(shelling) as ledger:
        run([tmp_path / "bomb.jsonl"], ledger, now="2031-05-09T10:00:00+00:00", workers=1)
        bomb = next(label(event) for event in ledger.events() if label(event) != known)
    told = cli("show", bomb, shelling, "--recorded", "2031-05-08")
    assert (told.code, told.out) == (0, "")
    assert told.err.endswith(" was not recorded yet by 2031-05-08\n")
    assert cli("show", bomb, shelling, "--recorded", "2031-05-09").out != ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--recorded", "yesterday"], "--recorded yesterday is neither a day nor a time"),
        (["--recorded", DAY, "--as-of", DAY], "--as-of and --recorded ask for two different things"),
    ],
)
def test_two_ways_back_or_no_time_at_all_are_wrong_usage(
    cli: Cli, examples: Path, events: list[Event], options: list[str], words: str
) -> None:
    for verb in (["show", label(events[0]), examples], ["list", examples], ["export", "csv", examples]):
        told = cli(*verb, *options)
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith(f"error: {words}")


def test_what_does_not_go_with_an_earlier_time_is_wrong_usage(cli: Cli, examples: Path, events: list[Event]) -> None:
    name = label(events[0])
    assert cli("show", f"{name}@1", examples, "--recorded", DAY).code == 2
    assert cli("export", "jsonl", examples, f"{name}@1", "--recorded", DAY).code == 2
    assert cli("show", name, examples, "--recorded", DAY, "--rule", "ucdp").code == 2
    assert cli("show", "R1", examples, "--recorded", DAY).code == 2
    assert cli("list", examples, "--recorded", DAY, "--story", "ST-1").code == 2


def test_the_tolls_of_a_source_stand_in_a_line_with_what_was_revised(cli: Cli, shelling: Path) -> None:
    told = cli("show", name_of(shelling), shelling, "--over-time")
    assert told.code == 0
    assert told.out.splitlines()[2:5] == [
        "killed",
        "  Orontes clinic  4 (3 Apr 2031)  ↑ 9 (5 Apr)",
        "~ Orontes clinic  14 in R2, copy of R1 (4 Apr 2031)",
    ]


def test_tolls_over_time_have_a_machine_form(cli: Cli, shelling: Path) -> None:
    rows = json.loads(cli("show", name_of(shelling), shelling, "--over-time", "--json").out)
    assert [
        (row["prop"], row["scope"], row["source"], row["date"], row["value"], row["direction"]) for row in rows
    ] == [
        ("killed", "all", "Orontes clinic", "2031-04-03", "4", "first"),
        ("killed", "all", "Orontes clinic", "2031-04-05", "9", "up"),
        ("killed", "all", "Orontes clinic", "2031-04-04", "14", "drift"),
    ]
    assert {"lineage", "low", "high", "claim"} <= rows[0].keys()


def test_tolls_over_time_go_with_an_earlier_day(cli: Cli, shelling: Path) -> None:
    by_print = cli("show", name_of(shelling), shelling, "--over-time", "--as-of", "2031-04-04").out
    by_record = cli("show", name_of(shelling), shelling, "--over-time", "--recorded", "2031-05-01").out
    for told in (by_print, by_record):
        assert "4 (3 Apr 2031)" in told
        assert "9 (5 Apr)" not in told


def test_an_event_without_tolls_says_so(cli: Cli, examples: Path, events: list[Event]) -> None:
    names = [label(event) for event in events if event.kind == "talks"]
    assert "No report gives a number of killed" in cli("show", names[0], examples, "--over-time").out


def test_tolls_over_time_go_with_no_other_view(cli: Cli, examples: Path, events: list[Event]) -> None:
    assert cli("show", label(events[0]), examples, "--over-time", "--quotes").code == 2
    assert cli("show", label(events[0]), examples, "--over-time", "--rule", "ucdp").code == 2
    assert cli("show", "R1", examples, "--over-time").code == 2


def test_who_stands_behind_an_event_and_a_value_is_said_in_words(cli: Cli, shelling: Path) -> None:
    told = cli("show", name_of(shelling), shelling).out
    assert "3 reports · 3 outlets · 2 lineages · one source" in told.splitlines()[2]
    assert "! one source)" in told
    assert "! one source: several independent texts have it from one speaker" in told


def test_every_outlet_of_one_source_is_counted(cli: Cli, examples: Path, events: list[Event]) -> None:
    event = next(event for event in events if "Ḩudaydah" in event.title)
    told = cli("show", label(event), examples).out
    assert " Marenian defence ministry  (6 outlets, 2 lineages, ! one source)" in told
    assert "Tihama Observatory  (5 outlets, 1 lineage, one source)" in told


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """A ledger where a person joined two things to a later report of one of them."""
    depot = "TADMUR, 5 April 2031 - A drone struck a grain depot in Tadmur, its owner said. Two guards were wounded."
    rows = [("Tarn Post", "2031-04-03", HOMS), ("Dove Daily", "2031-04-05", depot), ("Reed Wire", "2031-04-06", RISES)]
    lines = [json.dumps({"outlet": outlet, "published": day, "text": text}) for outlet, day, text in rows]
    (tmp_path / "joined.jsonl").write_text("\n".join(lines), encoding="utf-8")
    place = tmp_path / "joined.db"
    with Ledger.open(place, create=True) as ledger:
        run([tmp_path / "joined.jsonl"], ledger, now=f"{DAY}T10:00:00Z", workers=1)
        outlet = {article.id: article.outlet for article in ledger.articles()}
        of = {outlet[mention.article_id]: mention.id for mention in ledger.mentions()}
        for name in ("Tarn Post", "Dove Daily"):
            left, right = sorted((of[name], of["Reed Wire"]))
            ledger.add_judgement(Judgement(left, right, "same", "mk", None, "", f"{DAY}T11:00:00Z"))
        follow(ledger, Report(), command="join", now=f"{DAY}T12:00:00Z")
    return place


def test_reports_that_stood_apart_on_the_day_are_named(cli: Cli, joined: Path) -> None:
    name = name_of(joined)
    told = cli("show", name, joined, "--as-of", "2031-04-05").out.splitlines()
    assert told[0] == "As known on 2031-04-05: 1 later report left out."
    assert told[1].startswith("On that day R2 stood apart: only a later report, or a decision, joins it to EV-")
    assert "R2 " not in "\n".join(told[2:])
    for verb in (["show", name, joined, "--json"], ["list", joined], ["export", "jsonl", joined]):
        assert "On that day R2 stood apart" in cli(*verb, "--as-of", "2031-04-05").err
        assert "stood apart" not in cli(*verb, "--as-of", "2031-04-06").err
