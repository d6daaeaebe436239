"""Asking a model's server: what is sent, when it is asked again, what stops a run, what the key never meets."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from model_server import Answer, Asked, fails, model_server, never, says, send
from variorum.errors import ServerError, UnreadableError
from variorum.extract import llmserver
from variorum.extract.llmserver import Server, ask, is_exposed, is_local

KEY = "sk-tarn-71-secret"
MESSAGES = [{"role": "user", "content": "Shells hit \ud83d."}]


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llmserver, "PAUSE_S", 0.0)


def asking(asked: Asked, timeout_s: float = 5.0) -> str:
    return ask(Server(asked.url, "small", timeout_s, KEY), MESSAGES)


def test_the_question_names_model_messages_and_what_makes_answers_repeatable() -> None:
    with model_server(says("yes")) as asked:
        asking(asked)
    assert asked.paths == ["/v1/chat/completions"]
    assert asked.bodies == [
        {
            "model": "small",
            "messages": MESSAGES,
            "temperature": 0,
            "seed": 1,
            "stream": False,
            "response_format": {"type": "json_object"},
        }
    ]


def test_the_key_goes_into_the_header() -> None:
    with model_server(says("yes")) as asked:
        asking(asked)
    assert asked.headers[0]["authorization"] == f"Bearer {KEY}"


def test_without_a_key_there_is_no_such_header() -> None:
    with model_server(says("yes")) as asked:
        ask(Server(asked.url, "small", 5.0), MESSAGES)
    assert "authorization" not in asked.headers[0]


def test_the_key_is_in_no_form_of_the_server() -> None:
    assert KEY not in repr(Server("http://localhost", "small", 5.0, KEY))


AGAIN = {"500": fails(500, "oops"), "503": send(503, "busy"), "429": fails(429, "slow down")}


@pytest.mark.parametrize("first", AGAIN.values(), ids=AGAIN)
def test_a_server_that_is_busy_is_asked_once_more(first: Answer) -> None:
    with model_server(first, says("yes")) as asked:
        assert asking(asked) == "yes"


def test_a_server_that_hangs_up_is_asked_once_more() -> None:
    with model_server(lambda request: request.connection.close(), says("yes")) as asked:
        assert asking(asked) == "yes"


def test_a_server_that_is_busy_twice_gives_no_reply() -> None:
    with model_server(fails(500, "oops")) as asked, pytest.raises(UnreadableError, match="status 500: oops") as refusal:
        asking(asked)
    assert (refusal.value.code, len(asked.bodies)) == ("llm-no-reply", 2)


def test_a_server_that_never_answers_gives_no_reply_in_time() -> None:
    began = time.perf_counter()
    with model_server() as asked:
        asked.answers.append(never(asked))
        with pytest.raises(UnreadableError, match=r"within 0\.2 seconds"):
            asking(asked, 0.2)
        assert time.perf_counter() - began < 3


def test_a_server_that_answers_drop_by_drop_is_late() -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not asked.closing.wait(0.05):
            request.wfile.write(b" ")

    with model_server(drip) as asked, pytest.raises(UnreadableError, match="did not answer"):
        asking(asked, 0.3)


def test_a_reply_that_is_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llmserver, "REPLY_LIMIT", 10_000)
    with model_server(says("x" * 5_000_000)) as asked, pytest.raises(UnreadableError, match="larger than"):
        asking(asked)
    assert len(asked.bodies) == 1


NO_REPLY = {
    "no JSON": send(200, "<html>"),
    "another object": send(200, '{"choices": []}'),
    "no text": send(200, json.dumps({"choices": [{"message": {"content": None}}]})),
    "empty": says("  "),
    "cut off": says('{"events": [', finish_reason="length"),
    "too deep": send(200, "[" * 100_000),
}


@pytest.mark.parametrize("answer", NO_REPLY.values(), ids=NO_REPLY)
def test_an_answer_without_a_whole_reply_is_malformed(answer: Answer) -> None:
    with model_server(answer) as asked, pytest.raises(UnreadableError) as refusal:
        asking(asked)
    assert refusal.value.code == "llm-malformed"


def test_a_field_that_a_server_does_not_know_is_left_out() -> None:
    with model_server(
        fails(400, "response_format is not supported"), fails(422, "unknown: seed"), says("yes")
    ) as asked:
        assert asking(asked) == "yes"
    assert [sorted(body.keys() & {"response_format", "seed"}) for body in asked.bodies] == [
        ["response_format", "seed"],
        ["seed"],
        [],
    ]


def test_a_refusal_of_one_report_says_why() -> None:
    words = "refused the report: status 400: the context is too small"
    with model_server(fails(400, "the context is too small")) as asked, pytest.raises(UnreadableError, match=words):
        asking(asked)


STOPS = {
    "401": (fails(401, f"wrong key {KEY}"), "turns the key away"),
    "403": (fails(403, "no"), "turns the key away"),
    "404": (fails(404, "model not found"), "no such address or model"),
    "redirect": (send(307, "", Location="http://elsewhere.invalid/v1"), "sends on to another address"),
    "old redirect": (send(302, "", Location="http://elsewhere.invalid/v1"), "sends on to another address"),
}


@pytest.mark.parametrize(("answer", "cause"), STOPS.values(), ids=STOPS)
def test_what_is_wrong_for_every_report_stops_the_run(answer: Answer, cause: str) -> None:
    with model_server(answer) as asked, pytest.raises(ServerError, match=cause) as refusal:
        asking(asked)
    assert (len(asked.bodies), refusal.value.remedy != "") == (1, True)


def test_a_key_that_a_server_repeats_is_struck_out() -> None:
    with model_server(fails(401, f"wrong key {KEY}")) as asked, pytest.raises(ServerError) as refusal:
        asking(asked)
    assert (KEY in refusal.value.cause, "wrong key [key]" in refusal.value.cause) == (False, True)


def test_a_redirect_is_not_followed() -> None:
    with model_server(says("yes")) as other, model_server() as asked:
        asked.answers.append(send(302, "", Location=f"{other.url}/chat/completions"))
        with pytest.raises(ServerError):
            asking(asked)
    assert other.paths == []


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_refused_connection_stops_the_run(closed_port: int) -> None:
    with pytest.raises(ServerError, match="cannot be reached"):
        ask(Server(f"http://127.0.0.1:{closed_port}/v1", "small", 5.0), MESSAGES)


def test_an_unknown_host_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ServerError, match="Name or service not known"):
        ask(Server("http://model.invalid/v1", "small", 5.0), MESSAGES)


def test_an_address_on_this_machine_is_reached_without_a_proxy(
    monkeypatch: pytest.MonkeyPatch, closed_port: int
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port}")
    with model_server(says("yes")) as asked:
        assert asking(asked) == "yes"


PLACES = [
    ("http://localhost:8080/v1", True, False),
    ("http://127.0.0.1/v1", True, False),
    ("http://[::1]:8080/v1", True, False),
    ("http://192.168.1.7:8080/v1", False, True),
    ("http://localhost.example/v1", False, True),
    ("https://model.example/v1", False, False),
]


@pytest.mark.parametrize(("url", "local", "exposed"), PLACES)
def test_texts_are_exposed_where_they_leave_the_machine_in_the_clear(url: str, local: bool, exposed: bool) -> None:
    assert (is_local(url), is_exposed(url)) == (local, exposed)
