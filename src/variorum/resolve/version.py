"""The versions of the step from mentions to events, and of what it leaves to a person."""

from __future__ import annotations

# Raised with every change that can change an event: a ledger works its events out anew when it differs.
RESOLVER = "resolve/2"
# Raised when other pairs are to wait for a person than before: a ledger works out anew what waits when it differs.
WAITING = "waiting/1"
