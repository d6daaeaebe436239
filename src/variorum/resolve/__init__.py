"""Mentions → events: candidates, comparison, clustering, names, relations, settled values. No SQL and no clock here."""

from __future__ import annotations

from variorum.resolve.carry import carry_judgements, carry_mentions, carry_rulings
from variorum.resolve.compare import Comparison, Reason, compare
from variorum.resolve.explain import Explanation, explain
from variorum.resolve.resolution import RESOLVER, Resolution, resolve
from variorum.resolve.view import MentionView, make_views

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
    "compare",
    "explain",
    "make_views",
    "resolve",
]
