"""A language model's server that replays recorded replies, on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parent / "recorded"
TEXT = (RECORDED / "homs.txt").read_text(encoding="utf-8")
EVENTS = (RECORDED / "homs.json").read_text(encoding="utf-8")
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    """What a server was asked, and what it answers: each answer once, the last one for ever."""

    answers: list[Answer] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    url: str = ""


def send(status: int, body: bytes | str, **headers: str) -> Answer:
    """An answer as it stands."""
    data = body.encode() if isinstance(body, str) else body

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return answer


def says(content: str, **choice: str) -> Answer:
    """The answer of a model that says this."""
    message = {"role": "assistant", "content": content}
    row = {"index": 0, "message": message, "finish_reason": "stop", **choice}
    return send(200, json.dumps({"id": "chatcmpl-1", "object": "chat.completion", "choices": [row]}))


def fails(status: int, message: str) -> Answer:
    """The answer of a server that refuses, in the usual form."""
    return send(status, json.dumps({"error": {"message": message, "type": "invalid_request_error"}}))


def never(asked: Asked) -> Answer:
    """No answer until the test is over."""
    return lambda request: asked.closing.wait(30) and None


@contextmanager
def model_server(*answers: Answer) -> Iterator[Asked]:
    """Serve these answers in order."""
    asked = Asked([*answers])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked.bodies.append(json.loads(self.rfile.read(length)))
            asked.headers.append({name.lower(): value for name, value in self.headers.items()})
            asked.paths.append(self.path)
            answer = asked.answers.pop(0) if len(asked.answers) > 1 else asked.answers[0]
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # the program hung up

    with Server(("127.0.0.1", 0), Handler) as server:
        asked.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield asked
        finally:
            asked.closing.set()
            server.shutdown()
            thread.join()
