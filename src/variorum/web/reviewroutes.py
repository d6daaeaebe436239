"""Where people decide: the review desk, and the form of every decision. Part of the table in routes.py."""

from __future__ import annotations

from variorum.web.acting import Act
from variorum.web.asking import Form, Parameter, Route
from variorum.web.pages.decide import carry_out, read_form, read_told
from variorum.web.pages.keys import read_keys
from variorum.web.pages.review import read_agreement, read_foresee, read_found, read_review, read_standing, read_where
from variorum.web.pages.reviewacts import answer_card

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

REVIEW_ROUTES: tuple[Route, ...] = (
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
    Route("/keys", "keys", "All keys, and other letters for them.", read_keys),
    Route("/decide/told", "decide-told", "What was stored by a form, and what followed.", read_told, TOLD),
    Route(
        "/decide/{deed}",
        "decide",
        "The form of a decision, filled in by the address.",
        read_form,
        ENTERED,
        ids={"deed": "join, split, set, reject, copy or undo"},
    ),
)

REVIEW_ACTS: tuple[Act, ...] = (
    Act("/review/answer", "review-answer", "Answers, skips or takes back a question of the review desk.", answer_card),
    Act("/decide/{deed}", "decide", "Stores a decision, or says what would follow from it.", carry_out),
)
