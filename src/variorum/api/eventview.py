"""How one event looks in a notebook: its values with support and words, where and when, its reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from variorum.api.display import (
    MOST,
    Shown,
    escape_markdown,
    figure,
    fragment,
    markdown_table,
    more,
    paragraph,
    table,
    tag,
)
from variorum.api.field import NOT_SETTLED
from variorum.show.svg import element, words
from variorum.show.words import OWN_VOICE, SIGN_WORDS, SIGNS, day_of, independence, outlet_of, plain, plural, short

if TYPE_CHECKING:
    from variorum.api.event import Event
    from variorum.api.field import Value

TONES = {"contradicts": "bad", "impossible": "bad", "agrees": "good", "refines": "good"}
CHIPS = 8  # reports named beside a value
QUOTE = 90  # characters of a quote in the table
HEADS = ("", "Field", "Value", "Reports", "Said by", "Words")


def show_event(event: Event) -> Shown:
    """Lay out one event as text, HTML and Markdown."""
    return Shown(repr(event), _html(event), _markdown(event))


def _html(event: Event) -> str:
    from variorum.api.pictures import draw_place, draw_tolls

    view = event._view
    where, tolls = draw_place(event), draw_tolls(event)
    figures = "".join(figure(one.svg, one.caption) for one in (*tolls, where))
    small = element("small", words(f"  version {event.version}"), cls="soft")
    asked = event._ledger.day
    return fragment(
        element("p", words(plain(f"{event.label}  {event.title}")) + small, cls="head", dir="auto"),
        paragraph(f"As known on {asked}; later reports are left out.", "warn") if asked else "",
        paragraph(f"{event.kind} · {view.when} · {view.where}"),
        paragraph(_counts(event), "soft"),
        table(HEADS, _rows(event), more(len(_values(event))) or _legend(event)),
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
    used = [name for name in SIGNS if name in {value.relation for _, value in _values(event)}]
    signs = "   ".join(f"{SIGNS[name]} {SIGN_WORDS[name]}" for name in used)
    return "Solid: an independent text. Dashed: a copy, counted with its original." + (f"   {signs}" if signs else "")


def _values(event: Event) -> list[tuple[str, Value]]:
    """Give every value of an event with the name of its field."""
    return [(field.name, value) for field in event.fields.values() for value in field.values]


def _rows(event: Event) -> Iterator[str]:
    last = ""
    for name, value in _values(event)[:MOST]:
        head, last = (name if name != last else ""), name
        sign = element("span", words(SIGNS.get(value.relation, "")), cls=TONES.get(value.relation, "warn"))
        sign += _hidden(SIGN_WORDS.get(value.relation, ""))
        note = tag("div", value.note, "soft") if value.note else ""
        mark = element("div", "! one source", cls="warn") if value.one_source else ""
        cells = [
            element("td", sign),
            element("th", words(head), scope="row") if head else element("td", ""),
            element("td", words(plain(value.words)) + note, dir="auto"),
            element("td", _chips(event, value)),
            element("td", words(_said(value)) + mark, dir="auto"),
            element("td", _quotes(value), dir="auto"),
        ]
        yield element("tr", "".join(cells), cls=None if value.status != NOT_SETTLED else "other")


def _said(value: Value) -> str:
    return plain("; ".join(source or OWN_VOICE for source in value.speakers))


def _hidden(text: str) -> str:
    """Give words for those who hear the table: a sign alone says nothing."""
    look = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
    return element("span", words(text), style=look) if text else ""


def _chips(event: Event, value: Value) -> str:
    labels = event._ledger.labels.articles
    first = {ids[0] for ids in event._object["lineages"]}
    articles = dict.fromkeys(claim._article for claim in value.claims)
    ordered = sorted(articles, key=lambda id: (id not in first, int(labels[id][1:])))
    chips = [element("span", labels[id], cls="chip" if id in first else "chip copy") for id in ordered[:CHIPS]]
    return "".join(chips) + (f" and {len(ordered) - CHIPS} more" if len(ordered) > CHIPS else "")


def _quotes(value: Value) -> str:
    """Give the commonest words for a value, and how many others there are."""
    found: dict[str, int] = {}
    for claim in value.claims:
        quote = short(plain(claim.quote), QUOTE)
        found[quote] = found.get(quote, 0) + 1
    ordered = sorted(found, key=lambda quote: -found[quote])
    shown = ", ".join("“" + element("mark", words(quote)) + "”" for quote in ordered[:2])
    return shown + (words(f" and {len(ordered) - 2} more") if len(ordered) > 2 else "")


def _reports(event: Event) -> Iterator[Mapping[str, Any]]:
    labels, root = event._ledger.labels.articles, {copy.article_id: copy for copy in event._published.copies}
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
    labels = event._ledger.labels.articles
    rows = [
        [
            SIGNS.get(value.relation, ""),
            name,
            value.words,
            ", ".join(sorted({labels[claim._article] for claim in value.claims}, key=lambda one: int(one[1:]))),
            _said(value),
            short(value.claims[0].quote, QUOTE) if value.claims else "",
        ]
        for name, value in _values(event)[:MOST]
    ]
    head = escape_markdown(f"{event.label} {event.title}")
    about = escape_markdown(f"{event.kind} · {view.when} · {view.where} · {_counts(event)}")
    under = more(len(_values(event)))
    return f"**{head}**\n\n{about}\n\n{markdown_table(HEADS, rows)}" + (f"\n{under}\n" if under else "")
