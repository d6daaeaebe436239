"""`variorum site`: a ledger as a folder of pages that any browser opens, without a server."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from variorum.cli.options import UNFINISHED, is_quiet, ledger_option, ledger_place, note, open_ledger
from variorum.config import settings
from variorum.errors import UsageError

LONGEST_TITLE = 100  # characters


@click.command("site")
@click.argument("out", metavar="OUT")
@click.argument("ledger_given", metavar="[LEDGER]", required=False)
@ledger_option
@click.option("--title", default="", metavar="WORDS", help="What stands at the head of every page (default: Variorum).")
@click.option(
    "--redact",
    "redacted",
    is_flag=True,
    help="For sharing: without names of private people, quotes over 300 characters and withheld articles.",
)
def command(out: str, ledger_given: str | None, ledger_named: str | None, title: str, redacted: bool) -> int:
    """Write the pages of a ledger into the folder OUT: OUT/index.html opens in any browser, also from a stick.

    \b
    It holds every event with its claims and quotes, reports, sources, map, timeline and a search; no whole text of a
    report. A folder that an earlier `variorum site` wrote is replaced when all is written; any other is refused.
    """
    from variorum.cli.redacted import say_redacted
    from variorum.pipeline import is_finished
    from variorum.show.words import plural
    from variorum.web.folder.site import write_site

    if len(title) > LONGEST_TITLE:
        raise UsageError(f"the title has {len(title)} characters", f"give at most {LONGEST_TITLE}")
    with open_ledger(ledger_place(ledger_named, ledger_given)) as ledger:
        if not is_finished(ledger):
            note(UNFINISHED)
        tell = _progress()
        made = write_site(ledger, settings(), out, title=title, redacted=redacted, tell=tell)
        tell("")
    say_redacted(made.shown)
    told = (plural(made.events, "event"), plural(made.reports, "report"), plural(made.files, "file"))
    note(f"Wrote {out}: {', '.join(told)}, {made.size / 1e6:,.1f} MB.")
    note(f"Open {out}/index.html in a browser; copy the whole folder to take it along.")
    return 0


def _progress() -> Callable[[str], None]:
    """Give a one-line display of how far it is on a terminal's stderr; none in a pipe."""
    if is_quiet() or not sys.stderr.isatty():
        return lambda _: None
    return lambda words: click.echo(f"\r{words}\x1b[K", err=True, nl=False)
