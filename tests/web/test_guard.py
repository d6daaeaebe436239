"""Hostile requests: other hosts, other sites, too much, and proxies that are none."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from variorum.errors import UsageError
from variorum.web.guard import Doors, guard, team_doors
from variorum.web.headers import FIXED
from web.small_site import Browser, browse, local_app

HERE = "http://127.0.0.1:8000"


# ---------------------------------------------------------------- hosts


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000", "[::1]"])
def test_the_names_of_ones_own_machine_are_answered(local: Browser, host: str) -> None:
    assert local.get("/", Host=host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "127.0.0.2",
        "0.0.0.0",
        "[::2]",
        "2130706433",
    ],
)
def test_a_name_that_was_bound_to_this_machine_by_somebody_else_is_refused(local: Browser, host: str) -> None:
    told = local.get("/events/EV-1", Host=host)
    assert told.status_code == 421
    assert host not in told.text


@pytest.mark.parametrize(
    "host", ["", "a b", "localhost:", "localhost:80:80", "localhost:999999", "user@localhost", "localhost/x", "-", "é"]
)
def test_what_is_no_host_is_a_bad_request(local: Browser, host: str) -> None:
    assert local.get("/", Host=host.encode()).status_code == 400  # type: ignore[arg-type]


def test_two_hosts_are_a_bad_request(local: Browser) -> None:
    told = local.client.get("/", headers=[("Host", "127.0.0.1:8000"), ("Host", "evil.example")])
    assert told.status_code == 400


def test_a_team_is_asked_by_the_names_given_and_no_others() -> None:
    team = browse(guard(PlainTextResponse("in"), team_doors(["Variorum.example.org", "other.example.org:8443"])))
    hosts = [
        "variorum.example.org",
        "variorum.example.org:443",
        "other.example.org:8443",
        "other.example.org",
        "127.0.0.1",
    ]
    assert [team.get("/", Host=host).status_code for host in hosts] == [200, 200, 200, 421, 421]


@pytest.mark.parametrize("name", ["*", "https://variorum.example.org", "variorum.example.org/x", "", "a b"])
def test_what_is_no_host_name_is_refused_at_the_start(name: str) -> None:
    with pytest.raises(UsageError, match="is not a host name"):
        team_doors([name])


def test_a_team_without_a_host_name_is_refused_at_the_start() -> None:
    with pytest.raises(UsageError, match="no host name"):
        team_doors([])


# ---------------------------------------------------------------- origins

CROSS = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://127.0.0.1:8000"},
    {"Origin": "http://127.0.0.1:9000"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://localhost:8000"},
    {"Origin": "http://127.0.0.1:8000.evil.example"},
    {"Origin": "http://127.0.0.1:8000@evil.example"},
    {"Origin": "http://[::1"},
    {"Origin": ""},
    {"Referer": "http://evil.example/?http://127.0.0.1:8000/"},
    {"Referer": "http://127.0.0.1:9000/"},
    {"Origin": "http://evil.example", "Referer": "http://127.0.0.1:8000/"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    {"Sec-Fetch-Site": "same-site", "Origin": HERE},
    {"Sec-Fetch-Site": "same-origin"},
    {"Cookie": "variorum-form=x"},
]


def send_form(local: Browser, headers: dict[str, str]) -> int:
    csrf = local.csrf("/events/EV-1")
    return int(local.client.post("/decide", data={"csrf": csrf, "word": "same"}, headers=headers).status_code)


@pytest.mark.parametrize("headers", CROSS, ids=str)
def test_a_form_from_another_site_is_refused_though_it_has_the_token(local: Browser, headers: dict[str, str]) -> None:
    assert send_form(local, headers) == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": HERE}, {"Referer": f"{HERE}/events/EV-1"}, {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}],
    ids=str,
)
def test_a_form_of_a_page_of_ours_is_taken(local: Browser, headers: dict[str, str]) -> None:
    assert send_form(local, headers) == 200


def test_a_usual_port_may_be_left_out() -> None:
    team = browse(guard(PlainTextResponse("in"), team_doors(["variorum.example.org"])))
    hosts = {"Host": "variorum.example.org:443", "Origin": "https://variorum.example.org"}
    assert team.client.post("/", headers=hosts).status_code == 200


EMBEDS = [
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
    ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
    ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
    ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), EMBEDS, ids=str)
def test_another_site_may_link_to_a_page_and_not_embed_or_fetch_it(
    local: Browser, headers: dict[str, str], status: int
) -> None:
    assert local.client.get("/", headers=headers).status_code == status


# ---------------------------------------------------------------- sizes and methods


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"])
def test_a_method_that_no_form_has_is_not_allowed(local: Browser, method: str) -> None:
    async def ask() -> int:
        statuses: list[int] = []

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        await local_app()(scope_of(method=method), _nothing, send)
        return statuses[0]

    assert asyncio.run(ask()) == 405


def test_what_is_not_allowed_says_what_is(local: Browser) -> None:
    assert local.client.put("/").headers["allow"] == "GET, HEAD, POST"


def test_a_page_without_a_form_does_not_take_one(local: Browser) -> None:
    assert local.post("/", page="/events/EV-1").status_code == 405


@pytest.mark.parametrize(
    ("path", "status"), [("/?q=" + "x" * 7_900, 200), ("/?q=" + "x" * 8_000, 414), ("/" + "é" * 3_000, 414)]
)
def test_an_address_that_is_too_long_is_refused(local: Browser, path: str, status: int) -> None:
    assert local.get(path).status_code == status


@pytest.mark.parametrize("path", ["http://evil.example/", "*", ""])
def test_this_server_asks_no_other_one(path: str) -> None:
    async def ask() -> int:
        statuses: list[int] = []

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        await local_app()({**scope_of(), "path": path, "raw_path": path.encode()}, _nothing, send)
        return statuses[0]

    assert asyncio.run(ask()) == 400


@pytest.mark.parametrize("path", ["/?q=%00", "/events/%00", "/events/EV-1%00.json"])
def test_a_nul_in_an_address_is_refused(local: Browser, path: str) -> None:
    assert local.get(path).status_code == 400


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"word=a%00b"),
        ("application/x-www-form-urlencoded", b"word=a\0b"),
        ("Application/JSON; charset=utf-8", b'{"word": "a\\u0000b"}'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="word"\r\n\r\na\0b\r\n--x--\r\n',
        ),
    ],
)
def test_a_nul_in_a_form_is_refused(local: Browser, kind: str, body: bytes) -> None:
    headers = {"Origin": HERE, "Content-Type": kind, "X-CSRF-Token": local.csrf("/events/EV-1")}
    assert local.client.post("/decide", content=body, headers=headers).status_code == 400


def test_a_body_that_says_it_is_too_large_is_refused_unread(local: Browser) -> None:
    async def ask() -> int:
        statuses: list[int] = []

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        headers = {"content-length": "2000001", "origin": HERE}
        await local_app()(scope_of(method="POST", headers=headers), _nothing, send)
        return statuses[0]

    assert asyncio.run(ask()) == 413


def test_a_body_that_does_not_say_how_large_it_is_is_cut_off(local: Browser) -> None:
    given = 0

    def pieces() -> Any:
        nonlocal given
        for _ in range(1_000):
            given += 1
            yield b"x" * 10_000

    told = local.client.post("/decide", content=pieces(), headers={"Origin": HERE})
    assert told.status_code == 413


@pytest.mark.parametrize("length", ["-1", "x", "1" * 400, "1.5", "²"])
def test_a_length_that_is_none_is_a_bad_request(length: str) -> None:
    async def ask() -> int:
        statuses: list[int] = []

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        await local_app()(scope_of(method="POST", headers={"content-length": length, "origin": HERE}), _nothing, send)
        return statuses[0]

    assert asyncio.run(ask()) == 400


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def ask() -> int:
        statuses: list[int] = []

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))

        async def never() -> Message:
            await asyncio.sleep(60)
            raise AssertionError

        await local_app(doors=Doors(body_s=0.01))(scope_of(method="POST", headers={"origin": HERE}), never, send)
        return statuses[0]

    assert asyncio.run(ask()) == 408


def test_a_connection_that_closes_within_a_body_reaches_no_page() -> None:
    asked: list[str] = []
    sent: list[Message] = []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])

    parts = iter([{"type": "http.request", "body": b"word=sa", "more_body": True}, {"type": "http.disconnect"}])

    async def come() -> Message:
        return next(parts)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(guard(page)(scope_of(method="POST", headers={"origin": HERE}), come, send))
    assert (asked, sent, list(parts)) == ([], [], [])


def test_a_socket_is_closed() -> None:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    asyncio.run(local_app()({"type": "websocket", "path": "/", "headers": []}, _nothing, send))
    assert said == [{"type": "websocket.close", "code": 1008}]


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize("path", ["/", "/events/none", "/fail", "/?q=%00", "/?q=" + "x" * 9_000])
def test_every_answer_carries_the_headers_also_a_refusal_and_a_fault(local: Browser, path: str) -> None:
    told = local.get(path)
    assert {name: told.headers.get(name) for name in FIXED} == FIXED
    assert told.headers.get_list("content-security-policy") == [FIXED["Content-Security-Policy"]]


def test_a_page_that_says_nothing_is_not_kept_by_others() -> None:
    assert browse(local_app(), HERE).get("/").headers["cache-control"] == "private, no-cache"
    team = browse(guard(PlainTextResponse("in"), team_doors(["variorum.example.org"])))
    assert team.get("/").headers["cache-control"] == "no-store"


def test_a_page_says_itself_how_long_it_is_kept_and_cannot_loosen_the_rest() -> None:
    loose = PlainTextResponse("in", headers={"Cache-Control": "max-age=60", "Content-Security-Policy": "default-src *"})
    told = browse(guard(loose), HERE).get("/")
    assert told.headers["cache-control"] == "max-age=60"
    assert told.headers["content-security-policy"] == FIXED["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "kept"), [("/", "no-store"), ("/static/site.css", "max-age=60")])
def test_for_a_team_only_style_and_script_are_kept(path: str, kept: str) -> None:
    loose = PlainTextResponse("in", headers={"Cache-Control": "max-age=60"})
    team = browse(guard(loose, team_doors(["variorum.example.org"])))
    assert team.get(path).headers["cache-control"] == kept


def test_a_fault_tells_nothing_of_the_program(local: Browser) -> None:
    told = local.get("/fail")
    assert told.status_code == 500
    assert "a fault of the program" not in told.text


def test_a_program_is_refused_in_json(local: Browser) -> None:
    told = local.get("/events.json", Host="evil.example")
    assert told.json()["error"]["cause"] == "This server has another name"


# ---------------------------------------------------------------- proxies


def seen_by_page(doors: Doors, address: str, **headers: str) -> tuple[str, str]:
    """Give the scheme and address that a page sees."""

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(f"{scope['scheme']} {scope['client'][0]}")(scope, receive, send)

    told = browse(guard(page, doors), "http://variorum.example.org", address).client.get("/", headers=headers)
    scheme, _, client = told.text.partition(" ")
    return scheme, client


FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


def test_the_proxy_named_is_believed() -> None:
    doors = team_doors(["variorum.example.org"], ["10.0.0.0/28"])
    assert seen_by_page(doors, "10.0.0.3", **FORWARDED) == ("https", "203.0.113.9")


def test_anybody_else_is_not_believed() -> None:
    doors = team_doors(["variorum.example.org"], ["10.0.0.0/28"])
    assert seen_by_page(doors, "10.0.0.99", **FORWARDED) == ("http", "10.0.0.99")


def test_without_a_proxy_nobody_is_believed() -> None:
    assert seen_by_page(team_doors(["variorum.example.org"]), "127.0.0.1", **FORWARDED) == ("http", "127.0.0.1")


def test_what_a_visitor_writes_before_the_proxy_does_is_not_believed() -> None:
    doors = team_doors(["variorum.example.org"], ["127.0.0.1"])
    forged = {**FORWARDED, "X-Forwarded-For": "192.0.2.10, 203.0.113.9"}
    assert seen_by_page(doors, "127.0.0.1", **forged) == ("https", "203.0.113.9")


@pytest.mark.parametrize("address", ["*", "proxy.example.org", "10.0.0.1/8", ""])
def test_only_addresses_and_networks_are_proxies(address: str) -> None:
    with pytest.raises(UsageError, match="not the address of a proxy"):
        team_doors(["variorum.example.org"], [address])


def scope_of(*, method: str = "GET", headers: dict[str, str] | None = None) -> Scope:
    sent = {"host": "127.0.0.1:8000", **(headers or {})}
    return {
        "type": "http",
        "method": method,
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "scheme": "http",
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8000),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
    }


async def _nothing() -> Message:
    raise AssertionError("the body is not to be read")
