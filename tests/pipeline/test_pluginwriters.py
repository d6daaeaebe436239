"""Plugins as writers: what they write is handed on when they are done, and what they raise names them."""

from __future__ import annotations

import pytest

import factories
import plugged
from variorum.errors import ConfigError, LedgerError, UsageError
from variorum.pipeline import pluginwriters
from variorum.pipeline.places import gazetteer
from variorum.pipeline.pluginwriters import find_writer, plugin_writer
from variorum.publish.formats import FORMATS
from variorum.publish.issue import Issue, issue_of
from variorum.publish.jsonl import make_edition


@pytest.fixture(autouse=True)
def writers(monkeypatch: pytest.MonkeyPatch) -> None:
    plugged.install(monkeypatch, writers="titles fails shuts")


@pytest.fixture
def issue() -> Issue:
    found = factories.extraction(factories.article("r1"))
    article = factories.article("r1")
    parts = {"mentions": found.mentions, "claims": found.claims, "articles": [article], "copies": []}
    return issue_of(make_edition([factories.event(found)], **parts, gazetteer=gazetteer()))  # type: ignore[arg-type]


def test_what_a_plugin_writes_comes_in_pieces(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pluginwriters, "PIECE", 10)
    pieces = list(plugin_writer("titles")(issue, ""))
    assert "".join(str(piece) for piece in pieces) == "Shelling in Qasr al-Wadi\n"
    assert len(pieces) == 3


def test_the_programs_own_format_goes_before_a_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_writer("titles").ending == "titles"
    assert find_writer("jsonl") == FORMATS["jsonl"]
    with pytest.raises(UsageError, match="no writer for the format nobody") as refused:
        find_writer("nobody")
    assert "titles" in refused.value.remedy


@pytest.mark.parametrize(
    ("name", "cause"),
    [("fails", "plugin fails failed: ZeroDivisionError: no scale"), ("shuts", "the plugin shuts")],
)
def test_a_plugin_that_fails_is_named_and_hands_nothing_on(issue: Issue, name: str, cause: str) -> None:
    pieces = plugin_writer(name)(issue, "")
    with pytest.raises(ConfigError, match=cause):
        next(pieces)


def test_a_fault_of_the_ledger_stays_one(issue: Issue) -> None:
    def broken() -> None:
        raise LedgerError("the file is gone")

    with pytest.raises(LedgerError, match="the file is gone"):
        next(plugin_writer("titles")(Issue(broken, broken, issue.account, issue.cited, "", ""), ""))  # type: ignore[arg-type]
