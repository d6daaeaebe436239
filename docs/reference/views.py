"""The views of a ledger as a page of the reference, and as a metadata file for Datasette: both from one table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from variorum.ledger.tables import metadata as tables
from variorum.ledger.viewwords import VIEW_WORDS, View

DATASETTE = Path(__file__).parents[2] / "examples" / "datasette" / "metadata.json"
DATABASE = "ledger"  # Datasette names a database by its file: ledger.db
# What SQLite keeps of the index of words, beside the tables that the program makes.
OF_WORDS = ("", "_data", "_idx", "_docsize", "_config")
QUERIES = {
    "contested": (
        "Contested values",
        "Values that stand against others, those of most independent texts first.",
        "SELECT event, title, prop, scope, value, lineages, sources, support, against FROM v_values "
        "WHERE status = 'contested' ORDER BY lineages DESC, event, prop LIMIT 500",
    ),
    "one_source": (
        "Printed often, said once",
        "Values that several reports print and one source alone has said.",
        "SELECT event, prop, scope, value, source, COUNT(DISTINCT article) AS reports FROM v_claims "
        "WHERE event IS NOT NULL AND source <> '' GROUP BY event, prop, scope, value "
        "HAVING COUNT(DISTINCT source) = 1 AND COUNT(DISTINCT article) > 2 ORDER BY reports DESC LIMIT 500",
    ),
    "source": (
        "What a source says",
        "Every claim of one source, by the name that reports give it.",
        "SELECT as_of, event, report, outlet, prop, scope, value, stance, quote FROM v_claims "
        "WHERE source = :source ORDER BY as_of LIMIT 500",
    ),
}


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# Views"
    yield ""
    yield "What `variorum sql` and [Datasette](../how-to/read-with-datasette.md) read. A view holds nothing: it says"
    yield "what the tables of the ledger say, in columns that a person can read. How a value is written is said in"
    yield "[the model](../model.md#values)."
    for name, view in VIEW_WORDS.items():
        yield from ("", f"## {name}", "", view.what, "", "| column | means |", "|---|---|")
        yield from (f"| `{column}` | {words} |" for column, words in view.columns.items())


def metadata() -> str:
    """Give the metadata file."""
    inner = [table.name for table in tables.sorted_tables] + [f"article_words{part}" for part in OF_WORDS] + ["pack"]
    whole = {
        "title": "A Variorum ledger",
        "description": "What reports of violent events claim, who said it, and in which words. A claim is what "
        "somebody is reported to have said; nothing here is a verdict on what happened.",
        "license": "Places: GeoNames, CC BY 4.0, and Natural Earth, public domain. Reports and quotes belong to those "
        "who published them",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "source": "Reports read by Variorum: see the column url of v_reports",
        "databases": {
            DATABASE: {
                "tables": {
                    **{name: _table(view) for name, view in VIEW_WORDS.items()},
                    **{name: {"hidden": True} for name in dict.fromkeys(inner)},
                },
                "queries": {
                    name: {"title": title, "description": what, "sql": sql}
                    for name, (title, what, sql) in QUERIES.items()
                },
            }
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _table(view: View) -> dict[str, Any]:
    return {
        "title": view.title,
        "description": view.what,
        "columns": dict(view.columns),
        "facets": list(view.facets),
        "sortable_columns": list(view.sortable),
        "size": 50,
    }
