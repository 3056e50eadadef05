"""Where things are: the checkout, its notebooks, and what set-up leaves."""

import os
import re
from pathlib import Path

from runner.errors import BadInput

HOME = Path(os.environ.get("EXPLAINREC_HOME") or Path(__file__).resolve().parents[2])
NOTEBOOKS = HOME / "notebooks"
STATE = HOME / "environment" / ".state"
KERNEL = "explainrec-java"


def notebooks(folder=None):
    """Returns every numbered notebook of a folder in order: number ("02") -> path."""
    found = {}
    for path in sorted((folder or NOTEBOOKS).glob("*.ipynb")):
        number = re.match(r"(\d\d)-", path.name)
        if number:
            found[number.group(1)] = path
    return found


def choose(only, folder=None):
    """Returns the notebooks with these numbers, all when `only` is empty."""
    found = notebooks(folder)
    listing = ", ".join(path.stem for path in found.values())
    if not found:
        raise BadInput(f"no notebooks in {(folder or NOTEBOOKS).name}/ (files NN-name.ipynb)")
    unknown = [number for number in only if number not in found]
    if unknown:
        raise BadInput(f"--only {unknown[0]}: no such notebook; there are {listing}")
    return {number: path for number, path in found.items() if not only or number in only}
