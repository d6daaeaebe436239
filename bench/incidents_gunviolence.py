"""Reports of gun violence grouped by incident (B³), and what each incident says of its dead, hurt, city and day.

A report is put with the event that most reports open with, among the attacks that it tells of: a report is read as the
shooting, the search and the arrest, and the shooting is what people grouped by. A report that tells of no event goes
with its story (`resolve/stories.py`), where that holds a report that does. An article given for several incidents, a
round-up, is a report of each of them in the data and can stand in one group only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.baselines import Item, group_by_taxonomy, group_by_words, group_one_a_day, make_item
from bench.incidents import Resolved, index_events, read_and_resolve
from bench.incidents_tolls import measure
from bench.scorers import b_cubed
from bench.tolls_gunviolence import load_rows
from variorum.model import Article, make_article
from variorum.pipeline.places import gazetteer
from variorum.resolve.stories import find_stories

NOW = "2000-01-01T00:00:00Z"
ATTACKS = frozenset({"attack", "strike", "bombing", "clash", "execution", "chemical_attack"})


def article_of(row: Mapping[str, str]) -> Article:
    """Make the article of one row as a line of a .jsonl would be imported: the title leads the text."""
    text = row["text"] if row["text"].startswith(row["title"]) else f"{row['title']}\n\n{row['text']}"
    outlet = row.get("uri", "").rpartition("//")[2].partition("/")[0]
    return make_article(
        url=f"doc:{row['doc_id']}",
        text=text,
        title=row["title"],
        sha256="",
        fetched_at=NOW,
        outlet=outlet,
        published=row["dct"] or None,
        lang="en",
    )


def group_reports(resolved: Resolved) -> dict[str, str]:
    """Lead each article to its group: the attack of it that most reports open with, else its story, else itself."""
    events = index_events(resolved.resolution.events)
    told: dict[str, list[str]] = {}  # article -> events it tells of, attacks alone where there are any, in its order
    for article in resolved.articles:
        mentions = sorted(resolved.readings[article.id].mentions, key=lambda m: (m.start, m.id))
        live = [mention for mention in mentions if mention.id in events]
        attacks = [mention for mention in live if mention.kind in ATTACKS]
        if live:
            told[article.id] = [events[mention.id] for mention in attacks or live]
    opened = Counter(found[0] for found in told.values())
    held = Counter(event for found in told.values() for event in set(found))

    def rank(event: str, found: list[str]) -> tuple[int, int, int]:
        return opened[event], held[event], -found.index(event)

    group = {id: max(found, key=lambda event: rank(event, found)) for id, found in told.items()}
    for story in find_stories(resolved.articles):
        homes = Counter(group[id] for id in story if id in group)
        home = min(homes, key=lambda name: (-homes[name], name), default=story[0])
        for id in story:
            group.setdefault(id, home)
    return group


def run(data: Path) -> dict[str, object]:
    """Measure the grouping of reports and the figures of incidents; plain methods on the same reports beside it."""
    rows = load_rows(data)
    articles = [article_of(report) for report, _ in rows]
    resolved = read_and_resolve(articles)
    gold = {number: incident["incident_id"] for number, (_, incident) in enumerate(rows)}

    def score(group: Mapping[str, str]) -> dict[str, float]:
        return b_cubed({number: group[article.id] for number, article in enumerate(articles)}, gold)

    metrics = {f"b3_{name}": round(value, 4) for name, value in score(group_reports(resolved)).items()}
    metrics |= resolved.compared({articles[number].id: gold[number] for number in reversed(gold)})
    readings = [resolved.readings[article.id] for article in articles]
    told = measure(rows, readings, resolved.resolution.events)
    metrics |= {f"incident_{name}": value for name, value in told.items()}
    items = _items(resolved)
    baseline = {f"b3_{name}": round(value, 4) for name, value in score(group_by_words(items)).items()}
    plain = {
        "one_a_day": group_one_a_day(items),
        "one_a_day_and_place": group_one_a_day(items, by_place=True),
        "day_km_taxonomy": group_by_taxonomy(items),
        "alone": {item.id: item.id for item in items},
    }
    metrics |= {f"plain_{name}_b3_f1": round(score(group)["f1"], 4) for name, group in plain.items()}
    return {"n": len(rows), "metrics": metrics, "baseline": baseline}


def _items(resolved: Resolved) -> list[Item]:
    return [
        make_item(article, told.mentions, told.claims, gazetteer())
        for article in resolved.articles
        for told in (resolved.readings[article.id],)
    ]
