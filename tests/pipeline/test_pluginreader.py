"""A plugin as reader: what holds gets into the ledger under its name, what does not is held back or listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import plugged
from variorum.cli import call
from variorum.config import Config
from variorum.errors import ConfigError, UsageError
from variorum.ledger import Ledger
from variorum.model import Extraction, Problem
from variorum.pipeline import BuiltIn, choose_reader
from variorum.pipeline.pluginreader import Plugin, load

ARTICLE = plugged.told(1)


@pytest.fixture(autouse=True)
def extractors(monkeypatch: pytest.MonkeyPatch) -> None:
    load.cache_clear()
    plugged.install(monkeypatch, extractors="finds stumbles gives_nothing")


def read() -> Extraction:
    found = Plugin("finds")(ARTICLE)
    assert isinstance(found, Extraction)
    return found


def test_a_plugin_is_chosen_by_name() -> None:
    assert choose_reader(Config(reader="finds")) == Plugin("finds")
    assert choose_reader(Config(reader="built-in", llm_url="http://localhost/v1")) == BuiltIn()
    with pytest.raises(UsageError, match="no plugin nobody"):
        choose_reader(Config(reader="nobody"))
    with pytest.raises(ConfigError, match="language model"):
        choose_reader(Config(reader="finds", llm_url="http://localhost/v1"))


def test_values_become_canonical_and_ids_the_programs_own() -> None:
    found = read()
    assert (found.reading.extractor, found.reading.version) == ("plugin:finds", "0")
    assert [mention.kind for mention in found.mentions] == ["strike"]
    assert {claim.reading_id for claim in found.claims} == {found.reading.id}
    said = {claim.prop: claim.value for claim in found.claims}
    assert said["killed"] == "12"
    assert said["date"] == "2031-05-03"
    assert said["place"].startswith("gn:")
    assert [claim.source for claim in found.claims if claim.prop == "killed"] == ["the clinic"]


def test_what_does_not_hold_is_held_back_with_its_reason() -> None:
    whys = {row.prop + " " + row.value: row.why for row in read().held_back}
    assert set(whys) == {"event earthquake", "injured Syria", "mood grim", "killed 12", "missing 12"}
    assert "is no count" in whys["injured Syria"]
    assert "do not stand" in whys["missing 12"]


@pytest.mark.parametrize(("name", "cause"), [("stumbles", "KeyError: 'report'"), ("gives_nothing", "no Extraction")])
def test_what_a_plugin_raises_is_a_row_for_its_article(name: str, cause: str) -> None:
    found = Plugin(name)(plugged.told(1, plugged.TEXT + " It was one report."))
    assert isinstance(found, Problem)
    assert (found.code, found.where) == ("reader-failed", "mid:1@osk.example")
    assert cause in found.cause
    assert name in found.cause


def test_a_plugin_reads_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [plugged.TEXT, plugged.TEXT + " It was one report."]
    rows = [json.dumps({"url": f"u:{place}", "text": text}) for place, text in enumerate(lines)]
    Path("in.jsonl").write_text("\n".join(rows))
    assert call(["run", "in.jsonl", "--reader", "stumbles"]) == 3
    with Ledger.open("ledger.db", readonly=True) as ledger:
        assert list(ledger.check()) == []
        assert sorted(row.code for row in ledger.problems()) == ["held-back"] * 6 + ["reader-failed"]
        assert {row.extractor for row in ledger.readings()} == {"plugin:stumbles"}
        assert ledger.counts()["event"] == 1
        before = [row.hash for row in ledger.log()]
    call(["run", "in.jsonl", "--reader", "stumbles"])
    with Ledger.open("ledger.db", readonly=True) as ledger:
        assert [row.hash for row in ledger.log()] == before
    assert call(["run", "in.jsonl", "--reader", "built-in", "--workers", "1"]) == 0  # its rows are those of then
    with Ledger.open("ledger.db", readonly=True) as ledger:
        assert {row.extractor for row in ledger.readings()} == {BuiltIn().extractor}
