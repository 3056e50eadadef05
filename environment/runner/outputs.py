"""What an executed notebook must be: outputs that belong to its cells, and no machine's paths."""

import hashlib
import json
import re
from pathlib import Path

from runner.errors import BadInput

METADATA = "explainrec"
ABSOLUTE = re.compile(r"(?<![\w.:/<])/(?:home|root|tmp|work|Users|private|var/folders)/[\w.~-]+")


def read(path):
    """Reads a notebook file."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def source(cell):
    """Returns a cell's source as one string (files hold it as a list of lines too)."""
    text = cell.get("source", "")
    return text if isinstance(text, str) else "".join(text)


def code_cells(notebook):
    """Returns the code cells that hold code."""
    return [c for c in notebook["cells"] if c["cell_type"] == "code" and source(c).strip()]


def code_hash(notebook):
    """Returns the SHA-256 of all code, cell by cell: what outputs depend on."""
    code = json.dumps([source(cell).strip() for cell in code_cells(notebook)])
    return hashlib.sha256(code.encode("utf-8")).hexdigest()


def after(notebook, name, earlier):
    """Returns the numbers of those notebooks, of the `earlier` ones, that must end before it.

    Its metadata say so under explainrec.after, as "all" or as a list such as ["02", "03"]; `name`
    is for the complaint when it says else.
    """
    value = notebook.get("metadata", {}).get(METADATA, {}).get("after", [])
    if value == "all":
        return list(earlier)
    if not isinstance(value, list) or any(number not in earlier for number in value):
        raise BadInput(f"{name}: explainrec.after = {value} in its metadata: expected all, or a "
                       "list of numbers of earlier notebooks")
    return value


def problems(notebook, private=()):
    """Returns why the outputs cannot be trusted, an empty list when they can.

    `private` are paths of this machine that must not show in any output.
    """
    found = []
    stamp = notebook.get("metadata", {}).get(METADATA, {})
    if not stamp.get("code_sha256"):
        found.append("was never executed by ./kit reproduce --update-notebooks")
    elif stamp.get("code_sha256") != code_hash(notebook):
        found.append("its cells have changed since its outputs were made")
    for number, cell in enumerate(code_cells(notebook), start=1):
        if cell.get("execution_count") != number:
            found.append(f"code cell {number} has execution count {cell.get('execution_count')}")
        if any(output["output_type"] == "error" for output in cell.get("outputs", [])):
            found.append(f"code cell {number} ended in an error")
        text = json.dumps([without_images(output) for output in cell.get("outputs", [])])
        shown = [path for path in private if len(path) > 1 and path in text]
        shown = shown or ABSOLUTE.findall(text)
        if shown:
            found.append(f"code cell {number} shows a path of the machine: {shown[0]}")
    return found


def without_images(output):
    """Returns an output without its image data, where any letters may stand together."""
    data = {kind: value for kind, value in output.get("data", {}).items()
            if not kind.startswith("image/")}
    return {**output, "data": data}


def clean(notebook, replacements):
    """Rewrites paths of this machine in all text outputs, and drops what differs by the run.

    `replacements` are (absolute folder, what to write instead), longest first.
    """
    def rewrite(value):
        if isinstance(value, str):
            for folder, short in replacements:
                value = value.replace(folder, short)
            return value
        if isinstance(value, list):
            return [rewrite(item) for item in value]
        if isinstance(value, dict):
            return {key: item if key.startswith("image/") else rewrite(item)
                    for key, item in value.items()}
        return value

    for cell in notebook["cells"]:
        cell.get("metadata", {}).pop("execution", None)
        if cell["cell_type"] == "code":
            cell["outputs"] = [type(output)(rewrite(output)) for output in cell["outputs"]]
            for output in cell["outputs"]:
                if "image/png" in output.get("data", {}):  # else its address in memory
                    output["data"]["text/plain"] = "image"
    return notebook
