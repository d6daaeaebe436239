"""Letters that romanisations of one script write for each other, that the keys of placename.py tell apart.

Invariant: a rule holds only in the countries whose names reach an English text from that script. Long consonants,
vowels, q and k, the article and final -a and -ah are united by the keys themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from variorum.values.placename import TRANSLITERATED

_ARABIC = frozenset(
    (
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SY",
        "TD",
        "TN",
        "YE",
    )
)
_CYRILLIC = frozenset(
    ("AZ", "BA", "BG", "BY", "GE", "KG", "KZ", "MD", "ME", "MK", "RS", "RU", "TJ", "TM", "UA", "UZ", "XK")
)
_PERSIAN = frozenset(("AF", "IR", "PK", "TJ"))
_TURKISH = frozenset(("AZ", "CY", "TM", "TR"))

# Signs of a sound key ($ sh, x kh, . vowels) that stand for one letter of the script.
_SWAPS = (
    (_ARABIC, (("d", "z"), ("d", "t"), ("t", "z"), ("k", "g"), ("j", "g"), ("x", "k"), ("x", "h"))),  # dh z th; q g; kh
    (_CYRILLIC, (("g", "h"), ("x", "h"), ("x", "k"), ("j", "z"), ("$", "s"))),  # Ukrainian h, Russian g
    (_PERSIAN, (("k", "g"), ("f", "w"), ("x", "k"), ("s", "z"))),  # gh q; v w
    (_TURKISH, (("$", "s"), ("$", "c"), ("j", "c"), ("k", "g"), ("f", "w"))),  # ş ç c
)
_DROPPED = ((".y.", "."), (".w.", "."), ("y", ""))  # Kismayo and Kismaio, Byelgorod


@lru_cache(maxsize=4096)
def swapped_keys(key: str) -> Mapping[str, frozenset[str]]:
    """Give the sound keys that differ by one rule from a sound key ("" has none), and the countries where it holds."""
    found: dict[str, frozenset[str]] = {}
    rules = [
        (countries, pair)
        for countries, pairs in _SWAPS
        for one, other in pairs
        for pair in ((one, other), (other, one))
    ]
    for countries, (old, new) in (*rules, *((TRANSLITERATED, pair) for pair in _DROPPED)):
        # One rule at one place: two at once would unite different names.
        at = key.find(old, 1)
        while at >= 0:
            swapped = key[:at] + new + key[at + len(old) :]
            found[swapped] = found.get(swapped, frozenset()) | countries
            at = key.find(old, at + 1)
    return found
