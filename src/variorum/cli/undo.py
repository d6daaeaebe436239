"""`variorum undo`: take one decision back, whenever it was made."""

from __future__ import annotations

import re
from typing import Any

import click

from variorum.cli.deciding import Asked, deciding_options, take_back
from variorum.errors import UsageError

DECISION = re.compile(r"[Dd]?(\d{1,12})")


@click.command("undo")
@click.argument("decision", metavar="D12")
@deciding_options
def command(decision: str, **options: Any) -> int:
    """Take the decision D12 back, all of it, and leave every later one as it is; the log keeps both."""
    match = DECISION.fullmatch(decision)
    if match is None:
        raise UsageError(f"{decision} is no decision", "decisions are numbered D1, D2 …; list: variorum log")
    return take_back(int(match[1]), Asked(**options))
