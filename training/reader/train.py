"""Trains the tagger and writes a checkpoint. See README.md for the whole recipe.

python -m training.reader.train --data ../shared/data --base MODEL.safetensors --stage public --out build/public.pt
python -m training.reader.train --data ../shared/data --start build/public.pt --stage all --out build/reader.pt
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.reader import markup, sets
from training.reader.batches import IGNORE, Window, batches, windows
from training.reader.model import LINK_SIZE, LINKS, Tagger, layout, load_base
from variorum.extract.wordpieces import read_wordpieces

WEIGHT = {
    "things": 1.0,
    "source": 1.0,
    "cue": 1.0,
    "content": 1.0,
    "ecb": 1.0,
    "muc": 2.0,
    "re3d": 1.5,
    "re3d_nat": 0.5,
}
COPIES = 4


def collate(rows: Sequence[Window]) -> tuple[Tensor, Tensor, dict[str, Tensor], list[Tensor]]:
    """Pad windows to one batch: ids, cases, labels by head, links."""
    longest = max(len(row.ids) for row in rows)
    shape = (len(rows), longest)
    ids, cases = np.zeros(shape, np.int64), np.full(shape, 5, np.int64)
    labels = {head: np.full(shape, IGNORE, np.int64) for head in layout()}
    links = []
    for number, row in enumerate(rows):
        size = len(row.ids)
        ids[number, :size], cases[number, :size] = row.ids, row.cases
        for head, values in row.labels.items():
            labels[head][number, :size] = values
        links += [(role, number, source, target) for role, source, target in row.links]
    told = {head: torch.from_numpy(values) for head, values in labels.items() if (values != IGNORE).any()}
    return (
        torch.from_numpy(ids),
        torch.from_numpy(cases),
        told,
        [torch.tensor(links, dtype=torch.long)] if links else [],
    )


def loss_of(model: Tagger, rows: Sequence[Window]) -> Tensor:
    """Give the summed loss of a batch over all heads it teaches."""
    ids, cases, labels, links = collate(rows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, ask, answer = model(ids, cases)
    logits = logits.float()
    total = torch.zeros(())
    for head, wanted in labels.items():
        start, end = layout()[head]
        part = torch.log_softmax(logits[..., start:end], -1)
        seen = wanted != IGNORE
        picked = part.gather(-1, wanted.clamp(min=0)[..., None])[..., 0]
        total = total - WEIGHT.get(head, 1.0) * picked[seen].sum() / max(50, int(seen.sum()))
    if links:
        rows_of, batch, source, target = links[0].T
        b, t, _ = ask.shape
        asked = ask.float().view(b, t, len(LINKS), LINK_SIZE)[batch, source, rows_of]
        answers = answer.float().view(b, t, len(LINKS), LINK_SIZE)[batch, :, rows_of]
        scores = (answers @ asked[:, :, None])[..., 0].masked_fill(ids[batch] == 0, -1e4)
        picked = torch.log_softmax(scores, -1).gather(-1, target[:, None])[:, 0]
        total = total - picked.sum() / max(20, len(picked))
    return total


def train(
    model: Tagger, rows: list[Window], options: argparse.Namespace, draw: random.Random
) -> list[dict[str, float]]:
    """Run the epochs: AdamW, linear warm-up and fall; new layers learn ten times faster than the encoder."""
    new = [p for name, p in model.named_parameters() if name.split(".")[0] in {"heads", "ask", "answer", "case"}]
    old = [p for name, p in model.named_parameters() if name.split(".")[0] not in {"heads", "ask", "answer", "case"}]
    fast = options.rate * (10 if options.base else 3)
    optimizer = torch.optim.AdamW([{"params": old, "lr": options.rate}, {"params": new, "lr": fast}], weight_decay=0.01)
    steps = len(batches(rows, options.pieces, random.Random(0))) * options.epochs
    warm = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    model.train()
    report, start, step = [], time.monotonic(), 0
    for epoch in range(options.epochs):
        mean, count = 0.0, 0
        for batch in batches(rows, options.pieces, draw):
            loss = loss_of(model, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            mean, count = mean + float(loss.detach()), count + 1
            if step % 50 == 0:
                print(f"{step}/{steps} loss {mean / count:.3f} {time.monotonic() - start:.0f} s", flush=True)
                if not math.isfinite(mean):
                    raise SystemExit("the loss is no number any more: lower --rate")
        report.append({"epoch": epoch, "loss": round(mean / count, 4)})
        torch.save(model.state_dict(), options.out)
    return report


def main() -> None:
    """Read the sets, cut them, train, write checkpoint and what was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="model.safetensors of MiniLM-L6; its folder holds tokenizer.json")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--stage", choices=("public", "all"), required=True)
    parser.add_argument("--times", nargs="*", default=[], help="how often an epoch goes over a set: muc4=2 re3d=6")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--pieces", type=int, default=2048)
    parser.add_argument("--window", type=int, default=192)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    draw = random.Random(options.seed)
    vocabulary = read_wordpieces(options.tokenizer.read_text(encoding="utf-8"))
    examples = sets.public(options.data)
    if options.stage == "all":
        examples += sets.reports(markup.HERE / "reports", COPIES, options.seed, markup.load_fillers())
    times = {name: int(count) for name, _, count in (pair.partition("=") for pair in options.times)}
    rows = [
        row
        for example in examples
        for _ in range(times.get(example.origin.split("/")[0], 1))
        for row in windows(vocabulary, example, options.window, draw)
    ]
    size: dict[str, int] = {}
    for example in examples:
        size[example.origin] = size.get(example.origin, 0) + 1
    print(size, len(rows), "windows", sum(len(row.ids) for row in rows), "pieces", flush=True)
    if options.base:
        model = load_base(options.base)
    else:
        model = Tagger()
        model.load_state_dict(torch.load(options.start, weights_only=True))
    losses = train(model, rows, options, draw)
    told = {
        "sets": size,
        "windows": len(rows),
        "losses": losses,
        "options": {k: str(v) for k, v in vars(options).items()},
    }
    options.out.with_suffix(".json").write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
