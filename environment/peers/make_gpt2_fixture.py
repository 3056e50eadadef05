"""Writes the parity fixtures of GPT-2: a model of random weights and what transformers makes of it.

`gpt2-tiny/` holds config.json, model.safetensors, tokenizer.json and expected.json: logits, loss,
gradients and generated ids that a test of the kit compares with its own, and ids of hard texts by a
small byte-level tokenizer. The weights carry transformers' names, `transformer.` in front.

    python environment/peers/make_gpt2_fixture.py
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path

import tokenizers
import torch
import transformers
from make_t5_fixture import FOREIGN, HARD, SENTENCES, hard_texts, numbers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from torch import Tensor
from transformers import GPT2Config, GPT2LMHeadModel

END = "<|endoftext|>"
PIECES = 300
IGNORED = -100


def make_tokenizer() -> Tokenizer:
    """Byte-level pairs, built like GPT-2's: the bytes first, the end last."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = trainers.BpeTrainer(
        vocab_size=PIECES - 1,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES + FOREIGN, trainer)
    tokenizer.add_special_tokens([END])
    return tokenizer


def make_model(end: int, seed: int) -> GPT2LMHeadModel:
    """A model whose every weight matters: uneven norms, biases, strong positions, likely ends."""
    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=end + 1,
        n_positions=48,
        n_embd=12,
        n_layer=2,
        n_head=3,
        bos_token_id=end,
        eos_token_id=end,
    )
    model = GPT2LMHeadModel(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "ln_" in name and name.endswith("weight"):
                weight.uniform_(0.5, 1.5)
            elif name.endswith("bias"):
                weight.normal_(0.0, 0.2)
            elif "wte" in name or "wpe" in name:
                weight.normal_(0.0, 0.6)
            else:
                weight.normal_(0.0, 0.5)
        ahead = model.transformer.wte.weight
        ahead[end] = ahead[5:9].sum(0).mul(1.2)
    return model


def make_batch(end: int) -> tuple[Tensor, Tensor]:
    """Five rows of 9 words, and labels with holes and with nothing behind a row's end."""
    generator = torch.Generator().manual_seed(7)
    ids = torch.randint(0, end, (5, 9), generator=generator)
    labels = ids.clone()
    for row, length in enumerate([9, 5, 2, 7, 3]):
        labels[row, length:] = IGNORED
    labels[:, :2] = IGNORED  # as behind a soft prompt
    labels[1, 3] = IGNORED
    labels[2, 1] = ids[2, 1]
    return ids, labels


def teach(model: GPT2LMHeadModel) -> dict:
    """Logits, loss, and gradients with respect to the input embeddings and to each weight."""
    ids, labels = make_batch(model.config.eos_token_id)
    embedded = model.transformer.wte(ids).detach().requires_grad_()
    output = model(inputs_embeds=embedded, labels=labels)
    model.zero_grad()
    output.loss.backward()
    norms = {name: numbers(weight.grad.norm()) for name, weight in model.named_parameters()}
    return {
        "ids": numbers(ids),
        "labels": numbers(labels),
        "logits": numbers(output.logits.detach()),
        "loss": numbers(output.loss.detach()),
        "gradient": numbers(embedded.grad),
        "weight_gradient_norms": norms,
    }


def write(model: GPT2LMHeadModel, length: int) -> dict:
    """Greedy ids behind each row's first three words, up to and with the end."""
    ids, _ = make_batch(model.config.eos_token_id)
    end = model.config.eos_token_id
    output = model.generate(
        inputs_embeds=model.transformer.wte(ids[:, :3]),
        attention_mask=torch.ones(len(ids), 3, dtype=torch.int64),
        max_new_tokens=length,
        do_sample=False,
        pad_token_id=end,
    )
    rows = [row[: row.index(end) + 1] if end in row else row for row in output.tolist()]
    return {"max_new_tokens": length, "prompt": numbers(ids[:, :3]), "ids": rows}


def main() -> int:
    """Writes the folder; expected.json last and whole."""
    parser = argparse.ArgumentParser(description="Write the parity fixture of GPT-2.")
    parser.add_argument("--out", type=Path, default=Path("lib/src/test/resources/fixtures"))
    parser.add_argument("--seed", type=int, default=45)
    args = parser.parse_args()
    torch.set_num_threads(1)
    folder = args.out / "gpt2-tiny"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = make_tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    model = make_model(tokenizer.token_to_id(END), args.seed)
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    texts = SENTENCES + [text for text in HARD if len(text) <= 200] + hard_texts(300)
    ids = [tokenizer.encode(text).ids for text in texts]
    expected = {
        "header": {
            "script": "environment/peers/make_gpt2_fixture.py",
            "python": platform.python_version(),
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "tokenizers": tokenizers.__version__,
            "seed": args.seed,
        },
        "teach": teach(model),
        "write": write(model, 16),
        "tokenizer": {
            "texts": texts,
            "ids": ids,
            "decoded": [tokenizer.decode(row) for row in ids],
        },
    }
    part = folder / "expected.json.part"
    part.write_text(json.dumps(expected, separators=(",", ":")) + "\n", encoding="utf-8")
    os.replace(part, folder / "expected.json")
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{folder}: {size / 1024:.0f} KiB, pieces {tokenizer.get_vocab_size()}")
    print(f"  lengths written: {[len(row) for row in expected['write']['ids']]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
