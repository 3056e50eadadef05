"""ELIXIR's rating module (arXiv 2508.20312) in plain PyTorch, a peer to measure the kit against.

Written from the paper's equations 2 to 6, 9 to 11 and 13, the way a researcher writes a model down
for the first time: one small module per aspect, looped over in Python, and a DataLoader that
collates single examples. Nothing here is tuned for speed and nothing is slowed down on purpose.

Shapes in the comments: B batch, A aspects, d width.

    python environment/peers/elixir_rating.py ratings.json.gz --epochs 10
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

Batch = tuple[Tensor, Tensor, Tensor, Tensor]


class Variant(str, Enum):
    """The module itself and its two ablations."""

    FULL = "full"
    NO_ATTENTION = "no-attention"  # element-wise maximum instead of attention, eq. 13
    NO_GLOBAL = "no-global"  # every rating straight from the embeddings u and i


@dataclass(frozen=True)
class RatingSettings:
    """What shapes the module; the defaults are the paper's."""

    users: int
    items: int
    aspects: int
    width: int = 256  # d
    dropout: float = 0.1
    variant: Variant = Variant.FULL
    scaled_attention: bool = False  # divide q.k by sqrt(d); the paper does not, its code does


@dataclass
class RatingOutput:
    """What one forward pass computes; None where the variant has no such thing."""

    overall: Tensor  # r^ (B)
    aspects: Tensor  # r^a (B, A)
    user_aspects: Tensor | None = None  # a_u (B, A, d)
    item_aspects: Tensor | None = None  # a_i (B, A, d)
    user_weights: Tensor | None = None  # alpha_u (B, A), rows sum to 1
    item_weights: Tensor | None = None  # alpha_i (B, A)
    user_vector: Tensor | None = None  # u~ (B, d)
    item_vector: Tensor | None = None  # i~ (B, d)


