"""The page of full text: which reports hold some words, and where. An id that is typed leads straight to its page."""

from __future__ import annotations

import re
from typing import Any

from variorum.errors import UnknownIdError, UsageError, VariorumError
from variorum.ledger.picked import pick_claims, pick_events_of, pick_mentions, pick_titled
from variorum.ledger.search import Hit, Hits, Wanted, search
from variorum.ledger.words import read_words
from variorum.model import Article, Claim, Event
from variorum.pipeline.labels import EVENT, REPORT, find_record
from variorum.show.found import cut_snippet
from variorum.show.marks import Mark, cut_at_marks, make_windows
from variorum.show.words import outlet_of
from variorum.web.asking import Asked, Moved, Page, Parameter

Row = dict[str, Any]
LIMIT = 20
MOST = 200  # rows of one page
MOST_EVENTS = 12
DEEPEST = 10_000  # rows that can be paged to
AROUND = 90
_ID = re.compile(rf"(?:{EVENT.pattern}|{REPORT.pattern}|(?:clm|art)_[0-9A-Z]+)", re.I)
_DECISION = re.compile(r"D\d{1,9}")
WORDS = Parameter("q", "text", "Words that a report holds, all of them; a phrase in quotation marks; or an id.")
PARAMETERS = (
    WORDS,
    Parameter("outlet", "text", "Reports of this outlet."),
    Parameter("since", "day", "Published on this day or later."),
    Parameter("until", "day", "Published on this day or before."),
    Parameter("page", "count", "Which page, from 1."),
    Parameter("limit", "count", f"Reports on a page, at most {MOST}."),
)
GOING = (Parameter("id", "text", "EV-7K3Q, R7, clm_…, art_… or D12."),)


