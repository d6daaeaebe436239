"""Small wordings that several verbs print."""

from __future__ import annotations

from variorum.model import Article, RelatedName

SIGNS = {
    "impossible": "!",
    "contradicts": "≠",
    "revised": "↻",
    "drift in copies": "~",
    "overlaps": "≈",
    "refines": "⊂",
    "other scope": "≁",
    "agrees": "=",
}
SIGN_WORDS = {
    "agrees": "agree",
    "refines": "one more exact",
    "overlaps": "overlap",
    "contradicts": "contradict",
    "revised": "revised later",
    "drift in copies": "a copy drifts",
    "other scope": "of other people",
    "impossible": "impossible in itself",
}
# How a tie reads from its other end.
BACKWARDS: dict[RelatedName, str] = {
    "part of": "has part",
    "response to": "answered by",
    "later in": "goes on in",
    "anniversary of": "remembered by",
}
# Names of the languages that reports are most often in; any other stands as its code.
LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian", "uk": "Ukrainian"}
OWN_VOICE = "own voice"  # the outlet's: nobody is named as the source


def plural(count: int, word: str, words: str = "") -> str:
    """Give a number with its noun."""
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def independence(outlets: int, lineages: int, sources: int, *, own_voice: bool, one_source: str = "one source") -> str:
    """Say who stands behind something: "5 outlets, 2 lineages, one source"."""
    named = one_source if sources == 1 else said_by(sources, own_voice=False)
    beside = " and own voice" if own_voice and sources else ""
    return f"{plural(outlets, 'outlet')}, {plural(lineages, 'lineage')}, {named}{beside}"


def said_by(sources: int, *, own_voice: bool) -> str:
    """Say how many people or bodies said something: "3 sources and own voice"."""
    named = "one source" if sources == 1 else plural(sources, "source") if sources else "no source named"
    return named + (" and own voice" if own_voice and sources else "")


def outlet_of(article: Article) -> str:
    """Name who printed an article; the file's name where that is unknown."""
    return article.outlet or article.url.removeprefix("file:")


def day_of(article: Article) -> str:
    """Give the day of publication in words for a person."""
    return article.published[:10] if article.published else "undated"


def short(text: str, size: int) -> str:
    """Give a text on one line, cut to a number of characters."""
    line = " ".join(text.split())
    return line if len(line) <= size else line[: size - 1].rstrip() + "…"


def plain(text: str) -> str:
    """Give a text without line breaks and control characters, which would move or colour what follows it."""
    return "".join(
        " " if character in "\n\r\t" else character
        for character in text
        if character in "\n\r\t" or character.isprintable()
    )
