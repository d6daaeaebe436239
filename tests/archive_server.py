"""A server on this machine that gives archives: in parts or not, refused, or with a connection that is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from archives import Archive

TOWNS = [f"Town{number}" for number in range(12)]
WHOLE = Archive().towns(*TOWNS).data


class Server(BaseHTTPRequestHandler):
    """Gives an archive as its path says: in parts or not, refused, or with a connection that is lost."""

    data = WHOLE
    asked: list[str] = []  # noqa: RUF012 - emptied by the fixture
    fails = 0  # requests for bytes whose connection is still to be lost

    def do_HEAD(self) -> None:
        """Answer what the file is."""
        self._answer(head=True)

    def do_GET(self) -> None:
        """Answer with the file, or with a part."""
        self._answer(head=False)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, *, head: bool) -> None:
        kind = self.path.split("/")[1]
        if kind in ("404", "403", "418", "500"):
            self.send_response(int(kind))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        data, wanted = self.data, self.headers.get("Range")
        if not head:
            self.asked.append(wanted or "all")
        ranged = wanted is not None and kind == "parts" and not head
        if ranged:
            first, last = (int(part) for part in wanted.removeprefix("bytes=").split("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{min(last, len(data) - 1)}/{len(data)}")
            data = data[first : last + 1]
        else:
            self.send_response(200)
        self.send_header("ETag", f'"{len(self.data)}"')
        if kind == "parts":
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if head:
            return
        if type(self).fails:
            type(self).fails -= 1
            data = data[: len(data) // 2]
        self.wfile.write(data)
        self.close_connection = True


@contextmanager
def running() -> Iterator[str]:
    """Give the address of a server that runs meanwhile."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
