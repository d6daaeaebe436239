"""Settings: default, file, environment, in that order; mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.config import Config, read_config
from variorum.errors import ConfigError


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    assert read_config(tmp_path, {"HOME": "/x"}) == Config()


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    (tmp_path / "variorum.toml").write_text('workers = 3\nreviewer = "Lio Tarran"\n')
    config = read_config(tmp_path, {"VARIORUM_WORKERS": "5", "VARIORUM_LEDGER": "other.db", "VARIORUM_REVIEWER": ""})
    assert config == Config(ledger="other.db", workers=5, reviewer="Lio Tarran")


@pytest.mark.parametrize(
    ("given", "expected"),
    [("war.db", "{folder}/war.db"), ("/data/war.db", "/data/war.db"), ("postgresql://h/war", "postgresql://h/war")],
)
def test_a_file_named_in_the_settings_lies_beside_them(tmp_path: Path, given: str, expected: str) -> None:
    (tmp_path / "variorum.toml").write_text(f'ledger = "{given}"')
    assert read_config(tmp_path, {}).ledger == expected.format(folder=tmp_path)


MISTAKES = [
    ('legder = "a.db"', {}, "legder", "did you mean ledger?"),
    ('colour = "red"', {}, "colour", "settings: ledger, workers, rules, tagger, reviewer"),
    ("workers = 0", {}, "workers is 0", "whole number"),
    ("workers = true", {}, "workers is True", "whole number"),
    ('workers = "two"', {}, "workers is 'two'", "whole number"),
    ("ledger = 7", {}, "ledger is 7", "quotation marks"),
    ("ledger = [", {}, "not TOML", "correct the line"),
    ("", {"VARIORUM_LEGDER": "a.db"}, "VARIORUM_LEGDER", "did you mean VARIORUM_LEDGER?"),
    ("", {"VARIORUM_WORKERS": "many"}, "VARIORUM_WORKERS: workers is 'many'", "whole number"),
]


@pytest.mark.parametrize(("file", "environment", "cause", "remedy"), MISTAKES)
def test_a_mistake_is_named_with_its_remedy(
    tmp_path: Path, file: str, environment: dict[str, str], cause: str, remedy: str
) -> None:
    (tmp_path / "variorum.toml").write_text(file)
    with pytest.raises(ConfigError) as mistake:
        read_config(tmp_path, environment)
    assert cause in mistake.value.cause
    assert remedy in mistake.value.remedy


def test_a_file_that_is_no_utf8_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "variorum.toml").write_bytes(b'reviewer = "\xff"')
    with pytest.raises(ConfigError, match="not TOML"):
        read_config(tmp_path, {})


def test_another_program_may_use_the_prefix(tmp_path: Path) -> None:
    assert read_config(tmp_path, {"VARIORUM_TEST_SERVER": "x"}) == Config()
