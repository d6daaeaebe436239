"""The columns of the four tables of an export: name, type and meaning. Rows are made in tables.py.

Invariant: every format of tables (csv, hxl, parquet) and every frame has these columns, in this order, of these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

# "list" holds texts, in csv with semicolons; "day" is a day of the calendar, ISO 8601; "time" a day or a time of one.
ColumnType = Literal["id", "text", "list", "day", "time", "whole", "decimal"]


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: ColumnType
    means: str


TYPE_WORDS: Mapping[ColumnType, str] = {
    "id": "id",
    "text": "text",
    "list": "list, with semicolons",
    "day": "ISO 8601 day",
    "time": "ISO 8601 day or time",
    "whole": "whole number",
    "decimal": "decimal number",
}
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "events": (
        Column("id", "id", "event id; stays valid after merges through redirects"),
        Column(
            "version",
            "whole",
            "version of the event, raised with every change of what it says; empty as of an earlier day",
        ),
        Column("kind", "text", "event kind, a key of the schema"),
        Column("title", "text", "short title made from the values"),
        Column("date", "text", "date as settled, canonical"),
        Column("date_low", "day", "earliest day"),
        Column("date_high", "day", "latest day"),
        Column("date_precision", "text", "day, month, year …"),
        Column("place", "text", "place as settled"),
        Column("place_precision", "text", "exact, near, admin1, country …"),
        Column("lat", "decimal", "latitude, WGS 84"),
        Column("lon", "decimal", "longitude, WGS 84"),
        Column("radius_km", "decimal", "radius of the place or of its uncertainty, kilometres"),
        Column("admin1", "text", "province"),
        Column("country", "text", "ISO 3166-1 alpha-2; NA is Namibia"),
        Column("killed", "text", "settled figure of the widest scope, canonical: 39.. is at least 39"),
        Column("killed_of", "text", "whom that figure counts"),
        Column("killed_low", "whole", "lowest bound among the settled figures for killed of the widest scope"),
        Column("killed_high", "whole", "highest bound; empty when open"),
        Column("injured", "text", "as killed"),
        Column("injured_of", "text", "as killed_of"),
        Column("injured_low", "whole", "as killed_low"),
        Column("injured_high", "whole", "as killed_high"),
        Column("actors", "list", "actors as settled"),
        Column("weapon", "text", "weapon as settled"),
        Column("reports", "whole", "number of articles"),
        Column("outlets", "whole", "number of outlets that printed them"),
        Column("lineages", "whole", "number of independent texts"),
        Column("sources", "whole", "number of distinct sources named"),
        Column("contradictions", "list", "properties on which independent accounts contradict"),
    ),
    "claims": (
        Column("event", "id", "event id"),
        Column("id", "id", "claim id"),
        Column("prop", "text", "property"),
        Column("scope", "text", "of whom"),
        Column("value", "text", "canonical value"),
        Column("low", "decimal", "lower bound, of counts and quantities"),
        Column("high", "decimal", "upper bound; empty when open"),
        Column("source", "text", "who said it, as the report has it; empty is the outlet's own voice"),
        Column("voice", "text", "the one name that this source has in the event"),
        Column("stance", "text", "asserts, hedges or denies"),
        Column("as_of", "time", "publication date of the article"),
        Column("article", "id", "article id"),
        Column("outlet", "text", "who printed it"),
        Column("start", "whole", "offset of the quote in the article's text, code points"),
        Column("end", "whole", "end of the quote, exclusive"),
        Column("quote", "text", "the words"),
    ),
    "values": (
        Column("event", "id", "event id"),
        Column("prop", "text", "property"),
        Column("scope", "text", "of whom"),
        Column("value", "text", "settled value, canonical"),
        Column("low", "decimal", "lower bound, of counts and quantities"),
        Column("high", "decimal", "upper bound; empty when open"),
        Column("first_day", "day", "earliest day, of dates"),
        Column("last_day", "day", "latest day, of dates"),
        Column("unit", "text", "unit of a quantity"),
        Column("status", "text", "single, agreed or contested"),
        Column("outlets", "whole", "outlets in support"),
        Column("lineages", "whole", "independent texts in support"),
        Column("copies", "whole", "supporting copies"),
        Column("sources", "list", "sources in support; an empty one is an outlet's own voice"),
        Column("support", "list", "claim ids"),
        Column("against", "list", "claim ids"),
    ),
    "reports": (
        Column("id", "id", "article id"),
        Column("outlet", "text", "who printed it"),
        Column("title", "text", "title"),
        Column("published", "time", "publication date"),
        Column("published_basis", "text", "how that is known"),
        Column("url", "text", "address or file"),
        Column("lang", "text", "language"),
        Column("sha256", "text", "of the raw bytes"),
        Column("original", "id", "article id of the original when it is a copy"),
        Column("share", "decimal", "share of its wording that stands in the original"),
    ),
}
# Stands last but for that in every table of an issue of an earlier day, and in no other.
AS_OF = Column("known_on", "day", "what had been published by this day; no version of the ledger says the same")
# Stands last in every table of a redacted issue, and in no other.
REDACTED = Column("redacted", "text", "the profile; withheld where the report is known by its id alone")
TABLES = tuple(COLUMNS)
