"""How objects look in a notebook: fragments of HTML that stand alone, and the same in Markdown. No source.

Invariant: a fragment holds no script, no address and no file; its styles are its own and reach nothing else; what came
from a report is escaped. It keeps its own ground and ink, so it is legible on a dark page too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from variorum.show.svg import element, words
from variorum.show.words import plain, plural, short

if TYPE_CHECKING:
    from variorum.api.frames import Table

MOST = 40  # rows shown; a notebook keeps every output in its file
LONG = 160  # characters of a cell in a list
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&:])")

LIGHT = (
    "--ink:#1b1f24;--soft:#57606a;--paper:#fcfbf7;--line:#d9d4c8;--own:#1d4e89;--own-ink:#fff;--copy:#eaf3fb;"
    "--quote:#fff3bf;--quote-line:#e0a100;--bad:#a4161a;--good:#1b6e42;--warn:#8a5a00;color-scheme:light"
)
DARK = (
    "--ink:#e8e6e1;--soft:#b0b7be;--paper:#16181b;--line:#3b4047;--own:#8fc1ff;--own-ink:#10233a;--copy:#22303f;"
    "--quote:#4a3f12;--quote-line:#d9a514;--bad:#ff9d97;--good:#86d8a8;--warn:#f0c36a;color-scheme:dark"
)
# The themes of JupyterLab, VS Code and marimo go before what the system prefers. The class stands twice in every rule,
# so that it weighs more than what a notebook says of all tables.
STYLE = f"""
.variorum.variorum{{{LIGHT}}}
@media (prefers-color-scheme:dark){{.variorum.variorum{{{DARK}}}}}
[data-jp-theme-light=true] .variorum.variorum,.vscode-light .variorum.variorum,.light .variorum.variorum{{{LIGHT}}}
[data-jp-theme-light=false] .variorum.variorum,.vscode-dark .variorum.variorum,.dark .variorum.variorum{{{DARK}}}
.variorum.variorum{{color:var(--ink);background:var(--paper);padding:.6rem .8rem;max-width:76rem;
font:14px/1.45 system-ui,"Noto Sans","DejaVu Sans",sans-serif;text-align:start;overflow-x:auto}}
.variorum.variorum p{{margin:.15rem 0;color:var(--ink)}}
.variorum.variorum .head{{font-size:1.15em;font-weight:700}}
.variorum.variorum .soft,.variorum.variorum figcaption,.variorum.variorum caption{{color:var(--soft);font-size:.88em}}
.variorum.variorum caption{{text-align:start;caption-side:bottom;padding:.3rem 0}}
.variorum.variorum table{{border-collapse:collapse;margin:.5rem 0;border:0;color:var(--ink);font-size:1em;
table-layout:auto}}
.variorum.variorum tr,.variorum.variorum tbody tr:nth-child(odd),.variorum.variorum tbody tr:nth-child(even),
.variorum.variorum tbody tr:hover{{background:none}}
.variorum.variorum th,.variorum.variorum td{{text-align:start;vertical-align:top;padding:.25rem .6rem .25rem 0;border:0;
border-bottom:1px solid var(--line);max-width:34rem;white-space:normal;color:var(--ink)}}
.variorum.variorum thead th{{color:var(--soft);font-weight:600;font-size:.88em}}
.variorum.variorum td.number{{text-align:end;font-variant-numeric:tabular-nums}}
.variorum.variorum .other td{{color:var(--soft)}}
.variorum.variorum mark{{background:var(--quote);color:inherit;border-bottom:2px solid var(--quote-line)}}
.variorum.variorum .chip{{display:inline-block;border:2px solid var(--own);border-radius:4px;padding:0 .3em;
margin:0 .15em .1em 0;font-size:.82em;background:var(--own);color:var(--own-ink);font-weight:700}}
.variorum.variorum .chip.copy{{background:var(--copy);color:var(--own);border-style:dashed}}
.variorum.variorum .bad{{color:var(--bad);font-weight:600}}.variorum.variorum .good{{color:var(--good);font-weight:600}}
.variorum.variorum .warn{{color:var(--warn);font-weight:600}}
.variorum.variorum .figures{{display:flex;flex-wrap:wrap;gap:1rem}}
.variorum.variorum figure{{margin:.4rem 0;max-width:100%}}.variorum.variorum figcaption{{max-width:44rem}}
.variorum.variorum svg{{max-width:100%;height:auto}}
.variorum.variorum .words{{white-space:pre-wrap;max-width:60rem}}
.variorum.variorum svg .chart-label,.variorum.variorum svg .chart-total,
.variorum.variorum svg .chart-weight{{fill:var(--ink)}}
.variorum.variorum svg .chart-report,.variorum.variorum svg .chart-tick{{fill:var(--soft)}}
.variorum.variorum svg .chart-halo{{stroke:var(--paper)}}.variorum.variorum svg .chart-grid{{stroke:var(--line)}}
.variorum.variorum svg .chart-copy{{fill:var(--paper)}}.variorum.variorum svg .chart-needs{{stroke:var(--ink)}}
""".replace("\n", "")


class Shown(NamedTuple):
    """One object as text, as HTML and as Markdown."""

    text: str
    html: str
    markdown: str


def bundle(shown: Shown) -> dict[str, str]:
    """Give what a notebook stores of an object, by type."""
    return {"text/plain": shown.text, "text/html": shown.html, "text/markdown": shown.markdown}


def fragment(*parts: str) -> str:
    """Put markup into a fragment that stands alone."""
    return element("div", element("style", STYLE) + "".join(parts), cls="variorum")


def paragraph(text: str, cls: str | None = None) -> str:
    """Give a paragraph of words from anywhere."""
    return element("p", words(plain(text)), cls=cls)


def tag(name: str, text: str, cls: str | None = None) -> str:
    """Give an element that holds words from anywhere, which may run from right to left."""
    return element(name, words(plain(text)), cls=cls, dir="auto")


def table(heads: Sequence[str], rows: Iterable[str], note: str = "") -> str:
    """Give a table of rows that are markup; `note` stands under it."""
    head = element("thead", element("tr", "".join(element("th", words(one), scope="col") for one in heads)))
    under = element("caption", words(note)) if note else ""
    return element("table", under + head + element("tbody", "".join(rows)))


def figure(svg: str, caption: str) -> str:
    """Give a picture with the words under it; "" without a picture."""
    return element("figure", svg + element("figcaption", words(caption))) if svg else ""


def escape_markdown(text: str) -> str:
    """Give words from anywhere on one line in which no sign is an order of Markdown or HTML."""
    return _MARKDOWN.sub(r"\\\1", plain(text))


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table in Markdown of words from anywhere."""
    lines = [f"| {' | '.join(escape_markdown(head) or ' ' for head in heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(escape_markdown(cell) or ' ' for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def more(count: int) -> str:
    """Say how many rows are not shown; "" where all are."""
    return f"… {count - MOST:,} more" if count > MOST else ""


# ---------------------------------------------------------------- lists


def listing_html(records: Sequence[Any], of: Table) -> str:
    """Give the first rows of a list, each with its place in it."""
    rows = [of.shown(record) for record in islice(records, MOST)]
    heads = ["", *(rows[0] if rows else of.heads)]
    body = (
        element("tr", element("td", str(place), cls="number soft") + "".join(_cell(one) for one in row.values()))
        for place, row in enumerate(rows)
    )
    head = paragraph(f"{of.name}: {plural(len(records), 'row')}", "head")
    return fragment(head, table(heads, body, more(len(records))))


def _cell(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = int(value) if float(value).is_integer() else value
        return element("td", words(f"{whole:,}"), cls="number")
    return tag("td", short(cell_words(value), LONG))


def cell_words(value: Any) -> str:
    """Write a value of a row for people; what is not there is an empty cell."""
    if isinstance(value, list | tuple):
        return "; ".join(map(cell_words, value))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {cell_words(one)}" for key, one in value.items())
    return "" if value is None else str(value)


def listing_markdown(records: Sequence[Any], of: Table) -> str:
    """Give the first rows of a list as a table in Markdown."""
    rows = [of.shown(record) for record in islice(records, MOST)]
    heads = ["", *(rows[0] if rows else of.heads)]
    under = more(len(records))
    cells = ([str(place), *(short(cell_words(one), LONG) for one in row.values())] for place, row in enumerate(rows))
    return (
        f"**{of.name}: {plural(len(records), 'row')}**\n\n" + markdown_table(heads, cells) + (under and f"\n{under}\n")
    )
