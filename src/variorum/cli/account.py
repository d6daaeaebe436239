"""`variorum account`: who may use the pages of a server for several people, and what they may do there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import Decorator, ledger_option, ledger_place, listing_options, note
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.ledger.accounts import Accounts

ROLES = ("reader", "reviewer", "admin")  # those of ledger/accounts.py, which costs more to import; a test compares

accounts_option: Decorator = click.option(
    "--accounts",
    "accounts_named",
    metavar="FILE",
    default=None,
    help="File of the accounts (default: the ledger's name with .accounts.db).",
)
stdin_option: Decorator = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Read the password from standard input, one line."
)
name_argument: Decorator = click.argument("name", metavar="NAME")


def place_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which file of accounts is meant."""
    return accounts_option(ledger_option(function))


@click.group("account")
def command() -> None:
    """Say who may use the pages of a server for several people: readers, reviewers and admins.

    \b
    A reader reads. A reviewer also decides. An admin also changes accounts in the browser.
    They are kept beside the ledger, never in it. Whoever can write that file needs no account to change it.
    """


@command.command("add")
@name_argument
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the person may do.")
@stdin_option
@place_options
def add(name: str, role: Any, from_stdin: bool, ledger_named: str | None, accounts_named: str | None) -> None:
    """Add an account; its name will stand under the person's decisions. The password is asked for twice."""
    from variorum.ledger.passwords import check_name

    good = check_name(name)
    with _open(ledger_named, accounts_named, create=True) as accounts:
        if accounts.find_account(good) is not None:  # before a password is typed for nothing
            raise UsageError(f"there is an account {good} already", "see them: variorum account list")
        account = accounts.add_account(good, role, _ask_password(from_stdin), now=_now())
        click.echo(f"{account.name} may sign in as {account.role}, in {accounts.name}")


@command.command("list")
@listing_options
@place_options
def show(form: str | None, ledger_named: str | None, accounts_named: str | None) -> None:
    """List the accounts, without their passwords."""
    from variorum.cli.table import emit

    with _open(ledger_named, accounts_named) as accounts:
        rows = [
            {
                "name": account.name,
                "role": account.role,
                "state": "disabled" if account.disabled else "open",
                "created": account.created[:19] + "Z",
                "password_changed": account.password_changed[:19] + "Z",
            }
            for account in accounts.list_accounts()
        ]
    headings = {"name": "NAME", "role": "ROLE", "state": "STATE", "created": "CREATED", "password_changed": "PASSWORD"}
    emit(rows, headings, form)
    if not rows:
        note("no accounts: variorum account add NAME --role admin")


@command.command("role")
@name_argument
@click.argument("role", type=click.Choice(ROLES))
@place_options
def change_role(name: str, role: Any, ledger_named: str | None, accounts_named: str | None) -> None:
    """Give a person another role; they are signed out."""
    with _open(ledger_named, accounts_named) as accounts:
        accounts.set_role(name, role)
    click.echo(f"{name} is {role} now, and signed out")


@command.command("password")
@name_argument
@stdin_option
@place_options
def change_password(name: str, from_stdin: bool, ledger_named: str | None, accounts_named: str | None) -> None:
    """Give a person another password; they are signed out, and failed tries are forgotten."""
    with _open(ledger_named, accounts_named) as accounts:
        if accounts.find_account(name) is None:
            raise UsageError(f"there is no account {name}", "see them: variorum account list")
        accounts.set_password(name, _ask_password(from_stdin), now=_now())
    click.echo(f"{name} has another password, and is signed out")


@command.command("disable")
@name_argument
@place_options
def disable(name: str, ledger_named: str | None, accounts_named: str | None) -> None:
    """Keep a person out, and their name from being given to somebody else; they are signed out."""
    with _open(ledger_named, accounts_named) as accounts:
        accounts.disable(name)
    click.echo(f"{name} is disabled, and signed out")


@command.command("enable")
@name_argument
@place_options
def enable(name: str, ledger_named: str | None, accounts_named: str | None) -> None:
    """Let a person in again who was disabled."""
    with _open(ledger_named, accounts_named) as accounts:
        accounts.enable(name)
    click.echo(f"{name} may sign in again")


@command.command("remove")
@name_argument
@place_options
def remove(name: str, ledger_named: str | None, accounts_named: str | None) -> None:
    """Take an account away; decisions keep the name. To keep the name from being used again, disable it instead."""
    with _open(ledger_named, accounts_named) as accounts:
        accounts.remove(name)
    click.echo(f"{name} is removed, and signed out")


def _open(ledger_named: str | None, accounts_named: str | None, *, create: bool = False) -> Accounts:
    from variorum.ledger.accounts import Accounts, accounts_beside

    place = Path(accounts_named) if accounts_named else accounts_beside(ledger_place(ledger_named))
    return Accounts.open(place, create=create)


def _ask_password(from_stdin: bool) -> str:
    """Give the password that is typed twice without being shown, or a line of standard input.

    Raises UsageError where nobody can be asked: a password on the command line would stand in the history of the shell
    and in the list of processes.
    """
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the password on", "give it with --password-stdin")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    return password


def _now() -> datetime:
    return datetime.now(UTC)
