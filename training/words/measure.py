"""Measures the shipped vectors and rarities on ECB+: are event words, and sentences, of one event more alike?

    python -m training.words.measure --data ../shared/data [--dev]

AUC: how often a pair of mentions of one event, from two texts, is more alike than a pair of two events of its topic.
"""

from __future__ import annotations

import argparse
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from bench.ecbfile import ecb_files
from numpy.typing import NDArray
from rapidfuzz import fuzz

from variorum.values.rarity import cosine, vector_of
from variorum.values.vectors import embed

Mention = tuple[str, str, str, str, str]  # topic, text, chain, words, sentence


def mentions(data: Path, *, dev: bool) -> Iterator[Mention]:
    """Give the event mentions that stand in a chain across texts, in the checked sentences."""
    for path, checked in ecb_files(data / "ecbplus", dev=dev):
        root = ET.parse(path).getroot()
        token = {row.get("t_id"): (row.text or "", row.get("sentence") or "") for row in root if row.tag == "token"}
        marked = {
            row.get("m_id"): (row.tag, [one.get("t_id") for one in row.findall("token_anchor")])
            for row in root.findall("Markables/*")
        }
        for chain in root.findall("Relations/CROSS_DOC_COREF"):
            for source in chain.findall("source"):
                tag, at = marked[source.get("m_id")]
                if not at or not tag.removeprefix("NEG_").startswith("ACTION_") or token[at[0]][1] not in checked:
                    continue
                sentence = " ".join(word for word, number in token.values() if number == token[at[0]][1])
                words = " ".join(token[one][0] for one in at)
                yield path.parent.name, path.stem, chain.get("note") or "", words, sentence


def auc(scores: Sequence[float] | NDArray[np.float32], same: NDArray[np.bool_]) -> float:
    """Tell how often a pair of one event scores higher than one of two; ties count half."""
    _, which, times = np.unique(np.asarray(scores), return_inverse=True, return_counts=True)
    rank = (np.cumsum(times) - (times - 1) / 2)[which]
    yes, no = int(same.sum()), int((~same).sum())
    return float((rank[same].sum() - yes * (yes + 1) / 2) / (yes * no))


def main() -> None:
    """Print one line for each way to compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dev", action="store_true", help="the dev topics in place of the others")
    args = parser.parse_args()
    found = list(mentions(args.data, dev=args.dev))
    every = combinations(range(len(found)), 2)
    pairs = [(i, j) for i, j in every if found[i][0] == found[j][0] and found[i][1] != found[j][1]]
    same = np.array([found[i][2] == found[j][2] for i, j in pairs])
    left, right = np.array(pairs).T
    print(f"{len(found)} mentions, {len(pairs)} pairs, {int(same.sum())} of one event")
    words, sentences = [row[3].lower() for row in found], [row[4] for row in found]
    unequal = np.array([words[i] != words[j] for i, j in pairs])
    near = (embed(words)[left] * embed(words)[right]).sum(axis=1)
    letters = [fuzz.ratio(words[i], words[j]) for i, j in pairs]
    rare = [vector_of(one) for one in sentences]
    print(f"words       equal {auc([float(x) for x in ~unequal], same):.3f}  letters {auc(letters, same):.3f}", end="")
    print(f"  vectors {auc(near, same):.3f}")
    print(f"  unequal   letters {auc(np.array(letters)[unequal], same[unequal]):.3f}", end="")
    print(f"  vectors {auc(near[unequal], same[unequal]):.3f}")
    apart = (embed(sentences)[left] * embed(sentences)[right]).sum(axis=1)
    shared = np.array([cosine(rare[i], rare[j]) for i, j in pairs])
    print(f"sentences   rare words {auc(shared, same):.3f}  vectors {auc(apart, same):.3f}", end="")
    print(f"  sum of both {auc(shared + apart / 2, same):.3f}")


if __name__ == "__main__":
    main()
