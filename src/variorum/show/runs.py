"""What a run did, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FIGURES = ("new articles", "articles", "events", "in other languages", "problems")


def run_words(figures: Mapping[str, Any]) -> str:
    """Say the figures of a run; reports in other languages only where there are any."""
    told = [name for name in FIGURES if name in figures and (figures[name] or name != "in other languages")]
    return ", ".join(f"{figures[name]:,} {name}" for name in told)
