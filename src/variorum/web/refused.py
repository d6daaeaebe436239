"""The plain answers to a request that is turned away: a page for a person, JSON for a program.

Invariant: nothing of the request is repeated in them, and no template, ledger or account is needed to make one.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

DATA_ENDINGS = (".json", ".jsonl", ".csv", ".geojson")


def wants_data(scope: Scope) -> bool:
    """Tell whether a program asks, by the ending of the path or by the way a browser's script asks."""
    headers = Headers(scope=scope)
    mode = headers.get("sec-fetch-mode", "navigate")
    accepts = headers.get("accept", "")
    return (
        scope["path"].endswith(DATA_ENDINGS)
        or mode != "navigate"
        or "hx-request" in headers
        or ("json" in accepts and "html" not in accepts)
    )


def refuse(scope: Scope, status: int, title: str, remedy: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """Build the answer: what is refused, and what one can do, in our own words."""
    sent = {"Cache-Control": "no-store", **(headers or {})}
    if wants_data(scope):
        return JSONResponse({"error": {"cause": title, "remedy": remedy, "near": []}}, status, sent)
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} · Variorum</title>'
        '<meta name="viewport" content="width=device-width"></head>\n'
        f'<body><main><h1>{html.escape(title)}</h1>\n<p>{html.escape(remedy)}</p>\n<p><a href="/">Start page</a></p>'
        "</main></body></html>\n"
    )
    return HTMLResponse(page, status, sent)
