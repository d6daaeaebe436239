"""Every way in which a site can harm whoever fetches from it, laid out on this machine. No measuring here.

Each bad site has a host of its own and has to become one row of problems; the good ones beside it have to be fetched.
`Secret` is a service on this machine that nobody named: it must never be asked.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bench.sites import (
    Asked,
    Reply,
    Site,
    Sites,
    answer,
    bomb,
    drip,
    endless,
    entity_bomb,
    feed,
    hang_up,
    lying,
    packed,
    page,
    redirect,
    reset,
    silent,
)
from variorum.gather.fetching.exchange import Limits

PEM = Path(__file__).with_name("self-signed.pem")  # made for this: it secures nothing
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
TEXT = (
    "Four people were killed and nine wounded on Thursday when shells hit a market in the town of Al Mayadin, a"
    " hospital there said.\nThe shelling went on for an hour, residents told this paper, and two shops burned down.\n"
    "No group said that it had fired. The regional governor asked both sides to let ambulances pass on Friday."
)
HEADERS = "".join(f"X-Filler-{number}: {'a' * 60}\r\n" for number in range(40)).encode()


@dataclass(frozen=True)
class Bad:
    """One bad site: what is asked for, and the row that it has to become."""

    name: str
    address: str
    code: str
    words: str  # that stand in the cause
    private: bool = True  # named as one that may be on this machine


@dataclass
class Layout:
    """All sites of one trial."""

    bad: list[Bad] = field(default_factory=list)
    good: list[str] = field(default_factory=list)  # pages that have to be fetched
    feeds: list[str] = field(default_factory=list)  # that list some of them
    refused: list[str] = field(default_factory=list)  # items of a feed that must not be asked
    secret: Site = field(default_factory=Site)
    calm: Site = field(default_factory=Site)
    numbers: dict[str, list[str]] = field(default_factory=dict)  # of names that are not 127.0.0.1

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Give the numbers of a made-up name."""
        if host == "nowhere.test":
            raise OSError("no such name")
        if host == "slow-name.test":
            await asyncio.sleep(3_600)
        if host.endswith(".test"):
            return self.numbers.get(host, ["127.0.0.1"])
        return [host]  # a number


def lay_out(sites: Sites, limits: Limits) -> Layout:
    """Start all sites; what is large or slow is so by the limits."""
    made = Layout()
    made.secret.otherwise = lambda asked: answer(page("The keys of the house", TEXT))
    sites.open(made.secret)
    sites.open(made.calm)
    _lay_bad(made, sites, limits)
    _lay_good(made)
    return made


