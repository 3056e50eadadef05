"""Times transformers' T5 at T5-small's size; prints one line of JSON.

    python environment/peers/bench_t5.py prepare FOLDER
    python environment/peers/bench_t5.py tokenizer TOKENIZER.json
    python environment/peers/bench_t5.py authors|equal|generate JOB.json

`prepare` writes a model of random weights that never ends a text by itself, and a prompt;
`tokenizer` prints 1,000 hard texts and their ids. The job is JSON: "model" (that folder), "threads", "warm_up", and by part: "batches" (lengths of the reviews
of each batch), "lengths" (one for each of 32 texts), "tokens", "rounds".
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import sys
from pathlib import Path
from time import perf_counter

import torch
import transformers
from elixir_reviews import LightPrompt, PaperPrompt, PromptTuning, padded
from make_t5_fixture import hard_texts
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from transformers import StoppingCriteria, T5Config, T5ForConditionalGeneration

PROMPT_TOKENS = 50
VECTORS, VECTOR_WIDTH = 10, 256  # u, i and four aspects of each
LONGEST = 128


def prepare(folder: Path) -> dict:
    """A T5-small of random weights; the end's embedding is 0, so that others always score more."""
    torch.manual_seed(45)
    model = T5ForConditionalGeneration(T5Config(decoder_start_token_id=0)).eval()
    with torch.no_grad():
        model.shared.weight.normal_()
        model.shared.weight[model.config.eos_token_id] = 0
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    model.save_pretrained(folder)
    prompt = torch.randn(32, PROMPT_TOKENS, model.config.d_model)
    save_file({"prompt": prompt}, folder / "prompt.safetensors")
    return {"parameters": sum(weight.numel() for weight in model.parameters())}


def review(row: int, length: int) -> list[int]:
    """Ids of a review: any will do, as long as the kit takes the same."""
    return [2 + 7919 * (131 * row + place) % 30000 for place in range(length)]


def train(job: dict, paper: bool) -> dict:
    """Steps of prompt tuning: the authors' way, or the kit's psi, batches and padding."""
    torch.manual_seed(1)
    model = T5ForConditionalGeneration.from_pretrained(job["model"])
    kind = PaperPrompt if paper else LightPrompt
    prompt = kind(VECTORS * VECTOR_WIDTH, PROMPT_TOKENS, model.config.d_model, 0.1)
    tuning = PromptTuning(prompt, model)
    # The authors leave T5's dropout on; the kit's frozen T5 has none.
    tuning.train()
    if not paper:
        model.eval()
    optimizer = torch.optim.Adam(prompt.parameters(), lr=1e-3)
    seconds = []
    for lengths in job["batches"]:
        start = perf_counter()
        vectors = torch.randn(len(lengths), VECTORS * VECTOR_WIDTH)
        reviews = [review(row, length) for row, length in enumerate(lengths)]
        optimizer.zero_grad()
        tuning(vectors, padded(reviews, LONGEST if paper else None)).backward()
        optimizer.step()
        seconds.append(perf_counter() - start)
    timed = seconds[job["warm_up"] :]
    batches = job["batches"][job["warm_up"] :]
    return {
        "reviews_per_second": sum(map(len, batches)) / sum(timed),
        "tokens_per_second": sum(map(sum, batches)) / sum(timed),
        "seconds_per_step": statistics.median(timed),
        "steps": len(timed),
        "trained_parameters": sum(weight.numel() for weight in prompt.parameters()),
    }


class LengthsReached(StoppingCriteria):
    """Ends each text at a length of its own."""

    def __init__(self, lengths: list[int]) -> None:
        self.lengths = torch.tensor(lengths)

    def __call__(self, input_ids: Tensor, scores: Tensor, **_: object) -> Tensor:
        return input_ids.shape[1] - 1 >= self.lengths


@torch.no_grad()
def generate(job: dict) -> dict:
    """Greedy writing of 32 texts: all of one length, and each of a real one's."""
    model = T5ForConditionalGeneration.from_pretrained(job["model"]).eval()
    prompt = load_file(Path(job["model"]) / "prompt.safetensors")["prompt"]
    longest = max(job["lengths"])
    result: dict = {}
    for name, tokens, stops in [
        ("full", job["tokens"], []),
        ("real", longest, [LengthsReached(job["lengths"])]),
    ]:
        seconds = []
        for _ in range(job["rounds"] + 1):
            start = perf_counter()
            ids = model.generate(
                inputs_embeds=prompt, max_new_tokens=tokens, do_sample=False, stopping_criteria=stops
            )
            seconds.append(perf_counter() - start)
        result[name] = {"seconds": statistics.median(seconds[1:]), "by_round": seconds}
        result[name]["ids"] = ids[:, 1:].tolist()
    return result


def tokenize(file: Path) -> dict:
    """Hard texts, and the ids that a tokenizer makes of them."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    texts = hard_texts(1000)
    return {"texts": texts, "ids": [tokenizer.encode(text).ids for text in texts]}


def main() -> int:
    """Runs one part."""
    parser = argparse.ArgumentParser(description="Time transformers' T5 at T5-small's size.")
    parser.add_argument("part", choices=["prepare", "tokenizer", "authors", "equal", "generate"])
    parser.add_argument("path", type=Path)
    args = parser.parse_args()
    if args.part == "prepare":
        result = prepare(args.path)
    elif args.part == "tokenizer":
        result = tokenize(args.path)
    else:
        job = json.loads(args.path.read_text(encoding="utf-8"))
        torch.set_num_threads(job["threads"])
        result = generate(job) if args.part == "generate" else train(job, args.part == "authors")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result |= {
        "peak_rss_mib": round(peak / (1024 if sys.platform != "darwin" else 1024 * 1024), 1),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "python": platform.python_version(),
    }
    print(json.dumps(result, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
