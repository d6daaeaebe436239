"""One event: what its reports say of it, each value with who says so and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from variorum.api.days import Day, given_day
from variorum.api.display import bundle
from variorum.api.eventview import show_event
from variorum.api.field import Field, make_fields, make_values
from variorum.api.when import When, Where, make_when, make_where
from variorum.show.table import View, make_view
from variorum.show.words import plain, plural

if TYPE_CHECKING:
    from variorum.api.claim import Claim
    from variorum.api.frames import Row
    from variorum.api.ledgerview import LedgerView
    from variorum.api.listing import Listing
    from variorum.api.pictures import Picture
    from variorum.api.report import Report
    from variorum.api.why import Why
    from variorum.model import Event as Stored
    from variorum.pipeline import Edition


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims of one property that cannot both be so, told by independent texts."""

    field: str
    left: Claim
    right: Claim
    note: str  # in words


class Event:
    """One event, as it stands or as it was known on the day of its ledger's view."""

    def __init__(self, ledger: LedgerView, published: Edition, stored: Stored) -> None:
        self._ledger = ledger
        self._published = published
        self._stored = stored

    @property
    def id(self) -> str:
        """The id of the event, `evt_…`; it stays valid through redirects."""
        return self._stored.id

    @property
    def label(self) -> str:
        """Its short name in this ledger: EV-7K3Q."""
        return self._ledger.labels.events.get(self.id, self.id)

    @property
    def version(self) -> int:
        """The number of the version; it grows with every change."""
        return self._stored.version

    @property
    def title(self) -> str:
        """A short title made from the values."""
        return self._stored.title

    @property
    def kind(self) -> str:
        """The kind of event, a key of the schema: strike, bombing, territory.taken …"""
        return self._stored.kind

    @cached_property
    def date(self) -> When | None:
        """When it was; None where no report states a date."""
        return make_when(self._object)

    @cached_property
    def place(self) -> Where | None:
        """Where it was; None where no report names a place."""
        return make_where(self._object)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """What the reports say, by field: `event.fields["killed"]`, `event.fields["killed (civilians)"]`."""
        return make_fields(self._object, self._view.lines, self._claims)

    @cached_property
    def claims(self) -> Listing[Claim]:
        """Every claim of the event, by report and place in the text."""
        return self._ledger.listed_claims([(self.id, id) for id in self._claims], dict(self._claims))

    @cached_property
    def reports(self) -> Listing[Report]:
        """The reports of the event, earliest published first."""
        return self._ledger.listed_reports(self._object["articles"])

    @property
    def lineages(self) -> tuple[tuple[Report, ...], ...]:
        """The reports by lineage: each original, where it reports the event, before its copies."""
        return tuple(tuple(map(self._ledger.report, ids)) for ids in self._object["lineages"])

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who is named as a source, each by one name; outlets' own voices left out."""
        return self._view.sources

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The pairs of claims of independent texts that contradict each other."""
        return tuple(
            Contradiction(row["prop"], self._claims[row["left"]], self._claims[row["right"]], row["note"])
            for row in self._object["relations"]
            if row["name"] == "contradicts" and row["left"] in self._claims and row["right"] in self._claims
        )

    @property
    def toll(self) -> Listing[Row]:
        """What each source said of killed, injured, missing, displaced and detained people, in order of publication."""
        from variorum.api.tables import toll_rows

        return self._ledger.listed_rows("toll", toll_rows(self._figures, self._ledger.labels.articles))

    @property
    def history(self) -> Listing[Row]:
        """The versions of the event, oldest first, each with when it was recorded and what changed."""
        from variorum.api.tables import history_rows

        self._ledger.of_today("the history of an event")
        return self._ledger.listed_rows("history", history_rows(self._ledger.store, self.id, self._ledger.labels))

    def cite(self, form: str = "text", *, accessed: Day | None = None) -> str:
        """Give the citation of this version: `text`, `bibtex`, `ris` or `csl`.

        `accessed` is the day of access, today where it is left out. Raises UsageError for another form, and in a view
        of an earlier day: what is cited is a version as it was recorded.
        """
        self._ledger.of_today("a citation")
        return self._ledger.cite(f"{self.label}@{self.version}", form, given_day("accessed", accessed))

    def why(self, a: Report | str, b: Report | str) -> Why:
        """Say why two reports are together in an event, or are not: `event.why("R1", "R7")`.

        Of a report that speaks of several events, what it says of this one is held against the other. Raises
        UnknownIdError for a report that is not there, UsageError for two without mentions to compare.
        """
        from variorum.api.why import explain_pair

        return explain_pair(self._ledger, a, b, frozenset(self._stored.mentions))

    def plot(self) -> Picture:
        """Draw the tolls over time and the map in one picture."""
        from variorum.api.pictures import draw_event

        return draw_event(self)

    def to_dict(self) -> dict[str, Any]:
        """Give the event as `variorum export jsonl` has it."""
        return dict(self._object)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The event as a GeoJSON Feature (RFC 7946); without a geometry where only a country is known, or no place."""
        from variorum.pipeline.tabling import make_feature

        return make_feature(self.to_dict())

    # ------------------------------------------------------------ what all of it follows from

    @cached_property
    def _object(self) -> Mapping[str, Any]:
        from variorum.pipeline import event_object

        return event_object(self._published, self._stored)

    @cached_property
    def _view(self) -> View:
        return make_view(self._object)

    @cached_property
    def _claims(self) -> Mapping[str, Claim]:
        from variorum.api.claim import Claim

        voices, mentions = self._published.voices, self._published.mentions
        return {
            row.id: Claim(
                self._ledger, row, mentions[row.mention_id].article_id, self.id, voices.get(row.id, row.source)
            )
            for row in self._published.claims_of(self._stored)
        }

    @cached_property
    def _values(self) -> list[Any]:
        return make_values(self._object, self._claims)

    @cached_property
    def _figures(self) -> list[Any]:
        from variorum.pipeline import over_time

        return over_time(self._published, self._stored)

    def _toll_points(self) -> list[Any]:
        from variorum.pipeline.tollpoints import make_points

        return make_points(self._figures, self._ledger.labels.articles)

    # ------------------------------------------------------------ display

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Event) and self._stored == other._stored

    def __hash__(self) -> int:
        return hash(self._stored.id)

    def __repr__(self) -> str:
        counts = (
            f"{plural(len(self._object['articles']), 'report')}, {plural(len(self._object['lineages']), 'lineage')}"
        )
        return f"<Event {self.label}@{self.version}: {plain(self.title)}; {counts}>"

    def _repr_html_(self) -> str:
        return show_event(self).html

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return bundle(show_event(self))
