"""The page that cites one version of an event in the forms that papers and programs take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from variorum.errors import UnknownIdError
from variorum.pipeline import edition
from variorum.pipeline.citing import csl_object, find_cited, write_citations
from variorum.pipeline.labels import find_one_event, version_of
from variorum.web.asking import Asked, Page

NAMES = {"text": "Text", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def read_citation(asked: Asked) -> Page:
    """Read how an event is cited: the version named, or the latest."""
    given = asked.names["id"]
    if asked.as_of is not None:
        event = find_one_event(asked.ledger, given)
        if version_of(given) is not None:
            raise UnknownIdError(f"{given} is one version, and as_of asks for a day", "leave out @ or as_of")
        if not edition(asked.ledger, [event], as_of=asked.as_of).events:
            none = {"label": given, "event": None, "as_of": asked.as_of, "title": given}
            return Page("event-not-yet.html", given, none)
    cited = find_cited(asked.ledger, given, accessed=asked.now[:10])
    forms = write_citations(cited)
    data = {
        **asdict(cited),
        "as_of": asked.as_of,
        "permalink": f"/events/{cited.name}",
        "citations": dict(forms),
        "csl_item": csl_object(cited),
    }
    shown: dict[str, Any] = {
        "areas": make_areas(forms),
        "frozen": version_of(given) is not None,
    }
    return Page("cite.html", f"Cite {cited.name}", data, shown)


def make_areas(forms: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give citations in their forms as fields to copy from."""
    return [
        {"code": name, "name": NAMES[name], "text": text, "lines": min(14, text.count("\n") + 2)}
        for name, text in forms.items()
    ]
