"""Writes the parity fixture of MINE: two training steps' losses and gradients by PyTorch.

The network reads [e ; y] side by side, as the method's paper draws it; the kit keeps the first
layer's weight in two parts, and its fixture is cut to these.

    python environment/peers/make_mine_fixture.py
"""

from __future__ import annotations

import json
import math
import platform
from pathlib import Path

import torch
from torch import Tensor, nn

FIXTURE = Path(__file__).parents[2] / "lib/src/test/resources/fixtures/mine.json"
WIDTH, TARGET, HIDDEN, BATCH, CANDIDATES = 4, 3, 5, 6, 4
SHARE = 0.01  # of the new batch in the moving average

Json = dict | list | float | int


def numbers(tensor: Tensor) -> Json:
    """Nested lists; floats with the 9 significant digits that bring a float32 back exactly."""
    if tensor.dim() > 0:
        return [numbers(row) for row in tensor]
    return float(f"{tensor.item():.9g}")


def make_network() -> nn.Sequential:
    """Linear, ReLU, Linear, ReLU, Linear(1), uniform within 0.7 so that forgotten parts show."""
    torch.manual_seed(11)
    network = nn.Sequential(
        nn.Linear(WIDTH + TARGET, HIDDEN),
        nn.ReLU(),
        nn.Linear(HIDDEN, HIDDEN),
        nn.ReLU(),
        nn.Linear(HIDDEN, 1),
    )
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.uniform_(-0.7, 0.7)
    return network


def named(tensors: list[Tensor]) -> dict[str, Json]:
    """The network's six tensors under the kit's names, the first one cut in two."""
    first, bias, second, second_bias, last, last_bias = tensors
    return {
        "first.e": numbers(first[:, :WIDTH]),
        "first.y": numbers(first[:, WIDTH:]),
        "first.bias": numbers(bias),
        "second.weight": numbers(second),
        "second.bias": numbers(second_bias),
        "last.weight": numbers(last),
        "last.bias": numbers(last_bias),
    }


def values(network: nn.Sequential, e: Tensor, y: Tensor) -> Tensor:
    """T of each explanation with each of its y's, (P, B)."""
    return network(torch.cat([e.expand(len(y), -1, -1), y], -1)).squeeze(-1)


def loss_of(objective: str, t: Tensor, average: float) -> tuple[Tensor, float]:
    """The loss, and the moving average after it."""
    joint, marginal = t[0], t[1:]
    if objective == "nwj":
        return -(joint.mean() - torch.exp(marginal - 1).mean()), average
    if objective == "infonce":
        everything = torch.logsumexp(t, 0) - math.log(len(t))
        return -(joint - everything).mean(), average
    exp = torch.exp(marginal).mean()
    average = (1 - SHARE) * average + SHARE * exp.item()
    return -(joint.mean() - exp / average), average


def steps(objective: str) -> list[Json]:
    """Two batches with the same parameters; only the moving average goes on."""
    network, average, found = make_network(), 1.0, []
    torch.manual_seed(5)
    for _ in range(2):
        pairs = CANDIDATES if objective == "infonce" else 2
        e, y = torch.randn(BATCH, WIDTH), torch.randn(pairs, BATCH, TARGET)
        network.zero_grad()
        t = values(network, e, y)
        loss, average = loss_of(objective, t, average)
        loss.backward()
        found.append(
            {
                "e": numbers(e),
                "y": numbers(y),
                "t": numbers(t.detach()),
                "loss": numbers(loss.detach()),
                "average": average,
                "gradients": named([p.grad for p in network.parameters()]),
            }
        )
    return found


def main() -> None:
    """Writes the file."""
    content = {
        "made with": {"python": platform.python_version(), "torch": torch.__version__},
        "parameters": named([p.detach() for p in make_network().parameters()]),
        "steps": {name: steps(name) for name in ("dv", "infonce", "nwj")},
    }
    FIXTURE.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
