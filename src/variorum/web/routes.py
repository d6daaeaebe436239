"""Every page of the site in one table: its address, its parameters, its forms. The description for machines follows it.

Invariant: what is not in this table is not served; openapi.json is made from it, so the two cannot differ.
"""

from __future__ import annotations

from dataclasses import replace

from variorum.web.acting import Act
from variorum.web.asking import Form, Route
from variorum.web.ledgerroutes import LEDGER_ACTS, LEDGER_ROUTES
from variorum.web.pages.cite import read_citation
from variorum.web.pages.claim import read_claim
from variorum.web.pages.compare import PARAMETERS as OF_COMPARISON
from variorum.web.pages.compare import read_comparison
from variorum.web.pages.event import read_event
from variorum.web.pages.explorer import read_explorer, read_map, read_timeline
from variorum.web.pages.looking import LOOKING
from variorum.web.pages.newclaim import send_claim
from variorum.web.pages.report import read_report
from variorum.web.pages.reportlist import PARAMETERS as OF_REPORTS
from variorum.web.pages.reportlist import read_reports
from variorum.web.pages.search import GOING, read_going, read_search
from variorum.web.pages.search import PARAMETERS as OF_SEARCH
from variorum.web.pages.towns import BOUNDS, read_towns
from variorum.web.pages.versions import PARAMETERS as OF_DIFFERENCE
from variorum.web.pages.versions import read_difference, read_history
from variorum.web.pages.why import PARAMETERS as OF_WHY
from variorum.web.pages.why import read_why
from variorum.web.reviewroutes import REVIEW_ACTS, REVIEW_ROUTES

FORMS_OF_A_LIST: tuple[Form, ...] = ("html", "json", "csv", "geojson")
EVENT_ID = "EV-7K3Q, or EV-7K3Q@2 as it stood in version 2"

REPORT_ID = "R7, or art_… in full or shortened"
ROUTES: tuple[Route, ...] = (
    Route("/", "events", "Events: list, map and line of time.", read_explorer, LOOKING, FORMS_OF_A_LIST),
    Route("/map", "map", "The same events on a map.", read_map, LOOKING),
    Route("/timeline", "timeline", "The same events along a line of time.", read_timeline, LOOKING),
    Route("/towns", "towns", "The largest towns in a box of the map.", read_towns, BOUNDS, ("json",)),
    Route("/events/{id}", "event", "One event: what each source says of it.", read_event, ids={"id": EVENT_ID}),
    # Reports, claims, how they hang together, and finding them.
    Route("/reports", "reports", "Reports, latest first.", read_reports, OF_REPORTS, ("html", "json", "csv")),
    Route("/reports/{id}", "report", "One report: its text, what was read in it.", read_report, ids={"id": REPORT_ID}),
    Route(
        *("/reports/{id}/compare", "compare", "A copy beside its original, word by word.", read_comparison),
        *(OF_COMPARISON, ("html", "json"), {"id": REPORT_ID}),
    ),
    Route("/claims/{id}", "claim", "One claim with its words.", read_claim, ids={"id": "clm_… in full or shortened"}),
    Route("/events/{id}/why", "why", "Why reports are one event or two.", read_why, OF_WHY, ids={"id": EVENT_ID}),
    Route("/events/{id}/history", "event-history", "Versions of an event.", read_history, ids={"id": EVENT_ID}),
    Route(
        *("/events/{id}/diff", "difference", "What changed between two versions or days.", read_difference),
        *(OF_DIFFERENCE, ("html", "json"), {"id": EVENT_ID}),
    ),
    Route("/events/{id}/cite", "cite", "Citations of one version.", read_citation, ids={"id": EVENT_ID}),
    Route("/search", "search", "Full text in reports.", read_search, OF_SEARCH, ("html", "json", "csv")),
    Route("/go", "go", "Leads to the page of an id.", read_going, GOING, ("html",)),
    *REVIEW_ROUTES,
    *LEDGER_ROUTES,
)

# Pages that follow from the ledger, their address and who asks: those with a form of their own, and the desk, do not.
SHELVED = {
    *("events", "map", "timeline", "towns", "event", "reports", "claim", "compare", "search", "event-history"),
    *("difference", "sources", "source", "source-by-name", "actors", "places"),
}
ROUTES = tuple(replace(one, shelved=one.name in SHELVED) for one in ROUTES)

# What can be done: each is a form sent by POST.
ACTS: tuple[Act, ...] = (
    Act("/reports/{id}/claims", "new-claim", "Make a claim of words of a report that no reading found.", send_claim),
    *REVIEW_ACTS,
    *LEDGER_ACTS,
)
