"""Joins the steps to a ledger. The only part that knows them all; command line and web know the steps through it alone."""

from variorum.extract.rules import EXTRACTOR, VERSION
from variorum.pipeline.editions import edition, write_edition
from variorum.pipeline.reasons import Pair, find_pairs
from variorum.pipeline.runs import Report, follow, gazetteer, read_one, run
from variorum.publish import Edition, event_object
from variorum.publish.select import Selection

__all__ = [
    "EXTRACTOR",
    "VERSION",
    "Edition",
    "Pair",
    "Report",
    "Selection",
    "edition",
    "event_object",
    "find_pairs",
    "follow",
    "gazetteer",
    "read_one",
    "run",
    "write_edition",
]
