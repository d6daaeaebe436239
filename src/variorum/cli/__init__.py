"""The command line: one thin module per verb. Errors become one cause, one remedy and the documented exit status.

Invariant: starting costs nothing but Click; a verb's module is imported when that verb is called.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from variorum import __version__
from variorum.errors import UnknownIdError, VariorumError

# Verb -> its group in the help. The order is the order of a first session.
VERBS = {
    "run": "Start",
    "list": "Look",
    "show": "Look",
    "why": "Look",
    "log": "Look",
    "sql": "Look",
    "export": "Publish",
    "check": "Check",
    "doctor": "Check",
    "explain": "Expert",
}
SUMMARIES = {
    "run": "read files or folders, work out the events, write a ledger",
    "list": "events, filtered",
    "show": "one event, report or claim",
    "why": "why two reports were joined or kept apart",
    "log": "runs, decisions and problems, newest first",
    "sql": "read-only SQL on the ledger",
    "export": "events as jsonl, csv or geojson",
    "check": "every quote matches its text, every hash matches, every id resolves",
    "doctor": "what is installed, and in which version",
    "explain": "a kind, property, scope, relation, reason or problem code",
}
STOPPED = 130  # 128 + SIGINT, as shells report it


class Verbs(click.Group):
    """The group of all verbs; a verb's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in order of a first session."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give one verb's command."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"variorum.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or name the nearest one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from rapidfuzz import process

            near = process.extractOne(args[0], list(VERBS), score_cutoff=60)
            hint = f"\ndid you mean {near[0]}?" if near else ""
            raise click.UsageError(f"no command {args[0]}{hint}\nlist: variorum --help", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs by group without importing their modules."""
        for group in dict.fromkeys(VERBS.values()):
            with formatter.section(group):
                formatter.write_dl([(verb, SUMMARIES[verb]) for verb in VERBS if VERBS[verb] == group])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="variorum")
@click.option("--no-color", is_flag=True, help="No colour, also on a terminal (NO_COLOR does the same).")
@click.pass_context
def variorum(ctx: click.Context, no_color: bool) -> None:
    """Reads news reports of violent events and keeps a ledger: which event, who claims what, in which words.

    \b
    Start:  variorum run FOLDER -o ledger.db
    Look:   variorum list --ledger ledger.db
    No command reaches the network.
    """
    if no_color or os.environ.get("NO_COLOR"):
        ctx.color = False


def _say(error: VariorumError) -> None:
    click.echo(f"error: {error.cause}", err=True)
    if isinstance(error, UnknownIdError) and error.near:
        click.echo(f"did you mean {', '.join(error.near)}?", err=True)
    if error.remedy:
        click.echo(error.remedy, err=True)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the documented exit status.

    0 done · 1 check found problems · 2 wrong usage · 3 finished but some documents failed · 4 ledger busy, newer or
    not writable · 130 stopped by the user.
    """
    sys.exit(call(args))


def call(args: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    try:
        result: Any = variorum.main(
            args=list(args) if args is not None else None, prog_name="variorum", standalone_mode=False
        )
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except VariorumError as error:
        _say(error)
        return error.exit_status
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nstopped; what was written is kept, and running the command again finishes the work", err=True)
        return STOPPED
    except BrokenPipeError:
        # The reader of a pipe (head, less) closed it: no error. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
