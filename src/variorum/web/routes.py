"""Every page of the site in one table: its address, its parameters, its forms. The description for machines follows it.

Invariant: what is not in this table is not served; openapi.json is made from it, so the two cannot differ.
"""

from __future__ import annotations

from variorum.web.acting import Act
from variorum.web.asking import Form, Route
from variorum.web.pages.event import read_event
from variorum.web.pages.explorer import read_explorer, read_map, read_timeline
from variorum.web.pages.looking import LOOKING
from variorum.web.pages.towns import BOUNDS, read_towns

FORMS_OF_A_LIST: tuple[Form, ...] = ("html", "json", "csv", "geojson")
EVENT_ID = "EV-7K3Q, or EV-7K3Q@2 as it stood in version 2"

ROUTES: tuple[Route, ...] = (
    Route("/events/{id}", "event", "One event: what each source says of it.", read_event, ids={"id": EVENT_ID}),
    Route("/", "events", "Events: list, map and line of time.", read_explorer, LOOKING, FORMS_OF_A_LIST),
    Route("/map", "map", "The same events on a map.", read_map, LOOKING),
    Route("/timeline", "timeline", "The same events along a line of time.", read_timeline, LOOKING),
    Route("/towns", "towns", "The largest towns in a box of the map.", read_towns, BOUNDS, ("json",)),
)

# What can be done: each is a form sent by POST.
ACTS: tuple[Act, ...] = ()
