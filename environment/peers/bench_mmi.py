"""Times MMI's parts in plain PyTorch, in the authors' manner; prints one line of JSON.

    python environment/peers/bench_mmi.py policy|mine|att2seq|peter JOB.json

The job is JSON: "threads", "seed" and by part: "model" (the policy's weights, as the kit saves
them), "user", "item", "rating" (its requests); "batch", "samples", "words" (of an explanation),
"users", "items", "vocabulary", "encoder_width", "steps", "warm_up", "rounds" (of
writing, for which att2seq takes the model and the requests, too); "pairs", "width", "epochs" of
MINE. Other weights and texts are random: speed does not depend on them.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import peter
import torch
from make_rnn_fixture import Att2Seq, kit_name
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

PAD, START, END = 0, 1, 2
RATINGS = 5
REACH = 3  # words that the sentence encoder's convolution sees
KL, ENTROPY = 0.1, 0.01  # weights of the terms


def timed(job: dict, step: Callable[[], object]) -> dict:
    """Runs steps; the first ones do not count."""
    seconds = []
    for n in range(job["warm_up"] + job["steps"]):
        if n == job["warm_up"]:
            processor = process_time()
        start = perf_counter()
        step()
        seconds.append(perf_counter() - start)
    seconds = seconds[job["warm_up"] :]
    return {
        "seconds_per_step": statistics.median(seconds),
        "seconds": sum(seconds),
        "processor_seconds": process_time() - processor,
    }


class SentenceEncoder(nn.Module):
    """The kit's own small encoder: words, a convolution, two pools and a tanh layer."""

    def __init__(self, words: int, width: int) -> None:
        super().__init__()
        self.word = nn.Embedding(words, 64)
        self.convolution = nn.Conv1d(64, width, REACH, padding=REACH // 2)
        self.pool = nn.Linear(2 * width, width)

    def forward(self, ids: Tensor) -> Tensor:
        """(B, L) to (B, d)."""
        heard = F.relu(self.convolution(self.word(ids).transpose(1, 2)))  # (B, d, L)
        return torch.tanh(self.pool(torch.cat([heard.amax(2), heard.mean(2)], 1)))


class Statistics(nn.Module):
    """MINE's T(e, y)."""

    def __init__(self, width: int, targets: int, hidden: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(width + targets, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 1),
        )
        for parameter in self.parameters():
            nn.init.normal_(parameter, 0, 0.02) if parameter.dim() > 1 else nn.init.zeros_(parameter)

    def forward(self, e: Tensor, y: Tensor) -> Tensor:
        """(B)."""
        return self.layers(torch.cat([e, y], 1)).squeeze(1)


class Pairs:
    """Random users, items and ratings."""

    def __init__(self, job: dict) -> None:
        self.job = job

    def __call__(self) -> tuple[Tensor, Tensor, Tensor]:
        size = (self.job["batch"],)
        return (
            torch.randint(self.job["users"], size),
            torch.randint(self.job["items"], size),
            torch.randint(RATINGS, size),
        )


def att2seq(users: int, items: int, words: int) -> Att2Seq:
    """At the paper's size."""
    return Att2Seq(users, items, words, 64, 512, 2)


def trained(file: str) -> Att2Seq:
    """With weights that the kit has saved."""
    weights = load_file(file)
    sizes = [len(weights[f"{name}.embedding"]) for name in ("user", "item", "word")]
    model = att2seq(*sizes)
    model.load_state_dict({name: weights[kit_name(name)] for name in model.state_dict()})
    return model


def start(model: Att2Seq, user: Tensor, item: Tensor, rating: Tensor) -> tuple[Tensor, Tensor]:
    """The LSTM's first state."""
    attributes = torch.cat([model.user(user), model.item(item), model.rating(rating)], 1)
    state = torch.tanh(model.encoder(attributes))
    first = state.reshape(-1, model.layers, model.hidden).transpose(0, 1).contiguous()
    return first, torch.zeros_like(first)


def advance(model: Att2Seq, word: Tensor, state: tuple) -> tuple[Tensor, tuple]:
    """Scores of the next word, (B, V), and the next state."""
    h, state = model.lstm(model.word(word)[:, None], state)
    return model.linear(h[:, 0]), state


def policy(job: dict) -> dict:
    """Steps of REINFORCE: K texts are drawn one after the other, and their graphs kept."""
    model, reference = trained(job["model"]), trained(job["model"])
    encoder = SentenceEncoder(job["vocabulary"], job["encoder_width"]).eval()
    statistic = Statistics(job["encoder_width"], RATINGS, 100)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    columns = [torch.tensor(job[name]).split(job["batch"]) for name in ("user", "item", "rating")]
    requests = iter(zip(*columns))
    lengths = []

    def text(user: Tensor, item: Tensor, rating: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """One text a request: its ids (B, L), log pi and log pi_ref (B)."""
        state = start(model, user, item, rating)
        with torch.no_grad():
            frozen = start(reference, user, item, rating)
        word = torch.full_like(user, START)
        open_rows = torch.ones_like(user, dtype=torch.float32)
        ids, log_pi, log_reference = [], 0.0, 0.0
        for _ in range(job["words"]):
            scores, state = advance(model, word, state)
            logs = scores.log_softmax(1)
            with torch.no_grad():
                scores, frozen = advance(reference, word, frozen)
                word = torch.multinomial(logs.exp(), 1)
                log_reference = log_reference + scores.log_softmax(1).gather(1, word)[:, 0] * open_rows
            log_pi = log_pi + logs.gather(1, word)[:, 0] * open_rows
            word = word[:, 0]
            ids.append(torch.where(open_rows > 0, word, PAD))
            open_rows = open_rows * (word != END)
            lengths.append(open_rows.mean().item())
        return torch.stack(ids, 1), log_pi, log_reference

    def step() -> None:
        user, item, rating = next(requests)
        targets = F.one_hot(rating, RATINGS).float()
        log_pi, log_reference, reward = [], [], []
        for _ in range(job["samples"]):
            ids, pi, ref = text(user, item, rating)
            with torch.no_grad():
                vectors = encoder(ids)
                other = targets[torch.randperm(len(targets))]
                reward.append(statistic(vectors, targets) - statistic(vectors, other))
            log_pi.append(pi)
            log_reference.append(ref)
        log_pi = torch.stack(log_pi)  # (K, B)
        now = log_pi.detach()
        loss = 0.0
        for weight, value in (
            (1.0, torch.stack(reward)),
            (KL, torch.stack(log_reference) - now),
            (ENTROPY, -now),
        ):
            loss = loss - weight * ((value - value.mean(0)) * log_pi).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimizer.step()

    result = timed(job, step)
    result["words"] = statistics.fmean(lengths) * job["words"]
    result["samples_per_second"] = job["batch"] * job["samples"] * job["steps"] / result["seconds"]
    return result


def mine(job: dict) -> dict:
    """MINE by the moving-average correction."""
    vectors = torch.randn(job["pairs"], job["width"])
    targets = F.one_hot(torch.randint(RATINGS, (job["pairs"],)), RATINGS).float()
    statistic = Statistics(job["width"], RATINGS, 100)
    optimizer = torch.optim.Adam(statistic.parameters(), lr=1e-4)
    average = 1.0
    begin = perf_counter()
    for _ in range(job["epochs"]):
        for rows in torch.randperm(job["pairs"]).split(job["batch"]):
            e, y = vectors[rows], targets[rows]
            joint = statistic(e, y).mean()
            marginal = statistic(e, y[torch.randperm(len(y))]).exp().mean()
            average = 0.99 * average + 0.01 * marginal.item()
            optimizer.zero_grad()
            (marginal / average - joint).backward()
            optimizer.step()
    return {"seconds": perf_counter() - begin}


def speeds(job: dict, step: Callable[[], object], write: Callable[[], object]) -> dict:
    """Examples a second in training and in writing."""
    training = timed(job, step)
    seconds, processor = [], []
    for _ in range(1 + job["rounds"]):
        begin, started = perf_counter(), process_time()
        write()
        seconds.append(perf_counter() - begin)
        processor.append(process_time() - started)
    examples = job["batch"] * job["steps"]
    return {
        "training_per_second": examples / training["seconds"],
        "training_per_processor_second": examples / training["processor_seconds"],
        "writing_per_second": job["batch"] / statistics.median(seconds[1:]),
        "writing_per_processor_second": job["batch"] / statistics.median(processor[1:]),
        "seconds_per_step": training["seconds_per_step"],
        "words": job["words"],
    }


def att2seq_speeds(job: dict) -> dict:
    """Att2Seq: teacher forcing, RMSprop; a trained one's greedy writing, state after state."""
    model = att2seq(job["users"], job["items"], job["vocabulary"])
    model.lstm.dropout = 0.2
    optimizer = torch.optim.RMSprop(model.parameters(), lr=2e-3)
    pairs = Pairs(job)

    def step() -> None:
        words = torch.randint(4, job["vocabulary"], (job["batch"], job["words"]))
        inputs = torch.cat([torch.full_like(words[:, :1], START), words[:, :-1]], 1)
        loss = F.nll_loss(model(*pairs(), inputs).flatten(0, 1), words.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5)
        optimizer.step()

    writer = trained(job["model"]).eval()
    requests = [torch.tensor(job[name]) for name in ("user", "item", "rating")]

    @torch.no_grad()
    def write() -> None:
        state = start(writer, *requests)
        word = torch.full_like(requests[0], START)
        for _ in range(job["words"]):
            scores, state = advance(writer, word, state)
            word = scores.log_softmax(1).exp().argmax(1)  # as the public versions choose it

    model.train()
    return speeds(job, step, write)


def peter_speeds(job: dict) -> dict:
    """PETER: its three losses, SGD; greedy writing, everything run again for every word."""
    model = peter.Peter(peter.PeterSettings(job["users"], job["items"], job["vocabulary"]))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    pairs = Pairs(job)

    def step() -> None:
        user, item, rating = pairs()
        words = torch.randint(4, job["vocabulary"], (job["batch"], job["words"]))
        output = peter.run(model, user, item, rating, words)
        optimizer.zero_grad()
        peter.losses(output, words, rating.float())["total"].backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()

    @torch.no_grad()
    def write() -> None:
        user, item, _ = pairs()
        words = torch.full_like(user[:, None], START)
        for _ in range(job["words"]):
            states = model(user, item, words)
            likely = model.linear(states[:, -1:]).log_softmax(2).exp()  # as the authors choose it
            words = torch.cat([words, likely.argmax(2)], 1)

    model.train()
    return speeds(job, step, lambda: (model.eval(), write(), model.train()))


PARTS = {"policy": policy, "mine": mine, "att2seq": att2seq_speeds, "peter": peter_speeds}


def main() -> int:
    """Runs one part."""
    parser = argparse.ArgumentParser(description="Time MMI's parts in plain PyTorch.")
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("job", type=Path)
    args = parser.parse_args()
    job = json.loads(args.job.read_text(encoding="utf-8"))
    torch.set_num_threads(job["threads"])
    torch.manual_seed(job["seed"])
    result = PARTS[args.part](job)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result |= {
        "peak_rss_mib": round(peak / (1024 if sys.platform != "darwin" else 1024 * 1024), 1),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "python": platform.python_version(),
    }
    print(json.dumps(result, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