def read_search(asked: Asked) -> Page | Moved:
    """Read which reports hold words, latest published first; lead on where the words are the id of a record."""
    words = asked.one("q")
    if words is not None and _ID.fullmatch(words) and asked.form == "html":
        try:
            return Moved(place_of(asked, words))
        except VariorumError:  # no such record: perhaps the words of a report
            pass
    data: Row = {
        "q": words,
        "as_of": asked.as_of,
        "total": 0,
        "page_number": 1,
        "pages": 1,
        "results": [],
        "titled": [],
    }
    if words is None:
        return Page("search.html", "Search", data, {"found": [], "cannot": None}, rows=[])
    limit = min(MOST, max(1, asked.count("limit", LIMIT)))
    number = max(1, asked.count("page", 1))
    if number * limit > DEEPEST:
        raise UsageError("that is too deep in the results", "give more words, or days")
    try:
        hits = search(ledger=asked.ledger, wanted=_wanted(asked, words), limit=limit, offset=(number - 1) * limit)
    except UsageError as error:
        if asked.form != "html":
            raise
        return Page("search.html", "Search", data, {"found": [], "cannot": error}, status=400)
    rows = _rows(asked, hits)
    data |= {"total": hits.total, "page_number": number, "pages": max(1, -(-hits.total // limit)), "results": rows}
    found = [row | {"window": _window(hit)} for row, hit in zip(rows, hits.rows)]
    data["titled"] = _titled(asked, words)
    title = f"“{words}”: {hits.total:,} report{'' if hits.total == 1 else 's'}"
    return Page("search.html", title, data, {"found": found, "cannot": None}, rows=[_flat(row) for row in rows])


def _titled(asked: Asked, words: str) -> list[Row]:
    """Give the events whose title has all the words, which name its place; on an earlier day titles were others."""
    if asked.as_of or asked.count("page", 1) > 1:
        return []
    wanted = [word.form for word in read_words(words)]
    kept: list[tuple[str, str, str]] = asked.standing.keep(("titles",), lambda: _read_titles(asked)).what
    found = [(id, title) for folded, id, title in kept if wanted and all(word in folded for word in wanted)]
    return [{"id": id, "label": asked.labels.events[id], "title": title} for id, title in found[:MOST_EVENTS]]


def _read_titles(asked: Asked) -> list[tuple[str, str, str]]:
    """Give the titles of all events, without case and marks, with id and title."""
    rows = pick_titled(asked.ledger, "", None)
    return [(" ".join(word.form for word in read_words(title)), id, title) for id, title in rows]


def read_going(asked: Asked) -> Moved:
    """Lead to the page of what an id names. Raises UnknownIdError with near ids."""
    given = asked.one("id")
    if given is None:
        raise UsageError("no id is given", "EV-7K3Q, R7 or clm_…")
    return Moved(place_of(asked, given))


def place_of(asked: Asked, given: str) -> str:
    """Give the address of the page of what an id names. Raises UnknownIdError with near ids."""
    if _DECISION.fullmatch(given):
        return asked.link(f"/history/{given}")
    record = find_record(asked.ledger, given)
    if isinstance(record, Event):
        match = EVENT.fullmatch(given)
        version = f"@{match[2]}" if match is not None and match[2] else ""
        label = asked.labels.events[record.id] + version
        return f"/events/{label}" if version else asked.link(f"/events/{label}")
    if isinstance(record, Article):
        return asked.link(f"/reports/{asked.labels.articles[record.id]}")
    if isinstance(record, Claim):
        return asked.link(f"/claims/{record.id}")
    raise UnknownIdError(f"{given} is a story, which has no page", "variorum stories")


def _wanted(asked: Asked, words: str) -> Wanted:
    return Wanted(words, asked.one("outlet"), asked.one("since"), asked.one("until"), asked.as_of)


def _rows(asked: Asked, hits: Hits) -> list[Row]:
    ids = [hit.article.id for hit in hits.rows]
    mentions = pick_mentions(asked.ledger, articles=ids)
    event_of = pick_events_of(asked.ledger, [mention.id for mention in mentions])
    claims = pick_claims(asked.ledger, [mention.id for mention in mentions])
    article_of = {mention.id: mention.article_id for mention in mentions}
    told: dict[str, dict[str, None]] = {}
    for mention in mentions:
        if mention.id in event_of:
            told.setdefault(mention.article_id, {})[asked.labels.events[event_of[mention.id]]] = None
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(article_of[claim.mention_id], []).append(claim)
    return [_row(hit, list(told.get(hit.article.id, ())), by_article.get(hit.article.id, [])) for hit in hits.rows]


def _row(hit: Hit, events: list[str], claims: list[Claim]) -> Row:
    article = hit.article
    spans = hit.spans or hit.in_title
    snippet = cut_snippet(article.text if hit.spans else article.title, spans)
    return {
        "report": f"R{hit.number}",
        "day": article.published and article.published[:10],
        "outlet": outlet_of(article),
        "title": article.title,
        "lang": article.lang,
        "events": events,
        "where": "text" if hit.spans else "title",
        "words": snippet.words,
        "article": article.id,
        "start": snippet.start,
        "end": snippet.end,
        "offsets": [list(span) for span in hit.spans],
        "claims": [
            claim.id for claim in claims if any(start < claim.end and claim.start < end for start, end in hit.spans)
        ],
    }


def _window(hit: Hit) -> Row:
    """Give the words around the best place, with every found word in them marked."""
    text, spans = (hit.article.text, hit.spans) if hit.spans else (hit.article.title, hit.in_title)
    snippet = cut_snippet(text, spans)
    ((start, end),) = make_windows(text, [(snippet.start, snippet.end)], AROUND)
    pieces = cut_at_marks(text, [Mark(*span, "found") for span in spans], start, end)
    return {"pieces": pieces, "opens": start > 0, "ends": end < len(text)}


def _flat(row: Row) -> Row:
    left = ("report", "day", "outlet", "title", "lang", "where", "start", "end", "words", "article")
    return {name: row[name] for name in left} | {"events": " ".join(row["events"]), "claims": " ".join(row["claims"])}
