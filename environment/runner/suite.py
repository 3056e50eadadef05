"""`./kit test`: every test there is, part by part, counted in one last line."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from runner import outputs, places
from runner.errors import BadInput, OneLineParser

KIT = str(places.HOME / "kit")
EXAMPLE = re.compile(r"^```sh kit-test[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SETTINGS = ("PROFILE", "DATA", "DATA_NAME", "SEED", "RESULTS", "DEVICE", "MAPPING", "HEAP",
            "THREADS", "JOBS")


def maven(folder):
    """Runs Maven's build with its tests and counts them from its reports."""
    ended = _call([KIT, "verify"])
    passed, failed = count_reports(places.HOME / "target" / "surefire-reports")
    return passed, failed or int(ended != 0)


def python(folder):
    """Runs the runner's own tests."""
    if _call([KIT, "build"]):
        return 0, 1
    return _unittests("tests")


def spark(folder):
    """Runs studies and explanations on Apache Spark; fetches its jars where they are missing."""
    if _call([KIT, "build", "--spark"]):
        return 0, 1
    return _unittests("spark")


def notebooks(folder):
    """Runs every notebook on the smallest profile, away from the committed results."""
    results = Path(folder) / "results"
    codes = [_call([KIT, "reproduce", "--profile", "smoke", "--data", "world", "--only", number,
                    "--results", str(results)]) for number in places.notebooks()]
    return _count(codes)


def committed_outputs(folder):
    """Looks for outputs in notebooks/ that are older than their cells, or show this machine."""
    private = [str(places.HOME), os.path.expanduser("~"), tempfile.gettempdir()]
    codes = []
    for path in places.notebooks().values():
        found = outputs.problems(outputs.read(path), private)
        print(f"{path.name}: {'; '.join(found) or 'outputs belong to the cells'}", flush=True)
        codes.append(len(found))
    if any(codes):
        print("./kit reproduce --update-notebooks makes outputs anew")
    return _count(codes)


def readme(folder):
    """Runs the examples of README.md, fenced blocks marked `sh kit-test`, in order."""
    path = places.HOME / "README.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    results = Path(folder) / "readme"
    results.mkdir()
    environment = {"EXPLAINREC_PROFILE": "smoke", "EXPLAINREC_RESULTS": str(results)}
    return _count([_call(["sh", "-e", "-x", "-c", block], environment) for block in examples(text)])


PARTS = {"maven": maven, "python": python, "notebooks": notebooks, "outputs": committed_outputs,
         "readme": readme, "spark": spark}
ASKED_FOR = ("spark",)  # 250 MB of jars that nothing else needs


def parse(arguments):
    """Reads which parts to run, all when none is named."""
    parser = OneLineParser(prog="./kit test", allow_abbrev=False, description=(
        "Runs all tests, or only some parts of them: Maven's build and tests, the notebook runner's"
        " own tests, every notebook on the smoke profile, a check of the committed outputs, and the"
        " examples of README.md. Nothing is written to results/. Apache Spark is tested only when"
        " asked for: it needs 250 MB of jars."))
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS))
    parser.add_argument("--spark", action="store_true",
                        help="also runs on Apache Spark, with a master and workers on loopback")
    given = parser.parse_args(arguments)
    parts = given.parts + ["spark"] * given.spark
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        raise BadInput(f"{unknown[0]}: no such part of the tests; expected {', '.join(PARTS)}")
    every = not given.parts
    return [part for part in PARTS if part in parts or every and part not in ASKED_FOR]


def run(parts):
    """Runs these parts and returns the exit code, 1 when anything failed."""
    for name in SETTINGS:  # the tests choose their own
        os.environ.pop(f"EXPLAINREC_{name}", None)
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in parts:
            print(f"\n== {part}", flush=True)
            counts[part] = PARTS[part](folder)
    print()
    for part, (passed, failed) in counts.items():
        print(f"{part}: {passed} passed, {failed} failed")
    passed, failed = (sum(column) for column in zip(*counts.values()))
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def examples(text):
    """Returns the commands of every fenced block that is marked as a test."""
    return EXAMPLE.findall(text)


def count_reports(folder):
    """Returns how many tests passed and failed, from Surefire's XML reports."""
    passed = failed = 0
    for path in sorted(Path(folder).glob("TEST-*.xml")):
        suite = ElementTree.parse(path).getroot()
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
        failed += bad
    return passed, failed


def _unittests(package):
    tests = unittest.defaultTestLoader.discover(
        str(places.HOME / "environment" / package), top_level_dir=str(places.HOME / "environment"))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    return result.testsRun - failed - len(result.skipped), failed


def _call(command, environment=None):
    """Runs a command in the checkout, in full view, and returns its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=places.HOME, stdin=subprocess.DEVNULL, check=False,
                          env={**os.environ, **(environment or {})}).returncode


def _count(codes):
    failed = sum(code != 0 for code in codes)
    return len(codes) - failed, failed
