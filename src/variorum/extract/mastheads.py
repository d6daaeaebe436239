"""Where the outlet's name begins in a title: "Two hurt in Dersa - KXYZ News 4 Tarnville". No reading of the rest.

Invariant: a title is cut only at a mark between words, and only where all that follows is an outlet's name.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\s+(?:[-–—|]|::?|»)\s+|(?<=\.com)-|\|")
_DOMAIN = r"\b[\w-]+\.(?:com|org|net|tv|news|co\.[a-z]{2})\b"
_STATION = r"\b[KW][A-Z]{3}(?:[- ]?TV|-FM|-AM)?\b|\b(?:ABC|CBS|NBC|FOX|Fox|CW)\s?\d{1,2}\b|\bChannel \d{1,2}\b"
_PAPER = (
    r"\b(?:News|Weather|Sports|NewsChannel|Times|Herald|Tribune|Post|Gazette|Journal|Chronicle|Courier|Sentinel|Examiner"
    r"|Observer|Telegraph|Dispatch|Bulletin|Newspapers?|Radio|TV|Television|Sabah|Online)\b"
)
_OUTLET = re.compile(f"{_DOMAIN}|{_STATION}|{_PAPER}")
# A name has no word in small letters but these; a sentence has a verb.
_NAMED = re.compile(rf"(?:(?:[A-Z\d&|:–—-]|{_DOMAIN}|(?:of|for|the|and|in|on)\b)\S*(?:\s+|$))+")
_LONGEST = 90  # characters


def find_masthead(title: str) -> int:
    """Give the offset at which the outlet's name begins, its mark included; the title's length where none stands."""
    for match in _MARK.finditer(title):
        tail = title[match.end() :]
        head = re.split(_MARK, tail)[0]
        if match.start() > 0 and len(tail) <= _LONGEST and _OUTLET.search(head) and _NAMED.fullmatch(tail):
            return match.start()
    return len(title)
