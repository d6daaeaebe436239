"""How one event looks in a notebook: its values with support and words, where and when, its reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from variorum.library.display import (
    MOST,
    Shown,
    element,
    escape_markdown,
    figure,
    fragment,
    markdown_table,
    more,
    paragraph,
    table,
    tag,
    words,
)
from variorum.show.table import Line
from variorum.show.words import OWN_VOICE, SIGN_WORDS, SIGNS, day_of, independence, outlet_of, plain, plural, short

if TYPE_CHECKING:
    from variorum.library.event import Event

TONES = {"contradicts": "bad", "impossible": "bad", "agrees": "good", "refines": "good"}
CHIPS = 8  # reports named beside a value
QUOTE = 90  # characters of a quote in the table
HEADS = ("", "Field", "Value", "Reports", "Said by", "Words")


def show_event(event: Event) -> Shown:
    """Lay out one event as text, HTML and Markdown."""
    return Shown(repr(event), _html(event), _markdown(event))


def _html(event: Event) -> str:
    from variorum.library.pictures import draw_place, draw_tolls

    view = event._view
    where, tolls = draw_place(event), draw_tolls(event)
    figures = "".join(figure(one.svg, one.caption) for one in (*tolls, where))
    small = element("small", words(f"  version {event.version}"), cls="soft")
    asked = event._ledger._day
    return fragment(
        element("p", words(plain(f"{event.label}  {event.title}")) + small, cls="head", dir="auto"),
        paragraph(f"As known on {asked}; later reports are left out.", "warn") if asked else "",
        paragraph(f"{event.kind} · {view.when} · {view.where}"),
        paragraph(_counts(event), "soft"),
        table(HEADS, _rows(event), more(len(view.lines)) or _legend(event)),
        *(paragraph(f"! {note}", "bad") for note in view.notes),
        element("div", figures, cls="figures") if figures else "",
        table(("Report", "Date", "Lineage", "Outlet", "Title"), _report_rows(event), more(len(event.reports))),
    )


def _counts(event: Event) -> str:
    view = event._view
    behind = independence(view.outlets, len(event._object["lineages"]), len(view.sources), own_voice=view.own_voice)
    told = [
        f"{SIGNS[name]} {SIGN_WORDS[name]}: {', '.join(prop.replace('_', ' ') for prop in view.relations[name])}"
        for name in ("impossible", "contradicts", "revised", "drift in copies")
        if name in view.relations
    ]
    return " · ".join([plural(len(event._object["articles"]), "report"), *behind.split(", "), *told])


def _legend(event: Event) -> str:
    used = [name for name in SIGNS if name in {line.relation for line in event._view.lines}]
    signs = "   ".join(f"{SIGNS[name]} {SIGN_WORDS[name]}" for name in used)
    return "Solid: an independent text. Dashed: a copy, counted with its original." + (f"   {signs}" if signs else "")


def _rows(event: Event) -> Iterator[str]:
    last = ""
    for line in islice(event._view.lines, MOST):
        name, last = (line.name if line.name != last else ""), line.name
        sign = element("span", words(SIGNS.get(line.relation, "")), cls=TONES.get(line.relation, "warn"))
        sign += _hidden(SIGN_WORDS.get(line.relation, ""))
        note = tag("div", line.note, "soft") if line.note else ""
        said = "; ".join(source or OWN_VOICE for source in line.sources)
        mark = element("div", "! one source", cls="warn") if line.one_source else ""
        cells = [
            element("td", sign),
            tag("th", name).replace("<th ", '<th scope="row" ', 1) if name else element("td", ""),
            element("td", words(plain(line.value)) + note, dir="auto"),
            element("td", _chips(event, line)),
            element("td", words(plain(said)) + mark, dir="auto"),
            element("td", _quotes(line), dir="auto"),
        ]
        yield element("tr", "".join(cells), cls=None if line.settled else "other")


def _hidden(text: str) -> str:
    """Give words for those who hear the table: a sign alone says nothing."""
    look = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
    return element("span", words(text), style=look) if text else ""


def _chips(event: Event, line: Line) -> str:
    labels = event._ledger._labels.articles
    first = {ids[0] for ids in event._object["lineages"]}
    articles = dict.fromkeys(claim["article"] for claim in line.claims)
    ordered = sorted(articles, key=lambda id: (id not in first, int(labels[id][1:])))
    chips = [element("span", labels[id], cls="chip" if id in first else "chip copy") for id in ordered[:CHIPS]]
    return "".join(chips) + (f" and {len(ordered) - CHIPS} more" if len(ordered) > CHIPS else "")


def _quotes(line: Line) -> str:
    """Give the commonest words for a value, and how many others there are."""
    found: dict[str, int] = {}
    for claim in line.claims:
        quote = short(plain(str(claim["quote"])), QUOTE)
        found[quote] = found.get(quote, 0) + 1
    ordered = sorted(found, key=lambda quote: -found[quote])
    shown = ", ".join("“" + element("mark", words(quote)) + "”" for quote in ordered[:2])
    return shown + (words(f" and {len(ordered) - 2} more") if len(ordered) > 2 else "")


def _reports(event: Event) -> Iterator[Mapping[str, Any]]:
    labels, root = event._ledger._labels.articles, {copy.article_id: copy for copy in event._published.copies}
    for id in event._object["articles"][:MOST]:
        row = event._published.articles[id]
        copied = f"copy of {labels[root[id].original_id]}" if id in root else "original"
        title = short(plain(row.title or row.text[:100]), 90)
        yield {"label": labels[id], "day": day_of(row), "lineage": copied, "outlet": outlet_of(row), "title": title}


def _report_rows(event: Event) -> Iterator[str]:
    for row in _reports(event):
        yield element("tr", "".join(tag("td", text) for text in row.values()))


def _markdown(event: Event) -> str:
    view = event._view
    labels = event._ledger._labels.articles
    rows = [
        [
            SIGNS.get(line.relation, ""),
            line.name,
            line.value,
            ", ".join(sorted({labels[claim["article"]] for claim in line.claims}, key=lambda name: int(name[1:]))),
            "; ".join(source or OWN_VOICE for source in line.sources),
            short(str(line.claims[0]["quote"]), QUOTE) if line.claims else "",
        ]
        for line in view.lines[:MOST]
    ]
    head = escape_markdown(f"{event.label} {event.title}")
    about = escape_markdown(f"{event.kind} · {view.when} · {view.where} · {_counts(event)}")
    under = more(len(view.lines))
    return f"**{head}**\n\n{about}\n\n{markdown_table(HEADS, rows)}" + (f"\n{under}\n" if under else "")
