"""How much of what can be tried is tried: a part in `make test`, all with VARIORUM_TEST_THOROUGH=1.

`make test` stays under ten minutes on two cores. What is left out of it there is more of the same: further histories,
further examples of one page, further looks of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

THOROUGH = os.environ.get("VARIORUM_TEST_THOROUGH") == "1"
One = TypeVar("One")


def some(values: Sequence[One], most: int = 1) -> Sequence[One]:
    """Give the first of some values to try; all where everything is tried."""
    return values if THOROUGH else values[:most]


def part(count: int) -> int:
    """Give how often to try what is tried so often where everything is."""
    return count if THOROUGH else max(min(count, 3), count // 3)
