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


class ApRef2Seq(nn.Module):
    """Past texts of the user and of the item, and a feature; one request at a time, no padding."""

    def __init__(self, words: int, features: int, width: int, hidden: int, layers: int):
        super().__init__()
        self.layers = layers
        self.hidden = hidden
        self.word = nn.Embedding(words, width)
        self.feature = nn.Embedding(features + 1, width)  # the last one: no feature
        for side in ("user", "item"):
            module = nn.Module()
            module.encoder = nn.GRU(width, hidden, layers, batch_first=True)
            module.attention = nn.Linear(hidden, hidden, bias=False)
            setattr(self, side, module)
        self.start = nn.Linear(2 * hidden + width, layers * hidden)
        self.decoder = nn.GRU(width, hidden, layers, batch_first=True)
        self.context = nn.Linear(3 * hidden + width, hidden)
        self.linear = nn.Linear(hidden, words)

    def read(self, side: nn.Module, texts: list[list[int]]) -> tuple[Tensor, Tensor]:
        """States at all words of all texts (M, H), and the mean of the texts' last ones (H)."""
        states = [side.encoder(self.word(torch.tensor([text])))[0][0] for text in texts]
        return torch.cat(states), torch.stack([text[-1] for text in states]).mean(0)

    def attend(self, side: nn.Module, states: Tensor, memory: Tensor) -> Tensor:
        """Luong's general attention: softmax(h W m) m, (L, H)."""
        scores = states @ side.attention.weight @ memory.T
        return torch.softmax(scores, -1) @ memory

    def forward(
        self, pasts: tuple[list[list[int]], list[list[int]]], feature: int, inputs: Tensor
    ) -> Tensor:
        """Log-probabilities of every word at every step of one text, (L, V)."""
        users, user_mean = self.read(self.user, pasts[0])
        items, item_mean = self.read(self.item, pasts[1])
        f = self.feature.weight[feature]  # -1 is the last row
        start = torch.tanh(self.start(torch.cat([user_mean, item_mean, f])))
        first = start.reshape(self.layers, 1, self.hidden)
        states = self.decoder(self.word(inputs[None]), first)[0][0]
        found = [states, self.attend(self.user, states, users)]
        found += [self.attend(self.item, states, items), f.expand(len(states), -1)]
        return log_softmax(self.linear(torch.tanh(self.context(torch.cat(found, 1)))), -1)


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


def past(rows: list[Json], kind: str, own: int, who: int, most: int) -> list[list[int]]:
    """The latest texts of a user or item but the row's own; the end alone where there is none."""
    texts = [row["words"] for n, row in enumerate(rows) if row[kind] == who and n != own]
    return texts[::-1][:most] or [[END]]


def apref2seq() -> Json:
    """Users with three texts, of which two are read, one and none; with and without a feature."""
    sizes = {"users": 4, "items": 3, "words": 9, "features": 2, "texts": 2}
    sizes |= {"width": 3, "hidden": 4, "layers": 2, "length": 5}
    rows = [
        {"user": 0, "item": 0, "words": [4, 5, 6]},
        {"user": 0, "item": 1, "words": [7]},
        {"user": 1, "item": 0, "words": [8, 4]},
        {"user": 0, "item": 2, "words": [5, 5, 5, 7]},
        {"user": 2, "item": 0, "words": [6, 8]},
    ]
    module = ApRef2Seq(sizes["words"], sizes["features"], sizes["width"], sizes["hidden"], 2)
    make_parameters(module, 8)
    requests = {"rows": [0, 4, -1, 3, 1], "users": [0, 2, 3, 0, 0], "items": [0, 0, 1, 2, 1]}
    requests["features"] = [1, -1, 0, 1, -1]
    sequences = [[4, 5, 6, END], [END], [8, 4, 7, 6, 5], [5, 5, END], [7, END]]
    inputs = inputs_of(sequences)
    logs = []
    for n, own in enumerate(requests["rows"]):
        pasts = tuple(
            past(rows, kind, own, requests[f"{kind}s"][n], sizes["texts"])
            for kind in ("user", "item")
        )
        logs.append(module(pasts, requests["features"][n], inputs[n]))
    scored = score(torch.stack(logs), sequences)
    return {
        "sizes": sizes,
        "rows": rows,
        "parameters": {kit_name(n): numbers(p) for n, p in module.named_parameters()},
        "requests": requests,
        "sequences": sequences,
        "logs": numbers(scored.detach()),
        "gradients": gradients(module, scored),
    }


def main() -> None:
    """Writes both files whole, or none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("lib/src/test/resources/fixtures"))
    folder = parser.parse_args().out
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    for name, fixture in (("att2seq", att2seq()), ("apref2seq", apref2seq())):
        file = folder / f"{name}.json"
        part = file.with_suffix(".part")
        part.write_text(json.dumps({"versions": versions} | fixture) + "\n", encoding="utf-8")
        os.replace(part, file)
        print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