def _lay_bad(made: Layout, sites: Sites, limits: Limits) -> None:
    each = limits.silent_s / 8
    soon = datetime.now(UTC) + timedelta(hours=2)
    big = limits.wire_bytes
    one = page("Market shelled", TEXT)
    slow = page("Slow", TEXT)
    rows: list[tuple[str, Reply, str, str]] = [
        (
            "drip of headers",
            drip(b"HTTP/1.1 200 OK\r\n", each, b"X-A: b\r\n"),
            "fetch-timeout",
            "no whole answer within",
        ),
        ("drip of the body", drip(OK + b"\r\n", each, slow), "fetch-timeout", "no whole answer within"),
        ("silence", silent, "fetch-timeout", "nothing came for"),
        ("endless body", endless(OK + b"\r\n", b"<p>more</p>" * 1_000), "fetch-too-large", "larger than"),
        (
            "endless body in chunks",
            endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4_096 + b"\r\n"),
            "fetch-too-large",
            "larger than",
        ),
        ("a length that is too large", lying(one, 100 * big), "fetch-too-large", "larger than"),
        ("endless headers", endless(b"HTTP/1.1 200 OK\r\n", HEADERS), "fetch-too-large", "headers of the answer"),
        (
            "endless interim answers",
            endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100),
            "fetch-too-large",
            "larger than",
        ),
        ("a gzip bomb", bomb(5 * limits.body_bytes), "fetch-too-large", "unpacked"),
        (
            "torn gzip",
            answer(packed(one).partition(b"\r\n\r\n")[2][:-30], Content_Encoding="gzip"),
            "fetch-broken",
            "ends",
        ),
        ("no gzip at all", answer(one, Content_Encoding="gzip"), "fetch-broken", "cannot be unpacked"),
        ("another packing", answer(one, Content_Encoding="br"), "fetch-broken", "packed as br"),
        ("a body shorter than said", lying(one, len(one) + 100), "fetch-broken", "shorter than its header says"),
        ("a body longer than said", lying(one, len(one) - 100), "fetch-broken", "longer than its header says"),
        ("a chunk that is cut", answer_in_torn_chunks(one), "fetch-broken", "shorter than its header says"),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.6\r\n", "fetch-broken", "does not speak HTTP"),
        ("hanging up", hang_up, "fetch-broken", "closed without an answer"),
        ("a reset", reset, "fetch-unreachable", "connection broke"),
        ("redirects in a circle", redirect("?"), "fetch-redirects", "circle"),
        ("redirects without end", redirect("?"), "fetch-redirects", "more than"),
        ("a redirect to nowhere", answer(b"", 302), "fetch-redirects", "leads nowhere"),
        ("a redirect to a file", redirect("file:///etc/passwd"), "fetch-refused", "file addresses"),
        ("a redirect with a password", redirect("http://u:p@calm.test/"), "fetch-refused", "name or password"),
        ("busy", answer(b"", 429), "fetch-busy", "status 429"),
        ("busy for two hours", answer(b"", 429, Retry_After="7200"), "fetch-busy", "status 429"),
        (
            "busy until a time",
            answer(b"", 503, Retry_After=format_datetime(soon, usegmt=True)),
            "fetch-busy",
            "status 503",
        ),
        ("a fault of the server", answer(b"<h1>oops</h1>", 500), "fetch-failed", "status 500"),
        ("a page that is gone", answer(b"", 404), "fetch-status", "status 404"),
        ("a page that is not given", answer(b"", 403), "fetch-status", "status 403"),
        ("an endless page of a fault", endless(b"HTTP/1.1 500 No\r\n\r\n", b"x" * 9_000), "fetch-failed", "status 500"),
        ("a film", answer(b"\0" * 500, kind="video/mp4"), "fetch-type", "video/mp4"),
        ("entities", answer(entity_bomb(), kind="application/rss+xml"), "fetch-feed", "declares entities"),
        (
            "a torn feed",
            answer(b"<rss version='2.0'><channel><item><title>" + b"<" * 500, kind="application/rss+xml"),
            "fetch-feed",
            "cannot be read",
        ),
    ]
    for number, (name, reply, code, words) in enumerate(rows):
        _name(made, name, f"c{number}.test", f"/{number}", (reply, code, words))
    _lay_redirects(made, sites)
    _lay_other_servers(made, sites)
    many = [(f"http://many.test:{made.calm.port}/n{number}", f"Item {number}") for number in range(100_000)]
    _name(made, "a feed of 100,000", "many.test", "/many", (packed(feed("Many", many)), "fetch-many", "left out"))
    made.calm.otherwise = lambda asked: answer(page("An item", TEXT)) if asked.path[:2] == "/n" else answer(b"", 404)


def _name(made: Layout, name: str, host: str, path: str, rest: tuple[Reply, str, str]) -> None:
    reply, code, words = rest
    made.calm.replies[path] = reply
    made.bad.append(Bad(name, f"http://{host}:{made.calm.port}{path}", code, words))


def answer_in_torn_chunks(body: bytes) -> bytes:
    """Give an answer in chunks whose last one is cut."""
    head = OK + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return head + b"%x\r\n" % len(body) + body[:-50]


