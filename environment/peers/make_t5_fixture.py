"""Writes the parity fixtures of T5: models of random weights and what transformers makes of them.

Each folder holds config.json and model.safetensors as transformers saves them, and expected.json:
logits, losses, gradients and generated ids that a test of the kit compares with its own.

    python environment/peers/make_t5_fixture.py
    python environment/peers/make_t5_fixture.py --shape t5-small --out FOLDER
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import sys
from collections import Counter
from pathlib import Path

import tokenizers
import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from torch import Tensor
from transformers import T5Config, T5ForConditionalGeneration
from transformers.generation.logits_process import (
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)
from transformers.models.t5.modeling_t5 import T5Attention

Json = dict | list | float | int
IGNORED = -100

# More encoder than decoder layers: transformers 4.57 sizes the decoder's cache by the encoder's.
SHAPES = {
    "tiny": {
        "vocab_size": 60,
        "d_model": 16,
        "d_kv": 6,
        "d_ff": 28,
        "num_layers": 3,
        "num_decoder_layers": 2,
        "num_heads": 3,
        "relative_attention_num_buckets": 8,
        "relative_attention_max_distance": 20,
    },
    "t5-small": {},
}
VERSIONS = {
    "v10": {"feed_forward_proj": "relu", "tie_word_embeddings": True},
    "v11": {"feed_forward_proj": "gated-gelu", "tie_word_embeddings": False},
}
GENERATIONS = {
    "greedy": {},
    "greedy-repetition": {"repetition_penalty": 1.7},
    "beam-2": {"num_beams": 2},
    "beam-4": {"num_beams": 4},
    "beam-3-long": {"num_beams": 3, "length_penalty": 2.0},
    "beam-3-early": {"num_beams": 3, "early_stopping": True, "length_penalty": 0.5},
    "beam-3-repetition": {"num_beams": 3, "repetition_penalty": 1.4},
}


def numbers(tensor: Tensor) -> Json:
    """Nested lists; floats with the 9 significant digits that bring a float32 back exactly."""
    if tensor.dim() > 0:
        return [numbers(row) for row in tensor]
    value = tensor.item()
    return float(f"{value:.9g}") if isinstance(value, float) else value


def make_model(shape: str, version: str, seed: int) -> T5ForConditionalGeneration:
    """A model whose every weight matters: uneven norms, strong positions, likely ends."""
    torch.manual_seed(seed)
    config = T5Config(**SHAPES[shape], **VERSIONS[version], decoder_start_token_id=0)
    model = T5ForConditionalGeneration(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name.endswith("norm.weight"):
                weight.uniform_(0.5, 1.5)
            elif name.endswith("relative_attention_bias.weight"):
                weight.normal_(0.0, 1.0)
            elif name.startswith("shared"):
                weight.normal_(0.0, 1.0)
            elif name.startswith("lm_head"):  # scores of a usual size at any width
                weight.normal_(0.0, 2 / config.d_model**0.5)
            else:  # what tiny layers add outweighs the last word, else they repeat it for ever
                wild = shape == "tiny" and name.endswith(("o.weight", "wo.weight"))
                weight.mul_(4.0 if wild else 1.5)
        head = model.get_output_embeddings().weight
        head[config.eos_token_id].add_(head[5:9].sum(0).mul(0.5))
    return model


def make_batch(config: T5Config) -> tuple[Tensor, Tensor, Tensor]:
    """Five sources of 1 to 9 words and five targets of 2 to 7, with holes among the labels."""
    generator = torch.Generator().manual_seed(7)
    ids = torch.randint(2, config.vocab_size, (5, 9), generator=generator)
    mask = torch.ones(5, 9, dtype=torch.int64)
    for row, length in enumerate([9, 5, 1, 7, 3]):
        ids[row, length:] = config.pad_token_id
        mask[row, length:] = 0
    labels = torch.randint(2, config.vocab_size, (5, 7), generator=generator)
    for row, length in enumerate([4, 7, 2, 6, 5]):
        labels[row, length - 1] = config.eos_token_id
        labels[row, length:] = IGNORED
    labels[1, 2] = IGNORED
    return ids, mask, labels


def teach(model: T5ForConditionalGeneration) -> dict:
    """Logits, both losses and the gradient of each with respect to the input embeddings."""
    ids, mask, labels = make_batch(model.config)
    case: dict = {"ids": ids, "mask": mask, "labels": labels}
    for mean in ("tokens", "reviews"):
        embedded = model.shared(ids).detach().requires_grad_()
        output = model(inputs_embeds=embedded, attention_mask=mask, labels=labels)
        loss = output.loss if mean == "tokens" else per_review(output.logits, labels)
        model.zero_grad()
        loss.backward()
        case[f"loss_{mean}"] = loss.detach()
        case[f"gradient_{mean}"] = embedded.grad
    case["memory"] = output.encoder_last_hidden_state.detach()
    case["logits"] = output.logits.detach()
    norms = {name: weight.grad.norm() for name, weight in model.named_parameters()}
    case["weight_gradient_norms"] = norms
    return case


def per_review(logits: Tensor, labels: Tensor) -> Tensor:
    """The mean over reviews of the mean over a review's own words; float32 would cost digits."""
    each = torch.nn.functional.cross_entropy(
        logits.double().transpose(1, 2), labels, ignore_index=IGNORED, reduction="none"
    )
    return (each.sum(1) / (labels != IGNORED).sum(1)).mean()


