"""Which news agency an article credits for its text. A credit for a photograph or a quotation is none.

Invariant: a credit alone makes no copy; it only lowers how much shared wording is asked for (gather.copies).
"""

from __future__ import annotations

import re

from variorum.values.letters import make_small

# Agencies whose text other outlets reprint, with the short and long forms of their credit line.
AGENCIES = {
    "afp": "afp",
    "agence france-presse": "afp",
    "agence france presse": "afp",
    "reuters": "reuters",
    "ap": "ap",
    "associated press": "ap",
    "the associated press": "ap",
    "dpa": "dpa",
    "efe": "efe",
    "upi": "upi",
    "ansa": "ansa",
    "xinhua": "xinhua",
    "tass": "tass",
    "interfax": "interfax",
    "ria novosti": "ria",
    "anadolu": "anadolu",
    "anadolu agency": "anadolu",
    "irna": "irna",
    "sana": "sana",
    "kyodo": "kyodo",
    "yonhap": "yonhap",
    "pti": "pti",
    "petra": "petra",
    "wafa": "wafa",
    "agencies": "agencies",
    "news agencies": "agencies",
    "wire services": "agencies",
    "رويترز": "reuters",
    "أ ف ب": "afp",
    "рейтер": "reuters",
    "тасс": "tass",
}
_NAME = "(?P<name>" + "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True)) + ")"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
CREDIT = re.compile(
    rf"""\(\s*{_NAME}\s*\)\s*(?:[-–—:]|$)                              # PORT ARDAN (Reuters) -
       | (?:^|\n)\s*(?:[-–—]\s*|by\s+|from\s+|source:\s*|via\s+){_NAME.replace("name", "line")}\b\s*(?:[-–—|,.].*)?$
       | \bsources?\s*:\s*{_NAME.replace("name", "source")}\b
       | \b(?:with\s+(?:additional\s+)?)?reporting\s+by\s+{_NAME.replace("name", "by")}\b
       | \b(?:with|from)\s+{_NAME.replace("name", "with")}\s*[).]?\s*$    # The Ardan Post with AFP
       | [-–—]\s*{_NAME.replace("name", "end")}\s*$                     # - AFP
       | (?:^|[\s|]){_NAME.replace("name", "dated")}\s*[,|]?\s+{_DAY}\b  # AFP, Monday 3 March
       | \(c\)\s*(?:\d{{4}}\s+)?{_NAME.replace("name", "right")}\b""",
    re.I | re.X | re.M,
)
HEAD_CHARS, TAIL_CHARS = 400, 250  # bylines and datelines stand above, credits below; in between stand quotations


def find_credits(text: str, outlet: str = "") -> frozenset[str]:
    """Give the agencies that an article credits in its head or tail; an agency's own article credits itself."""
    ends = (text[:HEAD_CHARS], text[-TAIL_CHARS:])
    found = {
        AGENCIES[make_small(next(filter(None, match.groups())))] for part in ends for match in CREDIT.finditer(part)
    }
    own = AGENCIES.get(outlet.strip().lower())
    return frozenset(found | {own} if own is not None else found)
