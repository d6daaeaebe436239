"""Says which part of a set that is also trained on is kept apart for measuring: by content, alike for both sides."""

from __future__ import annotations

import hashlib

ECB_DEV = frozenset({2, 5, 12, 18, 21, 23, 34, 35})  # the topics that the set's users keep for development


def held_out(key: str, *, parts: int = 3) -> bool:
    """Tell whether a text (or document id) belongs to the one part in `parts` that is never trained on."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % parts == 0
