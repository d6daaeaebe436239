"""`variorum account`: who may sign in."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import pytest

from cli.conftest import Cli, Told
from variorum.cli.account import ROLES
from variorum.ledger.accounts import Accounts, Role
from variorum.ledger.passwords import Passwords

GOOD = "seven geese over the weir"
OTHER = "a lantern in the quarry"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Passwords.__init__, "__defaults__", (1, 8, 1))


class Typed:
    """The command line with a line on its standard input."""

    def __init__(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cli = cli
        self.monkeypatch = monkeypatch

    def __call__(self, *args: str, line: str = GOOD + "\n") -> Told:
        self.monkeypatch.setattr(sys, "stdin", StringIO(line))
        return self.cli("account", *args)


@pytest.fixture
def account(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Typed:
    typed = Typed(cli, monkeypatch)
    assert typed("add", "Ada", "--role", "admin", "--password-stdin").code == 0
    return typed


def listed(account: Typed) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(account("list", "--json").out)
    return rows


def test_the_first_account_makes_the_file_beside_the_ledger(account: Typed) -> None:
    assert Path("ledger.db.accounts.db").stat().st_mode & 0o777 == 0o600
    assert not Path("ledger.db").exists()
    assert [(row["name"], row["role"], row["state"]) for row in listed(account)] == [("Ada", "admin", "open")]


def test_another_file_can_be_named_and_goes_with_the_ledger_named(account: Typed) -> None:
    account("add", "Maria", "--role", "reviewer", "--password-stdin", "--accounts", "team.db")
    account("add", "Rita", "--role", "reader", "--password-stdin", "--ledger", "syria.db")
    assert Path("team.db").exists()
    assert Path("syria.db.accounts.db").exists()
    assert len(listed(account)) == 1


def test_a_ledger_on_a_server_needs_the_file_named(account: Typed) -> None:
    told = account("list", "--ledger", "postgresql://localhost/ledger")
    assert told.code == 2
    assert "--accounts FILE" in told.err


def test_the_password_given_is_the_one_that_is_good(account: Typed) -> None:
    account("add", "Maria", "--role", "reviewer", "--password-stdin", line="  two spaces around  \r\n")
    with Accounts.open("ledger.db.accounts.db") as accounts:
        now = datetime_now()
        assert accounts.check_password("Maria", "  two spaces around  ", "", now=now).account is not None


def test_without_a_terminal_nobody_is_asked(account: Typed) -> None:
    told = account("add", "Maria", "--role", "reviewer")
    assert told.code == 2
    assert "--password-stdin" in told.err
    assert len(listed(account)) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [((GOOD, GOOD), 0), ((GOOD, OTHER, GOOD, GOOD), 0), (("short", "short"), 2)],
    ids=["same", "not", "short"],
)
def test_on_a_terminal_the_password_is_typed_twice_and_not_shown(
    tmp_path: Path, typed: tuple[str, ...], code: int
) -> None:
    here, there = pty.openpty()
    command = [sys.executable, "-m", "variorum", "account", "add", "Maria", "--role", "reader"]
    with subprocess.Popen(
        command, stdin=there, stdout=there, stderr=there, cwd=tmp_path, start_new_session=True
    ) as done:
        os.close(there)
        shown = b""
        waiting = list(typed)
        while True:
            try:
                shown += os.read(here, 10_000)
            except OSError:
                break
            if waiting and shown.rstrip().endswith(b":"):
                time.sleep(0.05)  # getpass empties what was typed before it asks
                os.write(here, waiting.pop(0).encode() + b"\n")
                shown += b"."
    os.close(here)
    assert done.returncode == code, shown
    for word in typed:
        assert word.encode() not in shown
    assert waiting == []


def test_a_password_cannot_be_given_on_the_command_line(account: Typed) -> None:
    for option in ("--password", "-p"):
        assert account("add", "Maria", "--role", "reader", option, GOOD).code == 2
    assert account("password", "Ada", OTHER).code == 2


@pytest.mark.parametrize(
    ("args", "line", "words"),
    [
        (["add", "ada", "--role", "reader", "--password-stdin"], GOOD, "there is an account ada already"),
        (["add", "a\nb", "--role", "reader", "--password-stdin"], GOOD, "is not a name"),
        (["add", "matcher", "--role", "reader", "--password-stdin"], GOOD, "the program itself writes"),
        (["add", "Maria", "--role", "reader", "--password-stdin"], "short", "fewer than 12 characters"),
        (["add", "Maria", "--role", "reader", "--password-stdin"], "", "fewer than 12 characters"),
        (["add", "Maria", "--role", "owner", "--password-stdin"], GOOD, "'owner' is not one of"),
        (["role", "Nobody", "reader"], "", "there is no account Nobody"),
        (["password", "Nobody", "--password-stdin"], GOOD, "there is no account Nobody"),
        (["role", "Ada", "reader"], "", "Ada is the last admin"),
        (["disable", "Ada"], "", "Ada is the last admin"),
        (["remove", "Ada"], "", "Ada is the last admin"),
        (["list", "--accounts", "none.db"], "", "there are no accounts at none.db"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_why_and_changes_nothing(
    account: Typed, args: list[str], line: str, words: str
) -> None:
    before = listed(account)
    told = account(*args, line=line)
    assert told.code == 2
    assert words in told.err
    assert told.err.startswith("error: ")
    assert line == "" or line not in told.err
    assert listed(account) == before


def test_a_person_gets_another_role_and_password_is_kept_out_and_goes(account: Typed) -> None:
    account("add", "Maria", "--role", "reader", "--password-stdin")
    assert account("role", "Maria", "reviewer").code == 0
    assert account("disable", "Maria").code == 0
    assert [(row["role"], row["state"]) for row in listed(account)][1] == ("reviewer", "disabled")
    assert account("enable", "Maria").code == 0
    assert account("password", "maria", "--password-stdin", line=OTHER).code == 0
    with Accounts.open("ledger.db.accounts.db") as accounts:
        assert accounts.check_password("Maria", OTHER, "", now=datetime_now()).account is not None
    assert account("remove", "Maria").code == 0
    assert [row["name"] for row in listed(account)] == ["Ada"]


def test_the_list_holds_no_password(account: Typed) -> None:
    for form in ([], ["--json"], ["--csv"]):
        assert "argon2" not in account("list", *form).out


def test_the_roles_are_those_of_the_accounts() -> None:
    assert get_args(Role) == ROLES


@pytest.mark.parametrize("words", [["--help"], ["account", "--help"], ["account", "add", "--help"]])
def test_help_starts_without_what_only_a_server_needs(words: list[str]) -> None:
    code = (
        "import sys\nfrom variorum.cli import call\n"
        f"call({words!r})\n"
        "heavy = {'starlette', 'jinja2', 'uvicorn', 'argon2', 'python_multipart', 'sqlalchemy', 'numpy', 'anyio'}\n"
        "sys.exit(','.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def datetime_now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)
