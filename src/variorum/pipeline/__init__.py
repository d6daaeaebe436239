"""Joins the steps to a ledger: the only part that knows them all, and through which command line and web know them.

Each name is imported when it is first used: to look something up needs neither the reader nor the matcher.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.extract.tagger import weights_match
    from variorum.pipeline.accounts import over_time, rule_views
    from variorum.pipeline.agreement import Agreement, Difference, find_agreement
    from variorum.pipeline.answers import Answer, Says, is_possible, make_rows
    from variorum.pipeline.cards import Card, Passage, claim_words, make_card
    from variorum.pipeline.editions import edition, with_all_articles
    from variorum.pipeline.engine import open_engine
    from variorum.pipeline.exporting import Export, Requested, make_export, write_edition
    from variorum.pipeline.finished import is_finished
    from variorum.pipeline.indexing import index_ledger
    from variorum.pipeline.listing import has_index, list_rows, read_events
    from variorum.pipeline.placedoubt import at_entry, describe, find_candidates
    from variorum.pipeline.places import gazetteer, own_places
    from variorum.pipeline.queue import Item, find_queue, pair_item
    from variorum.pipeline.readers import BuiltIn, LanguageModel, Reader, choose_reader
    from variorum.pipeline.reasons import Pair, find_pairs
    from variorum.pipeline.recorded import Recorded, recorded_by
    from variorum.pipeline.report import Report
    from variorum.pipeline.runs import add, follow, run
    from variorum.pipeline.sharing import share
    from variorum.pipeline.spoken import KINDS, Kind, Thing, Word
    from variorum.publish import Edition, event_object
    from variorum.publish.rules import RULES, RuleView
    from variorum.publish.select import Selection
    from variorum.resolve.explain import Explanation
    from variorum.resolve.overtime import Figure

# Name -> the module it lives in.
_HOME = {
    "Agreement": "variorum.pipeline.agreement",
    "Answer": "variorum.pipeline.answers",
    "BuiltIn": "variorum.pipeline.readers",
    "Card": "variorum.pipeline.cards",
    "Difference": "variorum.pipeline.agreement",
    "Edition": "variorum.publish",
    "Export": "variorum.pipeline.exporting",
    "Explanation": "variorum.resolve.explain",
    "Figure": "variorum.resolve.overtime",
    "Item": "variorum.pipeline.queue",
    "KINDS": "variorum.pipeline.spoken",
    "Kind": "variorum.pipeline.spoken",
    "LanguageModel": "variorum.pipeline.readers",
    "Pair": "variorum.pipeline.reasons",
    "Passage": "variorum.pipeline.cards",
    "RULES": "variorum.publish.rules",
    "Reader": "variorum.pipeline.readers",
    "Recorded": "variorum.pipeline.recorded",
    "Report": "variorum.pipeline.report",
    "RuleView": "variorum.publish.rules",
    "Says": "variorum.pipeline.answers",
    "Selection": "variorum.publish.select",
    "Thing": "variorum.pipeline.spoken",
    "Requested": "variorum.pipeline.exporting",
    "Word": "variorum.pipeline.spoken",
    "add": "variorum.pipeline.runs",
    "at_entry": "variorum.pipeline.placedoubt",
    "choose_reader": "variorum.pipeline.readers",
    "claim_words": "variorum.pipeline.cards",
    "describe": "variorum.pipeline.placedoubt",
    "edition": "variorum.pipeline.editions",
    "event_object": "variorum.publish",
    "find_agreement": "variorum.pipeline.agreement",
    "find_candidates": "variorum.pipeline.placedoubt",
    "find_pairs": "variorum.pipeline.reasons",
    "find_queue": "variorum.pipeline.queue",
    "follow": "variorum.pipeline.runs",
    "gazetteer": "variorum.pipeline.places",
    "has_index": "variorum.pipeline.listing",
    "index_ledger": "variorum.pipeline.indexing",
    "is_finished": "variorum.pipeline.finished",
    "is_possible": "variorum.pipeline.answers",
    "list_rows": "variorum.pipeline.listing",
    "make_export": "variorum.pipeline.exporting",
    "make_card": "variorum.pipeline.cards",
    "make_rows": "variorum.pipeline.answers",
    "open_engine": "variorum.pipeline.engine",
    "over_time": "variorum.pipeline.accounts",
    "own_places": "variorum.pipeline.places",
    "pair_item": "variorum.pipeline.queue",
    "read_events": "variorum.pipeline.listing",
    "recorded_by": "variorum.pipeline.recorded",
    "rule_views": "variorum.pipeline.accounts",
    "run": "variorum.pipeline.runs",
    "share": "variorum.pipeline.sharing",
    "weights_match": "variorum.extract.tagger",
    "with_all_articles": "variorum.pipeline.editions",
    "write_edition": "variorum.pipeline.exporting",
}

__all__ = [
    "Agreement",
    "Answer",
    "BuiltIn",
    "Card",
    "Difference",
    "Edition",
    "Explanation",
    "Export",
    "Figure",
    "Item",
    "KINDS",
    "Kind",
    "LanguageModel",
    "Pair",
    "Passage",
    "RULES",
    "Reader",
    "Recorded",
    "Report",
    "RuleView",
    "Says",
    "Selection",
    "Thing",
    "Requested",
    "Word",
    "add",
    "at_entry",
    "choose_reader",
    "claim_words",
    "describe",
    "edition",
    "event_object",
    "find_agreement",
    "find_candidates",
    "find_pairs",
    "find_queue",
    "follow",
    "gazetteer",
    "has_index",
    "index_ledger",
    "is_finished",
    "is_possible",
    "list_rows",
    "make_card",
    "make_export",
    "make_rows",
    "open_engine",
    "over_time",
    "own_places",
    "pair_item",
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
