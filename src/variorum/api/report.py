"""One report: its fixed text, who printed it and when, what it copies, what it claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from variorum.api.display import Shown, bundle, escape_markdown, fragment, paragraph
from variorum.show.marks import Mark, cut_at_marks
from variorum.show.svg import element, words
from variorum.show.words import day_of, outlet_of, plain, short

if TYPE_CHECKING:
    from variorum.api.claim import Claim
    from variorum.api.event import Event
    from variorum.api.ledgerview import LedgerView
    from variorum.api.listing import Listing
    from variorum.model import Article

TEXT = 6_000  # characters of a text shown in a notebook


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """One report as it was read. Its text never changes; a page that changed is another report."""

    _ledger: LedgerView = field(compare=False)
    _row: Article

    @property
    def id(self) -> str:
        """The id of the report, `art_…`."""
        return self._row.id

    @property
    def label(self) -> str:
        """Its short name in this ledger: R7."""
        return self._ledger.labels.articles[self._row.id]

    @property
    def outlet(self) -> str:
        """Who printed it; "" when unknown."""
        return self._row.outlet

    @property
    def title(self) -> str:
        """Its title; "" when there is none."""
        return self._row.title

    @property
    def text(self) -> str:
        """The fixed text in which every offset counts, in code points; the title is its first line."""
        return self._row.text

    @property
    def published(self) -> str | None:
        """When it was published, ISO 8601 date or date-time; None when unknown."""
        return self._row.published

    @property
    def published_basis(self) -> str:
        """How that is known; "" when unknown."""
        return self._row.published_basis

    @property
    def url(self) -> str:
        """Where it was published, or `file:NAME`."""
        return self._row.url

    @property
    def lang(self) -> str:
        """Its language, ISO 639-1; "" when unknown."""
        return self._row.lang

    @property
    def sha256(self) -> str:
        """The hash of the raw bytes, hexadecimal."""
        return self._row.sha256

    @property
    def copy_of(self) -> Report | None:
        """The report that it reprints or rewrites; None for an original."""
        root = self._ledger.root(self.id)
        return None if root == self.id else self._ledger.report(root)

    @property
    def lineage(self) -> tuple[Report, ...]:
        """The original and its copies, this one among them."""
        return self._ledger.lineage(self.id)

    @property
    def claims(self) -> Listing[Claim]:
        """What it claims, in the order of the text; what it tells as background too."""
        return self._ledger.listed_claims([(claim._event, claim.id) for claim in self._ledger.claims_of(self.id)])

    @property
    def events(self) -> Listing[Event]:
        """The events that it reports."""
        return self._ledger.events_of(self.id)

    def to_dict(self) -> dict[str, Any]:
        """Give the report with its text."""
        names = ("id", "outlet", "title", "text", "published", "published_basis", "url", "lang", "sha256")
        root = self._ledger.root(self.id)
        return {"label": self.label} | {name: getattr(self._row, name) for name in names} | {
            "original": None if root == self.id else root
        }  # fmt: skip

    @property
    def _about(self) -> str:
        copied = self.copy_of
        kind = f"copy of {copied.label}" if copied is not None else "original"
        return f"{outlet_of(self._row)} · {day_of(self._row)} · {self.lang or 'language unknown'} · {kind}"

    def __repr__(self) -> str:
        title = short(plain(self.title or self.text), 60)
        return f"<Report {self.label}: “{title}”, {plain(outlet_of(self._row))}, {day_of(self._row)}>"

    def _repr_html_(self) -> str:
        marks = [Mark(claim.start, claim.end, claim.id) for claim in self.claims]
        shown = self.text[:TEXT]
        pieces = cut_at_marks(self.text, marks, 0, len(shown)) if shown else []
        body = "".join(element("mark", words(piece.text)) if piece.values else words(piece.text) for piece in pieces)
        left = len(self.text) - len(shown)
        return fragment(
            paragraph(f"{self.label}  {self.title or short(self.text, 80)}", "head"),
            paragraph(self._about, "soft"),
            element("div", body, cls="words", dir="auto"),
            paragraph(f"… {left:,} more characters", "soft") if left else "",
            paragraph(f"{len(marks)} claims, whose words are marked · SHA-256 {self.sha256}", "soft"),
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        title = escape_markdown(f"{self.label} {self.title}")
        body = escape_markdown(short(self.text, 1_000))
        return bundle(
            Shown(repr(self), self._repr_html_(), f"**{title}**\n\n{escape_markdown(self._about)}\n\n> {body}\n")
        )
