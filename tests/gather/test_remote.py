"""Archives that lie elsewhere: streamed, gone on with, each fault a row with its remedy. The servers are made here."""

from __future__ import annotations

import builtins
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from archives import Archive, url
from variorum.gather import records, remote
from variorum.gather.files import Input, find_inputs, find_pieces, read_inputs
from variorum.model import Article, Problem

NOW = "2031-04-01T00:00:00Z"
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
        if kind in ("404", "403", "500"):
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


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(remote, "PAUSES_S", (0.0, 0.0))
    monkeypatch.setattr(remote, "BLOCK", 1_500)
    monkeypatch.setattr(records, "BLOCK", 500)
    monkeypatch.setattr(Server, "asked", [])
    monkeypatch.setattr(Server, "fails", 0)
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def read(address: str) -> list[Article | Problem]:
    (one,) = find_inputs([address])
    return list(read_inputs(one, now=NOW))


def fault(address: str) -> Problem:
    row = read(address)[-1]
    assert isinstance(row, Problem), row
    assert row.code == "remote-failed"
    assert row.remedy
    return row


@pytest.mark.parametrize("kind", ["parts", "whole"])
def test_an_archive_elsewhere_is_read_in_blocks(server: str, kind: str) -> None:
    found = read(f"{server}/{kind}/a.warc.gz")
    assert [row.url for row in found if isinstance(row, Article)] == [url(town) for town in TOWNS]
    assert ("all" in Server.asked) == (kind == "whole")


def test_reading_goes_on_at_the_byte_where_it_was(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "data", Archive().towns(*(f"Town{number}" for number in range(150))).data)
    monkeypatch.setattr(remote, "BLOCK", 12_000)
    (one,) = find_inputs([f"{server}/parts/a.warc.gz"])
    pieces = list(find_pieces(one, now=NOW))
    Server.asked.clear()
    assert list(find_pieces(one, now=NOW, start=pieces[140].end)) == pieces[141:]
    between = {f"bytes={block}-{block + 11_999}" for block in range(60_000, pieces[140].end - 12_000, 12_000)}
    assert between
    assert not between & {*Server.asked}


def test_a_connection_that_is_lost_is_asked_for_again(server: str) -> None:
    Server.fails = 2
    assert len(read(f"{server}/parts/a.warc.gz")) == len(TOWNS)


def test_what_came_before_a_connection_was_lost_for_good_is_kept(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = find_inputs([f"{server}/parts/a.warc.gz"])
    found = []
    for piece in find_pieces(one, now=NOW):
        found.append(piece)
        Server.fails = 10**6
    assert len(found) < len(TOWNS)
    assert "the connection was lost" in found[-1].problem.cause  # type: ignore[union-attr]
    assert found[-1].end == found[-2].end


@pytest.mark.parametrize(
    ("path", "cause"),
    [("404/a.warc.gz", "no such file"), ("403/a.warc.gz", "asks for a key"), ("500/a.warc.gz", "connection was lost")],
)
def test_what_a_server_refuses_is_a_row(server: str, path: str, cause: str) -> None:
    assert cause in fault(f"{server}/{path}").cause


def test_an_extra_that_is_missing_is_named(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name == "fsspec":
            raise ImportError("No module named 'fsspec'", name="fsspec")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert "variorum[remote]" in fault(f"{server}/parts/a.warc.gz").remedy


def test_a_file_that_changed_has_another_identity(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"{server}/parts/a.warc.gz"
    first = remote.find_identity(address)
    assert remote.find_identity(address) == first
    monkeypatch.setattr(Server, "data", WHOLE + WHOLE)
    assert remote.find_identity(address) != first


def test_a_key_in_an_address_is_kept_nowhere(tmp_path: Path) -> None:
    (one,) = find_inputs(["https://ada:secret@osk.example/a.warc.gz?X-Amz-Signature=secret"])
    assert one.name == "https://osk.example/a.warc.gz"


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """A bucket on this machine."""
    pytest.importorskip("moto")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of botocore's own use of datetime
def test_a_bucket_is_read_with_the_keys_of_the_environment(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from botocore.session import get_session

    monkeypatch.setattr(remote, "PAUSES_S", ())
    keys = {"AWS_ACCESS_KEY_ID": "ada", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in {**keys, "AWS_ENDPOINT_URL": bucket}.items():
        monkeypatch.setenv(name, value)
    client = get_session().create_client("s3")
    client.create_bucket(Bucket="news")
    client.put_object(Bucket="news", Key="2031/a.warc.gz", Body=WHOLE)
    client.put_object(Bucket="news", Key="a.jsonl", Body=json.dumps({"id": "7", "text": "Three hurt."}).encode())
    assert [row.url for row in read("s3://news/2031/a.warc.gz") if isinstance(row, Article)] == [
        url(town) for town in TOWNS
    ]
    assert [row.url for row in read("s3://news/a.jsonl") if isinstance(row, Article)] == ["s3://news/a.jsonl#7"]
    assert "no such file" in fault("s3://news/b.warc.gz").cause
    client.close()


def test_only_archives_and_lines_are_read_elsewhere() -> None:
    from variorum.gather.files import is_address

    assert is_address("s3://news/2031/a.warc.gz")
    assert is_address("https://osk.example/a.jsonl.gz?key=1")
    assert not is_address("https://osk.example/bridge")
    assert not is_address("file:///etc/a.jsonl")
    assert isinstance(next(find_inputs(["https://osk.example/a.warc"])), Input)
