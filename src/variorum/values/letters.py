"""Letters that a pattern takes for others where case does not matter."""

from __future__ import annotations

# What `re.I` takes for s, i and k, and `lower` leaves as it is or makes two letters of.
_ODD_LETTERS = str.maketrans({"\u017f": "s", "\u0130": "i", "\u0131": "i", "\u212a": "k"})


def make_small(word: str) -> str:
    """Give a word that a pattern matched in the small letters of the tables in which it is looked up."""
    return word.translate(_ODD_LETTERS).lower()
