"""An archive that lies elsewhere, `https://…` or `s3://…`, as a stream of bytes. Only when a person names one.

What speaks to the servers is fsspec, an extra. Keys are looked for where its packages do: the AWS variables and files,
`.netrc`, proxies of the environment; none is ever stored.

Invariant: no more than `AHEAD + 1` blocks are in memory; every fault is an UnreadableError with its remedy, and what
came before it counts.

Problem code: remote-failed.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar

from variorum.errors import UnreadableError

Answer = TypeVar("Answer")
BLOCK = 4 << 20  # bytes asked for at a time: a hundred pages, a second or less of most lines
AHEAD = 2  # blocks asked for before they are needed
PAUSES_S = (0.5, 2.0, 8.0)  # before each new try when a connection is lost
CONNECT_S, SILENT_S, BLOCK_S = 20, 60, 600  # a server that does not answer, that stops, that drips
INSTALL = "pip install 'variorum[remote]'"


def find_identity(address: str) -> str:
    """Give a digest of what the server says of a file's size and version; another one when the file changed.

    "" where it says neither: then nobody knows whether it changed, and it is read again.

    Raises UnreadableError with code remote-failed.
    """
    with _opened(address) as (system, path):
        told = _insist(lambda: system.info(path), address)
    words = [str(told.get(key) or "") for key in ("size", "ETag", "LastModified", "Last-Modified", "Content-MD5")]
    return "" if not any(words) else hashlib.sha256("\n".join(words).encode()).hexdigest()


@contextmanager
def open_remote(address: str) -> Iterator[BinaryIO]:
    """Open a file that lies elsewhere. Raises UnreadableError with code remote-failed, also while it is read."""
    with _opened(address) as (system, path):
        far = _insist(lambda: system.open(path, "rb", block_size=BLOCK, cache_type="none"), address)
        ranged = bool(getattr(far, "size", None))
        raw = _Ranges(far, address) if ranged else _Stream(system, path, far, address)
        with ThreadPoolExecutor(1, "read-ahead") as pool, io.BufferedReader(_Raw(raw, pool), BLOCK // 16) as stream:
            yield stream


@contextmanager
def _opened(address: str) -> Iterator[tuple[Any, str]]:
    """Give what speaks to the server of an address, and the path by which it knows the file."""
    try:
        import fsspec

        if address.lower().startswith("s3:"):
            system = _bucket(fsspec, address)
        else:
            from aiohttp import ClientTimeout

            limits = ClientTimeout(total=BLOCK_S, sock_connect=CONNECT_S, sock_read=SILENT_S)
            system = fsspec.filesystem(
                "http", skip_instance_cache=True, client_kwargs={"timeout": limits, "trust_env": True}
            )
    except ImportError as error:
        cause = f"reading {address.partition(':')[0]}:// needs packages that are not installed ({error.name})"
        raise UnreadableError(cause, INSTALL, code="remote-failed") from error
    try:
        yield system, address
    finally:
        session = getattr(system, "_session", None)
        if session is not None and hasattr(system, "close_session"):
            system.close_session(system.loop, session)


def _bucket(fsspec: Any, address: str) -> Any:
    """Give what speaks to a bucket: with the keys of the environment, without any where it has none."""
    import s3fs  # noqa: F401 - to name what is missing
    from botocore.session import get_session

    return fsspec.filesystem("s3", skip_instance_cache=True, anon=get_session().get_credentials() is None)


class _Ranges:
    """Asks for the blocks of a file by their place."""

    def __init__(self, far: Any, address: str) -> None:
        self.far, self.address, self.size = far, address, int(far.size)

    def block(self, start: int) -> bytes:
        """Give the block that begins at a byte; b"" at the end."""

        def ask() -> bytes:
            self.far.seek(start)
            data: bytes = self.far.read(min(BLOCK, self.size - start))
            if len(data) < min(BLOCK, self.size - start):
                raise ConnectionError("the server sent less than it was asked for")
            return data

        return b"" if start >= self.size else _insist(ask, self.address)


class _Stream:
    """Reads a file from its beginning, from a server that gives no part of one."""

    def __init__(self, system: Any, path: str, far: Any, address: str) -> None:
        self.system, self.path, self.far, self.address = system, path, far, address
        self.place, self.size = 0, -1  # -1 while it is not known where it ends

    def block(self, start: int) -> bytes:
        """Give the block that begins at a byte; b"" at the end."""
        if 0 <= self.size <= start:
            return b""

        def ask() -> bytes:
            if self.far is None or self.place > start:
                self.far, self.place = self.system.open(self.path, "rb", block_size=0), 0
            try:
                while self.place < start and (passed := self.far.read(min(BLOCK, start - self.place))):
                    self.place += len(passed)
                parts: list[bytes] = []
                while missing := BLOCK - sum(map(len, parts)):
                    if not (part := self.far.read(missing)):
                        self.size = self.place + sum(map(len, parts))
                        break
                    parts.append(part)
            except Exception:
                self.far = None  # the next try begins at the beginning
                raise
            data = b"".join(parts)
            self.place += len(data)
            return data

        return _insist(ask, self.address)


class _Raw(io.RawIOBase):
    """The blocks as a stream of bytes; the next ones are asked for while this one is read."""

    def __init__(self, source: _Ranges | _Stream, pool: ThreadPoolExecutor) -> None:
        super().__init__()
        self.source, self.pool = source, pool
        self.place = self.start = 0
        self.data = b""
        self.ahead: deque[tuple[int, Future[bytes]]] = deque()

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can seek."""
        return True

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte, counted from the beginning."""
        if whence == io.SEEK_CUR:
            place += self.place
        elif whence != io.SEEK_SET:
            raise io.UnsupportedOperation("an archive elsewhere is read from its beginning")
        self.place = place
        return place

    def tell(self) -> int:
        """Give the byte that comes next."""
        return self.place

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes into a buffer; 0 at the end."""
        if not self.start <= self.place < self.start + len(self.data):
            self._turn_to(self.place)
        part = self.data[self.place - self.start :][: len(buffer)]
        buffer[: len(part)] = part
        self.place += len(part)
        return len(part)

    def _turn_to(self, start: int) -> None:
        if not self.ahead or self.ahead[0][0] != start:
            for _, asked in self.ahead:
                asked.cancel()
            self.ahead.clear()
            self._ask_from(start)
        self.start, asked = self.ahead.popleft()
        self.data = asked.result()
        if len(self.data) == BLOCK:
            self._ask_from(self.ahead[-1][0] + BLOCK if self.ahead else start + BLOCK)

    def _ask_from(self, start: int) -> None:
        while len(self.ahead) < AHEAD:
            self.ahead.append((start, self.pool.submit(self.source.block, start)))
            start += BLOCK


