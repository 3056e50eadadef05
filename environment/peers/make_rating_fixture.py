"""Writes the parity fixture of the rating baselines: tiny models, worked out in full by PyTorch.

A test of the kit loads the parameters, rates the pairs and compares ratings, loss and gradients.
Each model stands here as its paper describes it, in torch.nn's words and with plain loops over
documents and aspects; the kit's names and shapes of the parameters are those of the file.

    python environment/peers/make_rating_fixture.py
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import relu

USERS = [0, 2, 2, 1, 0, 3]
ITEMS = [3, 0, 1, 1, 0, 3]
TRUTH = [4.0, 3.5, 1.0, 5.0, 2.5, 3.0]
MEAN = sum(TRUTH) / len(TRUTH)
Json = dict | list | float | int


def numbers(tensor: Tensor) -> Json:
    """Nested lists; floats with the 9 significant digits that bring a float32 back exactly."""
    if tensor.dim() > 0:
        return [numbers(row) for row in tensor]
    return float(f"{tensor.item():.9g}")


class Mf(nn.Module):
    """Koren: mu + b_u + b_i + p q; half of squared error and of lambda times the squared lengths."""

    def __init__(self, users: int, items: int, width: int, regularization: float):
        super().__init__()
        self.regularization = regularization
        self.user_bias = nn.Embedding(users, 1)
        self.item_bias = nn.Embedding(items, 1)
        self.user_factors = nn.Embedding(users, width)
        self.item_factors = nn.Embedding(items, width)

    def forward(self, user: Tensor, item: Tensor) -> Tensor:
        product = (self.user_factors(user) * self.item_factors(item)).sum(1)
        return MEAN + self.user_bias(user)[:, 0] + self.item_bias(item)[:, 0] + product

    def loss(self, user: Tensor, item: Tensor, truth: Tensor) -> Tensor:
        total = torch.zeros(())
        for u, i, r in zip(user, item, truth):
            error = r - self(u[None], i[None])[0]
            lengths = sum(
                (table(who) ** 2).sum()
                for table, who in (
                    (self.user_bias, u),
                    (self.item_bias, i),
                    (self.user_factors, u),
                    (self.item_factors, i),
                )
            )
            total = total + 0.5 * (error**2 + self.regularization * lengths)
        return total / len(truth)

    def names(self) -> dict[str, str]:
        return {
            "user_bias.weight": "user.bias",
            "item_bias.weight": "item.bias",
            "user_factors.weight": "user.factors",
            "item_factors.weight": "item.factors",
        }


class Ncf(nn.Module):
    """He et al.: MLP, or NeuMF with GMF beside it; a linear output for ratings."""

    def __init__(self, users: int, items: int, factors: int, layers: int, with_gmf: bool):
        super().__init__()
        self.with_gmf = with_gmf
        if with_gmf:
            self.gmf_user = nn.Embedding(users, factors)
            self.gmf_item = nn.Embedding(items, factors)
        width = factors * 2 ** (layers - 1)
        self.mlp_user = nn.Embedding(users, width)
        self.mlp_item = nn.Embedding(items, width)
        sizes = [factors * 2**n for n in range(layers, -1, -1)]
        self.mlp = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.output = nn.Linear(2 * factors if with_gmf else factors, 1)

    def forward(self, user: Tensor, item: Tensor) -> Tensor:
        hidden = torch.cat([self.mlp_user(user), self.mlp_item(item)], 1)
        for layer in self.mlp:
            hidden = relu(layer(hidden))
        if self.with_gmf:
            hidden = torch.cat([self.gmf_user(user) * self.gmf_item(item), hidden], 1)
        return self.output(hidden)[:, 0]

    def loss(self, user: Tensor, item: Tensor, truth: Tensor) -> Tensor:
        return nn.functional.mse_loss(self(user, item), truth)

    def names(self) -> dict[str, str]:
        tables = {f"{kind}_{side}.weight": f"{kind}.{side}"
                  for kind in ("gmf", "mlp") for side in ("user", "item")}  # fmt: skip
        return {name: tables.get(name, name) for name, _ in self.named_parameters()}


class Anr(nn.Module):
    """Chin et al.: reads one document after the other, one aspect after the other, no padding."""

    def __init__(self, sizes: dict[str, int], documents: dict[str, list[list[int]]]):
        super().__init__()
        self.sizes = sizes
        self.documents = documents
        aspects, width, hidden = sizes["aspects"], sizes["width"], sizes["hidden"]
        self.words = nn.Parameter(torch.empty(sizes["words"], sizes["wordWidth"]))
        self.projection = nn.Parameter(torch.empty(aspects, sizes["wordWidth"], width))
        self.attention = nn.Parameter(torch.empty(aspects, sizes["window"] * width))
        self.affinity = nn.Parameter(torch.empty(width, width))
        self.user_hidden = nn.Parameter(torch.empty(width, hidden))
        self.user_importance = nn.Parameter(torch.empty(hidden, 1))
        self.item_hidden = nn.Parameter(torch.empty(width, hidden))
        self.item_importance = nn.Parameter(torch.empty(hidden, 1))
        self.user_bias = nn.Parameter(torch.empty(sizes["users"], 1))
        self.item_bias = nn.Parameter(torch.empty(sizes["items"], 1))
        self.global_bias = nn.Parameter(torch.empty(1))

    def read(self, document: list[int]) -> Tensor:
        """One representation an aspect, (K, h1)."""
        width, half = self.sizes["width"], self.sizes["window"] // 2
        rows = []
        for aspect in range(self.sizes["aspects"]):
            if not document:
                rows.append(torch.zeros(width))
                continue
            projected = self.words[document] @ self.projection[aspect]  # (L, h1)
            edge = torch.zeros(half, width)
            padded = torch.cat([edge, projected, edge])
            windows = [padded[n : n + 2 * half + 1].reshape(-1) for n in range(len(document))]
            weights = torch.softmax(torch.stack(windows) @ self.attention[aspect], 0)
            rows.append(weights @ projected)
        return torch.stack(rows)

    def forward(self, user: Tensor, item: Tensor) -> Tensor:
        ratings = []
        for u, i in zip(user.tolist(), item.tolist()):
            p, q = self.read(self.documents["user"][u]), self.read(self.documents["item"][i])
            affinity = relu(p @ self.affinity @ q.T)
            ours, theirs = p @ self.user_hidden, q @ self.item_hidden
            of_user = torch.softmax(relu(ours + affinity @ theirs) @ self.user_importance, 0)
            of_item = torch.softmax(relu(theirs + affinity.T @ ours) @ self.item_importance, 0)
            by_aspect = (p * q).sum(1)
            rating = (of_user[:, 0] * of_item[:, 0] * by_aspect).sum()
            biases = self.user_bias[u, 0] + self.item_bias[i, 0] + self.global_bias[0]
            ratings.append(rating + biases)
        return torch.stack(ratings)

    def loss(self, user: Tensor, item: Tensor, truth: Tensor) -> Tensor:
        return nn.functional.mse_loss(self(user, item), truth)

    def names(self) -> dict[str, str]:
        names = {
            "words": "word.vectors",
            "projection": "aspect.projection",
            "attention": "aspect.attention",
            "affinity": "affinity.weight",
        }
        return {n: names.get(n, n.replace("_", ".")) for n, _ in self.named_parameters()}


def worked_out(model: nn.Module, seed: int) -> Json:
    """Parameters uniform within 0.7, so that nothing forgotten stays unseen; ratings; gradients."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.uniform_(-0.7, 0.7)
    user, item = torch.tensor(USERS), torch.tensor(ITEMS)
    truth = torch.tensor(TRUTH)
    names = model.names()
    loss = model.loss(user, item, truth)
    loss.backward()
    return {
        "parameters": {names[n]: numbers(p.detach()) for n, p in model.named_parameters()},
        "ratings": numbers(model(user, item).detach()),
        "loss": numbers(loss.detach()),
        "gradients": {names[n]: numbers(p.grad) for n, p in model.named_parameters()},
    }


