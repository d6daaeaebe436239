"""Joins the steps to a ledger: the only part that knows them all, and through which command line and web know them."""

from variorum.extract.tagger import weights_match
from variorum.pipeline.accounts import over_time, rule_views
from variorum.pipeline.editions import edition, write_edition
from variorum.pipeline.readers import BuiltIn, LanguageModel, Reader, choose_reader, gazetteer, own_places
from variorum.pipeline.reasons import Pair, find_pairs
from variorum.pipeline.recorded import Recorded, recorded_by
from variorum.pipeline.report import Report
from variorum.pipeline.runs import follow, is_finished, run
from variorum.pipeline.sharing import share
from variorum.publish import Edition, event_object
from variorum.publish.rules import RULES, RuleView
from variorum.publish.select import Selection
from variorum.resolve.overtime import Figure

__all__ = [
    "BuiltIn",
    "Edition",
    "Figure",
    "LanguageModel",
    "Pair",
    "RULES",
    "Reader",
    "Recorded",
    "Report",
    "RuleView",
    "Selection",
    "choose_reader",
    "edition",
    "event_object",
    "find_pairs",
    "is_finished",
    "follow",
    "gazetteer",
    "over_time",
    "own_places",
    "recorded_by",
    "rule_views",
    "run",
    "share",
    "weights_match",
    "write_edition",
]
