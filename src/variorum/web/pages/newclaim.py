"""A claim that a person makes of words of a report: the form that is sent, checked and stored as one decision."""

from __future__ import annotations

from variorum.errors import UsageError
from variorum.model import Article
from variorum.pipeline.deciding import NewClaim, add_claim, decide
from variorum.web.acting import Posted
from variorum.web.asking import Moved, parse_number
from variorum.web.foreseen import work_out


def send_claim(posted: Posted) -> Moved:
    """Store a new claim, and lead back to the report.

    Raises UsageError for words that do not stand at the place that was sent, and all that `add_claim` refuses.
    """
    with posted.open() as ledger:
        article = ledger.article(posted.names["id"])
        said = NewClaim(
            prop=posted.one("prop"),
            words=_span(article, posted),
            value=posted.one("value"),
            scope=posted.one("scope"),
            source=posted.one("source"),
            stance=posted.one("stance") or "asserts",
            about=posted.one("mention"),
        )
        seen = parse_number(posted.one("seen"))
        if seen is None:
            raise UsageError("the form does not say what was seen", "open the report once more")
        done = decide(ledger, add_claim(ledger, article, said, posted.who()), seen=seen)
        number = ledger.article_number(article.id)
    if done:
        work_out(posted)
    return Moved(f"/reports/R{number}#decided")


def _span(article: Article, posted: Posted) -> str:
    """Give the span that was selected, checked against the words sent with it; without one, the words themselves.

    A browser that counted otherwise than the ledger would point at other words: so both are sent, and have to agree.
    """
    # A form sends every line break as CR LF.
    words = "\n".join(posted.one("words").replace("\r\n", "\n").split("\r"))
    start, end = posted.one("start"), posted.one("end")
    if not start and not end:
        return words
    first, last = parse_number(start), parse_number(end)
    if first is None or last is None:
        raise UsageError("the place of the words is no place", "select the words once more")
    there = article.text[first:last]
    if not there or there.replace("\r\n", "\n").replace("\r", "\n") != words:
        raise UsageError(
            f"the words sent do not stand at {start}:{end} of the report: nothing was stored",
            "select them once more, or paste them as they stand in the text",
        )
    return f"{first}:{last}"
