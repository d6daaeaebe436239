"""The page that says why two reports are one event or two: the evidence, what people said, what would change it."""

from __future__ import annotations

from dataclasses import asdict
from math import log
from typing import Any

from markupsafe import Markup

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger.picked import pick_articles, pick_mentions
from variorum.model import Event
from variorum.pipeline import Pair, find_pairs
from variorum.pipeline.labels import find_one_event
from variorum.pipeline.named import mentions_of
from variorum.pipeline.whywords import say_verdict
from variorum.show.charts import EvidenceStep, draw_waterfall
from variorum.show.words import outlet_of, short
from variorum.web.asking import Asked, Page, Parameter
from variorum.web.pages.beside import near_misses
from variorum.web.pages.report import is_late

Row = dict[str, Any]
MOST = 3_000  # pairs of mentions held against each other: 1 ms each
LISTED = 200  # reports of the event offered
PARAMETERS = (
    Parameter("a", "text", "A report (R1), event, claim or mention."),
    Parameter("b", "text", "Another one."),
    Parameter("all", "flag", "1: every pair of mentions, and not only the closest."),
)


def read_why(asked: Asked) -> Page:
    """Read why two things are one event or not; with one of them named, what it could be held against."""
    event = find_one_event(asked.ledger, asked.names["id"])
    label = asked.labels.events[event.id]
    a, b = asked.one("a"), asked.one("b")
    reports, hidden = _reports(asked, event)
    data: Row = {"label": label, "title": event.title, "a": a, "b": b, "as_of": asked.as_of, "later": hidden}
    if a is None or b is None:
        near = near_misses(asked, event.id, event.mentions)
        data |= {"pairs": [], "reports": reports, "near": near if asked.as_of is None else []}
        return Page("why.html", f"Why: {label}", data)
    pairs = _pairs(asked, a, b)
    data |= {"pairs": [_pair(asked, pair) for pair in pairs], "reports": reports, "near": []}
    shown = {"waterfalls": [_draw(pair) for pair in pairs]}
    return Page("why.html", f"Why: {a} and {b}", data, shown)


def _reports(asked: Asked, event: Event) -> tuple[list[Row], int]:
    """Give the reports of an event by number, and how many appeared after the day asked for."""
    ids = {mention.article_id for mention in pick_mentions(asked.ledger, event.mentions)}
    articles = pick_articles(asked.ledger, ids)
    known = [article for article in articles if not is_late(article, asked.as_of)]
    rows = [
        {
            "number": asked.labels.articles[article.id],
            "outlet": outlet_of(article),
            "published": article.published,
            "title": short(article.title or article.text[:80], 80),
        }
        for article in known[:LISTED]
    ]
    return rows, len(articles) - len(known)


def _pairs(asked: Asked, a: str, b: str) -> list[Pair]:
    left, right = _known(asked, a), _known(asked, b)
    if len(left) * len(right) > MOST:
        raise UsageError(
            f"{a} and {b} are {len(left) * len(right):,} pairs of mentions, too many to look at",
            "name a report on one side: R7",
        )
    pairs = find_pairs(asked.ledger, left, right, every=asked.one("all") == "1")
    if not pairs:
        raise UsageError(f"{a} and {b} have no two mentions of events to compare", "see what each says")
    return pairs


def _known(asked: Asked, given: str) -> list[str]:
    """Give the mentions of what is named, without those of reports of a later day."""
    found = pick_mentions(asked.ledger, mentions_of(asked.ledger, given))
    if asked.as_of is None:
        return [mention.id for mention in found]
    articles = {article.id: article for article in pick_articles(asked.ledger, {m.article_id for m in found})}
    known = [mention.id for mention in found if not is_late(articles[mention.article_id], asked.as_of)]
    if found and not known:
        raise UnknownIdError(f"{given} appeared after {asked.as_of}", "leave out the day")
    return known


def _pair(asked: Asked, pair: Pair) -> Row:
    verdict = say_verdict(pair, asked.labels, nearest=asked.as_of is None)
    found = pair.explanation
    heads = [_head(asked, id) for id in (pair.left, pair.right)]
    nearest = None
    if pair.nearest is not None and asked.as_of is None:
        nearest = {"event": asked.labels.events[pair.nearest.event], "score": round(pair.nearest.score, 3)}
    return {
        "joined": pair.joined,
        "left": heads[0],
        "right": heads[1],
        "left_event": asked.labels.events[pair.left_event] if pair.left_event else None,
        "right_event": asked.labels.events[pair.right_event] if pair.right_event else None,
        "head": verdict.head,
        "alone": verdict.alone,
        "people": list(pair.people),
        "more": list(verdict.more),
        "needed": pair.needed,
        "score": found.score,
        "total": found.total,
        "rule": found.rule,
        "evidence": [asdict(reason) for reason in found.used],
        "not_used": list(found.not_used),
        "changes": list(found.changes),
        "nearest": nearest,
    }


def _draw(pair: Pair) -> Markup:
    """Draw the evidence as steps from nothing to the total; the table beside it says the same."""
    found = pair.explanation
    steps = [EvidenceStep(reason.name, reason.weight, reason.left, reason.right) for reason in found.used]
    needs = log(pair.needed / (1 - pair.needed))
    return Markup(draw_waterfall(steps, needs, title=f"Evidence, in log-odds: total {found.total:+.1f}"))


def _head(asked: Asked, mention_id: str) -> Row:
    mention = asked.ledger.mention(mention_id)
    article = asked.ledger.article(mention.article_id)
    return {
        "mention": mention.id,
        "number": asked.labels.articles[article.id],
        "outlet": outlet_of(article),
        "published": article.published,
        "quote": mention.quote,
        "lang": article.lang,
    }
