"""The page of one outlet, or of one voice: its reports and whom it copies; or all its claims with their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger.picked import pick_articles
from variorum.ledger.printed import Printed, read_quoted
from variorum.pipeline.outlets import OutletLinks, Outlets, TollFirst, known_by, link_outlet
from variorum.pipeline.spokespeople import claims_by
from variorum.web.asking import Asked, Page
from variorum.web.pages.sources import keep_outlets, keep_speakers, outlet_row, voice_row
from variorum.web.sheets import cut_sheet

Row = dict[str, Any]
CLAIM_COLUMNS = (
    "claim",
    "prop",
    "scope",
    "value",
    "stance",
    "quote",
    "report",
    "outlet",
    "published",
    "event",
    "by_person",
)
REPORT_COLUMNS = ("report", "title", "published", "lang", "copy_of", "copied_outlet")
MOST = 15  # outlets, voices and events that are listed beside the reports


def read_source(asked: Asked) -> Page:
    """Read one outlet by its name, or with kind=voices one voice. Raises UnknownIdError where there is none."""
    return _source(asked, asked.names["id"])


def read_named_source(asked: Asked) -> Page:
    """Read the same by a name in the query, as one with a slash in it has to be. Raises UsageError without a name."""
    name = asked.one("name")
    if name is None:
        raise UsageError("no name is given", "come here from the list of sources")
    return _source(asked, name)


def _source(asked: Asked, name: str) -> Page:
    outlets: Outlets = keep_outlets(asked).what
    known = {row.outlet: row for row in outlets.rows}
    if asked.one("kind") != "voices" and name in known:
        return _outlet(asked, name, outlet_row(known[name]))
    voices = {row.source: row for row in keep_speakers(asked).what}
    if asked.one("kind") != "outlets" and name in voices:
        return _voice(asked, name, voice_row(voices[name]))
    raise UnknownIdError(f"no outlet or voice has the name {name}", "see the lists of both", _near(name, known, voices))


def _near(name: str, *known: Any) -> tuple[str, ...]:
    from rapidfuzz import process

    names = sorted({one for names in known for one in names})
    return tuple(row[0] for row in process.extract(name, names, limit=2, score_cutoff=70))


def _outlet(asked: Asked, name: str, figures: Row) -> Page:
    links: OutletLinks = asked.standing.keep(
        ("outlet", name, asked.as_of), lambda: link_outlet(asked.ledger, name, asked.as_of)
    ).what
    sheet = cut_sheet(asked, links.reports)
    titles = {row.id: row.title for row in pick_articles(asked.ledger, [row.id for row in sheet.rows])}
    reports = [_report(asked, row, titles[row.id], links.originals) for row in sheet.rows]
    quoted = sorted(read_quoted(asked.ledger, name).items(), key=lambda row: (-row[1], row[0]))
    data = {
        "name": name,
        "kind": "outlet",
        "as_of": asked.as_of,
        "figures": figures,
        "total": sheet.total,
        "reports": reports,
        "copies_of": [{"outlet": one, "reports": number} for one, number in links.copies_of],
        "copied_by": [{"outlet": one, "reports": number} for one, number in links.copied_by],
        "first_with": [_first(asked, event, report) for event, report in _cut(asked, links.firsts)],
        "more_firsts": max(0, len(links.firsts) - len(_cut(asked, links.firsts))),
        "first_tolls": [_toll(asked, row) for row in _cut(asked, links.tolls)],
        "more_first_tolls": max(0, len(links.tolls) - len(_cut(asked, links.tolls))),
        # As of a day whom it quotes is not counted: that would take a look at every claim.
        "quotes": [] if asked.as_of else [{"source": one, "claims": number} for one, number in _cut(asked, quoted)],
        "more_quoted": 0 if asked.as_of else max(0, len(quoted) - len(_cut(asked, quoted))),
    }
    return Page("source.html", name, data, {"sheet": sheet}, rows=reports, columns=REPORT_COLUMNS)


def _cut(asked: Asked, rows: Sequence[Any]) -> Sequence[Any]:
    return rows[:MOST] if asked.form == "html" else rows


def _report(asked: Asked, row: Printed, title: str, originals: Any) -> Row:
    original = originals.get(row.original)
    return {
        "report": f"R{row.number}",
        "title": title,
        "published": row.published,
        "lang": row.lang,
        "copy_of": None if original is None else f"R{original.number}",
        "copied_outlet": None if original is None else original.outlet,
    }


def _first(asked: Asked, event: str, report: str) -> Row:
    return {
        "event": asked.labels.events.get(event, event),
        "title": asked.ledger.event(event).title,
        "report": asked.labels.articles[report],
    }


def _toll(asked: Asked, row: TollFirst) -> Row:
    return {
        "event": asked.labels.events.get(row.event_id, row.event_id),
        "prop": row.prop,
        "value": row.value,
        "report": asked.labels.articles[row.article_id],
        "other_outlets": row.others,
    }


def _voice(asked: Asked, name: str, figures: Row) -> Page:
    claims = claims_by(asked.ledger, name)
    articles = {row.id: row for row in pick_articles(asked.ledger, {stood.article_id for _, stood in claims})}
    known = [(claim, stood) for claim, stood in claims if known_by(asked.as_of, articles[stood.article_id].published)]
    known.sort(key=lambda pair: (articles[pair[1].article_id].published or "9999", pair[0].start, pair[0].id))
    sheet = cut_sheet(asked, known)
    rows = []
    for claim, stood in sheet.rows:
        article = articles[stood.article_id]
        rows.append(
            {
                "claim": claim.id,
                "prop": claim.prop,
                "scope": claim.scope,
                "value": claim.value,
                "stance": claim.stance,
                "quote": claim.quote,
                "report": asked.labels.articles[stood.article_id],
                "outlet": article.outlet,
                "published": article.published,
                "event": None if stood.event_id is None else asked.labels.events.get(stood.event_id, stood.event_id),
                "by_person": claim != stood.claim,
            }
        )
    data = {
        "name": name,
        "kind": "voice",
        "as_of": asked.as_of,
        "figures": figures,
        "total": sheet.total,
        "claims": rows,
    }
    return Page("voice.html", name, data, {"sheet": sheet}, rows=rows, columns=CLAIM_COLUMNS)
