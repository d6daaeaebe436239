"""The parts of an address that may be no address at all. No network."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(address: str) -> SplitResult:
    """Give the parts of an address; of what is none, a page's own link for one, empty parts."""
    try:
        parts = urlsplit(address)
        _ = parts.hostname  # some are refused only here
    except ValueError:
        return urlsplit("")
    return parts
