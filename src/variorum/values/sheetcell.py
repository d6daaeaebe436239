"""A cell of a table for a spreadsheet: what a spreadsheet would run as a formula is made text.

Invariant: a cell that begins as a formula does gets an apostrophe before it, but a plain number stays one.
"""

from __future__ import annotations

import re

# OWASP, CSV injection; the last are the wide forms of the first four, which some spreadsheets take for them.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBER = re.compile(r"-\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII)


def guard_cell(text: str) -> str:
    """Give the text of a cell so that no spreadsheet runs it."""
    return "'" + text if text.startswith(FORMULA) and NUMBER.fullmatch(text) is None else text
