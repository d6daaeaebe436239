"""Variorum: a ledger of what was reported, by whom, and in which words.

The public names; each is imported when it is first used, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.api.claim import Claim as Claim
    from variorum.api.event import Event as Event
    from variorum.api.field import Field as Field
    from variorum.api.ledger import Ledger as Ledger
    from variorum.api.opening import open as open
    from variorum.api.opening import run as run
    from variorum.api.report import Report as Report
    from variorum.errors import VariorumError as VariorumError

__version__ = "0.1.0"

# Public name -> the module it lives in.
_HOME = {
    "Claim": "variorum.api.claim",
    "Event": "variorum.api.event",
    "Field": "variorum.api.field",
    "Ledger": "variorum.api.ledger",
    "Report": "variorum.api.report",
    "VariorumError": "variorum.errors",
    "open": "variorum.api.opening",
    "run": "variorum.api.opening",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module variorum has no attribute {name}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