def _lay_redirects(made: Layout, sites: Sites) -> None:
    port, secret = made.calm.port, made.secret.port
    circle = next(row for row in made.bad if row.name == "redirects in a circle")
    path = circle.address.rpartition("/")[2]
    made.calm.replies[f"/{path}"] = redirect("/circle")
    made.calm.replies["/circle"] = redirect(circle.address)
    first = next(row for row in made.bad if row.name == "redirects without end")
    made.calm.replies["/" + first.address.rpartition("/")[2]] = redirect("/on/0")
    for step in range(30):
        made.calm.replies[f"/on/{step}"] = redirect(f"/on/{step + 1}")
    made.numbers |= {"inner.test": ["10.1.2.3"], "mapped.test": ["::ffff:127.0.0.1"], "nat.test": ["64:ff9b::7f00:1"]}
    made.numbers |= {"to-inner.test": ["127.0.0.1"], "here.test": ["127.0.0.1"], "both.test": ["10.0.0.1", "fe80::1"]}
    targets = [
        ("a redirect to this machine", f"http://127.0.0.1:{secret}/", "port"),
        ("a redirect to this machine, usual port", "http://127.0.0.1/", "not on the public network"),
        ("a redirect to a cloud's keys", "http://169.254.169.254/latest/meta-data/", "not on the public network"),
        ("a redirect to IPv6's this machine", "http://[::1]/", "not on the public network"),
        ("a redirect to a number in one piece", "http://2130706433/", "not on the public network"),
        ("a redirect to a private name", "http://inner.test/", "not on the public network"),
        ("a redirect to a name of this machine", "http://here.test/", "not on the public network"),
        ("a redirect to a mapped number", "http://mapped.test/", "not on the public network"),
        ("a redirect to a number behind NAT64", "http://nat.test/", "not on the public network"),
        ("a redirect to two private numbers", "http://both.test/", "not on the public network"),
    ]
    for number, (name, target, words) in enumerate(targets):
        path = f"/to/{number}"
        made.calm.replies[path] = redirect(target, 307)
        made.bad.append(Bad(name, f"http://to{number}.test:{port}{path}", "fetch-refused", words))
    made.bad.append(
        Bad(
            "a private name that was not allowed",
            f"http://closed.test:{secret}/",
            "fetch-refused",
            "public",
            private=False,
        )
    )


def _lay_other_servers(made: Layout, sites: Sites) -> None:
    robots = Site({"/robots.txt": answer(b"User-agent: *\nDisallow: /no\n", kind="text/plain")})
    robots.otherwise = lambda asked: answer(page("Closed to robots", TEXT))
    broken = Site({"/robots.txt": answer(b"", 500)})
    broken.otherwise = robots.otherwise
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(PEM)
    safe = Site(otherwise=robots.otherwise)

    async def garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4_096)
        writer.write(b"this is no handshake " * 20)
        await writer.drain()

    async def mute(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await asyncio.sleep(3_600)

    ports = {
        "robots": sites.open(robots),
        "broken": sites.open(broken),
        "safe": sites.open(safe, tls),
        "garbage": sites.open_raw(garbage),
        "mute": sites.open_raw(mute),
    }
    made.bad += [
        Bad("closed to robots", f"http://robots.test:{ports['robots']}/no/1", "fetch-robots", "closes this address"),
        Bad("robots.txt that fails", f"http://broken.test:{ports['broken']}/1", "fetch-robots", "for now"),
        Bad("a self-signed certificate", f"https://self-signed.test:{ports['safe']}/", "fetch-tls", "not valid"),
        Bad("a handshake of noise", f"https://garbage.test:{ports['garbage']}/", "fetch-tls", "no safe connection"),
        Bad(
            "a handshake without end",
            f"https://mute.test:{ports['mute']}/",
            "fetch-unreachable",
            "no connection within",
        ),
        Bad("no such name", "http://nowhere.test/", "fetch-unreachable", "no such name"),
        Bad("a name that takes for ever", "http://slow-name.test/", "fetch-unreachable", "in time"),
        Bad("nobody there", "http://127.0.0.1:9/", "fetch-unreachable", "connection refused"),
    ]


def _lay_good(made: Layout) -> None:
    port = made.calm.port
    for number in range(3):
        path = f"/good/{number}"
        made.calm.replies[path] = packed(page(f"Market shelled, part {number}", TEXT.replace("Four", str(number + 4))))
        made.good.append(f"http://good{number}.test:{port}{path}")
    made.calm.replies["/moved"] = redirect("/good/0", 301)
    items = [(f"http://feed.test:{port}/item/{number}", f"Item {number}") for number in range(4)]
    for address, name in items:
        made.calm.replies["/" + address.split("/", 3)[3]] = answer(page(name, TEXT.replace("Four", name)))
        made.good.append(address)
    made.refused = [
        f"http://127.0.0.1:{made.secret.port}/keys",
        "http://169.254.169.254/latest/meta-data/iam",
        "http://[::ffff:10.0.0.1]/x",
        "http://inner.test/wiki",
    ]
    odd = [(address, "Inner") for address in made.refused]
    odd += [("file:///etc/passwd", "A file"), ("javascript:alert(1)", "A script"), ("gopher://feed.test/", "Old")]
    made.calm.replies["/feed.xml"] = answer(feed("A feed", [*items, *odd]), kind="application/rss+xml")
    made.feeds.append(f"http://feed.test:{port}/feed.xml")


def asked_of(site: Site) -> list[Asked]:
    """Give what a site was asked."""
    return list(site.asked)