def write(model: T5ForConditionalGeneration, length: int) -> dict:
    """Generated ids, up to and with the end; and without a mask, from a prompt of vectors."""
    ids, mask, _ = make_batch(model.config)
    cases = {}
    for name, settings in GENERATIONS.items():
        output = model.generate(
            inputs_embeds=model.shared(ids),
            attention_mask=mask,
            max_new_tokens=length,
            do_sample=False,
            **settings,
        )
        cases[name] = {**settings, "ids": [until_end(row, model.config) for row in output.tolist()]}
    return {"max_new_tokens": length, "cases": cases}


def until_end(row: list[int], config: T5Config) -> list[int]:
    """A row without the start and without what follows its end."""
    row = row[1:]
    end = config.eos_token_id
    return row[: row.index(end) + 1] if end in row else row


def narrow(model: T5ForConditionalGeneration) -> list:
    """What is left of a distribution after temperature, top-k and top-p."""
    logits = torch.randn(1, 60, generator=torch.Generator().manual_seed(3)) * 2
    cases = []
    for temperature, top_k, top_p in [
        (1.0, 0, 1.0),
        (0.7, 0, 1.0),
        (1.0, 5, 1.0),
        (1.3, 0, 0.8),
        (0.9, 12, 0.6),
        (1.0, 0, 0.01),
    ]:
        scores = TemperatureLogitsWarper(temperature)(None, logits)
        if top_k > 0:
            scores = TopKLogitsWarper(top_k)(None, scores)
        if top_p < 1:
            scores = TopPLogitsWarper(top_p)(None, scores)
        cases.append(
            {
                "temperature": temperature,
                "top_k": top_k,
                "top_p": top_p,
                "probabilities": numbers(scores.softmax(-1)[0]),
            }
        )
    return [{"logits": numbers(logits[0])}, *cases]


def buckets() -> list:
    """Buckets of distances from -300 to 300 for several settings, both ways."""
    distance = torch.arange(-300, 301)
    return [
        {
            "buckets": many,
            "max_distance": furthest,
            "encoder": T5Attention._relative_position_bucket(
                distance, True, many, furthest
            ).tolist(),
            "decoder": T5Attention._relative_position_bucket(
                distance, False, many, furthest
            ).tolist(),
        }
        for many, furthest in [(32, 128), (8, 20), (64, 256), (16, 100)]
    ]


SENTENCES = [
    "The beer pours a hazy golden colour with a thick white head.",
    "Great hotel, friendly staff, but the room was small and noisy!",
    "Aroma of malt, caramel and a little smoke; the taste is sweet.",
    "We stayed for three nights in 2011 and would come back again.",
    "Not worth the price: the bathroom was dirty, the towels were old.",
    "A smooth, creamy mouthfeel and a long, bitter and dry finish.",
]
HARD = [
    "The room was small.",
    "",
    " ",
    "  two   spaces  and a tab\tand a line\nbreak  ",
    "UPPER lower MiXeD",
    "caf\u00e9 na\u00efve \u00fcber stra\u00dfe",
    "e\u0301 decomposed, \ufb01 ligature, \uff21 full width",
    "\u65e5\u672c\u8a9e \u0440\u0443\u0441\u0441\u043a\u0438\u0439 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "emoji \U0001f37a\U0001f468\u200d\U0001f469\u200d\U0001f467 and zero\u200bwidth",
    "</s> <pad> <unk> inside",
    "\u2581already\u2581marked",
    "3.5/5, 100% & $9.99 -- (really?!) ...",
    "a" * 200,
    "the malt " * 400,
]

