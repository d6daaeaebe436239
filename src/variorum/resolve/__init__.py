"""Mentions → events: candidates, comparison, clustering, names, relations, settled values. No SQL and no clock here.

Each name is imported when it is first used: to say who speaks in an event needs nothing that compares mentions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.resolve.carry import carry_judgements, carry_mentions, carry_rulings
    from variorum.resolve.compare import Comparison, Reason
    from variorum.resolve.explain import Explanation
    from variorum.resolve.resolution import Resolution, resolve
    from variorum.resolve.version import RESOLVER
    from variorum.resolve.view import MentionView, make_views

# Name -> the module it lives in. Functions named like their module (compare, explain) are imported from there.
_HOME = {
    "RESOLVER": "variorum.resolve.version",
    "Comparison": "variorum.resolve.compare",
    "Explanation": "variorum.resolve.explain",
    "MentionView": "variorum.resolve.view",
    "Reason": "variorum.resolve.compare",
    "Resolution": "variorum.resolve.resolution",
    "carry_judgements": "variorum.resolve.carry",
    "carry_mentions": "variorum.resolve.carry",
    "carry_rulings": "variorum.resolve.carry",
    "make_views": "variorum.resolve.view",
    "resolve": "variorum.resolve.resolution",
}

__all__ = [
    "RESOLVER",
    "Comparison",
    "Explanation",
    "MentionView",
    "Reason",
    "Resolution",
    "carry_judgements",
    "carry_mentions",
    "carry_rulings",
    "make_views",
    "resolve",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module variorum.resolve has no attribute {name}")
    return getattr(import_module(_HOME[name]), name)
