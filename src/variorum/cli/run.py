"""`variorum run`: read files and folders into a ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from variorum.cli.options import DEFAULT_LEDGER
from variorum.errors import UsageError

FAILED = 3


@click.command("run")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", metavar="FILE", default=None, help="Ledger to write: a file or postgresql:// URL.")
@click.option("--ledger", "ledger_place", metavar="FILE", envvar="VARIORUM_LEDGER", default=None, help="Same as -o.")
@click.option(
    "--workers", type=click.IntRange(1, 256), default=None, help="Processes that read articles (default: one a core)."
)
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
def command(
    paths: tuple[str, ...], output: str | None, ledger_place: str | None, workers: int | None, quiet: bool
) -> int:
    """Read PATHs (files, folders, or - for standard input) and work out the events.

    \b
    Reads .txt (first line is the title), .html and .jsonl (one article a line; only "text" is required).
    Running it again reads only what is new; nothing already written is lost when it is stopped.
    """
    from variorum.ledger import Ledger
    from variorum.pipeline import run

    place = output or ledger_place or DEFAULT_LEDGER
    _check_paths(paths)
    began = time.perf_counter()
    with Ledger.open(place, create=True) as ledger:
        report = run(
            paths,
            ledger,
            now=datetime.now(UTC).isoformat(timespec="seconds"),
            workers=workers,
            progress=_progress(quiet),
        )
    from variorum.cli.summary import run_lines

    for line in run_lines(report, place, time.perf_counter() - began):
        if not quiet:
            click.echo(line, err=True)
    return FAILED if report.problems else 0


def _check_paths(paths: tuple[str, ...]) -> None:
    for path in paths:
        if path != "-" and not Path(path).exists():
            raise UsageError(f"no such file or folder: {path}", "check the spelling, or the folder you are in")


def _progress(quiet: bool) -> Callable[[str, int, int], None] | None:
    """Give a one-line progress display on a terminal's stderr; none in a pipe."""
    stream = click.get_text_stream("stderr")
    if quiet or not stream.isatty():
        return None

    def tell(stage: str, done: int, total: int) -> None:
        stream.write(f"\r{stage:<10} {done}/{total}\x1b[K")
        if done >= total:
            stream.write("\r\x1b[K")
        stream.flush()

    return tell
