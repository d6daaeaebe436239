"""Averages checkpoints of one training into one: its errors partly cancel (Wortsman et al., Model soups, 2022).

python -m training.reader.average build/2.pt build/3.pt build/4.pt --out build/reader.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Write the mean of the checkpoints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    states = [torch.load(path, weights_only=True) for path in options.checkpoints]
    torch.save({name: sum(state[name] for state in states) / len(states) for name in states[0]}, options.out)


if __name__ == "__main__":
    main()
