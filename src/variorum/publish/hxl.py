"""The tables of csv with a row of HXL hashtags under the header, for the tools of humanitarian data.

Source: HXL 1.1 final, hashtag and attribute dictionary (hxlstandard.org); what it has no hashtag for is `#meta` or
`#indicator` with attributes of its own, which HXL allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from variorum.publish.csv import columns_of, line, rows_of
from variorum.publish.issue import Issue

TAGS: Mapping[str, Mapping[str, str]] = {
    "events": {
        "id": "#event+id",
        "version": "#meta+event+version",
        "kind": "#event+type",
        "title": "#event+name",
        "date": "#date+occurred",
        "date_low": "#date+start",
        "date_high": "#date+end",
        "date_precision": "#meta+date+precision",
        "place": "#loc+name",
        "place_precision": "#meta+loc+precision",
        "lat": "#geo+lat",
        "lon": "#geo+lon",
        "radius_km": "#geo+radius+km",
        "admin1": "#adm1+name",
        "country": "#country+code+v_iso2",
        "killed": "#meta+killed+text",
        "killed_of": "#meta+killed+scope",
        "killed_low": "#affected+killed+min",
        "killed_high": "#affected+killed+max",
        "injured": "#meta+injured+text",
        "injured_of": "#meta+injured+scope",
        "injured_low": "#affected+injured+min",
        "injured_high": "#affected+injured+max",
        "actors": "#group+name+list",
        "weapon": "#event+weapon+type",
        "reports": "#indicator+reports+num",
        "outlets": "#indicator+outlets+num",
        "lineages": "#indicator+lineages+num",
        "sources": "#indicator+sources+num",
        "contradictions": "#meta+contradictions+list",
    },
    "claims": {
        "event": "#event+id",
        "id": "#meta+claim+id",
        "prop": "#indicator+name",
        "scope": "#indicator+scope",
        "value": "#indicator+value+text",
        "low": "#indicator+value+min",
        "high": "#indicator+value+max",
        "source": "#meta+source",
        "voice": "#meta+source+name",
        "stance": "#meta+stance",
        "as_of": "#date+reported",
        "article": "#meta+report+id",
        "outlet": "#meta+outlet+name",
        "start": "#meta+span+start",
        "end": "#meta+span+end",
        "quote": "#description+quote",
    },
    "values": {
        "event": "#event+id",
        "prop": "#indicator+name",
        "scope": "#indicator+scope",
        "value": "#indicator+value+text",
        "low": "#indicator+value+min",
        "high": "#indicator+value+max",
        "first_day": "#date+start",
        "last_day": "#date+end",
        "unit": "#indicator+unit",
        "status": "#status",
        "outlets": "#indicator+outlets+num",
        "lineages": "#indicator+lineages+num",
        "copies": "#indicator+copies+num",
        "sources": "#meta+source+list",
        "support": "#meta+claim+support+list",
        "against": "#meta+claim+against+list",
    },
    "reports": {
        "id": "#meta+report+id",
        "outlet": "#meta+outlet+name",
        "title": "#description+title",
        "published": "#date+published",
        "published_basis": "#meta+date+basis",
        "url": "#meta+url",
        "lang": "#meta+language+code",
        "sha256": "#meta+sha256",
        "original": "#meta+original+id",
        "share": "#meta+copy+share",
    },
}
REDACTED_TAG = "#meta+redacted"


def write_hxl(issue: Issue, table: str = "events") -> Iterator[str]:
    """Give the lines of one table: header, hashtags, rows. Raises UsageError for a table that is none."""
    names = [column.name for column in columns_of(issue, table)]
    yield line(names)
    yield line([TAGS[table].get(name, REDACTED_TAG) for name in names])
    for row in rows_of(issue, table):
        yield line([row.get(name) for name in names])
