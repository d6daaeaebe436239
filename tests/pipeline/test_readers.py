"""Which reader the settings ask for, and a language model from the command line into a ledger."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_server import EVENTS, RECORDED, Asked, fails, model_server, never, says
from variorum.cli import call
from variorum.config import Config
from variorum.errors import ConfigError
from variorum.extract import llmserver
from variorum.ledger import Ledger
from variorum.model import Problem
from variorum.pipeline import BuiltIn, LanguageModel, choose_reader

KEY = "sk-tarn-71-secret"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, in which the program is called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(llmserver, "PAUSE_S", 0.0)
    (tmp_path / "in").mkdir()
    shutil.copy(RECORDED / "homs.txt", tmp_path / "in")
    return tmp_path


def run_with(asked: Asked, monkeypatch: pytest.MonkeyPatch, *args: str) -> int:
    monkeypatch.setenv("VARIORUM_LLM_URL", asked.url)
    monkeypatch.setenv("VARIORUM_LLM_MODEL", "small")
    monkeypatch.setenv("VARIORUM_LLM_KEY", KEY)
    return call(["run", "in", *args])


def problems() -> list[Problem]:
    with Ledger.open("ledger.db", readonly=True) as ledger:
        return list(ledger.problems())


def claims() -> list[str]:
    with Ledger.open("ledger.db", readonly=True) as ledger:
        assert list(ledger.check()) == []
        return sorted(f"{row.prop} {row.value}" for row in ledger.claims())


def test_a_language_model_is_off_by_default() -> None:
    assert choose_reader(Config()) == BuiltIn()


def test_replies_are_kept_beside_the_ledger() -> None:
    config = Config(llm_url="http://localhost/v1", llm_model="small")
    reader = choose_reader(config, "/data/war.db")
    assert isinstance(reader, LanguageModel)
    assert reader.kept == Path("/data/.variorum-llm")


def test_replies_of_a_database_are_kept_in_the_current_folder() -> None:
    reader = choose_reader(Config(llm_url="http://localhost/v1", llm_model="small"), "postgresql://host/war")
    assert isinstance(reader, LanguageModel)
    assert reader.kept == Path(".variorum-llm")


def test_replies_are_kept_where_the_settings_say() -> None:
    reader = choose_reader(Config(llm_url="http://localhost/v1", llm_model="small", llm_cache="/kept"))
    assert isinstance(reader, LanguageModel)
    assert reader.kept == Path("/kept")


def test_an_address_without_a_model_is_a_mistake() -> None:
    with pytest.raises(ConfigError, match="llm_model"):
        choose_reader(Config(llm_url="http://localhost/v1"))


def test_a_run_reads_with_the_model_into_the_ledger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(says(EVENTS)) as asked:
        assert run_with(asked, monkeypatch) == 0
    assert {"killed 12..", "killed 3", "place gn:169577", "responsibility Hill Brigade"} <= set(claims())


def test_a_reading_names_the_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
    with Ledger.open("ledger.db", readonly=True) as ledger:
        assert [row.extractor for row in ledger.readings()] == ["llm small"]


def test_the_summary_says_where_the_texts_went(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with model_server(says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
    assert f"sent to {asked.url}" in capsys.readouterr().err


def test_a_second_run_asks_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
        run_with(asked, monkeypatch)
    assert len(asked.bodies) == 1


def test_another_ledger_beside_the_first_takes_the_kept_reply(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
        run_with(asked, monkeypatch, "-o", "other.db")
    assert len(asked.bodies) == 1


def test_what_is_held_back_is_in_the_problem_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = EVENTS.replace('"30 others"', '"300 others"')
    with model_server(says(content)) as asked:
        assert run_with(asked, monkeypatch) == 3
    assert [(row.where, row.code, row.cause) for row in problems()] == [
        ("file:homs.txt", "llm-held-back", "injured “300 others”: its words are not in the text")
    ]


def test_what_is_held_back_is_counted_in_the_summary(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with model_server(says(EVENTS.replace('"30 others"', '"300 others"'))) as asked:
        run_with(asked, monkeypatch)
    assert "1 held back" in capsys.readouterr().err


def test_what_is_held_back_stands_under_its_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with model_server(says(EVENTS.replace('"30 others"', '"300 others"'))) as asked:
        run_with(asked, monkeypatch)
    call(["show", "R1"])
    assert "1 claim held back:\n  injured  “300 others”: its words are not in the text  hld_" in capsys.readouterr().out


def test_a_report_without_an_answer_is_a_problem_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_LLM_TIMEOUT_S", "1")
    with model_server() as asked:
        asked.answers.append(never(asked))
        assert run_with(asked, monkeypatch) == 3
    assert [row.code for row in problems()] == ["llm-no-reply"]


def test_a_report_without_an_answer_does_not_stop_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "in" / "a.txt").write_text("Rain in Tarnak\n\nIt rained on Monday, a farmer said.\n", encoding="utf-8")
    with model_server(says("no JSON"), says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
    assert "killed 12.." in claims()


def test_a_report_without_an_answer_is_tried_again_in_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model_server(says("no JSON"), says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
        assert run_with(asked, monkeypatch) == 0
    assert "killed 12.." in claims()


def test_an_answer_that_came_in_the_end_leaves_no_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(says("no JSON"), says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
        run_with(asked, monkeypatch)
    assert problems() == []


def test_a_reading_by_the_rules_stands_until_the_model_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call(["run", "in"])
    before = claims()
    with model_server(says("no JSON")) as asked:
        run_with(asked, monkeypatch)
    assert claims() == before


def test_a_reading_by_the_model_takes_the_place_of_one_by_the_rules(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(["run", "in"])
    with model_server(says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
    with Ledger.open("ledger.db", readonly=True) as ledger:
        assert [row.extractor for row in ledger.readings()] == ["llm small"]


def test_a_key_that_is_refused_stops_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with model_server(fails(401, "who are you")) as asked:
        assert run_with(asked, monkeypatch) == 2
    assert "VARIORUM_LLM_KEY" in capsys.readouterr().err


@pytest.fixture
def nobody() -> Iterator[Asked]:
    """An address of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield Asked(url=f"http://127.0.0.1:{taken.getsockname()[1]}/v1")


