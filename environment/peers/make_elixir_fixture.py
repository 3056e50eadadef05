"""Writes the parity fixture of ELIXIR's rating module: one small batch, worked out in full.

A test of the kit loads the parameters, runs the batch and compares outputs, losses, gradients and
the parameters after one and five steps of Adam. README.md describes the file.

    python environment/peers/make_elixir_fixture.py
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from elixir_rating import Batch, RatingLoss, RatingModule, RatingOutput, RatingSettings, Variant

Json = dict | list | float | int


def numbers(tensor: Tensor) -> Json:
    """Nested lists; floats with the 9 significant digits that bring a float32 back exactly."""
    if tensor.dim() > 0:
        return [numbers(row) for row in tensor]
    value = tensor.item()
    return float(f"{value:.9g}") if isinstance(value, float) else value


def make_batch() -> Batch:
    """Five pairs of 5 users and 4 items, some more than once; user 3 and item 2 stay out of it."""
    user = torch.tensor([0, 4, 1, 4, 2])
    item = torch.tensor([3, 0, 3, 1, 0])
    overall = torch.tensor([4.0, 2.5, 5.0, 1.0, 3.25])
    aspects = torch.tensor(
        [[4.5, 3.0, 5.0], [2.0, 3.5, 1.0], [5.0, 4.0, 4.25], [1.5, 1.0, 2.0], [3.0, 3.0, 4.0]]
    )
    return user, item, overall, aspects


def make_module(settings: RatingSettings, seed: int) -> RatingModule:
    """A module with Xavier weights, but embeddings up to 1 and biases up to 0.1 in size.

    So attention is far from even and a forgotten bias or scale shows.
    """
    torch.manual_seed(seed)
    module = RatingModule(settings)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if name.endswith("bias"):
                parameter.uniform_(-0.1, 0.1)
            elif "embedding" in name:
                parameter.uniform_(-1.0, 1.0)
    return module


def parameters(module: RatingModule) -> dict[str, Tensor]:
    """Copies of all parameters by name."""
    return {name: p.detach().clone() for name, p in module.named_parameters()}


def outputs(output: RatingOutput) -> dict[str, Tensor]:
    """What the forward pass gave, without what this variant does not have."""
    return {name: value.detach() for name, value in vars(output).items() if value is not None}


def work_out(module: RatingModule, loss: RatingLoss, batch: Batch) -> dict:
    """Forward, backward and five steps of Adam; the module ends up trained."""
    user, item, overall, aspects = batch
    case: dict = {"parameters": parameters(module)}
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8)
    adam, totals = {}, []
    for step in range(1, 6):
        optimizer.zero_grad()
        output = module(user, item)
        total, of_overall, of_aspects = loss(output, overall, aspects)
        total.backward()
        totals.append(total.detach())
        if step == 1:
            case["outputs"] = outputs(output)
            case["losses"] = {
                "overall": of_overall.detach(),
                "aspects": of_aspects.detach(),
                "total": total.detach(),
            }
            case["gradients"] = {n: p.grad.clone() for n, p in module.named_parameters()}
        optimizer.step()
        if step in (1, 5):
            adam[str(step)] = parameters(module)
    case["adam"] = adam
    case["adam_losses"] = torch.stack(totals)
    return case


def leaves(node: dict | Tensor) -> Iterator[Tensor]:
    """All tensors below a node, in order."""
    if isinstance(node, dict):
        for child in node.values():
            yield from leaves(child)
    else:
        yield node


def largest_difference(one: dict, other: dict) -> float:
    """The largest absolute difference between two worked-out cases."""
    pairs = zip(leaves(one), leaves(other))
    return max((a.double() - b.double()).abs().max().item() for a, b in pairs)


def as_json(node: dict | Tensor) -> Json:
    """A case with its tensors as nested lists."""
    if isinstance(node, dict):
        return {key: as_json(child) for key, child in node.items()}
    return numbers(node)


def make_case(settings: RatingSettings, alpha: float | None, seed: int) -> dict:
    """One case as JSON, checked against the same case in float64."""
    loss = RatingLoss(settings.aspects, alpha)
    user, item, overall, aspects = make_batch()
    case = work_out(make_module(settings, seed), loss, (user, item, overall, aspects))
    exact = work_out(
        make_module(settings, seed).double(), loss, (user, item, overall.double(), aspects.double())
    )
    scale = "-scaled" if settings.scaled_attention else ""
    return {
        "name": f"{settings.variant.value}{scale}-{'default' if alpha is None else alpha}",
        "variant": settings.variant.value,
        "scaled_attention": settings.scaled_attention,
        "alpha_setting": alpha,
        "alpha": loss.alpha,
        "float64_difference": float(f"{largest_difference(case, exact):.3g}"),
        **as_json(case),
    }


def make_fixture(seed: int) -> dict:
    """The whole file: header, sizes, batch and the cases of all variants."""
    user, item, overall, aspects = make_batch()
    full = RatingSettings(users=5, items=4, aspects=3, width=6, dropout=0.0)
    variants = [
        full,
        replace(full, scaled_attention=True),
        replace(full, variant=Variant.NO_ATTENTION),
        replace(full, variant=Variant.NO_GLOBAL),
    ]
    return {
        "header": {
            "script": "environment/peers/make_elixir_fixture.py",
            "python": platform.python_version(),
            "torch": torch.__version__,
            "dtype": "float32",
            "seed": seed,
            "layout": "linear weights are (outputs, inputs): y = x W^T + b",
            "adam": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
        },
        "sizes": {"users": 5, "items": 4, "aspects": 3, "width": 6, "batch": 5},
        "batch": {
            "user": numbers(user),
            "item": numbers(item),
            "overall": numbers(overall),
            "aspects": numbers(aspects),
        },
        "cases": [make_case(v, alpha, seed) for v in variants for alpha in (None, 0.2)],
    }


def main() -> int:
    """Writes the fixture beside its name first, then moves it there."""
    parser = argparse.ArgumentParser(description="Write the fixture of ELIXIR's rating module.")
    parser.add_argument(
        "--out", type=Path, default=Path("lib/src/test/resources/fixtures/elixir-rating.json")
    )
    parser.add_argument("--seed", type=int, default=4)
    args = parser.parse_args()
    torch.set_num_threads(1)
    fixture = make_fixture(args.seed)
    part = args.out.with_name(args.out.name + ".part")
    try:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")
        os.replace(part, args.out)
    except OSError as problem:
        parser.error(f"{args.out} cannot be written ({problem.strerror}); run from the checkout root")
    for case in fixture["cases"]:
        print(f"{case['name']}: float32 and float64 differ by {case['float64_difference']:g} at most")
    print(f"{args.out}: {args.out.stat().st_size / 1024:.0f} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
