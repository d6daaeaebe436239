"""An extractor of Variorum: the incident lines of a situation report. `variorum run bulletins/ --reader sitrep`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.model import Article, Claim, Extraction, Mention, make_claim, make_mention, make_reading
from variorum.values.place import parse_place

# 2 May 2031; shelling; Ménaka, Mali; killed 2 civilians; injured at least 5; source: village clinic
LINE = re.compile(
    r"^(?P<date>\d{1,2} [A-Z][a-z]+ \d{4}); (?P<kind>[a-z ]+); (?P<place>[^;\n]+)(?P<figures>(?:; [^;\n]+)*)$", re.M
)
FIGURE = re.compile(
    r"(?P<prop>killed|injured|missing|displaced) (?P<value>[^;\n]*?\d+)(?: (?P<whom>[a-z]+))?(?=;|$)", re.M
)
SOURCE = re.compile(r"source: (?P<name>[^;\n]+)")
# Word of a bulletin -> kind of the schema (docs/reference/schema.md).
KINDS = {
    "shelling": "strike",
    "air strike": "strike",
    "explosion": "bombing",
    "clash": "clash",
    "attack": "attack",
    "abduction": "abduction",
    "arrest": "arrest",
    "displacement": "displacement",
}
SCOPES = {"civilians", "combatants", "children", "women", "men", "journalists", "medics", "police"}


def read_bulletin(article: Article) -> Extraction:
    """Give the incidents of a bulletin; a line of a kind that is not known is passed over."""
    reading = make_reading(article.id, "sitrep", "1")
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for line in LINE.finditer(article.text):
        if line["kind"] in KINDS:
            mention = make_mention(article, reading.id, KINDS[line["kind"]], *line.span())
            mentions.append(mention)
            claims += _claims(article, mention, line)
    return Extraction(reading, tuple(mentions), tuple(claims))


def _claims(article: Article, mention: Mention, line: re.Match[str]) -> Iterator[Claim]:
    """Yield the claims of one line: each at its own words."""
    said = SOURCE.search(line["figures"])
    source = said["name"].strip() if said else ""
    for prop, value in (("date", line["date"]), ("place", _place(line["place"]))):
        start, end = line.span(prop)
        yield make_claim(mention, article, prop=prop, value=value, start=start, end=end, source=source)
    for figure in FIGURE.finditer(article.text, *line.span("figures")):
        start, end = figure.span("value")
        scope = figure["whom"] if figure["whom"] in SCOPES else "all"
        yield make_claim(
            *(mention, article),
            prop=figure["prop"],
            value=figure["value"],
            scope=scope,
            source=source,
            start=start,
            end=end,
        )


def _place(words: str) -> str:
    """Give the place that the gazetteer has, else a place by its name alone: it is known, and has no point."""
    return parse_place(words) or f"name:{words}"
