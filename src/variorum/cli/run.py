"""`variorum run`: read files and folders into a ledger."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import click

from variorum.cli.options import is_quiet, json_option, ledger_option, ledger_place, note
from variorum.config import settings
from variorum.pipeline.paths import check_paths

FAILED = 3


@click.command("run")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", metavar="FILE", default=None, help="Ledger to write: a file or postgresql:// URL.")
@ledger_option
@click.option(
    "--workers", type=click.IntRange(1, 256), default=None, help="Processes that read articles (default: one a core)."
)
@click.option("--reader", metavar="NAME", default=None, help="Plugin that reads the reports, or: built-in.")
@json_option
def command(
    paths: tuple[str, ...],
    output: str | None,
    ledger_named: str | None,
    workers: int | None,
    reader: str | None,
    form: str | None,
) -> int:
    """Read PATHs (files, folders, or - for standard input) and work out the events.

    \b
    Where a plugin brings a feed, NAME:PLACE reads from it: mailbox:reports.mbox.
    Reads .txt (first line is the title), .html and .jsonl (one article a line; only "text" is required).
    Running it again reads only what is new; nothing already written is lost when it is stopped.
    The network is used only where a language model is set to read (llm_url): the texts are then sent to it.
    """
    check_paths(paths)
    place = ledger_place(ledger_named, output)
    config = settings() if reader is None else replace(settings(), reader=reader)
    workers = workers if workers is not None else config.workers
    if config.llm_url and not config.reader and workers is None:
        workers = 1  # a server on a laptop answers one question at a time; others would wait, and be late

    from variorum.cli.summary import report_object, run_lines
    from variorum.ledger import Ledger
    from variorum.pipeline import choose_reader, run

    began = time.perf_counter()
    chosen = choose_reader(config, place)
    with Ledger.open(place, create=True, keep_texts=config.texts) as ledger:
        report = run(
            paths,
            ledger,
            now=datetime.now(UTC).isoformat(timespec="seconds"),
            reader=chosen,
            workers=workers,
            progress=_progress(),
            keep_raw=config.keep_raw,
        )
        for line in run_lines(report, ledger, place, time.perf_counter() - began):
            note(line)
    if form:
        import json

        click.echo(json.dumps(report_object(report), ensure_ascii=False, indent=1))
    return FAILED if report.problems else 0


def _progress() -> Callable[[str, int, int], None] | None:
    """Give a one-line progress display on a terminal's stderr; none in a pipe."""
    stream = sys.stderr
    if is_quiet() or not stream.isatty():
        return None

    def tell(stage: str, done: int, total: int) -> None:
        stream.write(f"\r{stage:<11} {done:,} of {total:,}\x1b[K" if done < total else "\r\x1b[K")
        stream.flush()

    return tell
