"""`variorum show`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.ledger import Ledger
from variorum.model import Article, Claim, Event


@pytest.fixture
def claim(examples: Path, events: list[Event]) -> Claim:
    with Ledger.open(examples, readonly=True) as ledger:
        return next(ledger.claims(event_id=events[0].id))


def test_an_event_shows_every_settled_value(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("show", label(events[0]), examples)
    assert told.code == 0
    assert events[0].title in told.out.splitlines()[0]
    for settled in events[0].values:
        assert settled.prop.replace("_", " ") in told.out


@pytest.mark.parametrize("change", [str.lower, lambda text: text[:7], lambda text: text.replace("EV-", "evt_")])
def test_an_event_is_found_by_any_form_of_its_name(
    cli: Cli, examples: Path, events: list[Event], change: object
) -> None:
    assert callable(change)
    assert cli("show", change(label(events[0])), examples).out == cli("show", label(events[0]), examples).out


def test_letters_that_the_alphabet_leaves_out_are_read_as_digits(cli: Cli, examples: Path, events: list[Event]) -> None:
    event = next(event for event in events if "0" in event.id or "1" in event.id)
    typed = "EV-" + event.id.removeprefix("evt_").replace("0", "O").replace("1", "l")
    assert cli("show", typed, examples).out == cli("show", label(event), examples).out


def test_quotes_stand_with_report_and_offsets(
    cli: Cli, examples: Path, events: list[Event], articles: list[Article]
) -> None:
    told = cli("show", label(events[0]), examples, "--quotes")
    found = re.findall(r"^      R(\d+) \[(\d+):(\d+)\] .*«(.+?)»", told.out, re.M)
    assert found != []
    for number, start, end, quote in found:
        words = articles[int(number) - 1].text[int(start) : int(end)]
        assert " ".join(words.split()) == " ".join(quote.split())


def test_every_report_of_an_event_is_listed(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("show", label(events[0]), examples)
    with Ledger.open(examples, readonly=True) as ledger:
        numbers = {ledger.article_number(ledger.mention(id).article_id) for id in events[0].mentions}
    assert {int(number) for number in re.findall(r"^R(\d+) ", told.out, re.M)} == numbers


def test_the_next_commands_work(cli: Cli, examples: Path, events: list[Event]) -> None:
    for step in cli("show", label(events[0]), examples).out.splitlines()[-1].removeprefix("Next:").split("    "):
        assert cli(*step.split()[1:]).code == 0


def test_json_of_an_event_is_its_line_of_the_export(cli: Cli, examples: Path, events: list[Event]) -> None:
    shown = json.loads(cli("show", label(events[0]), examples, "--json").out)
    assert shown == json.loads(cli("export", "jsonl", label(events[0]), "--ledger", examples).out)


def test_an_event_as_of_a_day_says_what_is_left_out(cli: Cli, examples: Path, events: list[Event]) -> None:
    event = next(event for event in events if "7 March 2019" in event.title)
    told = cli("show", label(event), examples, "--as-of", "2019-03-07")
    assert re.match(r"As known on 2019-03-07: \d+ later reports? left out\.", told.out)
    told = cli("show", label(event), examples, "--as-of", "1999-01-01")
    assert (told.code, told.out) == (0, "")
    assert "had appeared by 1999-01-01" in told.err


def test_a_frozen_version_stays_as_it_was(cli: Cli, own_examples: Path, events: list[Event]) -> None:
    name = label(events[0])
    before = cli("show", f"{name}@1", own_examples, "--json").out
    with Ledger.open(own_examples) as ledger:
        from dataclasses import replace

        changed = [
            replace(event, title="Another title") if event.id == events[0].id else event for event in ledger.events()
        ]
        ledger.replace_derived(events=changed, redirects=[], register=[], now="2031-06-01T10:00:00Z")
    assert cli("show", f"{name}@1", own_examples, "--json").out == before
    assert "Another title" in cli("show", name, own_examples).out
    assert cli("show", f"{name}@1", own_examples).out.startswith("Version 1 of 2, as it stood. Now: variorum show EV-")


def test_an_id_that_was_merged_leads_on(cli: Cli, own_examples: Path, events: list[Event]) -> None:
    from variorum.model import Redirect

    old, new = events[-1].id, events[0].id
    with Ledger.open(own_examples) as ledger:
        rest = [event for event in ledger.events() if event.id != old]
        redirect = Redirect(old, new, "2031-06-01T10:00:00Z", "merged")
        ledger.replace_derived(events=rest, redirects=[redirect], register=[], now="2031-06-01T10:00:00Z")
    told = cli("show", label(events[-1]), own_examples)
    assert told.out == cli("show", label(events[0]), own_examples).out
    assert told.err == f"{label(events[-1])} is now {told.out.split()[0]}: merged\n"


def test_a_report_shows_its_mentions_and_claims(cli: Cli, examples: Path, articles: list[Article]) -> None:
    told = cli("show", "R1", examples)
    assert told.code == 0
    assert told.out.startswith(f"R1  {articles[0].title}\n")
    assert articles[0].sha256 in told.out
    with Ledger.open(examples, readonly=True) as ledger:
        for claim in ledger.claims(articles[0].id):
            assert claim.id in told.out
            assert f"{claim.start}:{claim.end}" in told.out


def test_json_of_a_report_holds_its_text_mentions_and_claims(cli: Cli, examples: Path, articles: list[Article]) -> None:
    found = json.loads(cli("show", "R1", examples, "--json").out)
    assert (found["number"], found["text"]) == ("R1", articles[0].text)
    assert {row["mention_id"] for row in found["claims"]} <= {row["id"] for row in found["mentions"]}
    assert found["claims"] != []


@pytest.mark.parametrize("option", [["--quotes"], ["--as-of", "2019-03-07"]])
def test_an_option_for_events_is_wrong_with_a_report(cli: Cli, examples: Path, option: list[str]) -> None:
    assert cli("show", "R1", examples, *option).code == 2


def test_a_copy_names_its_original_and_the_original_its_copies(cli: Cli, examples: Path) -> None:
    with Ledger.open(examples, readonly=True) as ledger:
        copy = next(ledger.copies())
        numbers = ledger.article_numbers()
    one, other = f"R{numbers[copy.article_id]}", f"R{numbers[copy.original_id]}"
    assert f"A copy of {other}: " in cli("show", one, examples).out
    assert re.search(rf"^Copied or rewritten by .*\b{one}\b", cli("show", other, examples).out, re.M)


def test_every_report_can_be_shown(cli: Cli, examples: Path, articles: list[Article]) -> None:
    assert [number for number in range(1, len(articles) + 1) if cli("show", f"R{number}", examples).code] == []


def test_every_event_can_be_shown(cli: Cli, examples: Path, events: list[Event]) -> None:
    assert [event.id for event in events if cli("show", event.id, examples, "--quotes").code] == []


def test_a_claim_shows_its_words_in_context(cli: Cli, examples: Path, claim: Claim) -> None:
    told = cli("show", claim.id, examples)
    assert told.code == 0
    assert f"«{claim.quote}»" in told.out
    assert f"[{claim.start}:{claim.end}]" in told.out
    assert cli("show", claim.id[:12], examples).out == told.out
    assert json.loads(cli("show", claim.id, examples, "--json").out)["quote"] == claim.quote


def test_a_mistyped_event_is_wrong_usage_with_the_nearest(cli: Cli, examples: Path, events: list[Event]) -> None:
    short = cli("list", examples).out.splitlines()[1].split()[0]
    wrong = short[:-1] + ("A" if short[-1] != "A" else "B")
    told = cli("show", wrong + "Z", examples)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"error: no event {wrong}Z in {examples}\ndid you mean ")
    assert short in told.err
    assert told.err.endswith(f"list: variorum list {examples}\n")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("R999", "no report R999"),
        ("clm_NOPE", "no claim clm_NOPE"),
        ("nonsense", "no record nonsense in"),
        ("EV-", "no record EV- in"),
    ],
)
def test_an_unknown_id_is_wrong_usage(cli: Cli, examples: Path, given: str, words: str) -> None:
    told = cli("show", given, examples)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"error: {words}")
    assert len(told.err.splitlines()) >= 2


def test_an_unknown_version_names_those_there_are(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("show", f"{label(events[0])}@9", examples)
    assert told.code == 2
    assert told.err == f"error: no version 9 of {label(events[0])}\nits versions run from 1 to 1\n"