def _insist(ask: Callable[[], Answer], address: str) -> Answer:
    """Ask again when a connection is lost; raise UnreadableError where that is of no use."""
    for pause in (*PAUSES_S, None):
        try:
            return ask()
        except Exception as error:  # each of the packages has errors of its own
            refusal = _refusal(error, address)
            if refusal is not None:
                raise refusal from error
            if pause is None:
                cause = f"the connection was lost: {_name(error)}"
                remedy = "what came before is kept; run it again, and it goes on from there"
                raise UnreadableError(cause, remedy, code="remote-failed") from error
            time.sleep(pause)
    raise AssertionError("the last try returns or raises")


def _refusal(error: Exception, address: str) -> UnreadableError | None:
    """Give what there is to say of an error that another try would meet again."""
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        error = error.__cause__  # fsspec says so of whatever goes wrong when it first asks for a page's size
    status = getattr(error, "status", None)
    if isinstance(error, FileNotFoundError) or status in (404, 410):
        return UnreadableError("there is no such file", "check the address", code="remote-failed")
    if isinstance(error, PermissionError) or status in (401, 403) or "Credentials" in type(error).__name__:
        how = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE" if address[:3] == "s3:" else ".netrc"
        cause = "the server asks for a key, or refuses the one it was given"
        return UnreadableError(cause, f"set {how}", code="remote-failed")
    if isinstance(status, int) and 400 <= status < 500 and status not in (408, 425, 429):
        return UnreadableError(f"the server refuses it: status {status}", "check the address", code="remote-failed")
    if isinstance(error, ValueError):
        cause = f"the server's answer cannot be used: {_name(error)}"
        return UnreadableError(cause, "fetch the file, and give it as a path", code="remote-failed")
    return None


def _name(error: Exception) -> str:
    """Name an error by its kind and status alone: its words may hold the address with its keys."""
    status = getattr(error, "status", None)
    return f"{type(error).__name__}, status {status}" if isinstance(status, int) else type(error).__name__