def test_a_refused_connection_stops_the_run_with_a_remedy(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nobody: Asked
) -> None:
    assert run_with(nobody, monkeypatch) == 2
    told = capsys.readouterr().err
    assert f"error: the language model cannot be reached at {nobody.url}: Connection refused\nstart its server" in told


def test_a_server_that_goes_away_loses_nothing_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, nobody: Asked
) -> None:
    with model_server(says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
    before = claims()
    (folder / "in" / "a.txt").write_text("Rain in Tarnak\n\nIt rained on Monday, a farmer said.\n", encoding="utf-8")
    run_with(nobody, monkeypatch)
    assert claims() == before


def test_the_key_is_written_nowhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with model_server(fails(500, f"bad key {KEY}"), fails(500, f"bad key {KEY}"), says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
        run_with(asked, monkeypatch)
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in written if KEY.encode() in path.read_bytes()] == []


def test_texts_sent_in_the_clear_are_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llmserver, "is_local", lambda url: False)
    with model_server(says(EVENTS)) as asked:
        run_with(asked, monkeypatch)
    assert [(row.where, row.code) for row in problems()] == [(asked.url, "llm-unencrypted")]


def test_several_processes_read_what_one_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (RECORDED / "homs.txt").read_text(encoding="utf-8")
    rows = [{"text": f"{text}\nReport {number}.", "published": "2031-05-02"} for number in range(42)]
    (folder / "in" / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with model_server(says(EVENTS)) as asked:
        assert run_with(asked, monkeypatch, "--workers", "2") == 0
    assert len([row for row in claims() if row == "killed 12.."]) == 43


def test_the_settings_of_the_model_do_not_reach_the_output_of_doctor(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VARIORUM_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("VARIORUM_LLM_MODEL", "small")
    monkeypatch.setenv("VARIORUM_LLM_KEY", KEY)
    call(["doctor"])
    told = capsys.readouterr().out
    assert ("llm small" in told, KEY in told) == (True, False)
