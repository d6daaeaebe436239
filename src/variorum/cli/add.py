"""`variorum add`: take articles into a ledger, and read them later."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click

from variorum.cli.options import engine_options, json_option, jsonl_option, ledger_option, ledger_place
from variorum.cli.progress import make_progress
from variorum.config import settings
from variorum.pipeline.paths import check_paths


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", metavar="FILE", default=None, help="Ledger to write: a file or postgresql:// URL.")
@ledger_option
@engine_options
@json_option
@jsonl_option
def command(
    paths: tuple[str, ...],
    output: str | None,
    ledger_named: str | None,
    workers: int | None,
    engine: str | None,
    form: str | None,
) -> int:
    """Take the reports of PATHs into a ledger without reading them: `variorum run` without a PATH does that.

    PATHs are those of `variorum run`. For archives that come one by one, or are fetched where there is a network and
    read elsewhere.
    """
    check_paths(paths)
    place, config = ledger_place(ledger_named, output), settings()

    from variorum.cli.summary import add_lines, say_report
    from variorum.ledger import Ledger
    from variorum.pipeline import add, open_engine

    began = time.perf_counter()
    with (
        open_engine(config.engine if engine is None else engine, workers or config.workers) as working,
        Ledger.open(place, create=True, keep_texts=config.texts) as ledger,
    ):
        report = add(
            paths,
            ledger,
            now=datetime.now(UTC).isoformat(timespec="seconds"),
            engine=working,
            progress=make_progress(jsonl=form == "jsonl"),
            keep_raw=config.keep_raw,
        )
        lines = add_lines(report, ledger, place, time.perf_counter() - began)
        return say_report(report, lines, form)
