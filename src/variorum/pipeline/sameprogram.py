"""Whether a process elsewhere runs this very program: the same code, tables and weights, and libraries that matter.

Invariant: two processes with one fingerprint give the same for the same piece of work.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from variorum.errors import VariorumError

# What makes texts out of pages, and numbers out of texts.
LIBRARIES = ("trafilatura", "lxml", "numpy", "onnxruntime", "rensa", "rapidfuzz", "pint", "warcio", "feedparser")
WHOLE = 1_000_000  # bytes of a file up to which its content counts; of weights and the gazetteer the size does


@cache
def fingerprint() -> str:
    """Give a digest of the package's files and of the versions of what it rests on; about a tenth of a second, once."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            digest.update(f"{name} none".encode())
    home = Path(__file__).parents[1]
    for path in sorted(home.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            size = path.stat().st_size
            digest.update(f"{path.relative_to(home).as_posix()} {size}".encode())
            if size <= WHOLE:
                digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Same:
    """Work that is done only by a process that runs this program."""

    work: Any
    fingerprint: str

    def __call__(self, pieces: Any) -> Any:
        """Do it. Raises VariorumError where the process runs another."""
        if fingerprint() != self.fingerprint:
            raise VariorumError(
                f"the worker on {platform.node()} runs another version of this program, or of a library that it needs",
                "install the same on every machine, scheduler and workers, and start them again",
            )
        return self.work(pieces)
