"""From a request to the bytes of a page: checks what is asked, reads the page, draws it in the form asked for.

Invariant: an error raised on purpose is a page with its cause and remedy and the right status; a frozen version has the
same bytes each time.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from variorum.errors import (
    DecidedMeanwhileError,
    LedgerBusyError,
    LedgerError,
    LedgerReplacedError,
    MayNotDecideError,
    UnknownIdError,
    UsageError,
    VariorumError,
)
from variorum.pipeline.labels import make_labels
from variorum.values.sheetcell import guard_cell
from variorum.web.asking import Asked, Download, Form, Moved, Page, Route, read_query
from variorum.web.refused import refuse
from variorum.web.rendering import render, to_json
from variorum.web.shelf import Shelf
from variorum.web.standing import Standing
from variorum.web.viewer import Viewer

MEDIA: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
}
SMALL = 800  # bytes; under it compression gains nothing
FAST = 5  # of 9: two thirds of the time of 9 for 3 % more bytes
FOREVER = "private, max-age=0, must-revalidate"  # asked again each time: accounts can be closed


def now_written() -> str:
    """Give the time as decisions are written: UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def make_asked(request: Request, route: Route) -> Asked:
    """Check what a request asks of a page. Raises UsageError for a parameter that cannot be used."""
    state = request.app.state
    form: Form = request.scope.get("variorum.form", "html")
    if form not in route.forms:
        raise UnknownIdError(f"this page has no .{form}", f"it has: {', '.join(route.forms)}")
    return Asked(
        ledger=state.ledger,
        config=state.config,
        labels=make_labels(state.ledger),
        viewer=request.state.viewer,
        path=request.scope["path"],
        names={name: str(value) for name, value in request.path_params.items()},
        query=read_query(route, request.query_params.multi_items()),
        form=form,
        forms=route.forms,
        now=now_written(),
        state=state,
    )


