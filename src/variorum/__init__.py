"""Variorum: a ledger of what was reported, by whom, and in which words.

The public names; each is imported when it is first used, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.errors import VariorumError as VariorumError
    from variorum.library.claim import Claim as Claim
    from variorum.library.event import Event as Event
    from variorum.library.field import Field as Field
    from variorum.library.ledger import Ledger as Ledger
    from variorum.library.opening import open as open
    from variorum.library.opening import run as run
    from variorum.library.report import Report as Report

__version__ = "0.1.0"

# Public name -> the module it lives in.
_HOME = {
    "Claim": "variorum.library.claim",
    "Event": "variorum.library.event",
    "Field": "variorum.library.field",
    "Ledger": "variorum.library.ledger",
    "Report": "variorum.library.report",
    "VariorumError": "variorum.errors",
    "open": "variorum.library.opening",
    "run": "variorum.library.opening",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module variorum has no attribute {name}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
