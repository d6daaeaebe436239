"""What `fetch` and `watch` say: a line for each failure, what was fetched, and from where; or JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import is_quiet
from variorum.cli.progress import say_object
from variorum.show.words import plural

if TYPE_CHECKING:
    from variorum.pipeline.fetching import Tally

NAMED = 5  # hosts in a line


def make_teller(*, jsonl: bool) -> Callable[[str, dict[str, Any]], None]:
    """Give what to tell of each event: JSON on stdout, or a line on stderr for what failed."""
    if jsonl:
        return lambda event, said: say_object(event, **said)
    if is_quiet():
        return lambda event, said: None

    def tell(event: str, said: dict[str, Any]) -> None:
        if event == "failed":
            click.echo(f"{clean(said['address'])}: {clean(said['cause'])}", err=True)
        elif event == "round":
            click.echo(round_line(said), err=True)

    return tell


def fetched_lines(tally: Tally, folder: str, seconds: float) -> Iterator[str]:
    """Give the lines that end `fetch`; the last says where the network led."""
    yield f"{asked(tally.polled, tally.unchanged)}: {plural(tally.listed, 'new item')}"
    kept = [plural(tally.fetched, "page")]
    kept += [f"{plural(tally.entries, 'article')} out of a feed itself"] * bool(tally.entries)
    kept += [f"{tally.failed:,} failed"] * bool(tally.failed)
    kept += [f"{tally.waiting:,} to be tried again"] * bool(tally.waiting)
    yield f"Fetched {', '.join(kept)} in {seconds:.1f} s"
    if tally.files:
        yield f"Next:  variorum run {click.format_filename(folder)}"
    yield network_line(tally.received, asked=tally.asked)


def network_line(received: Mapping[str, int], *, asked: bool) -> str:
    """Say which hosts were asked, and how many bytes came."""
    if not asked:
        return "The network was not used: nothing was asked."
    if not received:
        return "The network was used, and no host answered."
    most = sorted(received.items(), key=lambda row: (-row[1], row[0]))
    named = ", ".join(f"{clean(host)} {size(count)}" for host, count in most[:NAMED])
    rest = f", {len(most) - NAMED:,} more" if len(most) > NAMED else ""
    return f"The network was used: {plural(len(most), 'host')}, {size(sum(received.values()))} ({named}{rest})."


def round_line(said: Mapping[str, Any]) -> str:
    """Say in one line what a round of `watch` did, and when the next one is."""
    parts = [asked(said["polled"], said["unchanged"]), f"{said['new']:,} new"]
    parts.append(f"{said['fetched'] + said['entries']:,} fetched ({size(said['bytes'])})")
    parts += [f"{said['failed']:,} failed"] * bool(said["failed"])
    parts += [f"{said['waiting']:,} waiting"] * bool(said["waiting"])
    parts.append(plural(said["new reports"], "new report"))
    if said["events"] is not None:  # no run took place in a round without news
        parts.append(f"{said['events']:,} events")
    parts += [f"not read yet: {said['busy']}"] * bool(said["busy"])
    return f"Round {said['round']:,}: {' · '.join(parts)} · next in {wait(said['next in s'])}"


def asked(polled: int, unchanged: int) -> str:
    """Say how many sources were asked."""
    return plural(polled, "source") + (f", {unchanged:,} unchanged" if unchanged else "")


def size(count: int) -> str:
    """Give bytes as people read them."""
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count / 1e3:,.1f} kB"


def wait(seconds: float) -> str:
    """Give a time to wait as people read it."""
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} m"


def clean(text: str) -> str:
    """Give words from outside as they can stand on a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:300]
