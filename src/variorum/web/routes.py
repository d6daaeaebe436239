"""Every page of the site in one table: its address, its parameters, its forms. The description for machines follows it.

Invariant: what is not in this table is not served; openapi.json is made from it, so the two cannot differ.
"""

from __future__ import annotations

from variorum.web.acting import Act
from variorum.web.asking import Form, Parameter, Route
from variorum.web.pages.cite import read_citation
from variorum.web.pages.claim import read_claim
from variorum.web.pages.compare import PARAMETERS as OF_COMPARISON
from variorum.web.pages.compare import read_comparison
from variorum.web.pages.decide import carry_out, read_form, read_told
from variorum.web.pages.event import read_event
from variorum.web.pages.explorer import read_explorer, read_map, read_timeline
from variorum.web.pages.looking import LOOKING
from variorum.web.pages.newclaim import send_claim
from variorum.web.pages.report import read_report
from variorum.web.pages.reportlist import PARAMETERS as OF_REPORTS
from variorum.web.pages.reportlist import read_reports
from variorum.web.pages.review import read_agreement, read_foresee, read_found, read_review, read_standing, read_where
from variorum.web.pages.reviewacts import answer_card
from variorum.web.pages.search import GOING, read_going, read_search
from variorum.web.pages.search import PARAMETERS as OF_SEARCH
from variorum.web.pages.towns import BOUNDS, read_towns
from variorum.web.pages.versions import PARAMETERS as OF_DIFFERENCE
from variorum.web.pages.versions import read_difference, read_history
from variorum.web.pages.why import PARAMETERS as OF_WHY
from variorum.web.pages.why import read_why

FORMS_OF_A_LIST: tuple[Form, ...] = ("html", "json", "csv", "geojson")
EVENT_ID = "EV-7K3Q, or EV-7K3Q@2 as it stood in version 2"

REPORT_ID = "R7, or art_… in full or shortened"
DESK = (
    Parameter("item", "text", "The question, by the name in the list of the queue."),
    Parameter("second", "flag", "1: what others decided, without showing what they said."),
    Parameter("pair", "text", "R1,R7: ask of two reports or events whether they are one event."),
    Parameter("name", "text", "Of a place: another name to look for."),
    Parameter("page", "count", "Of a place: which page of candidates, from 0."),
    Parameter("limit", "count", "How many questions a list has."),
    Parameter("done", "count", "The decision that led here."),
    Parameter("back", "count", "The decision that was taken back before."),
    Parameter("part", "flag", "1: only the desk, for a page that is open."),
)
FIND = (
    Parameter("q", "text", "An id, or words of the title, which names the place."),
    Parameter("right", "text", "The same."),
    DESK[-1],
)
ENTERED = (
    *(
        Parameter(name, "text", "What the form is filled in with.")
        for name in ("left", "right", "event", "id", "field", "value", "other", "copy", "original", "is", "decision")
    ),
    Parameter("out", "text", "A report to take out.", many=True),
    Parameter("alone", "flag", "1: copies stay where they are."),
    Parameter("because", "text", "Why."),
)
TOLD = (Parameter("decision", "count", "Its number."), Parameter("back", "flag", "1: it was taken back."))
REVIEW_FORMS: tuple[Form, ...] = ("html", "json", "csv")

ROUTES: tuple[Route, ...] = (
    # The review desk: fixed addresses before the kinds.
    Route("/review", "review", "What waits for a person, one question at a time.", read_review, DESK, REVIEW_FORMS),
    Route(
        "/review/agreement",
        "review-agreement",
        "How far reviewers agree, and where not.",
        read_agreement,
        (),
        REVIEW_FORMS,
    ),
    Route("/review/foresee", "review-foresee", "What would follow from each answer to a question.", read_foresee, DESK),
    Route("/review/map", "review-map", "The places that a name can mean, on a map.", read_where, DESK),
    Route("/review/events", "review-events", "Events by id, or by words of their titles.", read_found, FIND),
    Route(
        "/review/working", "review-working", "Whether events are still to be worked out.", read_standing, (DESK[-1],)
    ),
    Route(
        "/review/{kind}",
        "review-kind",
        "What waits for a person of one kind.",
        read_review,
        DESK,
        REVIEW_FORMS,
        ids={"kind": "same, contradiction, place, revision, copy, held-back, value, kind, report or disagreement"},
    ),
    Route("/decide/told", "decide-told", "What was stored by a form, and what followed.", read_told, TOLD),
    Route(
        "/decide/{deed}",
        "decide",
        "The form of a decision, filled in by the address.",
        read_form,
        ENTERED,
        ids={"deed": "join, split, set, reject, copy or undo"},
    ),
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
    Route("/", "events", "Events: list, map and line of time.", read_explorer, LOOKING, FORMS_OF_A_LIST),
    Route("/map", "map", "The same events on a map.", read_map, LOOKING),
    Route("/timeline", "timeline", "The same events along a line of time.", read_timeline, LOOKING),
    Route("/towns", "towns", "The largest towns in a box of the map.", read_towns, BOUNDS, ("json",)),
)

# What can be done: each is a form sent by POST.
ACTS: tuple[Act, ...] = (
    Act("/reports/{id}/claims", "new-claim", "Make a claim of words of a report that no reading found.", send_claim),
    Act("/review/answer", "review-answer", "Answers, skips or takes back a question of the review desk.", answer_card),
    Act("/decide/{deed}", "decide", "Stores a decision, or says what would follow from it.", carry_out),
)
