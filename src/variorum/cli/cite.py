"""`variorum cite`: an event, one of its versions or a claim, as it is cited."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from variorum.cli.options import ledger_option, ledger_place, open_ledger
from variorum.errors import UsageError

if TYPE_CHECKING:
    from variorum.pipeline.citing import Citable


def _check_address(_: click.Context, parameter: click.Parameter, given: str | None) -> str:
    """Give an address without a slash at its end; raises UsageError for what is none."""
    if given is None:
        return ""
    if not given.startswith(("http://", "https://")) or any(sign.isspace() for sign in given):
        raise UsageError(f"{given} is no address of pages", "write it as https://ledger.example")
    return given.rstrip("/")


@click.command("cite")
@click.argument("what", nargs=-1, required=True, metavar="WHAT... [LEDGER]")
@ledger_option
@click.option(
    "--form",
    type=click.Choice(["text", "bibtex", "ris", "csl"]),
    default="text",
    help="A sentence (default), or for programs that keep references.",
)
@click.option(
    "--served-at",
    metavar="URL",
    default=None,
    callback=_check_address,
    help="Address of this ledger's pages; the citation then links to what it cites.",
)
def command(what: tuple[str, ...], ledger_named: str | None, form: str, served_at: str) -> int:
    """Print how WHAT is cited: an event (EV-7K3Q), one version of it (EV-7K3Q@2) or a claim (clm_…).

    An event without a version is cited in its latest one. The citation names the hash at which the ledger's log stands,
    so that what is cited can be found as it was.

    \b
    variorum cite EV-7K3Q@2 --form bibtex >> references.bib
    """
    from variorum.pipeline.citing import csl_object, find_citable, is_named, write_citations

    places = [word for word in what if Path(word).exists() or not is_named(word)]
    names = list(dict.fromkeys(word for word in what if word not in places))
    if len(places) > 1 or not names:
        raise UsageError(
            f"two ledgers are named: {places[0]} and {places[1]}" if len(places) > 1 else "nothing is named to cite",
            "name one ledger, and an event (EV-7K3Q), a version (EV-7K3Q@2) or a claim (clm_…)",
        )
    place = places[0] if places else None
    today = datetime.now(UTC).date().isoformat()
    with open_ledger(ledger_place(ledger_named, place)) as ledger, ledger.snapshot():
        found: list[Citable] = [find_citable(ledger, name, accessed=today, place=served_at) for name in names]
    if form == "csl":
        click.echo(json.dumps([csl_object(cited) for cited in found], ensure_ascii=False, indent=1))
        return 0
    for cited in found:
        text = write_citations(cited)[form]
        click.echo(text, nl=not text.endswith("\n"))
    return 0