def make_endpoint(route: Route) -> Callable[[Request], Any]:
    """Make what answers requests for one page."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(answer, request, route)

    return endpoint


def answer(request: Request, route: Route) -> Response:
    """Answer one request for a page."""
    try:
        request.app.state.served.check()
        asked = make_asked(request, route)
        drawn = _draw_once(request, route, asked) if route.shelved else _draw(request, route, asked)
    except VariorumError as error:
        return tell_error(request, error)
    if isinstance(drawn, Moved):
        return RedirectResponse(drawn.to, status_code=307)
    if isinstance(drawn, Download):
        return send(drawn)
    return finish(request, *drawn, asked.form)


Drawn = tuple[str, Page] | Moved | Download  # a page is its text and what is told of it


def _draw(request: Request, route: Route, asked: Asked) -> Drawn:
    found = route.read(asked)
    if not isinstance(found, Page):
        return found
    # What is only needed to draw the page does not go on with it.
    return _write(request, asked, found), replace(found, data={}, shown={}, rows=None, features=None)


def _draw_once(request: Request, route: Route, asked: Asked) -> Drawn:
    """Give a page as it was drawn a moment ago for the same viewer and the same state of the ledger, or draw it."""
    shelf: Shelf[Drawn] = request.app.state.shelf
    # Not by the viewer's token, which stands on no page that is kept: it is another one in every browser.
    viewer = (asked.viewer.name, asked.viewer.role, asked.viewer.local)
    state = asked.standing.head()

    def draw_it() -> tuple[Drawn, int]:
        drawn = _draw(request, route, asked)
        keep = isinstance(drawn, tuple) and not drawn[1].secret and drawn[1].status == 200
        return drawn, len(drawn[0]) if isinstance(drawn, tuple) and keep else 0

    return shelf.once((asked.path, asked.form, *sorted(asked.query.items()), viewer, asked.now[:10], state), draw_it)


def send(found: Download) -> Response:
    """Give the response that sends a file piece by piece, drawn in a thread of its own."""
    named = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    if found.left:
        headers["X-Variorum-Left-Out"] = found.left.encode("ascii", "replace").decode()
    return StreamingResponse(found.pieces, media_type=found.media, headers=headers)


def _write(request: Request, asked: Asked, page: Page) -> str:
    if asked.form == "json":
        return to_json(page.data, compact=page.compact)
    if asked.form == "csv":
        return to_csv(page.rows or (), page.columns)
    if asked.form == "geojson":
        return to_json({"type": "FeatureCollection", "features": list(page.features or ())}, compact=True)
    return draw(request, asked, page)


def draw(request: Request, asked: Asked | None, page: Page) -> str:
    """Draw the HTML of a page."""
    return render(page.template, {**page.data, **page.shown, **frame(request, asked, page)})


def frame(request: Request, asked: Asked | None, page: Page) -> dict[str, Any]:
    """Give what the frame around every page needs."""
    standing: Standing = request.app.state.standing
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    known = viewer is not None and viewer.may_read  # who is not signed in learns nothing of the ledger
    return {
        "page": page,
        "asked": asked,
        "static_at": "/static/",
        "folder": None,
        "viewer": viewer,
        "known": known,
        "head": standing.head() if known else None,
        "size": standing.size() if known else None,
        # A frozen version is the same for ever: nothing on its page tells of the ledger as it is now.
        "waiting": count_waiting(request, viewer) if known and viewer is not None and not page.frozen else None,
        "ledger_name": Path(request.app.state.ledger.name).name if known else "",
        "path": request.scope["path"],
        "page_forms": () if asked is None else [form for form in asked.forms if form != "html"],
    }


def count_waiting(request: Request, viewer: Viewer) -> int | None:
    """Give how many questions wait for a viewer: what is left on their desk, else the last count that is known."""
    left: int | None = request.app.state.desks.left(viewer.name or "")
    waiting: int | None = request.app.state.standing.waiting(viewer.name or "")
    return waiting if left is None else left


def to_csv(rows: Sequence[Mapping[str, Any]], first: Sequence[str] = ()) -> str:
    """Write rows as CSV; lists in one cell, with semicolons. A cell that a spreadsheet would run is made text.

    `first` are the columns that stand above no rows too.
    """
    out = io.StringIO()
    columns = list(dict.fromkeys((*first, *(key for row in rows for key in row))))
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return guard_cell("; ".join(str(one) for one in value))
    return guard_cell("" if value is None else str(value))


def finish(request: Request, text: str, page: Page, form: Form) -> Response:
    """Give the response with its tag, compressed where that helps; 304 where the browser has it already."""
    body = text.encode("utf-8", "replace")
    headers = {"Content-Type": MEDIA[form], "Vary": "Accept-Encoding, Cookie"}
    if page.secret or page.status != 200:
        return Response(body, status_code=page.status, headers=headers | {"Cache-Control": "no-store"})
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers |= {"ETag": tag, "Cache-Control": FOREVER}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={k: v for k, v in headers.items() if k != "Content-Type"})
    # Not for a team: what a compressed page weighs tells a stranger what stands in it (BREACH).
    alone = request.app.state.site.accounts is None
    if alone and len(body) > SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, FAST, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers=headers)


def status_of(error: VariorumError) -> int:
    """Give the status of HTTP for an error raised on purpose."""
    if isinstance(error, MayNotDecideError):
        return 403
    if isinstance(error, UnknownIdError):
        return 404
    if isinstance(error, UsageError):
        return 400
    if isinstance(error, DecidedMeanwhileError):
        return 409
    if isinstance(error, LedgerBusyError | LedgerReplacedError):
        return 503
    return 409 if isinstance(error, LedgerError) else 400


def tell_error(request: Request, error: VariorumError, status: int | None = None) -> Response:
    """Say an error in the form that was asked for: cause, remedy, near ids."""
    form: Form = request.scope.get("variorum.form", "html")
    if isinstance(error, LedgerReplacedError):  # nothing of any ledger stands on the page that says so
        path = request.scope["path"] + ("" if form == "html" else f".{form}")
        return refuse({**request.scope, "path": path}, 503, error.cause, error.remedy)
    near = list(getattr(error, "near", ()))
    remedy = "" if error.remedy.startswith(("list: variorum", "variorum ")) else error.remedy
    data = {"error": {"cause": error.cause, "remedy": remedy, "near": near}}
    page = Page("error.html", "Not possible", data, status=status or status_of(error))
    if form != "html" or request.url.path.endswith(".json"):
        return finish(request, to_json(data), page, "json")
    return finish(request, draw(request, None, page), page, "html")
