"""Measures which words for events speak of one event, across texts: on ECB+ (dev topics, one pot) and on gun violence.

`gold` words are those that people marked; `own` ones are found by the reader itself, no marked span is looked at.
Every chain counts, words that stand alone too; scores as in `bench.scorers`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.columns import f1
from bench.coreffile import CorefText, Word, read_ecb_texts, read_gvc
from bench.coreftext import make_event_words, make_telling, tag_text
from bench.scorers import conll
from variorum.resolve.eventsigns import EventWord, Telling, likeness
from variorum.resolve.eventsteps import find_step_words, group_steps
from variorum.resolve.eventwords import group_tellings, group_words
from variorum.resolve.wordforms import plain_phrase
from variorum.values.rarity import vector_of

# Likeness of two articles from which words of one form are one event for the baseline; best CoNLL F1 of .05 to .35 in
# steps of .05 on ECB+ outside the dev topics (python -m training.coreference.delta).
DELTA = 0.25
NEAR_DAYS = 3  # the other baseline: published as near as this

Span = tuple[str, int, int]


def _forms(words: Sequence[EventWord]) -> dict[str, str]:
    return {word.id: plain_phrase(word.phrase) or word.phrase.lower() for word in words}


def same_form(words: Sequence[EventWord]) -> dict[str, str]:
    """Join words of one form wherever they stand."""
    return _forms(words)


def same_form_where(words: Sequence[EventWord], tellings: Sequence[Telling], met: NDArray[np.bool_]) -> dict[str, int]:
    """Join words of one form whose articles are met, and whatever that links; `met` [articles, articles]."""
    place = {one.id: at for at, one in enumerate(tellings)}
    held: dict[str, list[EventWord]] = defaultdict(list)
    forms = _forms(words)
    for word in words:
        held[forms[word.id]].append(word)
    found: dict[str, int] = {}
    number = 0
    for same in held.values():
        left = list(same)
        while left:
            todo, number = [left.pop()], number + 1
            while todo:
                word = todo.pop()
                found[word.id] = number
                near = [w for w in left if met[place[w.telling_id], place[word.telling_id]]]
                left = [w for w in left if w not in near]
                todo += near
    return found


def like(tellings: Sequence[Telling]) -> NDArray[np.float32]:
    """Give how like each two articles are by their rare words."""
    return likeness([vector_of(one.text) for one in tellings])


def published_near(tellings: Sequence[Telling], days: int) -> NDArray[np.bool_]:
    """Say which articles were published within so many days of each other; one without a day only meets itself."""
    told = [date.fromisoformat(one.published).toordinal() if one.published else None for one in tellings]
    at = np.array([day if day is not None else -(number + 1) * 10_000 for number, day in enumerate(told)])
    near: NDArray[np.bool_] = np.abs(at[:, None] - at[None, :]) <= days
    return near


def _scores(name: str, told: Mapping[Any, Hashable], gold: Mapping[Any, Hashable]) -> dict[str, float]:
    figures = conll(told, gold)
    found = {f"conll_{name}": figures.pop("conll")}
    return {key: round(value, 4) for key, value in (found | {f"{k}_{name}": v for k, v in figures.items()}).items()}


def own_words(text: CorefText) -> Iterator[Word]:
    """Find the words for steps of a violent event in a text, with no look at those that people marked."""
    for number, (start, end) in enumerate(text.sentences):
        if number < text.body:
            continue
        for low, high in find_step_words(text.text[start:end]):
            yield Word(f"{text.id}:{start + low}-{start + high}", start + low, start + high, number, "")


def run_gvc(texts: Sequence[CorefText]) -> dict[str, Any]:
    """Measure on the Gun Violence Corpus: gold words and own ones."""
    tellings, words, own = [], [], []
    spans: dict[str, Span] = {}
    for text in texts:
        tags = tag_text(text)
        tellings.append(make_telling(text, tags))
        words += make_event_words(text, tags, text.words)
        found = list(own_words(text))
        own += make_event_words(text, tags, found)
        spans |= {word.id: (text.id, word.start, word.end) for word in found}
    gold = {word.id: word.chain for text in texts for word in text.words}
    gold_at = {(text.id, word.start, word.end): word.chain for text in texts for word in text.words}
    groups = group_tellings(tellings)
    told = group_steps(own, groups)
    own_at = {spans[name]: event for name, event in told.items()}
    metrics = _scores("gold", group_steps(words, groups), gold) | _scores("own", own_at, gold_at)
    right = len(own_at.keys() & gold_at.keys())
    metrics |= {f"mention_{name}": value for name, value in f1(len(gold_at), len(own_at), right).items()}
    alike = like(tellings)
    baselines: dict[str, Mapping[str, Hashable]] = {
        "lemma": same_form(words),
        "lemma_delta": same_form_where(words, tellings, alike >= DELTA),
        "lemma_published": same_form_where(words, tellings, published_near(tellings, NEAR_DAYS)),
    }
    tables = {name: _scores("gold", row, gold) for name, row in baselines.items()}
    tables["weights"] = _scores("gold", group_words(words, groups), gold)
    own_plain = same_form_where(own, tellings, alike >= DELTA)
    baseline = tables["lemma_delta"] | _scores("own", {spans[k]: v for k, v in own_plain.items()}, gold_at)
    return {"n": len(gold), "metrics": metrics, "baseline": baseline, "report": _lay_out(tables)}


def run_ecb(texts: Sequence[CorefText]) -> dict[str, Any]:
    """Measure on ECB+: gold words, all texts in one pot, no topic told."""
    tellings, words = [], []
    for text in texts:
        tags = tag_text(text)
        tellings.append(make_telling(text, tags))
        words += make_event_words(text, tags, text.words)
    gold = {word.id: word.chain for text in texts for word in text.words}
    metrics = _scores("gold", group_words(words, group_tellings(tellings)), gold)
    tables = {
        "lemma": _scores("gold", same_form(words), gold),
        "lemma_delta": _scores("gold", same_form_where(words, tellings, like(tellings) >= DELTA), gold),
    }
    return {"n": len(gold), "metrics": metrics, "baseline": tables["lemma_delta"], "report": _lay_out(tables)}


def _lay_out(tables: Mapping[str, Mapping[str, float]]) -> list[str]:
    lines = []
    for name, row in tables.items():
        lines.append(f"{name}: " + "  ".join(f"{key} {value:.4f}" for key, value in row.items()))
    return lines


def run(data: Path, task: str) -> dict[str, Any]:
    """Measure one of the two tasks."""
    if task == "coref-ecb":
        return run_ecb(list(read_ecb_texts(data, dev=True)))
    return run_gvc([text for path in sorted(data.glob("*.jsonl")) for text in read_gvc(path)])