class Mlp(nn.Module):
    """Two layers: Linear, ReLU, Dropout, Linear."""

    def __init__(self, inputs: int, hidden: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(hidden, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """Maps (..., inputs) to (..., outputs)."""
        return self.output(self.dropout(torch.relu(self.hidden(x))))


class PersonalizedAttention(nn.Module):
    """How much each aspect matters to this user (or item): equations 3 and 4."""

    def __init__(self, width: int, scaled: bool) -> None:
        super().__init__()
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.scale = 1.0 / math.sqrt(width) if scaled else 1.0

    def forward(self, entity: Tensor, aspects: Tensor) -> tuple[Tensor, Tensor]:
        """Weighs aspect vectors (B, A, d) by an entity (B, d); returns (B, d) and weights (B, A)."""
        query = self.query(entity).unsqueeze(1)  # (B, 1, d)
        scores = (query * self.key(aspects)).sum(dim=-1) * self.scale  # (B, A)
        weights = torch.softmax(scores, dim=-1)  # (B, A)
        vector = (weights.unsqueeze(-1) * self.value(aspects)).sum(dim=1)  # (B, d)
        return vector, weights


class RatingModule(nn.Module):
    """Predicts the overall rating and one rating per aspect for pairs of user and item."""

    def __init__(self, settings: RatingSettings) -> None:
        super().__init__()
        d, dropout = settings.width, settings.dropout
        self.variant = settings.variant
        self.user_embedding = nn.Embedding(settings.users, d)
        self.item_embedding = nn.Embedding(settings.items, d)
        if self.variant is not Variant.NO_GLOBAL:
            self.user_aspects = nn.ModuleList(
                Mlp(d, d, d, dropout) for _ in range(settings.aspects)
            )
            self.item_aspects = nn.ModuleList(
                Mlp(d, d, d, dropout) for _ in range(settings.aspects)
            )
        if self.variant is Variant.FULL:
            self.user_attention = PersonalizedAttention(d, settings.scaled_attention)
            self.item_attention = PersonalizedAttention(d, settings.scaled_attention)
        self.overall_rating = Mlp(2 * d, d, 1, dropout)
        self.aspect_ratings = nn.ModuleList(
            Mlp(2 * d, d, 1, dropout) for _ in range(settings.aspects)
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Xavier-uniform weights, zero biases, embeddings uniform in (-0.1, 0.1)."""
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Embedding):
                nn.init.uniform_(module.weight, -0.1, 0.1)

    def forward(self, user: Tensor, item: Tensor) -> RatingOutput:
        """Rates the pairs (user[b], item[b]); both are (B), of int64."""
        u = self.user_embedding(user)  # (B, d)
        i = self.item_embedding(item)  # (B, d)
        if self.variant is Variant.NO_GLOBAL:
            pair = torch.cat([u, i], dim=-1)  # (B, 2d)
            ratings = [rate(pair) for rate in self.aspect_ratings]
            return RatingOutput(
                overall=self.overall_rating(pair).squeeze(-1), aspects=torch.cat(ratings, dim=-1)
            )

        a_u = [aspect(u) for aspect in self.user_aspects]  # eq. 2: A of (B, d)
        a_i = [aspect(i) for aspect in self.item_aspects]
        user_aspects = torch.stack(a_u, dim=1)  # (B, A, d)
        item_aspects = torch.stack(a_i, dim=1)
        user_weights = item_weights = None
        if self.variant is Variant.FULL:
            user_vector, user_weights = self.user_attention(u, user_aspects)
            item_vector, item_weights = self.item_attention(i, item_aspects)
        else:
            user_vector = user_aspects.max(dim=1).values  # eq. 13
            item_vector = item_aspects.max(dim=1).values

        overall = self.overall_rating(torch.cat([user_vector, item_vector], dim=-1))  # eq. 5
        ratings = [  # eq. 6: A of (B, 1)
            rate(torch.cat([of_user, of_item], dim=-1))
            for rate, of_user, of_item in zip(self.aspect_ratings, a_u, a_i)
        ]
        return RatingOutput(
            overall=overall.squeeze(-1),
            aspects=torch.cat(ratings, dim=-1),
            user_aspects=user_aspects,
            item_aspects=item_aspects,
            user_weights=user_weights,
            item_weights=item_weights,
            user_vector=user_vector,
            item_vector=item_vector,
        )


class RatingLoss(nn.Module):
    """Equations 9 to 11: alpha * MSE(overall) + (1 - alpha) * mean over aspects of their MSE."""

    def __init__(self, aspects: int, alpha: float | None = None) -> None:
        """alpha: the overall rating's share, 0 to 1; None is the paper's 1 / (A + 1)."""
        super().__init__()
        self.alpha = 1.0 / (aspects + 1) if alpha is None else alpha
        self.mse = nn.MSELoss()

    def forward(
        self, output: RatingOutput, overall: Tensor, aspects: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Returns the weighted loss, L_R and L_A for ratings overall (B) and aspects (B, A)."""
        of_overall = self.mse(output.overall, overall)
        of_aspects = self.mse(output.aspects, aspects)  # every aspect has B rows: one mean is eq. 10
        return self.alpha * of_overall + (1 - self.alpha) * of_aspects, of_overall, of_aspects


class RatingDataset(Dataset):
    """Interactions as four tensors; one example is (user, item, overall, aspects)."""

    def __init__(self, user: list, item: list, overall: list, aspects: list) -> None:
        self.user = torch.tensor(user, dtype=torch.int64)
        self.item = torch.tensor(item, dtype=torch.int64)
        self.overall = torch.tensor(overall, dtype=torch.float32)
        self.aspects = torch.tensor(aspects, dtype=torch.float32)  # (N, A)

    def __len__(self) -> int:
        return len(self.user)

    def __getitem__(self, index: int) -> Batch:
        return self.user[index], self.item[index], self.overall[index], self.aspects[index]


@dataclass(frozen=True)
class RatingData:
    """A data file in memory: its sizes and the two parts used here."""

    users: int
    items: int
    aspects: int
    train: RatingDataset
    validation: RatingDataset


def load_part(content: dict, name: str, sizes: dict[str, int]) -> RatingDataset:
    """Takes one part ("train" or "validation") out of a data file; ValueError says what is wrong."""
    try:
        part = RatingDataset(*(content[name][key] for key in ("user", "item", "overall", "aspects")))
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{name}: needs user, item, overall, aspects as lists ({problem})") from None
    rows = len(part)
    if rows == 0 or len(part.item) != rows or part.overall.shape != (rows,):
        raise ValueError(f"{name}: user, item and overall need the same length, at least 1")
    if part.aspects.shape != (rows, sizes["aspects"]):
        raise ValueError(f"{name}: aspects must be {rows} rows of {sizes['aspects']} ratings")
    for key, index in (("users", part.user), ("items", part.item)):
        if int(index.min()) < 0 or int(index.max()) >= sizes[key]:
            raise ValueError(f"{name}: an index of {key} is outside 0..{sizes[key] - 1}")
    if not (torch.isfinite(part.overall).all() and torch.isfinite(part.aspects).all()):
        raise ValueError(f"{name}: a rating is not a number")
    return part


def load_data(path: Path) -> RatingData:
    """Reads a data file (JSON, gzip or not; README.md shows it); ValueError says what is wrong."""
    try:
        unzipped = gzip.open if path.suffix == ".gz" else open
        with unzipped(path, "rt", encoding="utf-8") as stream:
            content = json.load(stream)
        sizes = {key: int(content[key]) for key in ("users", "items", "aspects")}
    except (OSError, EOFError, zlib.error) as problem:
        raise ValueError(f"{path}: cannot be read ({problem})") from None
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{path}: not a ratings file ({problem})") from None
    try:
        parts = {name: load_part(content, name, sizes) for name in ("train", "validation")}
    except ValueError as problem:
        raise ValueError(f"{path}: {problem}") from None
    return RatingData(**sizes, **parts)


def train_step(
    model: RatingModule, loss: RatingLoss, optimizer: torch.optim.Optimizer, batch: Batch
) -> float:
    """One step of gradient descent on one batch; returns the loss before it."""
    user, item, overall, aspects = batch
    optimizer.zero_grad()
    total, _, _ = loss(model(user, item), overall, aspects)
    total.backward()
    optimizer.step()
    return total.item()


def train_epoch(
    model: RatingModule,
    loss: RatingLoss,
    optimizer: torch.optim.Optimizer,
    batches: Iterable[Batch],
    steps_limit: int | None = None,
) -> tuple[float, int]:
    """One pass over the batches (the first steps_limit of them); returns mean loss and examples."""
    model.train()
    total, examples = 0.0, 0
    for batch in islice(batches, steps_limit):
        size = len(batch[0])
        total += train_step(model, loss, optimizer, batch) * size
        examples += size
    return total / examples, examples


@torch.no_grad()
def rmse(model: RatingModule, batches: Iterable[Batch]) -> tuple[float, list[float]]:
    """Root mean squared error of the overall rating and of each aspect's; nothing is clipped."""
    model.eval()
    of_overall, of_aspects, examples = 0.0, 0.0, 0
    for user, item, overall, aspects in batches:
        output = model(user, item)
        of_overall += ((output.overall - overall) ** 2).sum().item()
        of_aspects = of_aspects + ((output.aspects - aspects) ** 2).double().sum(dim=0)
        examples += len(user)
    return math.sqrt(of_overall / examples), torch.sqrt(of_aspects / examples).tolist()


def add_settings(parser: argparse.ArgumentParser) -> None:
    """The arguments that the training script and the bench share."""
    parser.add_argument("data", type=Path, help="ratings file: JSON, or JSON in gzip")
    parser.add_argument("--epochs", type=int, default=15, help="passes over the training part")
    parser.add_argument("--batch", type=int, default=32, help="examples a step")
    parser.add_argument("--width", type=int, default=256, help="d, the width of every vector")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--alpha", type=float, help="overall rating's share; default 1 / (A + 1)")
    parser.add_argument("--variant", choices=[v.value for v in Variant], default="full")
    parser.add_argument(
        "--scaled-attention", action="store_true", help="divide the scores by sqrt(d)"
    )
    parser.add_argument("--threads", type=int, help="default: PyTorch's own choice")
    parser.add_argument("--seed", type=int, default=42)


def parse(parser: argparse.ArgumentParser) -> tuple[argparse.Namespace, RatingData]:
    """Parses and checks the command line and reads the data; anything wrong ends with exit 2."""
    args = parser.parse_args()
    for name in ("epochs", "batch", "width", "threads", "steps_limit"):
        value = getattr(args, name, None)
        if value is not None and value < 1:
            parser.error(f"--{name.replace('_', '-')} is {value}, expected 1 or more")
    if not 0 <= args.dropout < 1:
        parser.error(f"--dropout is {args.dropout}, expected 0 or more and below 1")
    if args.alpha is not None and not 0 <= args.alpha <= 1:
        parser.error(f"--alpha is {args.alpha}, expected 0 to 1")
    try:
        return args, load_data(args.data)
    except ValueError as problem:
        parser.error(str(problem))


def module_for(args: argparse.Namespace, data: RatingData) -> RatingModule:
    """A fresh module for this data, drawn from the seed."""
    torch.manual_seed(args.seed)
    return RatingModule(
        RatingSettings(
            users=data.users,
            items=data.items,
            aspects=data.aspects,
            width=args.width,
            dropout=args.dropout,
            variant=Variant(args.variant),
            scaled_attention=args.scaled_attention,
        )
    )


def main() -> int:
    """Trains and prints validation errors epoch by epoch."""
    parser = argparse.ArgumentParser(description="Train ELIXIR's rating module in plain PyTorch.")
    add_settings(parser)
    args, data = parse(parser)
    if args.threads:
        torch.set_num_threads(args.threads)
    model = module_for(args, data)
    loss = RatingLoss(data.aspects, args.alpha)
    optimizer = torch.optim.Adam(model.parameters(), lr=args.learning_rate)
    train = DataLoader(data.train, batch_size=args.batch, shuffle=True)
    validation = DataLoader(data.validation, batch_size=1024)
    for epoch in range(1, args.epochs + 1):
        mean_loss, _ = train_epoch(model, loss, optimizer, train)
        overall, aspects = rmse(model, validation)
        print(
            f"epoch {epoch}: loss {mean_loss:.4f}, validation RMSE overall {overall:.4f}, "
            f"aspects {sum(aspects) / len(aspects):.4f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
