"""A writer of Variorum: events as KML 2.2. `variorum export kml -o events.kml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO
from xml.sax.saxutils import escape

from variorum.schema import load_schema
from variorum.values import show

# Text of reports may hold what XML 1.0 cannot.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n<name>Events</name>\n'


def write_kml(events: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write events one after the other; none of them is kept."""
    stream.write(HEAD)
    nowhere, redacted = 0, False
    for event in events:
        redacted = redacted or bool(event.get("redacted"))
        place = event["place"]
        if place is None or place["lat"] is None:
            nowhere += 1
        else:
            stream.writelines(_placemark(event, place))
    words = f"{nowhere} more without a known place." + " Redacted: names of private people are left out." * redacted
    stream.write(f"<description>{words}</description>\n</Document>\n</kml>\n")


def _placemark(event: dict[str, Any], place: dict[str, Any]) -> Iterator[str]:
    yield f'<Placemark id="{event["id"]}">\n<name>{_text(event["title"])}</name>\n'
    date = event["date"]
    if date is not None and date["low"]:
        end = f"<end>{date['high']}</end>" if date["high"] else ""
        yield f"<TimeSpan><begin>{date['low']}</begin>{end}</TimeSpan>\n"
    # The description is HTML inside XML: escaped once for each.
    table = "".join(map(_row, event["values"]))
    yield f"<description>{_text(f'<table>{table}</table>')}</description>\n"
    data = {"kind": event["kind"], "version": event["version"], "radius_km": place["radius_km"]}
    inside = "".join(f'<Data name="{key}"><value>{_text(str(value))}</value></Data>' for key, value in data.items())
    yield f"<ExtendedData>{inside}</ExtendedData>\n"
    yield f"<Point><coordinates>{place['lon']},{place['lat']}</coordinates></Point>\n</Placemark>\n"


def _row(value: dict[str, Any]) -> str:
    """Give a value as a row of HTML: what, how much, by whom, and whether the accounts agree."""
    of_whom = f" ({value['scope']})" if value["scope"] not in (None, "all") else ""
    said = ", ".join(source or "own voice" for source in value["sources"])
    shown = show(load_schema().properties[value["prop"]].type, value["value"])
    return "".join(f"<td>{_text(cell)}</td>" for cell in (value["prop"] + of_whom, shown, said, value["status"])).join(
        ("<tr>", "</tr>")
    )


def _text(words: str) -> str:
    """Escape text of a report for XML."""
    return escape(UNWRITABLE.sub("\ufffd", words))
