"""Files that every page shares: as they lie in the package, compressed there already where they are large.

Invariant: what is compressed was compressed when the package was made; a request never waits for that.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TYPES = {".json": "application/json; charset=utf-8"}
KEPT = "no-cache"  # kept, and asked each time whether it is the same: a new program brings new files


class Statics:
    """Gives the files of a folder; `x.json` is `x.json.gz` unpacked by the browser."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: ASGIApp = StaticFiles(directory=folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for one file."""
        name = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        kind = TYPES.get(Path(name).suffix)
        packed = self._folder / f"{name}.gz"
        if kind is None or "/" in name or not packed.is_file():
            await self._files(scope, receive, send)
            return
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            whole = await run_in_threadpool(_unpack, packed)
            await Response(whole, media_type=kind, headers={"Vary": "Accept-Encoding"})(scope, receive, send)
            return

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Vary"], headers["Cache-Control"] = "Accept-Encoding", KEPT
                if message["status"] == 200:
                    headers["Content-Type"], headers["Content-Encoding"] = kind, "gzip"
            await send(message)

        await self._files({**scope, "path": f"{scope['path']}.gz"}, receive, say)


def _unpack(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())