def main() -> None:
    """Writes the file whole, or not at all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path("lib/src/test/resources/fixtures/rating-baselines.json")
    parser.add_argument("--out", type=Path, default=default)
    file = parser.parse_args().out
    users, items = 4, 4
    sizes = {"users": users, "items": items, "words": 9, "wordWidth": 5, "aspects": 3}
    sizes |= {"width": 4, "hidden": 6, "window": 3}
    documents = {
        "user": [[4, 5, 6, 4], [8], [5, 7], []],  # the last one wrote nothing
        "item": [[6, 6, 4, 8, 5, 7], [4, 8], [7], [5]],
    }
    fixture = {
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "pairs": {"users": USERS, "items": ITEMS, "truth": TRUTH, "mean": MEAN},
        "mf": {"sizes": {"width": 3, "regularization": 0.07}}
        | worked_out(Mf(users, items, 3, 0.07), 1),
        "mlp": {"sizes": {"factors": 2, "layers": 3}}
        | worked_out(Ncf(users, items, 2, 3, False), 2),
        "neumf": {"sizes": {"factors": 3, "layers": 2}}
        | worked_out(Ncf(users, items, 3, 2, True), 3),
        "anr": {"sizes": sizes, "documents": documents} | worked_out(Anr(sizes, documents), 4),
    }
    part = file.with_suffix(".part")
    part.write_text(json.dumps(fixture) + "\n", encoding="utf-8")
    os.replace(part, file)
    print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
