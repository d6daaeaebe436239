"""Chooses the baseline's likeness of articles: `python -m training.coreference.delta --kept FILE` (see fit.py)."""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

from bench.coref import like, same_form_where
from bench.scorers import conll


def main() -> None:
    """Print the CoNLL F1 of joining words of one form, for each likeness."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", type=Path, required=True)
    tellings, words, chain = pickle.loads(parser.parse_args().kept.read_bytes())
    alike = like(tellings)
    for step in range(1, 8):
        delta = step * 0.05
        print(f"{delta:.2f} {conll(same_form_where(words, tellings, alike >= delta), chain)['conll']:.4f}")


if __name__ == "__main__":
    main()
