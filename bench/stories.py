"""Articles grouped into stories: web news labelled by event, and the texts of the two stories in each ECB+ dev topic.

Two baselines, both TF-IDF with single links, on the same articles in the same run: the plain one (cosine .2, within
seven days) and an oracle, the best cosine of a list, which no real run could know. Undated texts are all of one day.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.baselines import COSINE, WINDOW_DAYS, Item, group_by_words
from bench.columns import join
from bench.heldout import ECB_DEV
from bench.scorers import b_cubed
from variorum.model import Article
from variorum.resolve.stories import find_stories
from variorum.resolve.storywords import day_of

COSINES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
EVER = 10**6  # days: no window
Labelled = tuple[Sequence[Article], Mapping[str, str]]  # articles, and id → label


def run(folder: Path) -> dict[str, Any]:
    """Measure the stories of web news and, where ECB+ lies beside the folder, of its dev topics."""
    articles, gold = read_labelled(folder / "dev.jsonl")
    told, stories = measure(articles, gold)
    metrics: dict[str, float] = {
        "b3_f1": told["f1"],
        "b3_precision": told["precision"],
        "b3_recall": told["recall"],
        "stories": stories,
        "labelled_stories": len(set(gold.values())),
    }
    baseline = measure_plain(articles, gold)
    report = [show_oracle("news", baseline)]
    if (folder.parent / "ecbplus").is_dir():
        topics, subtopics = read_subtopics(folder.parent / "ecbplus")
        told, stories = measure(topics, subtopics)
        metrics |= {"ecb_subtopics_b3_f1": told["f1"], "ecb_stories": stories}
        metrics["ecb_labelled_stories"] = len(set(subtopics.values()))
        plain = measure_plain(topics, subtopics)
        report.append(show_oracle("ECB+", plain))
        baseline |= {f"ecb_{name}": value for name, value in plain.items() if name == "oracle_b3_f1"}
        baseline["ecb_subtopics_b3_f1"] = plain["b3_f1"]
    return {"n": len(articles), "metrics": metrics, "baseline": baseline, "report": report}


def read_labelled(path: Path) -> Labelled:
    """Read labelled articles, one JSON object a line."""
    articles, gold = [], {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            title, text = row.get("title") or "", row.get("text") or ""
            articles.append(make(str(row["id"]), title, f"{title}\n{text}" if title else text, row.get("date")))
            gold[str(row["id"])] = str(row["event_id"])
    return articles, gold


def read_subtopics(folder: Path) -> Labelled:
    """Read the texts of the ECB+ dev topics, a sentence a line; each topic holds one story of ECB and one of ECB+."""
    articles, gold = [], {}
    for topic in sorted(ECB_DEV):
        for path in sorted((folder / str(topic)).glob("*.xml")):
            sentences: dict[int, list[str]] = {}
            for row in ET.parse(path).getroot():
                if row.tag == "token":
                    sentences.setdefault(int(row.get("sentence") or 0), []).append(row.text or "")
            lines = [join(tokens)[0] for _, tokens in sorted(sentences.items())]
            articles.append(make(path.stem, "", "\n".join(lines), None))
            gold[path.stem] = f"{topic} {'ecbplus' if path.stem.endswith('ecbplus') else 'ecb'}"
    return articles, gold


def make(id: str, title: str, text: str, published: str | None) -> Article:
    """Give an article under the id that the set has for it."""
    return Article(id, f"file:{id}", "", title, text, published or None, "", "", "", "")


def measure(articles: Sequence[Article], gold: Mapping[str, str]) -> tuple[dict[str, float], int]:
    """Give B³ of the stories found against the labels, and how many were found."""
    stories = find_stories(articles)
    return b_cubed({id: number for number, story in enumerate(stories) for id in story}, gold), len(stories)


def measure_plain(articles: Sequence[Article], gold: Mapping[str, str]) -> dict[str, float]:
    """Give B³ F1 of the plain baseline and of the oracle, with the oracle's cosine."""
    items = [Item(one.id, one.text, day_of(one) or 0, None) for one in articles]
    of = {cosine: b_cubed(group_by_words(items, cosine=cosine, days=EVER), gold)["f1"] for cosine in COSINES}
    best = max(COSINES, key=lambda cosine: (of[cosine], -cosine))
    plain = b_cubed(group_by_words(items, cosine=COSINE, days=WINDOW_DAYS), gold)["f1"]
    return {"b3_f1": plain, "oracle_b3_f1": of[best], "oracle_cosine": best}


def show_oracle(name: str, baseline: Mapping[str, float]) -> str:
    """Say what the baseline scores when it is told its best cosine."""
    return f"oracle baseline, {name}: B³ F1 {baseline['oracle_b3_f1']:.3f} at cosine {baseline['oracle_cosine']}"
