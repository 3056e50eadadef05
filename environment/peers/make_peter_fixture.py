"""Writes the parity fixture of PETER and PETER+: a small batch each, worked out in full.

A test of the kit loads the parameters, runs the batch and compares log-probabilities, ratings, the
three losses and all gradients.

    python environment/peers/make_peter_fixture.py
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path

import torch
from torch import Tensor

from peter import PAD, Peter, PeterSettings, losses, run

Json = dict | list | float | int

# The kit's names of PyTorch's parameters.
NAMES = {
    "user.weight": "user.embedding",
    "item.weight": "item.embedding",
    "word.weight": "word.embedding",
    "rating.0": "rating.hidden",
    "rating.2": "rating.output",
    "encoder.layers": "layer",
    "self_attn.in_proj_": "attention.in.",
    "self_attn.out_proj": "attention.out",
    "linear1": "hidden",
    "linear2": "output",
    "norm1": "attention.norm",
    "norm2": "norm",
}


def name(torchs: str) -> str:
    """The kit's name of a parameter."""
    for theirs, ours in NAMES.items():
        torchs = torchs.replace(theirs, ours)
    return torchs


def numbers(tensor: Tensor) -> Json:
    """Nested lists; floats with the 9 significant digits that bring a float32 back exactly."""
    if tensor.dim() > 0:
        return [numbers(row) for row in tensor]
    value = tensor.item()
    return float(f"{value:.9g}") if isinstance(value, float) else value


def make_model(settings: PeterSettings, seed: int) -> Peter:
    """A model whose biases and norms are not at their start, so that a forgotten one shows."""
    torch.manual_seed(seed)
    model = Peter(settings)
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "norm" in key and key.endswith("weight"):
                parameter.uniform_(0.5, 1.5)
            elif key.endswith("bias"):
                parameter.uniform_(-0.2, 0.2)
            elif key == "linear.weight":
                parameter.uniform_(-1, 1)
    return model


def work_out(settings: PeterSettings, seed: int, batch: dict[str, Tensor], exact: bool) -> dict:
    """Forward and backward pass."""
    model = make_model(settings, seed)
    rating = batch["rating"]
    if exact:
        model, rating = model.double(), rating.double()
    output = run(model, batch["user"], batch["item"], batch["feature"], batch["targets"])
    parts = losses(output, batch["targets"], rating)
    parts["total"].backward()
    found = output.words.gather(2, batch["targets"][:, :, None]).squeeze(2)
    return {
        "parameters": {name(key): p.detach() for key, p in model.named_parameters()},
        "logs": found.masked_fill(batch["targets"] == PAD, 0).detach(),
        "first": output.words[:, 0].detach(),  # of every word at the first place
        "context": output.context.detach(),
        "rating": output.rating.detach(),
        "losses": {key: part.detach() for key, part in parts.items()},
        "gradients": {name(key): p.grad for key, p in model.named_parameters()},
    }


def difference(one: dict | Tensor, other: dict | Tensor) -> float:
    """The largest absolute difference between two worked-out cases."""
    if isinstance(one, dict):
        return max(difference(one[key], other[key]) for key in one)
    return (one.double() - other.double()).abs().max().item()


def as_json(node: dict | Tensor) -> Json:
    """A case with its tensors as nested lists."""
    if isinstance(node, dict):
        return {key: as_json(child) for key, child in node.items()}
    return numbers(node)


def make_fixture(seed: int) -> dict:
    """The whole file."""
    batch = {
        "user": torch.tensor([2, 0, 2, 3]),
        "item": torch.tensor([1, 4, 0, 1]),
        "feature": torch.tensor([5, 9, 3, 5]),  # words; 3 is <unk>
        "rating": torch.tensor([4.0, 1.0, 3.0, 5.0]),
        # The third is as long as texts may be and has no end; the second ends at once.
        "targets": torch.tensor(
            [[7, 5, 2, 0, 0, 0], [2, 0, 0, 0, 0, 0], [6, 9, 9, 11, 3, 8], [5, 10, 4, 6, 2, 0]]
        ),
    }
    cases = {}
    for plus in (False, True):
        settings = PeterSettings(
            users=4, items=5, vocabulary=13, width=8, heads=2, hidden=10, dropout=0.0, words=6,
            plus=plus,
        )  # fmt: skip
        case = work_out(settings, seed, batch, exact=False)
        exact = work_out(settings, seed, batch, exact=True)
        cases["peter-plus" if plus else "peter"] = {
            "float64_difference": float(f"{difference(case, exact):.3g}"),
            **as_json(case),
        }
    return {
        "header": {
            "script": "environment/peers/make_peter_fixture.py",
            "python": platform.python_version(),
            "torch": torch.__version__,
            "dtype": "float32",
            "seed": seed,
        },
        "batch": as_json(batch),
        "cases": cases,
    }


def main() -> int:
    """Writes the fixture beside its name first, then moves it there."""
    parser = argparse.ArgumentParser(description="Write the fixture of PETER and PETER+.")
    parser.add_argument(
        "--out", type=Path, default=Path("lib/src/test/resources/fixtures/peter.json")
    )
    parser.add_argument("--seed", type=int, default=6)
    args = parser.parse_args()
    torch.set_num_threads(1)
    fixture = make_fixture(args.seed)
    part = args.out.with_name(args.out.name + ".part")
    try:
        part.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")
        os.replace(part, args.out)
    except OSError as problem:
        parser.error(f"{args.out} cannot be written ({problem.strerror}); run from the checkout root")
    for key, case in fixture["cases"].items():
        print(f"{key}: float32 and float64 differ by {case['float64_difference']:g} at most")
    print(f"{args.out}: {args.out.stat().st_size / 1024:.0f} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
