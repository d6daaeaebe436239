"""A server of the pages on this machine and a Chromium that looks at them: for tests, figures and pictures.

Invariant: nothing here reaches another machine; what a page asks of one is refused and told.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route
    from starlette.types import ASGIApp

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "no Chromium found: `apt-get install chromium`, or give its path in VARIORUM_CHROMIUM"
LAUNCH = (  # the first two for machines that run as root or have no graphics; the rest keep Chromium itself off the net
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ELSEWHERE = re.compile(r"^(?!https?://127\.0\.0\.1[:/]|data:|blob:|about:)")
NO_FILE = re.compile(r"^(?!file:|data:|blob:|about:)")  # for pages that are files: no machine is asked at all
STARTING_S = 30.0
WIDE, NARROW = (1360, 900), (480, 900)  # pixels


def find_chromium() -> str | None:
    """Find the program of a Chromium: the one named, or one on the path."""
    named = os.environ.get("VARIORUM_CHROMIUM")
    if named is not None:
        return named if Path(named).exists() else None
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@dataclass
class Noticed:
    """What a browser came upon that it should not have."""

    elsewhere: list[str] = field(default_factory=list)  # addresses asked for on other machines
    errors: list[str] = field(default_factory=list)  # of scripts, and what the console calls an error
    forgiven: list[str] = field(default_factory=list)  # patterns of errors that a test wants to see

    def forgive(self, pattern: str) -> None:
        """Say that errors like this are what is wanted."""
        self.forgiven.append(pattern)

    def complaints(self) -> list[str]:
        """Give what was wrong, a line each."""
        errors = [error for error in self.errors if not any(re.search(one, error) for one in self.forgiven)]
        return [*(f"asked another machine: {address}" for address in self.elsewhere), *errors]


def watch(context: BrowserContext, noticed: Noticed, elsewhere: re.Pattern[str] = ELSEWHERE) -> None:
    """Refuse and note every request of a context to another machine, and note its errors."""

    def refuse(route: Route) -> None:
        noticed.elsewhere.append(route.request.url)
        route.abort()

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            noticed.errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def follow(page: Page) -> None:
        page.on("pageerror", lambda error: noticed.errors.append(f"script: {error}"))
        page.on("websocket", lambda one: noticed.elsewhere.append(one.url))

    context.route(elsewhere, refuse)
    context.on("console", note)
    context.on("page", follow)


def context_options(*, dark: bool = False, narrow: bool = False, scripts: bool = True) -> dict[str, Any]:
    """Give the options of a browser context: a wide light window with JavaScript, unless told otherwise."""
    width, height = NARROW if narrow else WIDE
    return {
        "viewport": {"width": width, "height": height},
        "color_scheme": "dark" if dark else "light",
        "java_script_enabled": scripts,
        "reduced_motion": "reduce",
    }


@contextmanager
def serve(app: ASGIApp) -> Iterator[str]:
    """Serve an app on a free port from a thread of this process, and give its address."""
    import uvicorn

    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off", proxy_headers=False
    )
    with socket.socket(proto=socket.IPPROTO_TCP) as door:  # as cli/serve.py does: no page waits to be acknowledged
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([door],), daemon=True)
        thread.start()
        until = time.monotonic() + STARTING_S
        while not server.started:
            if time.monotonic() > until or not thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        server.force_exit = True  # open connections of a browser would be waited for
        thread.join(STARTING_S)


@contextmanager
def serve_apart(place: str, name: str = "m.k.") -> Iterator[tuple[str, int]]:
    """Run `variorum serve` as a program of its own; give its address and the id of its process."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    command = [sys.executable, "-m", "variorum", "serve", place, "--port", str(port), "--as", name]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/static/variorum.css", program)
        yield address, program.pid
    finally:
        program.terminate()
        program.communicate(timeout=STARTING_S)


def _wait_for(address: str, program: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTING_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.URLError as error:
            if program.poll() is not None:
                told = program.stderr.read().decode() if program.stderr else ""
                raise RuntimeError(f"the server ended:\n{told}") from error
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
