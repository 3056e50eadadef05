"""Remembers what each notebook was last run from, so that a second call redoes only changes."""

import hashlib
import json
import os
import re
from pathlib import Path

from runner import outputs, places

# What is here for a while only: a file or folder that is being written, a checkpoint.
PASSING = re.compile(r"\.part\d*$|^checkpoint$")


def fingerprint(path):
    """Returns what tells one state of a data file (or folder of files) from another."""
    path = Path(path)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    return [[str(p), p.stat().st_size, p.stat().st_mtime_ns] for p in files if p.exists()]


def inputs(notebook, earlier, options):
    """Returns the hash of all that a notebook's outputs depend on.

    That is its own cells, the code of the notebooks before it, the library, the options and the
    data file.
    """
    facts = {
        "cells": [[c["cell_type"], outputs.source(c)] for c in outputs.read(notebook)["cells"]],
        "earlier": [outputs.code_hash(outputs.read(path)) for path in earlier],
        "build": os.environ.get("EXPLAINREC_BUILD", ""),
        "options": [options.profile, options.data, options.name, options.seed, options.device,
                    str(options.kernel or ""), os.environ.get("EXPLAINREC_THREADS", "")],
        "data": [fingerprint(path) for path in data_files(options.data)],
    }
    return hashlib.sha256(json.dumps(facts).encode("utf-8")).hexdigest()


def data_files(data):
    """Returns the files or folders that a data set is read from; none for the generated one."""
    path = data if os.path.isabs(data) else str(places.HOME / "data" / data)
    return [path, f"{path}.yaml", *filter(None, [os.environ.get("EXPLAINREC_MAPPING")])]


def snapshot(folder):
    """Returns the state (size, time of change) of every file of a results folder that is to stay.

    Neighbours may be at work there: what they rename or remove meanwhile is left out.
    """
    found = {}
    for place, folders, files in os.walk(folder):
        top = place == os.fspath(folder)
        folders[:] = [name for name in folders
                      if not PASSING.search(name) and not (top and name == "executed")]
        for name in files:
            path = os.path.join(place, name)
            try:
                state = os.stat(path)
            except FileNotFoundError:
                continue
            if not PASSING.search(name):
                found[os.path.relpath(path, folder)] = (state.st_size, state.st_mtime_ns)
    return found


def written(before, after):
    """Returns the files that were made or changed while a notebook ran.

    With others beside it this is approximate: nothing tells whose a file is, so it counts for
    every notebook that was running then. Too many are redone when it is removed, never too few.
    """
    return [name for name, state in sorted(after.items()) if before.get(name) != state]


def save(path, digest, files, seconds):
    """Writes a notebook's stamp beside its executed copy."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"inputs": digest, "files": files, "seconds": seconds}, indent=1))
    part.replace(path)


def load(path):
    """Returns a stamp, an empty one when there is none or it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def unchanged(stamp, digest, results, executed):
    """Tells whether a notebook's last run still stands: same inputs, all its files still there."""
    return (stamp.get("inputs") == digest and executed.exists()
            and all((results / name).is_file() for name in stamp.get("files", [])))
