"""What the accounts of an event are to each other, in one sign and one word, as every list says it."""

from __future__ import annotations

# Worst first.
STATES = {
    "impossible": "!",
    "contradicts": "≠",
    "revised": "↻",
    "overlaps": "≈",
    "agrees": "=",
    "single": "·",
}
STATE_WORDS = {
    "impossible": "impossible",
    "contradicts": "contradicted",
    "revised": "revised",
    "overlaps": "overlapping",
    "agrees": "agreeing",
    "single": "one lineage",
}
