"""Writes the parity fixture of NRT: a tiny model, worked out in full by PyTorch.

A test of the kit loads the parameters, scores the sequences and compares log-probabilities,
gradients, ratings and the losses of training. The model stands here as Li et al. (2017) describe
it, in torch.nn's words; the kit's names of the parameters are those of the file.

    python environment/peers/make_nrt_fixture.py
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

import torch
from make_rnn_fixture import END, Json, inputs_of, kit_name, make_parameters, numbers, score
from torch import Tensor, nn
from torch.nn import functional as F

RATINGS = 5
L2 = 1e-2


class Nrt(nn.Module):
    """User and item to the rating, to the text's words in no order, and to the text."""

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        k, h, words = sizes["factors"], sizes["hidden"], sizes["words"]
        self.user = nn.Embedding(sizes["users"], k)
        self.item = nn.Embedding(sizes["items"], k)
        self.word = nn.Embedding(words, k)
        self.rating = self._mlp(k, h, sizes["rating_layers"], 1)
        self.context = self._mlp(k, h, sizes["context_layers"], words)
        self.start = nn.Linear(2 * k + RATINGS + h, h)
        self.gru = nn.GRU(k, h, batch_first=True)
        self.linear = nn.Linear(h, words)

    @staticmethod
    def _mlp(factors: int, hidden: int, layers: int, outputs: int) -> nn.ModuleDict:
        parts = {str(n): nn.Linear(2 * factors if n == 0 else hidden, hidden) for n in range(layers)}
        return nn.ModuleDict(parts | {"output": nn.Linear(hidden, outputs)})

    @staticmethod
    def _hidden(mlp: nn.ModuleDict, x: Tensor) -> Tensor:
        for name, layer in mlp.items():
            x = x if name == "output" else torch.sigmoid(layer(x))
        return x

    def forward(self, user: Tensor, item: Tensor, inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Ratings (N), the context's log-probabilities (N, V), those of the text (N, L, V)."""
        both = torch.cat([self.user(user), self.item(item)], 1)
        rating = self.rating["output"](self._hidden(self.rating, both)).squeeze(1)
        context = self._hidden(self.context, both)
        # Halves go up, as Java's Math.round has it.
        rounded = torch.floor(rating.detach() + 0.5).clamp(1, RATINGS).long() - 1
        everything = torch.cat([both, F.one_hot(rounded, RATINGS), context], 1)
        first = torch.tanh(self.start(everything))[None]
        states, _ = self.gru(self.word(inputs), first)
        logs = F.log_softmax(self.context["output"](context), -1)
        return rating, logs, F.log_softmax(self.linear(states), -1)


def of_text(module: nn.Module, logs: Tensor) -> dict[str, Json]:
    """Gradients of the text's log-probabilities, of the parameters that it depends on."""
    factors = torch.arange(1, logs.numel() + 1).reshape(logs.shape) / logs.numel()
    (logs * factors).sum().backward()
    grown = [(name, p.grad) for name, p in module.named_parameters() if p.grad is not None]
    return {kit_name(name): numbers(gradient) for name, gradient in grown}


def fixture() -> Json:
    """Ratings of several classes, texts of one to five tokens, the third without an end."""
    sizes = {"users": 3, "items": 4, "words": 9, "factors": 3, "hidden": 4, "length": 5}
    sizes |= {"rating_layers": 2, "context_layers": 1}
    module = Nrt(sizes)
    make_parameters(module, 9)
    users, items, truth = [0, 2, 2, 1], [3, 0, 1, 1], [1.0, 3.0, 4.5, 5.0]
    sequences = [[4, 5, END], [END], [8, 4, 7, 6, 5], [5, 5, 6, END]]
    pair = (torch.tensor(users), torch.tensor(items))
    with torch.no_grad():  # so that the pairs' ratings fall into different classes
        rating = module(*pair, inputs_of(sequences))[0]
        module.rating["output"].weight *= 1.5 / rating.std()
        module.rating["output"].bias *= 1.5 / rating.std()
        module.rating["output"].bias += 3 - rating.mean() * 1.5 / rating.std()
    rating, context, logs = module(*pair, inputs_of(sequences))
    scored = score(logs, sequences)
    count = sum(len(sequence) for sequence in sequences)
    losses = {
        "text": -scored.sum() / count,
        "context": -sum(context[n, word] for n, s in enumerate(sequences) for word in s) / count,
        "rating": F.mse_loss(rating, torch.tensor(truth)),
    }
    squares = sum(parameter.square().sum() for parameter in module.parameters())
    total = sum(losses.values()) + L2 * squares
    module.zero_grad()
    total.backward()
    of_loss = {kit_name(name): numbers(p.grad) for name, p in module.named_parameters()}
    module.zero_grad()
    for name, parameter in module.named_parameters():  # these have none from the text
        parameter.requires_grad_(not name.startswith(("rating.", "context.output.")))
    text = module(*pair, inputs_of(sequences))[2]
    return {
        "sizes": sizes,
        "l2": L2,
        "parameters": {kit_name(n): numbers(p) for n, p in module.named_parameters()},
        "requests": {"users": users, "items": items, "ratings": truth},
        "sequences": sequences,
        "predicted": numbers(rating.detach()),
        "losses": {name: numbers(part.detach()) for name, part in losses.items()},
        "total": numbers(total.detach()),
        "loss_gradients": of_loss,
        "logs": numbers(scored.detach()),
        "gradients": of_text(module, score(text, sequences)),
    }


def main() -> None:
    """Writes the file whole, or not at all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("lib/src/test/resources/fixtures"))
    file = parser.parse_args().out / "nrt.json"
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"versions": versions} | fixture()) + "\n", encoding="utf-8")
    os.replace(part, file)
    print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
