"""Counts in how many texts of the training sets each word stands, and writes the table that the package ships.

python -m training.words.build --data ../shared/data --date 2026-11-26
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path

from training.words.texts import SETS
from variorum.values.rarity import words_of

OUT = Path(__file__).parents[2] / "src" / "variorum" / "values" / "data"
STORIES = 3  # a word of fewer stories is most often a name


def count(data: Path) -> tuple[dict[str, int], Counter[str], dict[str, set[str]]]:
    """Give the number of texts by set, and by word the number of texts and the stories."""
    sizes: dict[str, int] = {}
    texts: Counter[str] = Counter()
    stories: dict[str, set[str]] = {}
    for name, (read, _) in SETS.items():
        for story, text in read(data):
            sizes[name] = sizes.get(name, 0) + 1
            for word in set(words_of(text)):
                texts[word] += 1
                # three are enough to keep a word; more need not be held
                if len(stories.setdefault(word, set())) < STORIES:
                    stories[word].add(f"{name} {story}")
    return sizes, texts, stories


def main() -> None:
    """Count, write `rarity.txt` and `rarity.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--date", required=True, help="day of the build, written into rarity.json")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    sizes, texts, stories = count(args.data)
    kept = sorted(word for word in texts if len(stories[word]) >= STORIES and len(word) <= 30)
    table = "\n".join([str(sum(sizes.values())), *(f"{word} {texts[word]}" for word in kept)]) + "\n"
    (args.out / "rarity.txt").write_text(table, encoding="utf-8", newline="\n")
    told = {
        "date": args.date,
        "sha256": hashlib.sha256(table.encode()).hexdigest(),
        "texts": sum(sizes.values()),
        "words": len(kept),
        "words_seen": len(texts),
        "least_stories": STORIES,
        "sets": {name: {"texts": sizes[name], "licence": licence} for name, (_, licence) in SETS.items()},
    }
    (args.out / "rarity.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(kept)} of {len(texts)} words, {sum(sizes.values())} texts, {len(table.encode()) // 1024} KB")


if __name__ == "__main__":
    main()