# What else the tokenizer knows letters of.
FOREIGN = [
    "caf\u00e9 na\u00efve \u00fcber stra\u00dfe \u00e5\u00f8 \u0153uvre \u0131\u015f\u0131k \u017c\u00f3\u0142w 50\u00b0C \u00bd pint",
    "\u043f\u0438\u0432\u043e \u0442\u0451\u043c\u043d\u043e\u0435 \u043f\u0438\u0432\u043e \u03bc\u03c0\u03cd\u03c1\u03b1 \u05d1\u05d9\u05e8\u05d4 \u0628\u064a\u0631\u0629",
    "\u30d3\u30fc\u30eb \u5564\u9152 \ub9e5\uc8fc \u0e40\u0e1a\u0e35\u0e22\u0e23\u0e4c \u0935\u093f\u0938\u094d\u0915\u0940",
    "\U0001f37a \U0001f37b \u2764\ufe0f \u2026 \u2014 \u201cquoted\u201d \u2018so\u2019 \u20ac5 \u00a35 #1 @bar 9/10 a+b=c <b> {x} [y]",
]
# Hard texts are put together from these: scripts, marks that join or normalise, special pieces, and
# everything that might count as a blank.
FRAGMENTS = [
    *"aZ9.,!?'\"()-/%&$#@*+=<>[]{}|\\^~`_:;",
    *" \t\n\r\u00a0\u2003\u2009\u3000\u200b\u200d\u2060\ufeff\u2028\u0085\x0b\x1f\x7f\u00ad",
    *"\u0301\u0308\u0327\u093f\u0e35\u064b\u05b0\ufe0f\u20e3\u1100\u1161\u11a8",
    *"\ufb01\uff21\uff0e\u2460\u00bd\u2075\u2122\u33a5\u1e9e\u0130\u0131\u017f\u03c2\u2126\u212b\uac01\uf900",
    *"\u2581\u2026\u2014\u201c\u2019\u20ac\u00df\u00e9\u0451\u03bc\u05d1\u0628\u30d3\u5564\ub9e5\u0e40\u0935\U0001d400\U0001f37a\U000e0041\uffff",
    "e\u0301",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f44d\U0001f3fd",
    "\U0001f1e9\U0001f1ea",
    "<pad>",
    "</s>",
    "<unk>",
    "<extra_id_0>",
    "<extra_id_1> ",
    "<extra_id_7>",
    "  ",
    " \n ",
    "\u2581\u2581",
    "1,000.50",
    "2011-09-30",
    "don't",
    "i.p.a.",
    "BEER",
    "Hotel",
    "aaaaaaaaaaaaaaaa",
    "bitterbitterbitter",
    "the malt ",
    "www.a.b/c?d=e&f",
    "\u043f\u0438\u0432\u043e",
    "\u03bc\u03c0\u03cd\u03c1\u03b1",
    "\u05d1\u05d9\u05e8\u05d4",
    "\u0628\u064a\u0631\u0629",
    "\u30d3\u30fc\u30eb",
    "\u5564\u9152",
    "\ub9e5\uc8fc",
]


def hard_texts(count: int) -> list[str]:
    """Texts of 1 to 16 fragments and words, the same ones every time."""
    words = [word for sentence in SENTENCES + FOREIGN for word in sentence.split()]
    choose = random.Random(11)
    texts: dict[str, None] = {}
    while len(texts) < count:
        parts = choose.choices(FRAGMENTS + words, k=choose.randint(1, 16))
        texts[choose.choice(["", "", " "]).join(parts)] = None
    return list(texts)


