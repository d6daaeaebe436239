"""Measures event mentions on ECB+ (dev topics, in the sentences its authors checked) and the place of an event verb."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.columns import f1
from bench.ecbfile import Stretch, ecb_files, read_ecb
from bench.heldout import held_out
from bench.placefile import read_pairs
from bench.reader import entities_of, parts, tags_of
from variorum.extract.sentences import split_sentences
from variorum.extract.tagged import point_at
from variorum.extract.triggers import find_triggers


def _inside(spans: Sequence[Stretch], checked: Sequence[Stretch]) -> set[Stretch]:
    return {span for span in spans if any(a <= span[0] < b for a, b in checked)}


def run_ecb(data: Path) -> dict[str, Any]:
    """Measure event mentions, exact spans: the tagger, and the rules' triggers beside it."""
    counts: dict[str, list[int]] = {"tagger": [0, 0, 0], "rules": [0, 0, 0], "overlap": [0, 0, 0]}
    for path, sentences in ecb_files(data, dev=True):
        text, checked, spans = read_ecb(path, sentences)
        gold = _inside(spans, checked)
        told = _inside([(one.start, one.end) for one in tags_of(text).spans("ecb")], checked)
        rules = _inside(
            [
                (sentence.start + trigger.start, sentence.start + trigger.end)
                for sentence in split_sentences(text)
                for trigger in find_triggers(sentence.text, lambda _: True)
            ],
            checked,
        )
        near = {a for a in gold if any(a[0] < b[1] and b[0] < a[1] for b in told)}
        for name, (found, right) in {
            "tagger": (told, len(gold & told)),
            "rules": (rules, len(gold & rules)),
            "overlap": (told, len(near)),
        }.items():
            counts[name] = [a + b for a, b in zip(counts[name], (len(gold), len(found), right), strict=True)]
    metrics = {f"mention_{name}": value for name, value in f1(*counts["tagger"]).items()}
    metrics["mention_overlap_f1"] = f1(*counts["overlap"])["f1"]
    rules_told = {f"mention_{name}": value for name, value in f1(*counts["rules"]).items()}
    return {"n": counts["tagger"][0], "metrics": metrics if parts().tagger else rules_told, "baseline": rules_told}


def run_place(data: Path) -> dict[str, Any]:
    """Measure the place of an event verb on the held-out third; right too where neither names one.

    The baseline takes the nearest place that the rules find.
    """
    right = {"rules+tagger": 0, "rules": 0, "tagger": 0}
    total = with_place = placed = 0
    for text, verb, gold in read_pairs(data / "dev.jsonl"):
        if not held_out(text):
            continue
        total += 1
        known = [
            (sentence.start + place.start, sentence.start + place.end)
            for sentence, entities in entities_of(text)
            for place in entities.places
        ]
        nearest = min(known, key=lambda span: abs(span[0] - verb[0]), default=None)
        tags = tags_of(text)
        words, _, _ = tags.points("place", *verb)
        single = [tags.words[at] for at in words]
        named = [(one.start, one.end) for one in tags.spans("names") if one.label in {"LOC", "FAC"}]
        candidates = named + [span for span in known if not any(a < span[1] and span[0] < b for a, b in named)]
        alone, _ = point_at(tags, "place", *verb, single)
        chosen, _ = point_at(tags, "place", *verb, candidates)
        picks = {
            "rules": nearest,
            "tagger": single[alone] if alone >= 0 else None,
            "rules+tagger": candidates[chosen] if chosen >= 0 else None,
        }
        for name, pick in picks.items():
            right[name] += (not gold) if pick is None else any(a < pick[1] and pick[0] < b for a, b in gold)
        if gold:
            with_place += 1
            pick = picks[parts().name]
            placed += pick is not None and any(a < pick[1] and pick[0] < b for a, b in gold)
    return {
        "n": total,
        "metrics": {
            "accuracy": round(right[parts().name] / total, 4),
            "recall_of_places": round(placed / with_place, 4),
        },
        "baseline": {"accuracy": round(right["rules"] / total, 4)},
    }


def run(data: Path, task: str) -> dict[str, Any]:
    """Measure one of the two tasks."""
    return run_ecb(data) if task == "events-ecb" else run_place(data)
