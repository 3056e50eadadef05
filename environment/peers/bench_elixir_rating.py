"""Measures plain PyTorch on ELIXIR's rating module: examples a second, where a step's time goes, RMSE.

Reads a ratings file that the kit's bench wrote, trains epoch by epoch, and prints one line of JSON
on standard output; progress goes to standard error.

    python environment/peers/bench_elixir_rating.py ratings.json.gz --epochs 5 --threads 2
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass
from time import perf_counter

import torch
from torch.utils.data import DataLoader

from elixir_rating import (
    Batch,
    RatingLoss,
    RatingModule,
    add_settings,
    module_for,
    parse,
    rmse,
    train_epoch,
)


@dataclass(frozen=True)
class StepTime:
    """Where a step's time goes: medians over steps, in milliseconds."""

    data_ms: float  # the DataLoader's next batch
    forward_ms: float  # module and loss
    backward_ms: float
    optimizer_ms: float  # zero_grad and step
    step_ms: float  # all of it


def make_optimizer(model: RatingModule, args: argparse.Namespace) -> torch.optim.Adam:
    """Adam as asked for; "default" leaves the choice of the implementation to PyTorch."""
    chosen = {} if args.adam == "default" else {args.adam: True}
    return torch.optim.Adam(model.parameters(), lr=args.learning_rate, **chosen)


def endless(loader: DataLoader) -> Iterator[Batch]:
    """Batches of one epoch after the other."""
    while True:
        yield from loader


def time_steps(
    model: RatingModule, loss: RatingLoss, loader: DataLoader, args: argparse.Namespace
) -> StepTime:
    """Times the parts of single steps on a copy of the model, the first fifth not counted."""
    model = deepcopy(model).train()
    optimizer = make_optimizer(model, args)
    batches = endless(loader)
    parts: list[tuple[float, ...]] = []
    for _ in range(args.breakdown_steps):
        start = perf_counter()
        user, item, overall, aspects = next(batches)
        loaded = perf_counter()
        optimizer.zero_grad()
        zeroed = perf_counter()
        total, _, _ = loss(model(user, item), overall, aspects)
        forward = perf_counter()
        total.backward()
        backward = perf_counter()
        optimizer.step()
        end = perf_counter()
        parts.append(
            (
                loaded - start,
                forward - zeroed,
                backward - forward,
                (zeroed - loaded) + (end - backward),
                end - start,
            )
        )
    counted = parts[len(parts) // 5 :]
    return StepTime(*(round(1000 * statistics.median(part), 4) for part in zip(*counted)))


def peak_rss_mib() -> float:
    """The most memory this process has held, in MiB (Linux counts KiB, macOS bytes)."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def load_average() -> float | None:
    """Processes that ran or waited during the last minute, where the system tells."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def main() -> int:
    """Trains, measures and prints."""
    parser = argparse.ArgumentParser(description="Time ELIXIR's rating module in plain PyTorch.")
    add_settings(parser)
    parser.add_argument("--warmup-epochs", type=int, default=1, help="first epochs left untimed")
    parser.add_argument("--steps-limit", type=int, help="at most this many steps an epoch")
    parser.add_argument("--breakdown-steps", type=int, default=200, help="0: no breakdown")
    parser.add_argument(
        "--adam",
        choices=["default", "foreach", "fused"],
        default="default",
        help="which of PyTorch's implementations of Adam",
    )
    args, data = parse(parser)
    if not 0 <= args.warmup_epochs < args.epochs:
        parser.error(f"--warmup-epochs is {args.warmup_epochs}, expected 0 to {args.epochs - 1}")
    if args.breakdown_steps < 0:
        parser.error(f"--breakdown-steps is {args.breakdown_steps}, expected 0 or more")
    if args.threads:
        torch.set_num_threads(args.threads)

    model = module_for(args, data)
    loss = RatingLoss(data.aspects, args.alpha)
    optimizer = make_optimizer(model, args)
    train = DataLoader(data.train, batch_size=args.batch, shuffle=True)
    validation = DataLoader(data.validation, batch_size=1024)

    load_before = load_average()
    seconds, rates, losses, overall_rmse, aspect_rmse = [], [], [], [], []
    for epoch in range(1, args.epochs + 1):
        start = perf_counter()
        mean_loss, examples = train_epoch(model, loss, optimizer, train, args.steps_limit)
        elapsed = perf_counter() - start
        overall, aspects = rmse(model, validation)
        seconds.append(round(elapsed, 4))
        rates.append(round(examples / elapsed, 1))
        losses.append(round(mean_loss, 6))
        overall_rmse.append(round(overall, 6))
        aspect_rmse.append(round(statistics.mean(aspects), 6))
        print(
            f"epoch {epoch}/{args.epochs}: {rates[-1]:.0f} examples/s, validation RMSE overall "
            f"{overall:.4f}, aspects {aspect_rmse[-1]:.4f}",
            file=sys.stderr,
            flush=True,
        )
    breakdown = asdict(time_steps(model, loss, train, args)) if args.breakdown_steps else None

    result = {
        "peer": "elixir-rating",
        "examples_per_second": round(statistics.median(rates[args.warmup_epochs :]), 1),
        "examples_per_second_by_epoch": rates,
        "seconds_per_epoch": seconds,
        "warmup_epochs": args.warmup_epochs,
        "breakdown": breakdown,
        "train_loss": losses,
        "validation_rmse_overall": overall_rmse,
        "validation_rmse_aspects": aspect_rmse,
        "parameters": sum(p.numel() for p in model.parameters()),
        "peak_rss_mib": round(peak_rss_mib(), 1),
        "train_examples": len(data.train),
        "settings": {
            "variant": args.variant,
            "scaled_attention": args.scaled_attention,
            "alpha": loss.alpha,
            "batch": args.batch,
            "width": args.width,
            "dropout": args.dropout,
            "learning_rate": args.learning_rate,
            "seed": args.seed,
            "adam": args.adam,
            "steps_limit": args.steps_limit,
        },
        "threads": torch.get_num_threads(),
        "load_average": [load_before, load_average()],
        "torch": torch.__version__,
        "python": platform.python_version(),
    }
    print(json.dumps(result, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
