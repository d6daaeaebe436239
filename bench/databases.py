"""Ledgers on each database for measurements: a new file, and a new schema of a PostgreSQL of our own. Measures nothing.

Invariant: a server for measurements writes as durably as people run it, unlike that of the tests.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

HOME = Path(__file__).parent.parent
MEMORY = Path("/dev/shm")
BOTH = ("sqlite", "postgresql")


def _server_module() -> Any:
    if "postgres_server" not in sys.modules:
        spec = importlib.util.spec_from_file_location("postgres_server", HOME / "tests" / "postgres_server.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["postgres_server"] = module
        spec.loader.exec_module(module)
    return sys.modules["postgres_server"]


@dataclass(frozen=True)
class Address:
    """Where a server is reached."""

    url: str

    def url_of(self, name: str) -> str:
        """Give the URL of a schema."""
        url = sa.make_url(self.url).update_query_dict({"options": f"-csearch_path={name}"})
        return url.render_as_string(hide_password=False)

    def new_place(self, name: str) -> str:
        """Give the URL of a new schema."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")  # type: ignore[arg-type]
        return self.url_of(name)


class Server:
    """A PostgreSQL in a folder of its own, which can be killed and started again."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        module = _server_module()
        binaries = module.find_binaries()
        if binaries is None:
            raise FileNotFoundError(module.NONE_FOUND)
        self.folder = folder
        self.url: str = module.url_of(folder)
        self._settings = module.SETTINGS | (module.DURABLE if durable else {})
        self._binaries = module.make_cluster(binaries, folder)
        self.start()

    def start(self) -> None:
        """Start it on the data that is there."""
        self.process = _server_module().start_server(self._binaries, self.folder, self._settings)

    def stop(self) -> None:
        """Stop it in good order."""
        self.process.send_signal(2)
        self.process.wait(30)

    def address(self) -> Address:
        """Give what other processes need to reach it."""
        return Address(self.url)

    def new_place(self, name: str) -> str:
        """Give the URL of a new schema."""
        return self.address().new_place(name)


def has_postgresql() -> bool:
    """Tell whether a server can be started here."""
    return _server_module().find_binaries() is not None


@contextmanager
def server(*, durable: bool = True) -> Iterator[Server]:
    """Give a running server; `durable` is off where nobody kills it and only rows are looked at."""
    folder = Path(tempfile.mkdtemp(prefix="variorum-pg-", dir="/tmp" if durable else _memory()))
    try:
        running = Server(folder, durable=durable)
        try:
            yield running
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path:
    return MEMORY if os.access(MEMORY, os.W_OK) else Path("/tmp")
