"""Archives that lie elsewhere: streamed, gone on with, each fault a row with its remedy. The servers are made here."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archive_server import TOWNS, WHOLE, Server, running
from archives import Archive, url
from variorum.errors import UsageError
from variorum.gather import records, remote
from variorum.gather.files import Input, find_inputs, find_pieces, read_inputs
from variorum.model import Article, Problem

NOW = "2031-04-01T00:00:00Z"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(remote, "PAUSES_S", (0.0, 0.0))
    monkeypatch.setattr(remote, "BLOCK", 1_500)
    monkeypatch.setattr(records, "BLOCK", 500)
    monkeypatch.setattr(Server, "asked", [])
    monkeypatch.setattr(Server, "fails", 0)
    with running() as address:
        yield address


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


@pytest.mark.parametrize("kind", ["500", "403", "404", "418"])
def test_a_row_of_a_fault_holds_no_key(server: str, kind: str) -> None:
    row = fault(f"{server}/{kind}/a.warc.gz?sig=secret".replace("//", "//ada:p@secret@"))
    assert "secret" not in f"{row}"


def test_a_key_in_an_address_that_is_not_read_is_not_shown() -> None:
    with pytest.raises(UsageError) as refused:
        find_inputs(["https://ada:secret@osk.example/bridge?sig=secret"])
    assert "secret" not in str(refused.value)


def test_a_file_of_which_the_server_tells_nothing_has_no_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def silent(address: str) -> Iterator[tuple[Any, str]]:
        yield SimpleNamespace(info=lambda path: {"name": path, "size": None, "type": "file"}), address

    monkeypatch.setattr(remote, "_opened", silent)
    assert remote.find_identity("https://osk.example/a.warc.gz") == ""


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
