"""Where each page of a site in a folder lies, and the way from one to another. No reading, no writing.

Invariant: a file's name holds no word of a report, and only letters, digits, dots and hyphens, so that every system
keeps it; a page that the site does not have is an error, never a dead link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from variorum.pipeline.labels import Labels

NAMES = {
    "/": "index",
    "/map": "map",
    "/timeline": "timeline",
    "/reports": "reports",
    "/sources": "sources",
    "/search": "search",
    "/about": "about",
}
SIFTED = ("/", "/map", "/timeline")  # pages whose script keeps their filters behind the #
EVENTS, VOICES = "events", "voices"  # the later pages of the first, and the second kind of sources
_EACH = r"events/EV-[0-9A-Z]+|reports/R[0-9]+"
_ONE = re.compile(f"/(?:{_EACH})")
# A pattern of every name that `file_of` gives.
PAGE_FILE = rf"(?:{_EACH}|(?:{'|'.join([*NAMES.values(), EVENTS, VOICES])})(?:-[0-9]+)?)\.html"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one site."""

    labels: Labels
    redacted: bool = False

    def address(self, here: str, path: str, parameters: Mapping[str, object]) -> str:
        """Give the way from the page at one address to that at another, as a relative link.

        Raises LookupError for a page that no site in a folder has.
        """
        kept = {name: value[0] if isinstance(value, list) else value for name, value in parameters.items()}
        page, kind = int(str(kept.pop("page", None) or 1)), str(kept.pop("kind", ""))
        to = self.root(here) + self.file_of(path, page=page, kind=kind)
        if path == "/search" and kept:
            return f"{to}?{urlencode({'q': str(kept['q'])})}"
        if path in SIFTED and kept:
            return f"{to}#{urlencode([(name, str(value)) for name, value in kept.items()], quote_via=quote)}"
        return to

    def file_of(self, path: str, *, page: int = 1, kind: str = "") -> str:
        """Give the name of a page's file, from the folder of the site. Raises LookupError."""
        if _ONE.fullmatch(path):
            _, folder, label = path.split("/")
            return f"{folder}/{self._label(label)}.html"
        name = VOICES if path == "/sources" and kind == "voices" else NAMES.get(path)
        if name is None:
            raise LookupError(f"a site in a folder has no page {path}")
        if page > 1:
            name = f"{EVENTS if name == NAMES['/'] else name}-{page}"
        return f"{name}.html"

    def root(self, here: str) -> str:
        """Give the way from the page at an address to the folder of the site: "" or "../"."""
        return "../" if _ONE.fullmatch(here) else ""

    def _label(self, name: str) -> str:
        """Give the label of an event that a link names by its whole id."""
        return self.labels.events.get(f"evt_{name[3:]}", name) if len(name) > 12 and name.startswith("EV-") else name
