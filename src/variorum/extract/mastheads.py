"""Where the outlet's name begins in a title: "Two hurt in Dersa - KXYZ News 4 Tarnville". No reading of the rest.

Invariant: a title is cut only at a mark between words, and only where all that follows is an outlet's name.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\s+(?:[-–—|]|::?|»)\s+|(?<=\.com)-|\|")
_DOMAIN = r"\b[\w-]+\.(?:com|org|net|tv|news|co\.[a-z]{2})\b"
_STATION = r"\b[KW][A-Z]{2,3}(?:[- ]?TV|-FM|-AM)?\b|\b(?:ABC|CBS|NBC|FOX|Fox|CW)\s?\d{1,2}\b|\bChannel \d{1,2}\b"
_PAPER = (
    r"\b(?:News|Weather|Sports|NewsChannel|Times|Herald|Tribune|Post|Gazette|Journal|Chronicle|Courier|Sentinel|Examiner"
    r"|Observer|Telegraph|Dispatch|Bulletin|Newspapers?|Radio|TV|Television|Sabah|Online)\b"
)
_OUTLET = re.compile(f"{_DOMAIN}|{_STATION}|{_PAPER}")
# Words that a sentence has and the name of an outlet has not.
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|says?|said|after|before|from|with|by|who|that|killed?|dead|dies|died|injured|hurt"
    r"|wounded|shot|shooting|arrested|charged|attack|police|[a-z]+ed)\b"
)
_LONGEST = 90  # characters


def find_masthead(title: str) -> int:
    """Give the offset at which the outlet's name begins, its mark included; the title's length where none stands."""
    for match in _MARK.finditer(title):
        tail = title[match.end() :]
        head = re.split(_MARK, tail)[0]
        if match.start() > 0 and len(tail) <= _LONGEST and _OUTLET.search(head) and not _SENTENCE.search(tail):
            return match.start()
    return len(title)
