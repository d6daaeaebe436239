"""Every page of the site in one table: its address, its parameters, its forms. The description for machines follows it.

Invariant: what is not in this table is not served; openapi.json is made from it, so the two cannot differ.
"""

from __future__ import annotations

from variorum.web.acting import Act
from variorum.web.asking import Route
from variorum.web.pages.event import read_event
from variorum.web.pages.newclaim import send_claim
from variorum.web.pages.report import read_report
from variorum.web.pages.reportlist import PARAMETERS as OF_REPORTS
from variorum.web.pages.reportlist import read_reports

EVENT_ID = "EV-7K3Q, or EV-7K3Q@2 as it stood in version 2"

REPORT_ID = "R7, or art_… in full or shortened"

ROUTES: tuple[Route, ...] = (
    Route("/events/{id}", "event", "One event: what each source says of it.", read_event, ids={"id": EVENT_ID}),
    # Reports, claims, and how they hang together.
    Route("/reports", "reports", "Reports, latest first.", read_reports, OF_REPORTS, ("html", "json", "csv")),
    Route("/reports/{id}", "report", "One report: its text, what was read in it.", read_report, ids={"id": REPORT_ID}),
)

# What can be done: each is a form sent by POST.
ACTS: tuple[Act, ...] = (
    Act("/reports/{id}/claims", "new-claim", "Make a claim of words of a report that no reading found.", send_claim),
)
