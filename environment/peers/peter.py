"""PETER and PETER+ (Li et al. 2021) in plain PyTorch, on nn.TransformerEncoder.

Written for the kit from the paper's equations, the way a researcher writes it the first time:
padded batches, scores over the vocabulary at every place, and texts written by running everything
again for every word. The parity fixture and the bench compare the kit with it.

Word numbers: 0 <pad>, 1 <bos>, 2 <eos>, 3 <unk>, then words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PAD, BOS, EOS = 0, 1, 2


@dataclass(frozen=True)
class PeterSettings:
    """Sizes; the defaults are the paper's."""

    users: int
    items: int
    vocabulary: int
    width: int = 512
    heads: int = 2
    hidden: int = 2048
    layers: int = 2
    dropout: float = 0.2
    words: int = 15
    plus: bool = False


class Peter(nn.Module):
    """User, item, (feature,) <bos> and words to a rating, a context and the next words."""

    def __init__(self, settings: PeterSettings) -> None:
        super().__init__()
        d = settings.width
        self.settings = settings
        self.before = 3 if settings.plus else 2
        self.user = nn.Embedding(settings.users, d)
        self.item = nn.Embedding(settings.items, d)
        self.word = nn.Embedding(settings.vocabulary, d)
        layer = nn.TransformerEncoderLayer(
            d, settings.heads, settings.hidden, settings.dropout, batch_first=True
        )
        self.encoder = nn.TransformerEncoder(layer, settings.layers, enable_nested_tensor=False)
        self.linear = nn.Linear(d, settings.vocabulary)
        self.rating = nn.Sequential(nn.Linear(d, d), nn.Sigmoid(), nn.Linear(d, 1))
        self.dropout = nn.Dropout(settings.dropout)
        longest = self.before + settings.words
        self.register_buffer("positions", self._positions(longest, d))
        mask = torch.ones(longest, longest, dtype=torch.bool).triu(1)
        mask[0, 1] = False  # the user sees the item
        self.register_buffer("mask", mask)
        for embedding in (self.user, self.item, self.word, self.linear):
            nn.init.uniform_(embedding.weight, -0.1, 0.1)
        for linear in (self.rating[0], self.rating[2]):
            nn.init.uniform_(linear.weight, -0.1, 0.1)
            nn.init.zeros_(linear.bias)
        nn.init.zeros_(self.linear.bias)

    @staticmethod
    def _positions(longest: int, width: int) -> Tensor:
        angle = torch.arange(longest)[:, None] / 10000 ** (torch.arange(0, width, 2) / width)
        return torch.stack((angle.sin(), angle.cos()), dim=2).flatten(1)  # (S, d)

    def forward(self, user: Tensor, item: Tensor, text: Tensor) -> Tensor:
        """States at all places, (B, S, d); the text has the feature before it in PETER+."""
        pair = torch.stack((self.user(user), self.item(item)), dim=1)  # (B, 2, d)
        x = torch.cat((pair, self.word(text)), dim=1) * math.sqrt(self.settings.width)
        length = x.shape[1]
        x = self.dropout(x + self.positions[:length])
        padding = F.pad(text == PAD, (2, 0), value=False)  # (B, S)
        return self.encoder(x, self.mask[:length, :length], src_key_padding_mask=padding)

    def text(self, feature: Tensor, words: Tensor) -> Tensor:
        """What is read behind user and item, (B, S - 2)."""
        return torch.cat((feature[:, None], words), dim=1) if self.settings.plus else words


def inputs(targets: Tensor) -> Tensor:
    """The word before each target, (B, L)."""
    return torch.cat((torch.full_like(targets[:, :1], BOS), targets[:, :-1]), dim=1)


@dataclass(frozen=True)
class PeterOutput:
    """What a batch gives."""

    words: Tensor  # log-probabilities at each word's place, (B, L, V)
    context: Tensor  # log-probabilities at the item's place, (B, V)
    rating: Tensor  # (B)


def run(model: Peter, user: Tensor, item: Tensor, feature: Tensor, targets: Tensor) -> PeterOutput:
    """Teacher forcing: all places at once."""
    states = model(user, item, model.text(feature, inputs(targets)))
    return PeterOutput(
        words=F.log_softmax(model.linear(states[:, model.before :]), dim=-1),
        context=F.log_softmax(model.linear(states[:, 1]), dim=-1),
        rating=model.rating(states[:, 0]).squeeze(1),
    )


def losses(output: PeterOutput, targets: Tensor, rating: Tensor) -> dict[str, Tensor]:
    """The three losses and their weighted sum."""
    length, words = targets.shape[1], output.words.shape[-1]
    text = F.nll_loss(output.words.flatten(0, 1), targets.flatten(), ignore_index=PAD)
    spread = output.context[:, None].expand(-1, length, -1).reshape(-1, words)
    context = F.nll_loss(spread, targets.flatten(), ignore_index=PAD)
    rated = F.mse_loss(output.rating, rating)
    return {
        "text": text,
        "context": context,
        "rating": rated,
        "total": text + context + 0.1 * rated,
    }


@torch.no_grad()
def draw(model: Peter, user: Tensor, item: Tensor, feature: Tensor) -> Tensor:
    """One text a request, drawn word by word; everything is run again for every word. (B, L)"""
    words = torch.full_like(user[:, None], BOS)
    for _ in range(model.settings.words):
        states = model(user, item, model.text(feature, words))
        likely = F.softmax(model.linear(states[:, -1]), dim=-1)
        words = torch.cat((words, torch.multinomial(likely, 1)), dim=1)
    targets = words[:, 1:]
    ended = (targets == EOS).cumsum(1) - (targets == EOS).long() > 0
    return targets.masked_fill(ended, PAD)
