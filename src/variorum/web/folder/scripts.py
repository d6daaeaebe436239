"""Data as classic scripts: a page opened from a file may load a script, and nothing else.

Invariant: the words of a report stay words: no sign in them ends the script, its line, or an element around it.
"""

from __future__ import annotations

import json

# Valid in JSON, but `<` could open an element where a script is pasted into a page, and the line separators ended a
# string before ECMAScript 2019.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def to_script(data: object, before: str, after: str = ";") -> str:
    """Write `before`, data as JSON, and `after`, in one line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return before + text.translate(_ESCAPES) + after + "\n"
