"""Events to files: one writer a format, found by name in formats.py."""

from __future__ import annotations

from variorum.publish.formats import FORMATS, Pieces, find_format
from variorum.publish.issue import Issue, issue_of
from variorum.publish.jsonl import Edition, event_object, make_edition

__all__ = ["FORMATS", "Edition", "Issue", "event_object", "issue_of", "make_edition", "write"]


def write(issue: Issue, format: str, *, table: str = "events") -> Pieces:
    """Give the pieces of one export in order: text, or bytes of a format that is no text.

    Raises UsageError for a format or a table that no writer knows.
    """
    return find_format(format).load()(issue, table)
