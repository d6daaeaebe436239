"""Two reports word by word: what a copy leaves out and adds, with the claims that it changes on top."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from variorum.errors import UsageError
from variorum.ledger.picked import pick_copies
from variorum.model import Article, Copy
from variorum.show.diff import compare_words
from variorum.show.rewrites import Rewrite, find_rewrites
from variorum.show.words import outlet_of
from variorum.web.asking import Asked, Page, Parameter
from variorum.web.pages.report import Read, find_report, is_late, read_parts

Row = dict[str, Any]
PARAMETERS = (Parameter("with", "text", "The other report: R3, or art_…; its original where it is left out."),)


def read_comparison(asked: Asked) -> Page:
    """Read what two reports say otherwise. Raises UsageError for a report and itself, or where no other is named."""
    one = find_report(asked, asked.names["id"])
    copies = {copy.article_id: copy for copy in pick_copies(asked.ledger, [one.id], reprints=True)}
    given = asked.one("with")
    if given is None:
        if one.id not in copies:
            raise UsageError(
                f"{asked.labels.articles[one.id]} is no copy, and no other report is named",
                "name one: ?with=R3",
            )
        other = asked.ledger.article(copies[one.id].original_id)
    else:
        other = find_report(asked, given)
    if one.id == other.id:
        raise UsageError("both are the same report", "name another one")
    for article in (one, other):
        if is_late(article, asked.as_of):
            number = asked.labels.articles[article.id]
            late: Row = {"number": number, "id": article.id, "published": article.published, "as_of": asked.as_of}
            return Page("report-not-yet.html", number, late | {"title": number})
    copy = _copy_between(copies, one, other)
    if copy is not None:
        original, rewrite = (other, one) if copy.article_id == one.id else (one, other)
    else:
        original, rewrite = sorted((one, other), key=lambda row: (row.published or "9999", row.id))
    return _compare(asked, original, rewrite, copy)


def _copy_between(copies: dict[str, Copy], one: Article, other: Article) -> Copy | None:
    for copy in copies.values():
        if {copy.article_id, copy.original_id} == {one.id, other.id}:
            return copy
    return None


def _compare(asked: Asked, original: Article, rewrite: Article, copy: Copy | None) -> Page:
    ours, theirs = read_parts(asked, original), read_parts(asked, rewrite)
    found = compare_words(original.text, rewrite.text)
    changed = _changed_claims(ours, theirs)
    data: Row = {
        "original": _report(asked, original),
        "copy_report": _report(asked, rewrite),
        "is_copy": copy is not None,
        "share": None if copy is None else round(copy.share, 4),
        "how": None if copy is None else copy.how,
        "as_of": asked.as_of,
        "changed": [_row(row) for row in changed if row.copy],
        "not_repeated": [_row(row) for row in changed if not row.copy],
        "words_kept": found.kept,
        "words_left_out": found.left_out,
        "words_added": found.added,
        "whole": found.whole,
        "runs": [asdict(run) for run in found.runs],
    }
    title = f"{data['copy_report']['number']} beside {data['original']['number']}"
    return Page("compare.html", title, data)


def _report(asked: Asked, article: Article) -> Row:
    return {
        "number": asked.labels.articles[article.id],
        "id": article.id,
        "outlet": outlet_of(article),
        "published": article.published,
        "lang": article.lang,
    }


def _row(row: Rewrite) -> Row:
    return {
        "prop": row.prop,
        "scope": row.scope,
        "original": list(row.original),
        "copy": list(row.copy),
        "words": row.words,
    }


def _changed_claims(ours: Read, theirs: Read) -> list[Rewrite]:
    """Give the claims that the copy states otherwise, event by event; of two in no event together, of all they tell."""
    shared = {*ours.event_of.values()} & {*theirs.event_of.values()}
    found: dict[Rewrite, None] = {}
    for event in sorted(shared) or [""]:
        mine, other = (
            [asdict(claim) for claim in read.claims if not event or read.event_of.get(claim.mention_id) == event]
            for read in (ours, theirs)
        )
        found |= dict.fromkeys(find_rewrites(mine, other, left_out=True))
    return list(found)
