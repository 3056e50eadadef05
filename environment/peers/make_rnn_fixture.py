"""Writes the parity fixtures of Att2Seq and ApRef2Seq: tiny models, worked out in full by PyTorch.

A test of the kit loads the parameters, scores the sequences and compares log-probabilities and
gradients. Each model stands here as its paper and its public versions have it, in torch.nn's words;
the kit's names of the parameters are those of the file.

    python environment/peers/make_rnn_fixture.py
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import log_softmax

START = 1
END = 2
Json = dict | list | float | int


def numbers(tensor: Tensor) -> Json:
    """Nested lists; floats with the 9 significant digits that bring a float32 back exactly."""
    if tensor.dim() > 0:
        return [numbers(row) for row in tensor]
    value = tensor.item()
    return float(f"{value:.9g}") if isinstance(value, float) else value


class Att2Seq(nn.Module):
    """User, item and rating to the LSTM's first hidden vectors; c starts from 0."""

    def __init__(self, users: int, items: int, words: int, width: int, hidden: int, layers: int):
        super().__init__()
        self.layers = layers
        self.hidden = hidden
        self.user = nn.Embedding(users, width)
        self.item = nn.Embedding(items, width)
        self.rating = nn.Embedding(5, width)
        self.encoder = nn.Linear(3 * width, layers * hidden)
        self.word = nn.Embedding(words, width)
        self.lstm = nn.LSTM(width, hidden, layers, batch_first=True)
        self.linear = nn.Linear(hidden, words)

    def forward(self, user: Tensor, item: Tensor, rating: Tensor, inputs: Tensor) -> Tensor:
        """Log-probabilities of every word at every step, (N, L, V)."""
        attributes = torch.cat([self.user(user), self.item(item), self.rating(rating)], 1)
        state = torch.tanh(self.encoder(attributes))
        first = state.reshape(-1, self.layers, self.hidden).transpose(0, 1).contiguous()
        states, _ = self.lstm(self.word(inputs), (first, torch.zeros_like(first)))
        return log_softmax(self.linear(states), -1)


def score(logs: Tensor, sequences: list[list[int]]) -> Tensor:
    """Log-probability of each token, 0 behind the last, (N, L)."""
    rows = []
    for n, sequence in enumerate(sequences):
        row = [logs[n, t, word] for t, word in enumerate(sequence)]
        row += [torch.zeros(())] * (logs.shape[1] - len(sequence))
        rows.append(torch.stack(row))
    return torch.stack(rows)


def inputs_of(sequences: list[list[int]]) -> Tensor:
    """The word before each token; what stands behind the last one does not matter."""
    length = max(len(sequence) for sequence in sequences)
    return torch.tensor([([START] + s[:-1] + [0] * length)[:length] for s in sequences])


def gradients(module: nn.Module, logs: Tensor) -> dict[str, Json]:
    """Of the sum of the log-probabilities, each times its own factor: no two tokens count alike."""
    factors = torch.arange(1, logs.numel() + 1).reshape(logs.shape) / logs.numel()
    (logs * factors).sum().backward()
    return {kit_name(name): numbers(p.grad) for name, p in module.named_parameters()}


def kit_name(name: str) -> str:
    """Embeddings are called so in the kit's files; the rest is named as torch.nn names it."""
    tables = ("user", "item", "rating", "word", "feature")
    table, _, kind = name.rpartition(".")
    return f"{table}.embedding" if kind == "weight" and table in tables else name


def make_parameters(module: nn.Module, seed: int) -> None:
    """Uniform within 0.7: large enough that a forgotten gate, bias or layer shows."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.uniform_(-0.7, 0.7)


def att2seq() -> Json:
    """Two layers, texts of one to five tokens, the third without an end."""
    sizes = {"users": 3, "items": 4, "words": 9, "width": 3, "hidden": 4, "layers": 2, "length": 5}
    module = Att2Seq(
        sizes["users"], sizes["items"], sizes["words"], sizes["width"], sizes["hidden"], 2
    )
    make_parameters(module, 7)
    users, items, ratings = [0, 2, 2, 1], [3, 0, 1, 1], [1.0, 3.4, 4.5, 5.0]
    classes = [0, 2, 4, 4]  # 4.5 goes up, as Java's Math.round has it
    sequences = [[4, 5, END], [END], [8, 4, 7, 6, 5], [5, 5, 6, END]]
    logs = score(
        module(
            torch.tensor(users),
            torch.tensor(items),
            torch.tensor(classes),
            inputs_of(sequences),
        ),
        sequences,
    )
    return {
        "sizes": sizes,
        "parameters": {kit_name(n): numbers(p) for n, p in module.named_parameters()},
        "requests": {"users": users, "items": items, "ratings": ratings},
        "sequences": sequences,
        "logs": numbers(logs.detach()),
        "gradients": gradients(module, logs),
    }


def main() -> None:
    """Writes both files whole, or none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("lib/src/test/resources/fixtures"))
    folder = parser.parse_args().out
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    for name, fixture in (("att2seq", att2seq()),):
        file = folder / f"{name}.json"
        part = file.with_suffix(".part")
        part.write_text(json.dumps({"versions": versions} | fixture) + "\n", encoding="utf-8")
        os.replace(part, file)
        print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
