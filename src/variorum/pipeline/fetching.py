"""Fetches what addresses and feeds list into a folder, which a run then reads. Only this reaches pages of the network.

Invariant: one program fetches into a folder at a time, and what one before it left torn is mended first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from variorum.errors import UsageError
from variorum.gather.fetching.collecting import Collector, take_up
from variorum.gather.fetching.exchange import Limits, Network, make_tls, resolve_name
from variorum.gather.fetching.fetcher import Fetcher
from variorum.gather.fetching.manners import Clock
from variorum.gather.fetching.sources import FeedList, Source, check_contact, make_sources, read_feed_list
from variorum.gather.fetching.state import State, one_cause, open_state
from variorum.gather.fetching.tally import Tally, Tell

__all__ = ["Limits", "Tally", "Ways", "fetch", "named_sources"]


@dataclass(frozen=True, slots=True)
class Ways:
    """How the network is reached: within which limits, as whom, by which clock."""

    limits: Limits
    contact: str = ""
    network: Network | None = None  # None is that of this machine
    clock: Clock = field(default_factory=Clock)

    def fetcher(self) -> Fetcher:
        """Make what asks addresses, for one run."""
        network = self.network or Network(resolve_name, make_tls())
        return Fetcher(network, limits=self.limits, clock=self.clock, contact=self.contact)


def named_sources(words: Sequence[str], *, allow_private: bool = False, contact: str = "") -> FeedList:
    """Give what the words of a command name: addresses, or one `feeds.toml`; `contact` stands where it names none.

    Raises UsageError where both are given, ConfigError for what is neither.
    """
    files = [word for word in words if "://" not in word and word.endswith(".toml")]
    if not files:
        return FeedList(make_sources(words, allow_private=allow_private), check_contact(contact, "the settings"))
    if len(words) > 1:
        raise UsageError("a list of feeds and addresses are given together", "give one list, or addresses")
    listed = read_feed_list(Path(files[0]))
    return replace(listed, contact=listed.contact or check_contact(contact, "the settings"))


def fetch(folder: Path, sources: Sequence[Source], ways: Ways, *, tell: Tell) -> Tally:
    """Fetch what is new at some sources into a folder, as WARC files; gives what was done.

    Raises UsageError where another program fetches into that folder. An address that gives nothing is a problem of the
    tally, and the others are fetched.
    """
    tally = Tally()
    fetcher = ways.fetcher()

    async def work(state: State) -> None:
        due = sources
        while True:
            before = tally.fetched + tally.entries + tally.failed
            await Collector(folder, state, fetcher, tell, tally).collect(sources, due)
            if tally.fetched + tally.entries + tally.failed == before:
                return  # what still waits is not due
            due = []

    with one_cause(folder), open_state(folder) as state:
        take_up(folder, state, sources)
        asyncio.run(work(state))
    return tally
