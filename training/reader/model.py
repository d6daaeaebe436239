"""The tagger as it is trained: MiniLM's six layers, letter case as an extra input, one linear layer for all heads.

The encoder is written out here (BERT, Devlin et al. 2019; MiniLM, Wang et al. 2020), so that training needs torch and
nothing else. Sequence heads label words B/I/O; word heads class a word; a link points from a word to another of its
window, or at the first piece for nothing.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from training.reader import markup
from training.reader.sets import NAMES, RE3D, THINGS

SEQUENCES: dict[str, tuple[str, ...]] = {
    "names": NAMES,
    "things": THINGS,
    "event": ("EV",),
    "source": ("source",),
    "cue": ("cue",),
    "content": ("content",),
    "ecb": ("EV",),
    "muc": ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon"),
    "re3d": tuple(name for name in RE3D if name != "Nationality"),
    "re3d_nat": ("Nationality",),
}
WORDS: dict[str, tuple[str, ...]] = {
    "kind": tuple(markup.KINDS),
    "realis": markup.REALIS,
    "prop": markup.PROPS,
    "scope": markup.SCOPES,
    "flag": ("whole", *markup.FLAGS),
}
LINKS = (*markup.ROLES, "source")
LINK_SIZE = 32
CASES = 6  # lower, Capital, UPPER, miXed, digit, other


def layout() -> dict[str, tuple[int, int]]:
    """Give the stretch of the output that belongs to each head."""
    stretches, at = {}, 0
    for name, labels in SEQUENCES.items():
        stretches[name] = (at, at + 1 + 2 * len(labels))
        at = stretches[name][1]
    for name, labels in WORDS.items():
        stretches[name] = (at, at + len(labels))
        at = stretches[name][1]
    return stretches


class Layer(nn.Module):
    """One transformer layer, as in BERT."""

    def __init__(self, size: int, heads: int, inner: int) -> None:
        """Make a layer of `size` with `heads` of attention."""
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Run the layer over [batch, pieces, size]; bias [batch, 1, 1, pieces] shuts padding out."""
        b, t, c = x.shape
        q, k, v = (
            f(x).view(b, t, self.heads, c // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        scores = q @ k.transpose(-1, -2) * (c // self.heads) ** -0.5 + bias
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, t, c)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Encoder and heads: piece ids and letter cases in; logits and link vectors out."""

    def __init__(self, vocabulary: int = 30522, size: int = 384, layers: int = 6, heads: int = 12) -> None:
        """Make an empty model of MiniLM-L6's shape."""
        super().__init__()
        self.word = nn.Embedding(vocabulary, size)
        self.place = nn.Embedding(512, size)
        self.case = nn.Embedding(CASES, size)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(size, heads, 4 * size) for _ in range(layers))
        self.heads = nn.Linear(size, max(end for _, end in layout().values()))
        self.ask = nn.Linear(size, len(LINKS) * LINK_SIZE)
        self.answer = nn.Linear(size, len(LINKS) * LINK_SIZE)

    def encode(self, ids: Tensor, cases: Tensor) -> Tensor:
        """Give the encoder's last layer, [batch, pieces, size]; id 0 is padding."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.word(ids) + self.place(at) + self.case(cases)))
        bias = ((ids == 0).to(x.dtype) * -10000.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids: Tensor, cases: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give head logits [batch, pieces, heads] and link vectors, two of [batch, pieces, links × size]."""
        x = self.encode(ids, cases)
        return self.heads(x), self.ask(x) * LINK_SIZE**-0.5, self.answer(x)


def load_base(path: Path) -> Tagger:
    """Load MiniLM-L6's published weights into a tagger with new heads."""
    told = load_file(path)
    model = Tagger()
    names = {
        "word.weight": "embeddings.word_embeddings.weight",
        "place.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for number in range(len(model.layers)):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                names[f"layers.{number}.{ours}.{kind}"] = f"encoder.layer.{number}.{theirs}.{kind}"
    state = model.state_dict()
    for ours, theirs in names.items():
        state[ours] = told[theirs]
    # BERT adds a vector for the first segment to every word; there is only one segment here
    state["place.weight"] = state["place.weight"] + told["embeddings.token_type_embeddings.weight"][0]
    model.load_state_dict(state)
    return model
