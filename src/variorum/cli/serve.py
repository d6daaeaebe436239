"""`variorum serve`: the pages of a ledger in the browser, on this machine; nothing is fetched from any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from variorum.cli.options import ledger_argument, ledger_option, ledger_place, note

if TYPE_CHECKING:
    from starlette.applications import Starlette

LOCAL = "127.0.0.1"


@click.command("serve")
@ledger_argument
@ledger_option
@click.option("--port", type=click.IntRange(0, 65535), default=8745, show_default=True, help="0: any free one.")
@click.option("--as", "name", default=None, metavar="NAME", help="Who decides (default: `reviewer` in variorum.toml).")
def command(ledger_given: str | None, ledger_named: str | None, port: int, name: str | None) -> int:
    """Open the pages of a ledger at http://127.0.0.1:8745, until you press Ctrl-C."""
    from variorum.cli.deciding import who_decides
    from variorum.config import settings
    from variorum.web.app import Site, make_app

    site = Site(ledger_place(ledger_named, ledger_given), who_decides(name, "").by)
    app = make_app(site, settings())
    note(f"http://{LOCAL}:{port}/    Ctrl-C stops it. The network is not used.")
    _run(app, port)
    return 0


def _run(app: Starlette, port: int) -> None:
    import uvicorn

    uvicorn.run(app, host=LOCAL, port=port, log_level="warning", server_header=False, date_header=True)
