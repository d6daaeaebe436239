"""The page that lists reports, a page of them at a time."""

from __future__ import annotations

from typing import Any

from variorum.errors import UsageError
from variorum.ledger.reportlist import Copies, Listed, Sought, count_reports, list_outlets, list_reports
from variorum.show.words import LANGUAGES, short
from variorum.web.asking import Asked, Page, Parameter

Row = dict[str, Any]
COLUMNS = ("number", "id", "url", "outlet", "title", "published", "lang", "copy_of", "share", "how", "events")
LIMIT = 50
MOST = 1_000  # rows of one page: 0.1 s of 100,000 reports
NAMED = 500  # outlets that the form offers
CHOICES = ("all", "originals", "only")

PARAMETERS = (
    Parameter("outlet", "text", "Reports of this outlet, named as the reports name it."),
    Parameter("lang", "text", "Reports in this language (ISO 639-1)."),
    Parameter("since", "day", "Published on this day or later."),
    Parameter("until", "day", "Published on this day or before."),
    Parameter("copies", "choice", "All reports, originals alone, or copies only.", CHOICES),
    Parameter("page", "count", "Which page of the list, from 1."),
    Parameter("limit", "count", f"Reports on a page, at most {MOST:,}; {LIMIT} where it is left out."),
)


def read_reports(asked: Asked) -> Page:
    """Read one page of the reports that are asked for. Raises UsageError for a page that is not there."""
    sought = _sought(asked)
    limit = min(MOST, max(1, asked.count("limit", LIMIT)))
    number = asked.count("page", 1)
    total = count_reports(asked.ledger, sought)
    pages = max(1, -(-total // limit))
    if not 1 <= number <= pages:
        raise UsageError(f"there is no page {number:,} of the reports", f"pages run from 1 to {pages:,}")
    found = list_reports(asked.ledger, sought, limit=limit, offset=(number - 1) * limit)
    rows = [_row(asked, one) for one in found]
    data: Row = {
        "total": total,
        "page_number": number,
        "pages": pages,
        "limit": limit,
        "as_of": asked.as_of,
        "reports": rows,
    }
    shown: Row = {}
    if asked.form == "html":
        shown = {
            "sought": _words(sought),
            "outlets": list_outlets(asked.ledger)[:NAMED],
            "languages": sorted(LANGUAGES.items()),  # to ask which there are takes 0.2 s of 100,000 reports
        }
    return Page("reports.html", "Reports", data, shown, rows=[_flat(row) for row in rows], columns=COLUMNS)


def _sought(asked: Asked) -> Sought:
    chosen = asked.one("copies") or "all"
    copies: Copies = "only" if chosen == "only" else "originals" if chosen == "originals" else "all"
    return Sought(asked.one("outlet"), asked.one("lang"), asked.one("since"), asked.one("until"), copies, asked.as_of)


def _words(sought: Sought) -> str:
    """Say what was asked for: "of Harbour Post, in fr, published since 2019-01-01"."""
    parts = [
        f"of {sought.outlet}" if sought.outlet else "",
        f"in {LANGUAGES.get(sought.lang, sought.lang)}" if sought.lang else "",
        f"published since {sought.since}" if sought.since else "",
        f"published until {sought.until}" if sought.until else "",
        {"all": "", "originals": "that are no copies", "only": "that are copies"}[sought.copies],
    ]
    return ", ".join(part for part in parts if part)


def _row(asked: Asked, one: Listed) -> Row:
    late = asked.as_of is not None and (one.original_published or "")[:10] > asked.as_of
    copied = one.copy_of is not None and not late
    return {
        "number": f"R{one.number}",
        "id": one.id,
        "url": one.url,
        "outlet": one.outlet,
        "title": short(one.title, 300),
        "published": one.published,
        "lang": one.lang,
        "copy_of": f"R{one.copy_of}" if copied else None,
        "share": round(one.share, 4) if copied and one.share is not None else None,
        "how": one.how if copied else None,
        "events": [asked.labels.events[id] for id in one.events],
    }


def _flat(row: Row) -> Row:
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in row.items()}
