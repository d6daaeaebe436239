"""`variorum watch`: polls feeds, reads what is new and keeps a ledger fresh, until it is stopped."""

from __future__ import annotations

from dataclasses import replace

import click

from variorum.cli.fetchwords import make_teller
from variorum.cli.options import engine_options, jsonl_option, ledger_option, ledger_place
from variorum.config import settings

FAILED = 3


@click.command("watch")
@click.argument("feeds", metavar="FEEDS.TOML")
@click.option("-o", "--output", metavar="FILE", default=None, help="Ledger to write: a file or postgresql:// URL.")
@ledger_option
@click.option("--spool", metavar="FOLDER", default=None, help="For what is fetched (default: LEDGER.fetched).")
@click.option("--once", is_flag=True, help="One round, and no more.")
@click.option("--rounds", type=click.IntRange(1), default=None, help="So many rounds, and no more.")
@engine_options
@click.option("--reader", metavar="NAME", default=None, help="Plugin that reads the reports, or: built-in.")
@jsonl_option
def command(
    feeds: str,
    output: str | None,
    ledger_named: str | None,
    spool: str | None,
    once: bool,
    rounds: int | None,
    workers: int | None,
    engine: str | None,
    reader: str | None,
    form: str | None,
) -> int:
    """Poll the feeds of FEEDS.TOML, fetch what they list, and read it into the ledger. Ctrl-C ends it.

    \b
    This command and `fetch` use the network, as `fetch` does; each round says what it did and when the next one is.
    A feed that fails is a row of `variorum log --problems`, and is tried again later and later until it works.
    Started again after it was stopped, it goes on where it was.
    """
    place = ledger_place(ledger_named, output)
    config = settings() if reader is None else replace(settings(), reader=reader)

    from variorum.pipeline import choose_reader
    from variorum.pipeline.engine import open_engine
    from variorum.pipeline.fetching import Limits, Ways, named_sources
    from variorum.pipeline.watching import Watch, spool_of, watch

    if not feeds.endswith(".toml"):
        raise click.UsageError(f"{feeds} is no list of feeds: give a feeds.toml")
    wanted = named_sources([feeds], contact=config.contact)
    limits = replace(Limits(), delay_s=wanted.delay_s, tries=1, most_wait_s=30.0, round_s=60.0, source_hosts=16)
    ways = Ways(limits, wanted.contact)
    # A report that its process dies over must not end the watch, so this process reads none itself.
    with open_engine(config.engine if engine is None else engine, workers or config.workers, few=0) as working:
        reading = {"reader": choose_reader(config, place), "engine": working, "keep_raw": config.keep_raw}
        task = Watch(wanted.sources, place, spool_of(place, spool), ways, reading)
        failed = watch(task, rounds=1 if once else rounds, tell=make_teller(jsonl=form == "jsonl"))
    return FAILED if failed else 0
