"""The command line: one thin module per verb. Errors become one cause, one remedy and the documented exit status.

Invariant: starting costs nothing but Click; a verb's module is imported when that verb is called.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, TextIO

import click

from variorum import __version__
from variorum.cli.options import QUIET
from variorum.errors import UnknownIdError, VariorumError

# No `list(…)` in this module: once the verb is imported, the name is that of its module, variorum.cli.list.
# Verb -> its group in the help. The order is the order of a first session.
VERBS = {
    "run": "Start",
    "add": "Start",
    "fetch": "Start",
    "watch": "Start",
    "serve": "Start",
    "list": "Look",
    "show": "Look",
    "stories": "Look",
    "why": "Look",
    "diff": "Look",
    "search": "Look",
    "log": "Look",
    "sql": "Look",
    "join": "Decide",
    "split": "Decide",
    "set": "Decide",
    "reject": "Decide",
    "undo": "Decide",
    "merge": "Decide",
    "review": "Decide",
    "export": "Publish",
    "cite": "Publish",
    "site": "Publish",
    "check": "Check",
    "backup": "Check",
    "move": "Check",
    "doctor": "Check",
    "account": "Expert",
    "gazetteer": "Expert",
    "explain": "Expert",
}
SUMMARIES = {
    "run": "read files or folders, work out the events, write a ledger",
    "add": "take reports into a ledger, to be read later",
    "fetch": "feeds, sitemaps and pages from the network into a folder that `run` reads",
    "watch": "poll feeds, read what is new, keep the ledger fresh",
    "serve": "the pages of a ledger in the browser, on this machine",
    "list": "events, filtered",
    "show": "one event, report, claim or story",
    "stories": "reports grouped by what they cover",
    "why": "why two reports were joined or kept apart",
    "diff": "what changed between two versions of an event, two dates or two ledgers",
    "search": "full text in reports and quotes",
    "log": "runs, decisions and problems, newest first",
    "sql": "read-only SQL on the ledger",
    "join": "two reports or events are one event",
    "split": "take reports out of an event into one of their own",
    "set": "correct a value, a source, a place, a date, the kind",
    "reject": "a claim was misread, an event is none, a report is withdrawn",
    "undo": "take one decision back, and no other",
    "review": "decide what waits for a person, one key a card",
    "export": "events in the formats that people work with",
    "cite": "how an event, a version or a claim is cited",
    "site": "the pages of a ledger as a folder that any browser opens, without a server",
    "check": "every quote matches its text, every hash matches, every id resolves",
    "backup": "a checked copy in one file, also while others write",
    "move": "the whole ledger into another file or database",
    "merge": "what another ledger read and decided, into this one",
    "doctor": "what is installed, and in which version",
    "account": "who may sign in to a server for several people: add, list, change, remove",
    "gazetteer": "places of one's own: add a file, list, remove",
    "explain": "a kind, property, scope, relation, tie, rule or problem code",
}
FAULT = 1  # a fault of the program: nothing that the user did
STOPPED = 130  # 128 + SIGINT, as shells report it
DEBUG = "VARIORUM_DEBUG"


def _be_quiet(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[QUIET] = True


def _be_plain(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value or os.environ.get("NO_COLOR"):
        ctx.color = False


def _shared_options() -> list[click.Option]:
    """Build the options that every verb takes, before or after its name."""
    return [
        click.Option(
            ["--no-color"],
            is_flag=True,
            expose_value=False,
            callback=_be_plain,
            help="No colour, also on a terminal (NO_COLOR does the same).",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_be_quiet,
            help="Nothing on stderr but errors.",
        ),
    ]


class Verbs(click.Group):
    """The group of all verbs; a verb's module is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in order of a first session."""
        return [*VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give one verb's command."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"variorum.cli.{cmd_name}").command
        if not any(option.name == "quiet" for option in command.params):
            command.params += _shared_options()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or name the nearest one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from rapidfuzz import process

            near = process.extractOne(args[0], [*VERBS], score_cutoff=60)
            hint = f"\ndid you mean {near[0]}?" if near else ""
            raise click.UsageError(f"no command {args[0]}{hint}\nlist: variorum --help") from None

    def invoke(self, ctx: click.Context) -> Any:
        """Call the verb; that the reader of a pipe (head, less) closed it is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # met here, because Click itself would end the program with status 1
            _forget_stdout()
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs by group without importing their modules."""
        for group in dict.fromkeys(VERBS.values()):
            with formatter.section(group):
                formatter.write_dl([(verb, SUMMARIES[verb]) for verb in VERBS if VERBS[verb] == group])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]}, params=_shared_options())
@click.version_option(__version__, prog_name="variorum")
def variorum() -> None:
    """Reads news reports of violent events and keeps a ledger: which event, who claims what, in which words.

    \b
    Start:  variorum run FOLDER -o ledger.db
    Look:   variorum list ledger.db
    Only `fetch` and `watch` use the network, and `run` where a language model is set to read (llm_url).

    \b
    Exit status: 0 done · 1 check found problems · 2 wrong usage · 3 finished, but some documents failed
    · 4 ledger busy, newer or not writable · 130 stopped
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the documented exit status.

    0 done · 1 check found problems · 2 wrong usage · 3 finished but some documents failed · 4 ledger busy, newer or
    not writable · 130 stopped by the user.
    """
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    sys.exit(call(args))


def call(args: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    try:
        result: Any = variorum.main(
            args=[*args] if args is not None else None, prog_name="variorum", standalone_mode=False
        )
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except VariorumError as error:
        _say(error)
        return error.exit_status
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        _say_usage(error)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nstopped; what was written is kept, and running the command again finishes the work", err=True)
        return STOPPED
    except BrokenPipeError:
        _forget_stdout()  # met while flushing
        return 0
    except Exception as error:  # a fault of the program: one line for the user, the rest on request
        return _say_fault(error)


def _say(error: VariorumError) -> None:
    click.echo(f"error: {error.cause}", err=True)
    if isinstance(error, UnknownIdError) and error.near:
        click.echo(f"did you mean {' or '.join(error.near)}?", err=True)
    if error.remedy:
        click.echo(error.remedy, err=True)


def _say_usage(error: click.ClickException) -> None:
    message = error.format_message()
    click.echo(f"error: {message[:1].lower()}{message[1:]}", err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"help: {error.ctx.command_path} --help", err=True)


def _say_fault(error: Exception) -> int:
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exc()
    if isinstance(error, OSError):
        _forget_stdout()
    lines = str(error).strip().splitlines()
    click.echo(f"error: {type(error).__name__}{': ' + lines[0] if lines else ''}", err=True)
    if not isinstance(error, OSError):
        click.echo(f"a fault in the program; to see where, set {DEBUG}=1 and run the same command again", err=True)
    return FAULT


def _forget_stdout() -> None:
    """Lead standard output to nothing: Python would complain again when it flushes at exit."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8(stream: TextIO) -> None:
    """Write UTF-8 into files and pipes on every system; a terminal keeps its own, with `?` for what it lacks."""
    with suppress(AttributeError, ValueError):  # a stream that a test or a program put in place
        if stream.isatty():
            stream.reconfigure(errors="replace")  # type: ignore[attr-defined]
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[attr-defined]
