"""A ledger of the sample reports, made once, and a way to call the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from variorum.cli import call
from variorum.ledger import Ledger
from variorum.model import Article, Event

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"


@dataclass(frozen=True)
class Told:
    """What one call of the command line gave."""

    code: int
    out: str
    err: str


Cli = Callable[..., Told]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Call the command line in an empty folder, with no settings of the machine."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("VARIORUM_")]:
        monkeypatch.delenv(name)

    def called(*args: str | Path) -> Told:
        capsys.readouterr()
        code = call([str(arg) for arg in args])
        found = capsys.readouterr()
        return Told(code, found.out, found.err)

    return called


def outside(*args: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Call the command line as a program of its own."""
    command = [sys.executable, "-m", "variorum", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="session")
def events(examples: Path) -> list[Event]:
    """Its events, those of most reports first."""
    with Ledger.open(examples, readonly=True) as ledger:
        return sorted(ledger.events(), key=lambda event: (-len(event.mentions), event.id))


@pytest.fixture(scope="session")
def articles(examples: Path) -> list[Article]:
    """Its articles by number."""
    with Ledger.open(examples, readonly=True) as ledger:
        return list(ledger.articles())


def label(event: Event) -> str:
    """A name for an event that no other has."""
    return "EV-" + event.id.removeprefix("evt_")
