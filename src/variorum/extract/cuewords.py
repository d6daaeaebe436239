"""Reads cues/attribution.toml once: verbs, phrases, heads of sources, hedges and denials, with their patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from variorum.values.pattern import Pattern, join_words


@cache
def load_cues() -> Mapping[str, Any]:
    """Give attribution.toml as read."""
    data: Mapping[str, Any] = tomllib.loads(
        files("variorum.extract").joinpath("cues/attribution.toml").read_text(encoding="utf-8")
    )
    return data


@cache
def cue_words(table: str, row: str) -> frozenset[str]:
    """Give the words of a row, as "strong" of "verbs"."""
    return frozenset(load_cues()[table][row].split())


@cache
def verb_pattern() -> Pattern:
    """Give the pattern of every verb of saying."""
    words = {word for row in ("strong", "weak", "gerunds", "deny") for word in cue_words("verbs", row)}
    return Pattern(rf"\b{join_words(words)}\b", re.I)


@cache
def phrase_pattern(row: str) -> Pattern:
    """Give the pattern of a row of [phrases]."""
    return Pattern(rf"(?:\b|(?=,)){join_words(load_cues()['phrases'][row])}\b", re.I)


@cache
def stance_pattern(table: str, row: str) -> Pattern:
    """Give the pattern of a row of [hedges] or [denials]."""
    words = sorted(load_cues()[table][row], key=len, reverse=True)
    return Pattern(r"\b(?:" + "|".join(words) + r")\b", re.I)


@cache
def head_pattern() -> str:
    """Give the alternation of the heads of sources without a name."""
    return join_words(cue_words("sources", "heads"))


@cache
def figure_pattern() -> Pattern:
    """Give the pattern of a verb that sets a figure: "‹lowered› the toll", "‹put› it at", "‹counted› four"."""
    rows = {row: "|".join(sorted(cue_words("figures", row), key=len, reverse=True)) for row in load_cues()["figures"]}
    number = rf"(?:\d|(?:{rows['numbers']})\b)"
    noun = (
        rf"(?:the|its|their|a|an|that|this|his|her) (?!number of)(?:[\w’'-]+ ){{0,3}}?(?:{rows['nouns']})\b"
        rf"|(?!an? number of)(?:[\w’'-]+ ){{0,3}}?(?:{rows['nouns']})\b"
    )
    return Pattern(
        rf"\b(?:(?:{rows['set']})(?=\s+(?:(?:{noun})[^.;]{{0,140}}?\b(?:at|to|from|as|by)\b|it (?:at|to|from))"
        rf"\s[^.;,]{{0,40}}?{number})"
        rf"|(?:{rows['give']})(?=\s+(?:{noun})(?:[^.;]{{0,140}}?{number})?)"
        rf"|(?:named|names|identified|identifies)(?=\s+(?:the |an? )?[A-Z][^.;,]{{2,60}}\bas\b)"
        rf"|read(?:s| out)?(?=\s+(?:{noun})[^.;]{{0,60}}?{number})"
        rf"|(?:{rows['speak']})(?=\s+of\s+(?!his|her|its|their|the|having)[\w“\"])"
        rf"|(?:{rows['count']}|gives?|gave)"
        rf"(?=\s+(?:of )?(?:(?:at least|about|around|some|nearly|almost|more than|over|only|up to"
        rf"|another|between|a total of)\s+)?"
        rf"[“\"‘']?(?:about |at least )?{number}))",
    )
