"""Joins the steps to a ledger: the only part that knows them all, and through which command line and web know them."""

from variorum.extract.tagger import weights_match
from variorum.pipeline.accounts import over_time, rule_views
from variorum.pipeline.agreement import Agreement, Difference, find_agreement
from variorum.pipeline.answers import Answer, Says, is_possible, make_rows
from variorum.pipeline.cards import Card, Passage, claim_words, make_card
from variorum.pipeline.editions import edition, write_edition
from variorum.pipeline.placedoubt import at_entry, describe, find_candidates
from variorum.pipeline.queue import Item, find_queue, pair_item
from variorum.pipeline.readers import BuiltIn, LanguageModel, Reader, choose_reader, gazetteer, own_places
from variorum.pipeline.reasons import Pair, find_pairs
from variorum.pipeline.recorded import Recorded, recorded_by
from variorum.pipeline.report import Report
from variorum.pipeline.runs import follow, is_finished, run
from variorum.pipeline.sharing import share
from variorum.pipeline.spoken import KINDS, Kind, Thing, Word
from variorum.publish import Edition, event_object
from variorum.publish.rules import RULES, RuleView
from variorum.publish.select import Selection
from variorum.resolve.explain import Explanation
from variorum.resolve.overtime import Figure

__all__ = [
    "Agreement",
    "Answer",
    "BuiltIn",
    "Card",
    "Difference",
    "Edition",
    "Explanation",
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
    "Word",
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
    "is_finished",
    "is_possible",
    "make_card",
    "make_rows",
    "over_time",
    "own_places",
    "pair_item",
    "recorded_by",
    "rule_views",
    "run",
    "share",
    "weights_match",
    "write_edition",
]
