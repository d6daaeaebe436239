"""Joins the steps to a ledger: the only part that knows them all, and through which command line and web know them.

Each name is imported when it is first used: to look something up needs neither the reader nor the matcher.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.extract.tagger import weights_match
    from variorum.pipeline.accounts import over_time, rule_views
    from variorum.pipeline.editions import edition, with_all_articles, write_edition
    from variorum.pipeline.finished import is_finished
    from variorum.pipeline.indexing import index_ledger
    from variorum.pipeline.listing import has_index, list_rows, read_events
    from variorum.pipeline.places import gazetteer, own_places
    from variorum.pipeline.readers import BuiltIn, LanguageModel, Reader, choose_reader
    from variorum.pipeline.reasons import Pair, find_pairs
    from variorum.pipeline.recorded import Recorded, recorded_by
    from variorum.pipeline.report import Report
    from variorum.pipeline.runs import follow, run
    from variorum.pipeline.sharing import share
    from variorum.publish import Edition, event_object
    from variorum.publish.rules import RULES, RuleView
    from variorum.publish.select import Selection
    from variorum.resolve.overtime import Figure

# Name -> the module it lives in.
_HOME = {
    "BuiltIn": "variorum.pipeline.readers",
    "Edition": "variorum.publish",
    "Figure": "variorum.resolve.overtime",
    "LanguageModel": "variorum.pipeline.readers",
    "Pair": "variorum.pipeline.reasons",
    "RULES": "variorum.publish.rules",
    "Reader": "variorum.pipeline.readers",
    "Recorded": "variorum.pipeline.recorded",
    "Report": "variorum.pipeline.report",
    "RuleView": "variorum.publish.rules",
    "Selection": "variorum.publish.select",
    "choose_reader": "variorum.pipeline.readers",
    "edition": "variorum.pipeline.editions",
    "event_object": "variorum.publish",
    "find_pairs": "variorum.pipeline.reasons",
    "follow": "variorum.pipeline.runs",
    "gazetteer": "variorum.pipeline.places",
    "has_index": "variorum.pipeline.listing",
    "index_ledger": "variorum.pipeline.indexing",
    "is_finished": "variorum.pipeline.finished",
    "list_rows": "variorum.pipeline.listing",
    "over_time": "variorum.pipeline.accounts",
    "own_places": "variorum.pipeline.places",
    "read_events": "variorum.pipeline.listing",
    "recorded_by": "variorum.pipeline.recorded",
    "rule_views": "variorum.pipeline.accounts",
    "run": "variorum.pipeline.runs",
    "share": "variorum.pipeline.sharing",
    "weights_match": "variorum.extract.tagger",
    "with_all_articles": "variorum.pipeline.editions",
    "write_edition": "variorum.pipeline.editions",
}

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
    "follow",
    "gazetteer",
    "has_index",
    "index_ledger",
    "is_finished",
    "list_rows",
    "over_time",
    "own_places",
    "read_events",
    "recorded_by",
    "rule_views",
    "run",
    "share",
    "weights_match",
    "with_all_articles",
    "write_edition",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module variorum.pipeline has no attribute {name}")
    return getattr(import_module(_HOME[name]), name)
