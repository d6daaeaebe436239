"""Every page of the site in one table: its address, its parameters, its forms. The description for machines follows it.

Invariant: what is not in this table is not served; openapi.json is made from it, so the two cannot differ.
"""

from __future__ import annotations

from variorum.web.acting import Act
from variorum.web.asking import Route
from variorum.web.ledgerroutes import LEDGER_ACTS, LEDGER_ROUTES
from variorum.web.pages.event import read_event

EVENT_ID = "EV-7K3Q, or EV-7K3Q@2 as it stood in version 2"

ROUTES: tuple[Route, ...] = (
    Route("/events/{id}", "event", "One event: what each source says of it.", read_event, ids={"id": EVENT_ID}),
    *LEDGER_ROUTES,
)

# What can be done: each is a form sent by POST.
ACTS: tuple[Act, ...] = (*LEDGER_ACTS,)
