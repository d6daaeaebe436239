"""The page that a methods section is written from: the policy in force, rules, versions, limits, licences, the hash."""

from __future__ import annotations

from functools import cache
from typing import Any

from variorum.pipeline import RULES as VIEWS
from variorum.pipeline.explained import explain_words
from variorum.pipeline.parts import Part, gazetteer_part, own_places_part, program_parts, reader_part
from variorum.schema import load_schema
from variorum.show.map import CREDIT, NOTE
from variorum.web.asking import Asked, Page

POLICY = (
    (
        "count",
        "tolls, munitions, vehicles, people",
        "The figure that most independent voices state; then the one that most agree with; then one that is asserted, "
        "and the narrowest. Figures on a tie that exclude each other give the range between them, marked contested.",
    ),
    (
        "narrow",
        "date, place, weapon, platform, distance, duration",
        "Among the values that most independent voices agree with, the most precise.",
    ),
    ("set", "actors, targets, parties, responsibility", "Every value, each with its own support."),
)
ASIDE = (
    "A copy or rewrite counts once with its original; what only the copy says otherwise supports nothing.",
    "A source's last word replaces its earlier one.",
    "A denial supports nothing and is shown.",
    "A claim that a person rejected supports nothing; one that a person corrected stands with the person's value, and "
    "what was read stays beside it.",
)
LIMITS = (
    "A round-up of several incidents can be read as one event.",
    "A running total, or a look back, can be taken for the toll of one day.",
    "A date can be missed, or be the day of the statement instead of the day of the event.",
    "A place can be too wide, too far, or a namesake: villages under 500 people are not in the gazetteer.",
    "Actor and target can change places in passive and nested sentences.",
    "A source can be lost in a long story, or words that are no source can be taken for one.",
    "A figure can get the wrong scope: workers and drivers count as civilians by their nouns.",
    "The kind can follow a word that is not of the event.",
    "Menus and headlines around a report can be read as the report, where the page was flattened into one line.",
    "Two things told in one clause share their values.",
    "Reports in other languages than English are kept and searched, and mostly not read for claims.",
)
LICENCES = (
    ("Variorum", "Apache-2.0", "the program, its rules, tables and sample reports"),
    ("GeoNames", "CC BY 4.0", "towns and their other names"),
    ("Natural Earth", "public domain", "outlines, provinces, countries, disputed lines"),
    ("htmx", "Zero-Clause BSD", "parts of pages are loaded by it"),
    ("Leaflet", "BSD-2-Clause", "the large map"),
    ("all-MiniLM-L6-v2", "Apache-2.0", "the base of the tagger's weights"),
)


@cache
def data_parts(config: Any) -> tuple[Part, ...]:
    """Give program, gazetteer and reader with their versions: tried once, for loading the weights takes a second.

    A language model that the settings name is not asked whether it is there: a page reaches no other machine.
    """
    own, reader = own_places_part(config), reader_part(config, try_it=not config.llm_url)
    # Where a file lies on the server is nobody's business who looks at a page.
    own = own._replace(detail="none added" if own.state == "absent" else own.detail.rpartition(": ")[2])
    weights = Part("weights", "ok", "their SHA-256 is the one that was written when they were made")
    return (*program_parts(), gazetteer_part(), own, reader, *([weights] if reader.state == "ok" else []))


def read_about(asked: Asked) -> Page:
    """Read what is in force."""
    number, digest = asked.ledger.head()
    size = asked.standing.size()
    last = next((run for run in asked.ledger.runs() if run.finished_at is not None), None)
    data: dict[str, Any] = {
        "as_of": asked.as_of,
        "policy": [{"rule": rule, "used_for": used, "takes": takes} for rule, used, takes in POLICY],
        "set_aside": list(ASIDE),
        "rules": [{"group": group, "word": word, "means": text} for group, word, text in explain_words()],
        "views": dict(VIEWS),
        # What is installed where a site in a folder was written says nothing of the ledger.
        "parts": [] if asked.folder else [part._asdict() for part in data_parts(asked.config)],
        "schema": load_schema().version,
        "read_with": list(last.figures.get("extractors", ())) if last is not None else [],
        "resolver": last.figures.get("resolver") if last is not None else None,
        "last_run": None if last is None else {"number": last.number, "program": last.program, "at": last.started_at},
        "limits": list(LIMITS),
        "boundaries": NOTE,
        "credit": " ".join(CREDIT),
        "licences": [{"name": name, "licence": licence, "for": used} for name, licence, used in LICENCES],
        "ledger": {"row": number, "hash": digest, "reports": size.reports, "events": size.events},
    }
    groups: dict[str, list[dict[str, str]]] = {}
    for row in data["rules"]:
        groups.setdefault(row["group"], []).append(row)
    return Page("about.html", "About this ledger", data, {"groups": groups}, rows=data["rules"], today=True)
