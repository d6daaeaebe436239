"""What the views of a ledger and their columns mean, for those who read them with `variorum sql` or Datasette.

Invariant: a view has exactly these columns, in this order (tests/ledger/test_views.py); docs/reference/views.md and
examples/datasette/metadata.json are made from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

EVENT = "id of the event: variorum show takes it"
REPORT = "number of the report in this ledger"
ARTICLE = "id of the report, the same in every ledger"


@dataclass(frozen=True, slots=True)
class View:
    """One view, in words."""

    title: str
    what: str
    columns: Mapping[str, str]
    facets: tuple[str, ...] = ()  # columns with few different values
    sortable: tuple[str, ...] = ()  # columns by which 100,000 reports are sorted within a second or two
    label: str = ""  # column that names a row to a person


VIEW_WORDS: Mapping[str, View] = {
    "v_events": View(
        "Events",
        "One row an event, as it stands: it is what follows from the reports, and is worked out anew by each run.",
        {
            "event": EVENT,
            "kind": "kind of event: docs/reference/schema.md",
            "title": "kind, place and day in words",
            "version": "rises each time that the event comes out otherwise",
            "date": "day or days as stated (2031-05-03, 2031-05-02/2031-05-03); empty where no report states one",
            "place": "place as a value: gn: GeoNames, ne: Natural Earth, va: and own: other lists, name: in none",
            "place_name": "the place by its name",
            "country": "ISO 3166-1 alpha-2",
            "latitude": "degrees, WGS 84, of the middle of the circle within which the place is known",
            "longitude": "degrees, WGS 84",
            "radius_km": "radius of that circle: a point without it says more than the reports",
            "reports": "reports that tell of it, copies included",
            "lineages": "independent texts among them",
            "contradictions": "pairs of claims that cannot both be true",
        },
        ("kind", "country"),
        ("date", "reports", "lineages", "contradictions", "title", "place_name"),
        "title",
    ),
    "v_claims": View(
        "Claims",
        "One row a claim: one value of one property that one source is reported to have stated, with its words. A "
        "claim is what a report says that somebody says. It is not what happened.",
        {
            "claim": "id of the claim, the same in every ledger that read the same words",
            "event": "event that it is counted for; empty for background, which belongs to none",
            "report": REPORT,
            "outlet": "who printed it; empty where the report names nobody",
            "kind": "kind of what its passage tells; background.* is no event",
            "prop": "what it states: killed, place, actor …: docs/reference/schema.md",
            "scope": "of whom or what: civilians, children …; empty where the property has none",
            "value": "the value: 12 exactly twelve, 12.. at least, ..12 at most, ~12 about; docs/model.md",
            "source": "who said it, as the report names them; empty is the outlet's own voice",
            "stance": "asserts, hedges or denies",
            "quote": "its words",
            "as_of": "when the report was published; empty for one without a date",
            "span_start": "first character of its words in the text of the report, from 0, in code points",
            "span_end": "the character after the last",
            "article": ARTICLE,
            "mention": "id of the passage that tells of the event",
        },
        ("prop", "stance", "scope", "kind"),
        ("as_of", "prop", "outlet", "source"),
        "quote",
    ),
    "v_values": View(
        "Values",
        "One row a value that is printed of an event, what supports it and what stands against it.",
        {
            "event": EVENT,
            "kind": "kind of event",
            "title": "kind, place and day in words",
            "prop": "what it states",
            "scope": "of whom or what",
            "value": "the value that is printed; several rows where several stand",
            "status": "single (one lineage), agreed or contested",
            "lineages": "independent texts behind it",
            "copies": "supporting reports that are copies",
            "sources": "who said it, as JSON; an empty name is an outlet's own voice",
            "support": "ids of the claims behind it, as JSON",
            "against": "ids of the claims that cannot be true with it, as JSON",
            "basis": "the rule by which it was chosen",
        },
        ("status", "prop", "scope", "kind"),
        ("lineages", "copies", "prop", "title"),
        "value",
    ),
    "v_reports": View(
        "Reports",
        "One row a report, without its text.",
        {
            "report": REPORT,
            "article": ARTICLE,
            "outlet": "who printed it; empty where the report names nobody",
            "title": "headline, empty for none",
            "published": "ISO 8601 day or time; empty where it is not known, and nothing is put in its place",
            "lang": "ISO 639-1; claims are read in English (en)",
            "url": "where it was published, or file: and a name",
            "copy_of": "number of the report that it copies or rewrites; empty for an independent text",
            "events": "events that it tells of",
            "characters": "length of its text",
            "sha256": "of the bytes as they came",
        },
        ("lang",),
        ("published", "outlet", "characters", "events"),
        "title",
    ),
    "v_lineages": View(
        "Lineages",
        "One row a report, with the report at the root of its lineage: itself where it copies none.",
        {
            "original": "number of the report at the root",
            "report": REPORT,
            "outlet": "who printed it",
            "published": "when it was published",
            "share": "0 to 1: how much of its wording stands in the original; empty for the original itself",
            "how": "how the copy was found: shingles, wire credit, or a person's word",
            "original_article": "id of the report at the root",
            "article": ARTICLE,
        },
        ("how",),
        ("published", "share", "outlet"),
        "outlet",
    ),
    "v_decisions": View(
        "Decisions",
        "One row a word of a person, or of the matcher, on what the program found. Rows are only ever added.",
        {
            "decision": "number of the decision: variorum undo takes it",
            "what": "judgement (are two passages one event?) or ruling (is this as the report says?)",
            "subject": "id of what it is on",
            "other": "the second id, where it is on two",
            "verdict": "same, different, unsure; accept, reject, correct",
            "field": "of a ruling: which field it is on",
            "value": "the corrected value, where one is given",
            "author": "who decided; matcher is the program",
            "score": "0 to 1, of the matcher alone: how likely two passages are one event",
            "why": "the reason that was given",
            "at": "when",
            "retracted": "when it was taken back; empty while it stands",
            "blind": "1: said without seeing what others had said; it measures agreement, and decides nothing",
        },
        ("what", "verdict", "author", "field"),
        ("at", "author", "verdict"),
        "why",
    ),
    "v_related": View(
        "Ties of events",
        "One row a tie between two events, in the words of a report. Tied events stay two.",
        {
            "event": EVENT,
            "title": "its title",
            "name": "part of, response to, later in, anniversary of",
            "other": "id of the other event",
            "other_title": "its title",
            "why": "what agrees besides the words",
            "report": REPORT,
            "quote": "the words that say so",
        },
        ("name",),
        ("name", "title"),
        "quote",
    ),
    "v_counted": View(
        "Counts of events",
        "One row a count of events that a report gives, “four strikes since August”, and the events found for it.",
        {
            "counted": "id of the count",
            "report": REPORT,
            "quote": "its words",
            "stated": "the number stated",
            "what": "what is counted, in the report's words",
            "since": "the first day that counts",
            "until": "the last",
            "places": "places of which one has to be theirs, as JSON",
            "events": "ids of the events found, as JSON",
            "kind": "kind of the passage",
            "mention": "id of the passage",
        },
        (),
        ("since", "until"),
        "quote",
    ),
    "v_stories": View(
        "Stories",
        "One row a report of a story: reports that cover one thing, wider than an event. It decides nothing.",
        {
            "story": "id of the story",
            "report": REPORT,
            "outlet": "who printed it",
            "title": "headline",
            "published": "when it was published",
            "article": ARTICLE,
        },
        (),
        ("published", "outlet"),
        "title",
    ),
}
