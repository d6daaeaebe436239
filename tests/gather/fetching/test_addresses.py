"""Which addresses may be asked."""

from __future__ import annotations

import pytest

from variorum.gather.fetching.addresses import is_public, parse_address, permit
from variorum.gather.fetching.outcome import Unfetched

CLOSED = """\
0.0.0.0 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.0.9 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192
192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
168.63.129.16 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1
64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:808:808:: 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1
ff02::1 fe80::1%eth0 nonsense"""
OPEN = [
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("ip", CLOSED.split())
def test_a_number_that_is_not_of_the_public_network_is_closed(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", OPEN)
def test_a_number_of_the_public_network_is_open(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    ("text", "base", "meant"),
    [
        ("HTTP://News.Example:80/a b?q=ü#part", "", "http://news.example/a%20b?q=%C3%BC"),
        ("https://münchen.example./x", "", "https://xn--mnchen-3ya.example/x"),
        ("/b", "https://a.example/x/y", "https://a.example/b"),
        ("//c.example", "https://a.example/x", "https://c.example/"),
        ("http://[2606:4700::1]:8080/x", "", "http://[2606:4700::1]:8080/x"),
        ("https://a.example/%7Euser/a%20b", "", "https://a.example/%7Euser/a%20b"),
        ("http://a.example/x\r\nHost: b.example", "", "http://a.example/xHost:%20b.example"),
    ],
)
def test_an_address_is_written_in_one_way(text: str, base: str, meant: str) -> None:
    assert str(parse_address(text, base)) == meant


@pytest.mark.parametrize(
    "text",
    [
        *(
            "file:///etc/passwd",
            "ftp://a.example/",
            "gopher://a.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "",
        ),
        *(
            "http://",
            "http:///x",
            "http://a.example:99999/",
            "http://a.example:0/",
            "http://[::1",
            "http://a b.example/",
        ),
        *("http://user@a.example/", "http://user:secret@a.example/", "http://fe80::1%25eth0/", "x" * 9_000),
        "http://a.example/" + "x" * 9_000,
    ],
)
def test_what_is_no_address_of_a_page_is_refused_and_a_secret_in_it_not_repeated(text: str) -> None:
    with pytest.raises(Unfetched) as met:
        parse_address(text)
    assert met.value.code == "fetch-refused"
    assert "secret" not in met.value.cause


def test_only_the_host_that_is_named_may_be_private() -> None:
    permission = permit([("http://wiki.example:8080/feed", True), ("http://other.example/feed", False)])
    named = parse_address("http://wiki.example:8080/page")
    assert permission.open_ips(named, ["10.0.0.5"]) == ["10.0.0.5"]
    for other in ("http://wiki.example/", "http://other.example/x", "http://third.example/"):
        with pytest.raises(Unfetched, match="not on the public network"):
            permission.open_ips(parse_address(other), ["10.0.0.5"])


@pytest.mark.parametrize(
    "ip",
    [
        *("169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "224.0.0.1", "0.0.0.0"),
        *("169.254.170.23", "fd00:ec2::23", "fd00:0ec2:0::0023", "fd20:ce::254"),
    ],
)
def test_a_service_that_hands_out_keys_is_closed_also_where_private_is_allowed(ip: str) -> None:
    permission = permit([("http://wiki.example/", True)])
    with pytest.raises(Unfetched):
        permission.open_ips(parse_address("http://wiki.example/"), [ip])


def test_of_several_numbers_only_open_ones_are_connected_to() -> None:
    assert permit([]).open_ips(parse_address("http://a.example/"), ["10.0.0.1", "8.8.8.8"]) == ["8.8.8.8"]


def test_a_port_is_asked_only_where_a_person_named_it() -> None:
    permission = permit([("http://a.example:8080/", False)])
    permission.check(parse_address("http://a.example:8080/x"))
    permission.check(parse_address("https://b.example/"))
    for text in ("http://b.example:8080/", "http://a.example:22/", "http://a.example:6379/"):
        with pytest.raises(Unfetched, match="port"):
            permission.check(parse_address(text))
