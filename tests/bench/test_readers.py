"""Readers that read a site at once."""

from __future__ import annotations

import asyncio
from collections import Counter

from bench.browsing import serve
from bench.readers import Answer, Crowd, read_together, sum_up
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def test_errors_and_times_are_summed_up() -> None:
    answers = [Answer("event", float(ms), 200, 10) for ms in range(1, 100)] + [Answer("search", 1000.0, 500, 0)]
    figures = sum_up(answers, 10.0)
    assert figures["answers"] == 100
    assert figures["a_second"] == 10.0
    assert figures["errors"] == 1
    assert figures["ms"] == {"p50": 51.0, "p95": 96.0, "p99": 1000.0, "max": 1000.0}
    assert figures["pages"]["search"]["p50"] == 1000.0


def test_readers_ask_by_weight_and_note_what_fails() -> None:
    asked: Counter[str] = Counter()

    def answer(request: Request) -> Response:
        asked[request.url.path] += 1
        return PlainTextResponse("read", 500 if request.url.path == "/broken" else 200)

    paths = {"often": (9.0, ["/a", "/b"]), "seldom": (1.0, ["/broken"])}
    with serve(Starlette(routes=[Route("/{name}", answer)])) as address:
        answers = asyncio.run(read_together(address, paths, Crowd(4, 0.5, (0.0, 0.01))))
    found = Counter(one.page for one in answers)
    assert found.total() == asked.total() > 20
    assert found["often"] > 3 * found["seldom"] > 0
    assert {one.status for one in answers if one.page == "often"} == {200}
    assert {one.status for one in answers if one.page == "seldom"} == {500}
    assert {one.size for one in answers} == {4}
