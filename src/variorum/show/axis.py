"""Round numbers and round moments along the edge of a chart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = tuple(timedelta(hours=h) for h in (1, 3, 6, 12, 24, 48, 24 * 4, 24 * 7, 24 * 14))


def nice_steps(most: float, about: int) -> tuple[int, int]:
    """Give a round step (1, 2, 5 times a power of ten) and its first multiple that holds `most` with some room."""
    rough = max(1.0, most / about)
    power = 10 ** math.floor(math.log10(rough))
    step = next(int(power * f) for f in (1, 2, 5, 10) if power * f >= rough)
    return step, step * max(1, math.ceil(most * 1.04 / step))


def time_ticks(first: datetime, last: datetime, most: float) -> Iterator[tuple[datetime, str]]:
    """Yield at most so many round moments between two, and what to write under each: hours, days, months or years."""
    span = last - first
    step = next((step for step in _STEPS if span / step <= most), None)
    if step is not None:
        midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
        for count in range(math.ceil((first - midnight) / step), int((last - midnight) / step) + 1):
            at = midnight + step * count
            yield at, f"{at.day} {MONTHS[at.month - 1]}" if step.days or not at.hour else f"{at:%H:%M}"
        return
    months = next(
        m
        for m in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 120000)
        if span.days / 30.4 / m <= most
    )
    count = first.year * 12 + first.month - 1
    count += -count % months or (months if first.day > 1 or first.hour else 0)
    while count // 12 < 9999 and (at := first.replace(count // 12, count % 12 + 1, 1, 0, 0, 0, 0)) <= last:
        yield at, str(at.year) if months >= 12 else f"{MONTHS[at.month - 1]} {at.year}"
        count += months
