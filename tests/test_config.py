"""Settings: default, file, environment, in that order; mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.config import Config, own_gazetteer, read_config
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


@pytest.mark.parametrize(
    ("file", "environment"),
    [
        ('credible_sources = ["Tarn Post", "clinic"]', {}),
        ("", {"VARIORUM_CREDIBLE_SOURCES": "Tarn Post; clinic"}),
    ],
)
def test_the_sources_that_a_user_believes_are_a_list(tmp_path: Path, file: str, environment: dict[str, str]) -> None:
    (tmp_path / "variorum.toml").write_text(file)
    assert read_config(tmp_path, environment).credible_sources == ("Tarn Post", "clinic")


MISTAKES = [
    ('legder = "a.db"', {}, "legder", "did you mean ledger?"),
    ('colour = "red"', {}, "colour", "settings: ledger, workers, engine, rules, tagger, keep_raw, reviewer"),
    ("workers = 0", {}, "workers is 0", "whole number"),
    ("workers = true", {}, "workers is True", "whole number"),
    ('workers = "two"', {}, "workers is 'two'", "whole number"),
    ("ledger = 7", {}, "ledger is 7", "quotation marks"),
    ("ledger = [", {}, "not TOML", "correct the line"),
    ("", {"VARIORUM_LEGDER": "a.db"}, "VARIORUM_LEGDER", "did you mean VARIORUM_LEDGER?"),
    ("llm_timeout_s = 0", {}, "llm_timeout_s is 0", "whole number from 1 to 3600"),
    ('llm_url = "localhost:8080/v1"', {}, "no http or https address", "http://localhost:8080/v1"),
    ('llm_url = "ftp://model.example/v1"', {}, "no http or https address", "http://localhost:8080/v1"),
    ('llm_url = "http:///v1"', {}, "no http or https address", "http://localhost:8080/v1"),
    ('llm_url = "http://[::1/v1"', {}, "no address", "http://localhost:8080/v1"),
    ('llm_url = "http://localhost:port/v1"', {}, "no address", "http://localhost:8080/v1"),
    ('llm_url = "http://localhost/v1?key=x"', {}, "no http or https address", "http://localhost:8080/v1"),
    ('llm_url = "http://ada:secret@model.example/v1"', {}, "holds a name or password", "VARIORUM_LLM_KEY"),
    ('llm_key = "sk-1"', {}, "holds llm_key", "set VARIORUM_LLM_KEY in the environment"),
    ("", {"VARIORUM_LLM_KEY": "sk-1\nX: y"}, "signs that no key has", "without spaces"),
    ("", {"VARIORUM_LLM_KEY": "sk-ключ"}, "signs that no key has", "without spaces"),
    ("", {"VARIORUM_WORKERS": "many"}, "VARIORUM_WORKERS: workers is 'many'", "whole number"),
    ('credible_sources = "Tarn Post"', {}, "credible_sources is 'Tarn Post'", "list of texts"),
    ("credible_sources = [7]", {}, "credible_sources is [7]", "list of texts"),
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


SECRETS = [
    ('llm_url = "http://ada:hidden@model.example/v1"', {}),
    ('llm_key = "hidden"', {}),
    ("", {"VARIORUM_LLM_KEY": "hidden key"}),
]


@pytest.mark.parametrize(("file", "environment"), SECRETS)
def test_a_mistake_with_a_secret_does_not_repeat_it(tmp_path: Path, file: str, environment: dict[str, str]) -> None:
    (tmp_path / "variorum.toml").write_text(file)
    with pytest.raises(ConfigError) as mistake:
        read_config(tmp_path, environment)
    assert "hidden" not in mistake.value.cause + mistake.value.remedy


def test_the_key_is_not_in_the_form_of_the_settings(tmp_path: Path) -> None:
    assert "hidden" not in repr(read_config(tmp_path, {"VARIORUM_LLM_KEY": "hidden"}))


def test_the_address_of_a_model_is_kept_without_the_slash_behind_it(tmp_path: Path) -> None:
    assert (
        read_config(tmp_path, {"VARIORUM_LLM_URL": "https://model.example/v1/"}).llm_url == "https://model.example/v1"
    )


def test_the_folder_of_replies_named_in_the_settings_lies_beside_them(tmp_path: Path) -> None:
    (tmp_path / "variorum.toml").write_text('llm_cache = "replies"')
    assert read_config(tmp_path, {}).llm_cache == str(tmp_path / "replies")


def test_the_own_gazetteer_is_the_one_that_is_set_else_in_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "variorum.toml").write_text('gazetteer = "mine.sqlite"')
    assert own_gazetteer(read_config(tmp_path, {}), {}) == tmp_path / "mine.sqlite"
    assert own_gazetteer(Config(), {"XDG_DATA_HOME": "/data"}) == Path("/data/variorum/gazetteer.sqlite")
    assert own_gazetteer(Config(), {}).is_absolute()


def test_what_is_left_out_of_what_is_shared_are_lists(tmp_path: Path) -> None:
    (tmp_path / "variorum.toml").write_text('public_people = ["Salim Karro"]\nwithheld = ["R7", "Tarn Post"]\n')
    config = read_config(tmp_path, {"VARIORUM_PRIVATE_NAMES": "Ana Orlic; Tom Berg"})
    assert config.public_people == ("Salim Karro",)
    assert config.private_names == ("Ana Orlic", "Tom Berg")
    assert config.withheld == ("R7", "Tarn Post")
