"""`variorum serve`: the pages of a ledger in the browser, for one person on this machine or for a team."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

import click

from variorum.cli.options import ledger_argument, ledger_option, ledger_place, note
from variorum.errors import UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from variorum.web.app import Site

LOCAL = "127.0.0.1"
PORT = 8000
STOPPING_S = 3  # that pages which are being sent have left when the server is stopped


@click.command("serve")
@ledger_argument
@ledger_option
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free.")
@click.option("--as", "name", default=None, metavar="NAME", help="Who decides (default: `reviewer` in variorum.toml).")
@click.option(
    "--host-name",
    "host_names",
    multiple=True,
    metavar="NAME",
    help="For a team: the name that people type. Each signs in with an account (variorum account).",
)
@click.option(
    "--behind-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="For a team: the address of the web server before it, whose X-Forwarded-For and -Proto are believed.",
)
@click.option(
    "--accounts",
    "accounts_named",
    metavar="FILE",
    default=None,
    help="For a team: file of the accounts (default: the ledger's name with .accounts.db).",
)
def command(
    ledger_given: str | None,
    ledger_named: str | None,
    port: int,
    name: str | None,
    host_names: tuple[str, ...],
    proxies: tuple[str, ...],
    accounts_named: str | None,
) -> int:
    """Show the pages of a ledger at http://127.0.0.1:8000 until Ctrl-C: events, review, reports, map.

    \b
    Only this machine can reach it, and no page fetches anything from another one.
    For several people, give --host-name and put a web server before it: docs/how-to/run-for-a-team.md.
    """
    from variorum.config import settings
    from variorum.web.app import make_server

    place = ledger_place(ledger_named, ledger_given)
    if host_names:
        if name is not None:
            raise UsageError("--as goes with no accounts: each person decides under their own", "leave out --as")
        site = _team(place, host_names, proxies, accounts_named)
    else:
        if proxies or accounts_named:
            given = "--behind-proxy" if proxies else "--accounts"
            raise UsageError(f"{given} is for a team", "name the host that people type: --host-name")
        site = _local(place, name)
    _run(make_server(site, settings()), port, team=bool(host_names))
    return 0


def _local(place: str, name: str | None) -> Site:
    from variorum.cli.deciding import who_decides
    from variorum.web.app import Site

    return Site(place, who_decides(name, "").by)


def _team(place: str, host_names: tuple[str, ...], proxies: tuple[str, ...], accounts_named: str | None) -> Site:
    from variorum.ledger.accounts import Accounts, accounts_beside
    from variorum.web.app import Site
    from variorum.web.guard import team_doors

    doors = team_doors(host_names, proxies)
    accounts = Accounts.open(accounts_named or accounts_beside(place))
    if not accounts.list_accounts():
        raise UsageError(
            "there is no account, so nobody could sign in", "add one: variorum account add NAME --role admin"
        )
    return Site(place, doors=doors, accounts=accounts)


def _run(app: ASGIApp, port: int, *, team: bool) -> None:
    import uvicorn

    with _listen(port) as listening:
        where = f"http://{LOCAL}:{listening.getsockname()[1]}/"
        told = "for the web server before it" if team else "open it in a browser"
        note(f"{where}  {told}; Ctrl-C stops it. The network is not used.")
        if team:
            _log_sign_ins()
        settings = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            proxy_headers=False,  # web/guard.py believes them, and from named addresses alone
            timeout_graceful_shutdown=STOPPING_S,
        )
        uvicorn.Server(settings).run(sockets=[listening])


def _log_sign_ins() -> None:
    """Say on stderr who signed in and who changed which account; what people look for is not logged."""
    told = logging.StreamHandler()
    told.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("variorum.web.accounts")
    log.setLevel(logging.INFO)
    log.addHandler(told)


def _listen(port: int) -> socket.socket:
    """Open the port; raises UsageError where it is taken."""
    # Named as TCP: asyncio sends at once (TCP_NODELAY) only where the socket says so; else each page waits 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOCAL, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"port {port} cannot be opened: {error.strerror}", "give another: --port 0 takes any"
        ) from None
    return listening
