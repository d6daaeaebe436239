"""What a round of fetching did, in figures and in events. No fetching here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from variorum.model import Problem

# A kind of event (poll, item, failed, round …) and what is said of it: what `--jsonl` prints.
Tell = Callable[[str, dict[str, Any]], None]


@dataclass(slots=True)
class Tally:
    """What a round did."""

    polled: int = 0  # sources asked
    unchanged: int = 0  # of them, with nothing new
    listed: int = 0  # new items that they list
    fetched: int = 0  # pages
    entries: int = 0  # articles made of an entry's own text
    failed: int = 0  # sources and items that gave nothing
    later: int = 0  # sources whose turn did not come, because of the pauses that their hosts ask for
    waiting: int = 0  # items and sources that are tried again later
    asked: bool = False  # the network was used: a name was looked up, or a host asked
    received: dict[str, int] = field(default_factory=dict)  # host -> bytes
    files: list[str] = field(default_factory=list)  # written
    problems: list[Problem] = field(default_factory=list)  # met in this round
