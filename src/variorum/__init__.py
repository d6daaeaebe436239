"""Variorum: a ledger of what was reported, by whom, and in which words."""

__version__ = "0.1.0"
