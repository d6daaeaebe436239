"""`variorum run`: read files and folders into a ledger."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import click

from variorum.cli.options import engine_options, json_option, jsonl_option, ledger_option, ledger_place
from variorum.cli.progress import make_progress
from variorum.config import settings
from variorum.pipeline.paths import check_paths


@click.command("run")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("-o", "--output", metavar="FILE", default=None, help="Ledger to write: a file or postgresql:// URL.")
@ledger_option
@engine_options
@click.option("--reader", metavar="NAME", default=None, help="Plugin that reads the reports, or: built-in.")
@json_option
@jsonl_option
def command(
    paths: tuple[str, ...],
    output: str | None,
    ledger_named: str | None,
    workers: int | None,
    engine: str | None,
    reader: str | None,
    form: str | None,
) -> int:
    """Read PATHs (files, folders, or - for standard input) and work out the events.

    \b
    Reads .txt (first line is the title), .html, .jsonl (one article a line; only "text" is required), web archives
    (.warc, .warc.gz) and saved feeds (.xml, .rss, .atom).
    Where a plugin brings a feed, NAME:PLACE reads from it: mailbox:reports.mbox.
    Without a PATH it reads what `variorum add` took in before.
    Running it again reads only what is new; nothing already written is lost when it is stopped.
    The network is used only where a language model is set to read (llm_url: the texts are then sent to it), or for an
    archive or a cluster that is named by its address.
    """
    check_paths(paths)
    place = ledger_place(ledger_named, output)
    config = settings() if reader is None else replace(settings(), reader=reader)
    workers = workers if workers is not None else config.workers
    if config.llm_url and not config.reader and workers is None:
        workers = 1  # a server on a laptop answers one question at a time; others would wait, and be late

    from variorum.cli.summary import run_lines, say_report
    from variorum.ledger import Ledger
    from variorum.pipeline import choose_reader, open_engine, run

    began = time.perf_counter()
    chosen = choose_reader(config, place)
    with (
        open_engine(config.engine if engine is None else engine, workers) as working,
        Ledger.open(place, create=bool(paths), keep_texts=config.texts) as ledger,
    ):
        report = run(
            paths,
            ledger,
            now=datetime.now(UTC).isoformat(timespec="seconds"),
            reader=chosen,
            engine=working,
            careful=True,
            progress=make_progress(jsonl=form == "jsonl"),
            keep_raw=config.keep_raw,
        )
        lines = run_lines(report, ledger, place, time.perf_counter() - began)
        return say_report(report, lines, form)
