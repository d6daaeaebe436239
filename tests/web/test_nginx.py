"""The configuration of nginx in the guide, run as it stands but for ports and paths, and asked by curl over TLS."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from variorum.ledger.accounts import Accounts
from variorum.web.guard import team_doors
from web.small_site import CSRF, GOOD, Clock, team_app

CONF = Path(__file__).parents[2] / "docs" / "how-to" / "nginx.conf"
NAME = "variorum.example.org"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
MISSING = [
    tool for tool, found in (("nginx", NGINX), *((t, shutil.which(t)) for t in ("curl", "openssl"))) if not found
]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"the guide's proxy was not run: no {' and no '.join(MISSING)}")


@dataclass
class Answer:
    """What curl was told."""

    status: int
    headers: str
    body: str


@dataclass
class Visitor:
    """A person who visits through the proxy with curl, which keeps cookies as a browser does."""

    folder: Path
    https: int
    http: int
    behind: int  # the port of the server itself

    @property
    def site(self) -> str:
        return f"https://{NAME}:{self.https}"

    def ask(self, url: str, *args: str) -> Answer:
        jar, body, head = (str(self.folder / name) for name in ("jar", "body", "head"))
        ports = (self.https, self.http)
        resolve = [word for port in ports for word in ("--resolve", f"{NAME}:{port}:127.0.0.1")]
        certificate = ["--cacert", str(self.folder / "cert.pem")]
        command = ["curl", "-sS", "-m", "20", "-b", jar, "-c", jar, "-o", body, "-D", head, *resolve, *certificate]
        done = subprocess.run([*command, *args, url], capture_output=True, text=True, check=False)
        if done.returncode:
            return Answer(0, "", done.stderr)
        headers = Path(head).read_text(encoding="latin-1")
        return Answer(int(headers.split()[1]), headers, Path(body).read_text(encoding="utf-8"))

    def get(self, path: str, *args: str) -> Answer:
        return self.ask(self.site + path, *args)

    def post(self, path: str, fields: dict[str, str], *args: str) -> Answer:
        data = [word for name, value in fields.items() for word in ("--data-urlencode", f"{name}={value}")]
        return self.ask(self.site + path, *data, "-H", f"Origin: {self.site}", *args)

    def log(self, *, lines: int) -> str:
        """Give what the proxy wrote, once it has written so many lines: it does that after it has answered."""
        end = time.monotonic() + 10
        while True:
            text = (self.folder / "access.log").read_text(encoding="utf-8")
            if text.count("\n") >= lines:
                return text
            assert time.monotonic() < end, text
            time.sleep(0.05)

    def sign_in(self, *args: str) -> Answer:
        found = CSRF.search(self.get("/sign-in").body)
        assert found is not None
        return self.post("/sign-in", {"csrf": found[1], "name": "Maria", "password": GOOD}, *args)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nothing answers on port {port}"
            time.sleep(0.05)


def configuration(folder: Path, visitor: Visitor) -> str:
    """Give the guide's configuration with the ports and paths of this test, in what a distribution puts around it."""
    text = CONF.read_text(encoding="utf-8")
    live = f"/etc/letsencrypt/live/{NAME}"
    changes = {
        r"    listen \[::\]:.*\n": "",  # a machine need not have IPv6
        r"listen 443\b": f"listen 127.0.0.1:{visitor.https}",
        r"listen 80\b": f"listen 127.0.0.1:{visitor.http}",
        re.escape(f"{live}/fullchain.pem"): str(folder / "cert.pem"),
        re.escape(f"{live}/privkey.pem"): str(folder / "key.pem"),
        r"/var/log/nginx/variorum\.log": str(folder / "access.log"),
        r"http://127\.0\.0\.1:8000": f"http://127.0.0.1:{visitor.behind}",
        re.escape(f"return 301 https://{NAME}$request_uri"): f"return 301 {visitor.site}$request_uri",
    }
    for old, new in changes.items():
        text, times = re.subn(old, new, text)
        assert times, f"{old} stands no longer in {CONF}"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""
    return f"{user}daemon off;\npid {folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{places}{text}\n}}\n"


@pytest.fixture
def visitor(accounts: Accounts, tmp_path: Path) -> Iterator[Visitor]:
    visitor = Visitor(tmp_path, free_port(), free_port(), free_port())
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    keys = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    new = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run([*new, *keys, *subject], check=True, capture_output=True)
    doors = team_doors([f"{NAME}:{visitor.https}"], ["127.0.0.1"])
    app = team_app(accounts, Clock(), doors)
    settings = {"proxy_headers": False, "server_header": False, "lifespan": "off", "ws": "none", "log_config": None}
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=visitor.behind, **settings))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run)
    thread.start()
    (tmp_path / "nginx.conf").write_text(configuration(tmp_path, visitor), encoding="utf-8")
    assert NGINX is not None
    command = [NGINX, "-p", str(tmp_path), "-e", "stderr", "-c", str(tmp_path / "nginx.conf")]
    with (tmp_path / "nginx.log").open("w") as log, subprocess.Popen(command, stderr=log) as proxy:
        try:
            for port in (visitor.behind, visitor.https, visitor.http):
                wait_for(port)
            yield visitor
        finally:
            proxy.terminate()
            server.should_exit = True
            thread.join(20)