def pieces(sentences: list[str]) -> list[tuple[str, float]]:
    """Parts of words that come more than once, and all letters, with their log share."""
    counts = Counter(
        word[start:end]
        for sentence in sentences
        for word in ("\u2581" + word for word in sentence.split())
        for start in range(len(word))
        for end in range(start + 1, min(start + 5, len(word)) + 1)
    )
    known = sorted(piece for piece, count in counts.items() if count > 1 or len(piece) == 1)
    total = sum(counts[piece] for piece in known)
    shares = [(piece, math.log(counts[piece] / total)) for piece in known]
    return [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *shares]


def unigram(sentences: list[str], special: list[str]) -> Tokenizer:
    """A Unigram tokenizer built like T5's."""
    tokenizer = Tokenizer(models.Unigram(pieces(sentences), unk_id=2))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(special)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    return tokenizer


def make_tokenizer(folder: Path) -> int:
    """A tokenizer told to cut at 512, and what it makes of texts when it does not cut."""
    tokenizer = unigram(SENTENCES, ["<pad>", "</s>", "<unk>"])
    cases = []
    for text in SENTENCES + HARD:
        ids = tokenizer.encode(text).ids
        cases.append({"text": text, "ids": ids, "decoded": tokenizer.decode(ids)})
    tokenizer.enable_truncation(512)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    expected = {"tokenizers": tokenizers.__version__, "size": tokenizer.get_vocab_size()}
    write_json(folder / "expected.json", expected | {"cases": cases})
    return sum(file.stat().st_size for file in folder.iterdir())


def make_hard_tokenizer(folder: Path) -> int:
    """A tokenizer that knows letters of many scripts, and its ids of 1,000 hard texts."""
    tokenizer = unigram(
        SENTENCES + FOREIGN, ["<pad>", "</s>", "<unk>", "<extra_id_0>", "<extra_id_1>"]
    )
    texts = hard_texts(1000)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    ids = [tokenizer.encode(text).ids for text in texts]
    write_json(folder / "expected.json", {"texts": texts, "ids": ids})
    return sum(file.stat().st_size for file in folder.iterdir())


def write_json(file: Path, node: Json) -> None:
    """Writes beside the name first, then moves."""
    part = file.with_name(file.name + ".part")
    part.write_text(json.dumps(node, separators=(",", ":")) + "\n", encoding="utf-8")
    os.replace(part, file)


def as_json(node: dict | Tensor | Json) -> Json:
    """The same with tensors as nested lists."""
    if isinstance(node, dict):
        return {key: as_json(child) for key, child in node.items()}
    return numbers(node) if isinstance(node, Tensor) else node


def save(folder: Path, expected: dict, model: T5ForConditionalGeneration) -> None:
    """A model's folder; expected.json last and whole."""
    folder.mkdir(parents=True, exist_ok=True)
    model.config.save_pretrained(folder)
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    write_json(folder / "expected.json", expected)


def main() -> int:
    """Writes both versions of a shape, and the small tokenizers with the tiny one."""
    parser = argparse.ArgumentParser(description="Write the parity fixtures of T5.")
    parser.add_argument("--out", type=Path, default=Path("lib/src/test/resources/fixtures"))
    parser.add_argument("--shape", choices=SHAPES, default="tiny")
    parser.add_argument("--seed", type=int, default=44)
    args = parser.parse_args()
    torch.set_num_threads(1)
    for version in VERSIONS:
        model = make_model(args.shape, version, args.seed)
        expected = {
            "header": {
                "script": "environment/peers/make_t5_fixture.py",
                "python": platform.python_version(),
                "torch": torch.__version__,
                "transformers": transformers.__version__,
                "seed": args.seed,
            },
            "teach": as_json(teach(model)),
            "write": write(model, 20),
        }
        if args.shape == "tiny":
            expected |= {"narrow": narrow(model), "buckets": buckets()}
        folder = args.out / f"t5-{args.shape.removeprefix('t5-')}-{version}"
        save(folder, expected, model)
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{folder}: {size / 1024:.0f} KiB")
        for name, case in expected["write"]["cases"].items():
            print(f"  {name}: lengths {[len(row) for row in case['ids']]}")
    if args.shape == "tiny":
        folder = args.out / "t5-tokenizer"
        print(f"{folder}: {make_tokenizer(folder) / 1024:.0f} KiB")
        folder = args.out / "t5-tokenizer-hard"
        print(f"{folder}: {make_hard_tokenizer(folder) / 1024:.0f} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
