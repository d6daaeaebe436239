"""`variorum fetch`: what is new at feeds, sitemaps and pages, into a folder that `variorum run` reads."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from variorum.cli.fetchwords import fetched_lines, make_teller
from variorum.cli.options import jsonl_option, note
from variorum.config import settings

FAILED = 3


@click.command("fetch")
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
@click.option("-o", "--output", metavar="FOLDER", default="fetched", show_default=True, help="Where it is kept.")
@click.option("--allow-private", is_flag=True, help="The hosts named here may be on a private network; no others.")
@click.option(
    "--most", type=click.IntRange(1, 50_000), default=None, help="Links taken from one feed or sitemap (default: 1000)."
)
@click.option(
    "--delay",
    type=click.FloatRange(0, 3_600),
    default=None,
    metavar="SECONDS",
    help="Between two requests to one host (default: 1).",
)
@jsonl_option
def command(
    addresses: tuple[str, ...],
    output: str,
    allow_private: bool,
    most: int | None,
    delay: float | None,
    form: str | None,
) -> int:
    """Fetch what is new at ADDRESSes (feeds, sitemaps, pages) or at those of a feeds.toml, as WARC files.

    \b
    This command and `watch` use the network; `variorum run FOLDER` then reads what was fetched, without it.
    Asked are the public network, over http and https, and of private networks only what you name (--allow-private).
    Running it again fetches only what is new. robots.txt is obeyed.
    """
    from dataclasses import replace

    from variorum.pipeline.fetching import Limits, Ways, fetch, named_sources

    began = time.perf_counter()
    wanted = named_sources(addresses, allow_private=allow_private, contact=settings().contact)
    changes: dict[str, Any] = {"delay_s": wanted.delay_s if delay is None else delay, "round_s": float("inf")}
    if most is not None:
        changes["links"] = most
    ways = Ways(replace(Limits(), **changes), wanted.contact)
    tally = fetch(Path(output), wanted.sources, ways, tell=make_teller(jsonl=form == "jsonl"))
    for line in fetched_lines(tally, output, time.perf_counter() - began):
        note(line)
    return FAILED if tally.problems else 0
