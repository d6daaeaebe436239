"""The version of the step from mentions to events."""

from __future__ import annotations

# Raised with every change that can change an event: a ledger works its events out anew when it differs.
RESOLVER = "resolve/2"
