"""The pages of the ledger as a whole: sources, names, history, exports, methods; and what is done on them."""

from __future__ import annotations

from variorum.web.acting import Act
from variorum.web.asking import Form, Parameter, Route
from variorum.web.foreseen import FORESEE
from variorum.web.pages.about import read_about
from variorum.web.pages.actors import ACTORS, read_actors
from variorum.web.pages.decision import DECISION_ID, UNDO, do_undo, read_decision
from variorum.web.pages.everywhere import RENAME, REPLACE, do_rename, do_replace, read_rename, read_replace
from variorum.web.pages.exports import DOWNLOAD, WHICH, read_download, read_exports
from variorum.web.pages.history import HISTORY, read_history, read_problems
from variorum.web.pages.live import read_live
from variorum.web.pages.places import PLACES, read_places
from variorum.web.pages.source import read_named_source, read_source
from variorum.web.pages.sources import KIND, SOURCES, read_sources
from variorum.web.sheets import SHEET_NUMBER

LIST: tuple[Form, ...] = ("html", "json", "csv")
SOURCE_ID = "the name of an outlet, or with kind=voices of a voice"
SOURCE_NAME = Parameter("name", "text", "The name of an outlet, or with kind=voices of a voice.")

LEDGER_ROUTES: tuple[Route, ...] = (
    Route("/sources", "sources", "Outlets and monitors, or the voices they quote.", read_sources, SOURCES, LIST),
    Route(
        "/sources/{id:path}",
        "source",
        "One outlet: its reports, copies and firsts; or one voice: its claims.",
        read_source,
        (KIND, SHEET_NUMBER),
        LIST,
        {"id": SOURCE_ID},
    ),
    Route(
        "/source",
        "source-by-name",
        "The same by a name in the query: one with a slash in it, or with an ending.",
        read_named_source,
        (SOURCE_NAME, KIND, SHEET_NUMBER),
        LIST,
    ),
    Route("/actors", "actors", "Names of actors, targets and parties, as written.", read_actors, ACTORS, LIST),
    Route("/actors/correct", "correct-name", "Setting a name right everywhere.", read_rename, RENAME),
    Route(
        "/places",
        "places",
        "Places as written, with what they are taken for; those in doubt first.",
        read_places,
        PLACES,
        ("html", "json", "csv", "geojson"),
    ),
    Route("/places/correct", "correct-place", "Taking a wording for another place.", read_replace, REPLACE),
    Route("/history", "history", "All decisions and runs, newest first.", read_history, HISTORY, LIST),
    Route("/history/problems", "problems", "What could not be read.", read_problems, (SHEET_NUMBER,), LIST),
    Route(
        "/history/{id}",
        "decision",
        "One decision: its rows, what was before and after, undo.",
        read_decision,
        (UNDO, FORESEE),
        ids={"id": DECISION_ID},
    ),
    Route("/exports", "exports", "Files to take along, and what their columns mean.", read_exports, WHICH, LIST),
    Route(
        "/exports/{format}",
        "export",
        "One file: jsonl, csv or geojson.",
        read_download,
        DOWNLOAD,
        ("html",),
        {"format": "jsonl, csv or geojson"},
    ),
    Route("/about", "about", "The policy in force, rules, versions, limits, licences.", read_about, (), LIST),
    Route("/live", "live", "Whether the ledger grows.", read_live, (), ("json",)),
)

LEDGER_ACTS: tuple[Act, ...] = (
    Act("/actors/correct", "correct-name", "Correct a name in all claims that have it.", do_rename),
    Act("/places/correct", "correct-place", "Take a wording for another place, everywhere.", do_replace),
    Act("/history/{id}/undo", "undo", "Take one decision back.", do_undo),
)