def test_one_signs_in_through_the_proxy_and_is_known_by_ones_own_address(visitor: Visitor) -> None:
    told = visitor.sign_in("--interface", "127.0.0.3")
    assert told.status == 303, told
    cookie = re.search(r"^set-cookie: (.*?)\r?$", told.headers, re.M | re.I)
    assert cookie is not None
    assert re.fullmatch(r"__Host-variorum-session=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure", cookie[1])
    page = visitor.get("/events/EV-1", "--interface", "127.0.0.3")
    seen = json.loads(page.body)
    assert (seen["name"], seen["scheme"], seen["address"]) == ("Maria", "https", "127.0.0.3")


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_both_versions_of_http_pass_on_the_host(visitor: Visitor, version: str) -> None:
    visitor.sign_in(version)
    assert visitor.get("/events/EV-1", version).status == 200


def test_an_address_that_the_visitor_writes_is_not_believed(visitor: Visitor) -> None:
    visitor.sign_in()
    forged = ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http", "Forwarded: for=203.0.113.9;proto=http"]
    told = visitor.get("/events/EV-1", *(word for line in forged for word in ("-H", line)))
    seen = json.loads(told.body)
    assert (seen["scheme"], seen["address"]) == ("https", "127.0.0.1")


def test_whoever_asks_the_server_past_the_proxy_is_not_believed(visitor: Visitor) -> None:
    visitor.sign_in()
    jar = (visitor.folder / "jar").read_text(encoding="utf-8")
    token = re.search(r"__Host-variorum-session\s+(\S+)", jar)
    assert token is not None
    past = ["--interface", "127.0.0.2", "-H", f"Host: {NAME}:{visitor.https}", "-H", "X-Forwarded-Proto: https"]
    told = visitor.ask(
        f"http://127.0.0.1:{visitor.behind}/events/EV-1", *past, "-H", f"Cookie: __Host-variorum-session={token[1]}"
    )
    assert (told.status, told.body) == (303, "")


def test_a_form_of_another_site_is_refused_behind_the_proxy_too(visitor: Visitor) -> None:
    visitor.sign_in()
    csrf = json.loads(visitor.get("/events/EV-1").body)["csrf"]
    fields = {"csrf": csrf, "word": "same"}
    assert visitor.post("/decide", fields).body == "Maria decides same"
    evil = ["--data-urlencode", f"csrf={csrf}", "-H", "Origin: https://evil.example"]
    assert visitor.get("/decide", *evil).status == 403


def test_another_host_name_gets_no_answer(visitor: Visitor) -> None:
    told = visitor.ask(f"https://127.0.0.1:{visitor.https}/", "-k")
    assert told.status == 0
    assert visitor.get("/", "-H", "Host: evil.example").status == 0


def test_plain_http_leads_to_https_and_that_is_remembered(visitor: Visitor) -> None:
    told = visitor.ask(f"http://{NAME}:{visitor.http}/events/EV-1?q=x")
    assert told.status == 301
    assert f"Location: {visitor.site}/events/EV-1?q=x" in told.headers
    assert "strict-transport-security: max-age=31536000" in visitor.get("/sign-in").headers.lower()


def test_the_headers_come_through_once_and_errors_of_the_proxy_do_not_say_its_version(visitor: Visitor) -> None:
    headers = visitor.get("/sign-in").headers.lower()
    for name in ("content-security-policy", "x-frame-options", "cache-control", "referrer-policy"):
        assert len(re.findall(rf"^{name}: ", headers, re.M)) == 1
    assert "nginx/" not in headers


def test_a_flood_of_sign_ins_is_held_off_by_the_proxy(visitor: Visitor) -> None:
    # One call of curl, since a slow machine makes no flood of many calls.
    visitor.get("/sign-in?[1-80]")
    statuses = re.findall(r"/sign-in\" (\d+)", visitor.log(lines=80))
    assert set(statuses) == {"200", "429"}


def test_what_was_searched_for_is_not_in_the_log(visitor: Visitor) -> None:
    visitor.get("/events?q=somebody")
    log = visitor.log(lines=1)
    assert '"GET /events" 303' in log
    assert "somebody" not in log
