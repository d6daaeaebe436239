"""`variorum search`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from cli.conftest import Cli


def test_a_hit_names_report_events_and_the_words(cli: Cli, examples: Path) -> None:
    told = cli("search", "killed market", examples)
    assert told.code == 0
    head, first, *_ = told.out.splitlines()
    assert head.split() == ["REPORT", "DATE", "OUTLET", "EVENTS", "OFFSETS", "WORDS"]
    assert "«" in first
    assert "EV-" in first
    assert f"variorum show {first.split()[0]} {examples}" in told.err


def test_json_gives_the_spans_of_the_text_and_the_claims_that_hold_them(cli: Cli, examples: Path) -> None:
    rows = json.loads(cli("search", "killed", examples, "--json").out)
    for row in rows:
        article = json.loads(cli("show", row["report"], examples, "--json").out)
        assert {article["text"][start:end].lower() for start, end in row["offsets"]} == {"killed"}
        quoted = {claim["id"]: claim for claim in article["claims"]}
        for id in row["claims"]:
            assert any(start < quoted[id]["end"] and quoted[id]["start"] < end for start, end in row["offsets"])


def test_the_limit_says_how_many_more_there_are(cli: Cli, examples: Path) -> None:
    every = json.loads(cli("search", "people", examples, "--limit", "500", "--json").out)
    told = cli("search", "people", examples, "--limit", "2", "--csv")
    assert len(list(csv.DictReader(io.StringIO(told.out)))) == 2
    assert f"{len(every) - 2} more" in told.err


def test_nothing_found_is_said_and_is_no_error(cli: Cli, examples: Path) -> None:
    told = cli("search", "xylophone", examples)
    assert (told.code, "no report holds these words" in told.err) == (0, True)


def test_a_query_without_a_word_is_wrong_usage(cli: Cli, examples: Path) -> None:
    told = cli("search", "!!!", examples)
    assert told.code == 2
    assert "no word to look for" in told.err


def test_an_index_can_be_made_anew(cli: Cli, own_examples: Path) -> None:
    before = cli("search", "killed", own_examples).out
    assert cli("search", "killed", own_examples, "--rebuild").out == before
