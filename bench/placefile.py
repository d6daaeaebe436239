"""Reads the event-location set: texts with one event verb and the places it belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Stretch = tuple[int, int]


def read_pairs(path: Path) -> Iterator[tuple[str, Stretch, list[Stretch]]]:
    """Give each text with its verb and its places, half-open spans; texts with several verbs are left out.

    About one place in six is given by the numbers of its words in place of offsets; its words are looked for there.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        verbs = [(one["start"], one["end"]) for one in row["spans"] if one["label"] == "VERB"]
        places = [_place(row["text"], one) for one in row["spans"] if one["label"] == "LOCATION"]
        if len(verbs) == 1:
            yield row["text"], verbs[0], sorted(place for place in places if place is not None)


def _place(text: str, span: dict[str, Any]) -> Stretch | None:
    if span["start"] != span.get("token_start") or span["end"] != span.get("token_end") or "text" not in span:
        return span["start"], span["end"]
    words = list(re.finditer(r"\w+|[^\w\s]", text))
    near = words[min(span["token_start"], len(words) - 1)].start()
    found = [match.span() for match in re.finditer(re.escape(span["text"]), text)]
    return min(found, key=lambda one: abs(one[0] - near), default=None)
