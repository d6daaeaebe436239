"""The formats of `variorum export`: one row a format. A writer's module is imported when its format is written.

Invariant: the command line, the pages and the library offer exactly these, and what plugins add to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from variorum.errors import UsageError
from variorum.publish.columns import TABLES
from variorum.publish.issue import Issue

Pieces = Iterator[str] | Iterator[bytes]
Write = Callable[[Issue, str], Pieces]  # of one table; "" where a format has none


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its files are called, what it is for, and the function that writes it."""

    ending: str
    media: str  # type of the file, for the pages
    what: str  # one line for people
    home: str  # module:function
    tables: tuple[str, ...] = ()  # of which one file is one; none: the format is one file
    binary: bool = False  # its pieces are bytes

    def load(self) -> Write:
        """Import the writer. Raises ConfigError where it needs a package that is not installed."""
        module, _, name = self.home.partition(":")
        found: Write = getattr(import_module(module), name)
        return found


TEXT = "; charset=utf-8"
FORMATS: Mapping[str, Format] = {
    "jsonl": Format(
        *("jsonl", "application/jsonl" + TEXT, "Everything: one JSON object an event, with claims and quotes."),
        "variorum.publish.jsonl:write_jsonl",
    ),
    "csv": Format(
        *("csv", "text/csv" + TEXT, "Tables for a spreadsheet, with a dictionary of their columns."),
        *("variorum.publish.csv:write_csv", TABLES),
    ),
    "hxl": Format(
        *("csv", "text/csv" + TEXT, "The same tables with a row of HXL hashtags under the header."),
        *("variorum.publish.hxl:write_hxl", TABLES),
    ),
    "parquet": Format(
        *("parquet", "application/vnd.apache.parquet", "The same tables with types, for pandas, Polars, R and DuckDB."),
        *("variorum.publish.parquet:write_parquet", TABLES, True),
    ),
    "geojson": Format(
        *("geojson", "application/geo+json" + TEXT, "Events on a map: points in WGS 84 with their reach."),
        "variorum.publish.geojson:write_geojson",
    ),
    "jsonld": Format(
        *("jsonld", "application/ld+json" + TEXT, "Linked data: schema.org, PROV and Web Annotation."),
        "variorum.publish.jsonld:write_jsonld",
    ),
    "ucdp": Format(
        *(
            "csv",
            "text/csv" + TEXT,
            "Rows in the columns of UCDP GED, by its rules; events that it does not hold are left out.",
        ),
        "variorum.publish.coded:write_ucdp",
    ),
    "acled": Format(
        *(
            "csv",
            "text/csv" + TEXT,
            "Rows in the columns of ACLED, by its rules; events that it does not hold are left out.",
        ),
        "variorum.publish.coded:write_acled",
    ),
    "airwars": Format(
        *(
            "csv",
            "text/csv" + TEXT,
            "Rows in the columns of Airwars, by its rules; events that it does not hold are left out.",
        ),
        "variorum.publish.coded:write_airwars",
    ),
    "timelinejs": Format(
        *("json", "application/json" + TEXT, "Slides for TimelineJS."),
        "variorum.publish.timelinejs:write_timelinejs",
    ),
    "digest": Format(
        *("md", "text/markdown" + TEXT, "One line an event, by day."),
        "variorum.publish.digest:write_digest",
    ),
    "bibtex": Format(
        *("bib", "application/x-bibtex" + TEXT, "One entry an event, for BibTeX and BibLaTeX."),
        "variorum.publish.cite:write_bibtex",
    ),
    "ris": Format(
        *("ris", "application/x-research-info-systems" + TEXT, "One record an event, for Zotero and EndNote."),
        "variorum.publish.cite:write_ris",
    ),
    "csl": Format(
        *("json", "application/vnd.citationstyles.csl+json" + TEXT, "One item an event, for Pandoc and citeproc."),
        "variorum.publish.cite:write_csl",
    ),
}


def find_format(name: str) -> Format:
    """Give a format by its name. Raises UsageError for one that no writer knows."""
    if name not in FORMATS:
        raise UsageError(f"no writer for the format {name}", f"choose one of {', '.join(FORMATS)}")
    return FORMATS[name]
