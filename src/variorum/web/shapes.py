"""What the `.json` of each page holds, as JSON Schema. No page is read here.

Invariant: a page named here gives what stands here; tests hold every example of it against its shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}


def record(required: Mapping[str, Schema], also: Mapping[str, Schema] | None = None) -> Schema:
    """Give the shape of an object with these members, and others that may be missing; it may have more."""
    return {"type": "object", "required": list(required), "properties": {**required, **(also or {})}}


def rows(of: Schema) -> Schema:
    """Give the shape of a list."""
    return {"type": "array", "items": of}


CLAIM = record(
    {
        "id": TEXT,
        "article": TEXT,
        "start": COUNT,
        "end": COUNT,
        "quote": TEXT,
    },
    {"source": TEXT},
)
REPORT = record(
    {"label": TEXT, "outlet": TEXT, "published": TEXT_OR_NONE, "copy_of": TEXT_OR_NONE},
)
EVENT = record(
    {
        "label": TEXT,
        "event": {"oneOf": [{"type": "null"}, record({"id": TEXT, "title": TEXT, "claims": rows(CLAIM)})]},
        "as_of": TEXT_OR_NONE,
    },
    {
        "when": TEXT,
        "where": TEXT,
        "version": {"type": "integer", "minimum": 1},
        "frozen": FLAG,
        "stands_behind": TEXT,
        "reports": rows(REPORT),
        "hidden": COUNT,
    },
)

# Name of a route -> the shape of its `.json`; one that is not here is an object of which nothing more is promised.
SHAPES: Mapping[str, Schema] = {"event": EVENT}
