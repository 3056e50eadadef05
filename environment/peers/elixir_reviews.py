"""ELIXIR's review module in plain PyTorch and transformers, the way the authors train it.

psi (eq. 7) makes a soft prompt of a pair's vectors; a frozen T5 reads it in place of embedded words
and is taught to write the review. Two forms of psi: the authors' MLP, whose hidden layer is as wide
as its output, and the kit's light one, so that both sides can be timed at equal work.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import T5ForConditionalGeneration

IGNORED = -100


class PaperPrompt(nn.Module):
    """One MLP from all vectors of a pair, side by side, to all numbers of its prompt."""

    def __init__(self, inputs: int, tokens: int, width: int, dropout: float) -> None:
        super().__init__()
        self.shape = (tokens, width)
        self.layers = nn.Sequential(
            nn.Linear(inputs, tokens * width),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(tokens * width, tokens * width),
        )

    def forward(self, vectors: Tensor) -> Tensor:
        return self.layers(vectors).view(-1, *self.shape)


class LightPrompt(nn.Module):
    """A shared trunk, a short code for each token, and one map from codes to vectors."""

    def __init__(
        self,
        inputs: int,
        tokens: int,
        width: int,
        dropout: float,
        *,
        vector: int = 256,
        trunk: int = 512,
        rank: int = 64,
    ) -> None:
        super().__init__()
        self.vector, self.tokens, self.rank = vector, tokens, rank
        self.trunk = nn.Linear(inputs, trunk)
        self.code = nn.Linear(trunk, tokens * rank)
        self.output = nn.Linear(rank, width, bias=False)
        self.words = nn.Parameter(torch.randn(tokens, width))
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        each = vectors.view(len(vectors), -1, self.vector)
        each = each / (each.square().mean(2, keepdim=True) + 1e-12).sqrt()
        trunk = self.dropout(self.trunk(each.flatten(1)).relu())
        code = self.code(trunk).relu().view(-1, self.tokens, self.rank)
        return self.output(code) + self.words


class PromptTuning(nn.Module):
    """A trained psi in front of a frozen T5; its output is the mean loss over a batch's tokens."""

    def __init__(self, prompt: nn.Module, model: T5ForConditionalGeneration) -> None:
        super().__init__()
        self.prompt = prompt
        self.model = model.requires_grad_(False)

    def forward(self, vectors: Tensor, labels: Tensor) -> Tensor:
        return self.model(inputs_embeds=self.prompt(vectors), labels=labels).loss


def padded(reviews: list[list[int]], length: int | None = None) -> Tensor:
    """Labels of a batch, filled up to a length or to the longest."""
    longest = length or max(len(review) for review in reviews)
    rows = [review[:longest] + [IGNORED] * (longest - len(review)) for review in reviews]
    return torch.tensor(rows)
