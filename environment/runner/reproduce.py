"""`./kit reproduce`: the notebooks in order, only those that changed, with progress."""

import json
import os
import tempfile
from pathlib import Path

import nbformat

from runner import execute, kernelspec, outputs, places, stamps
from runner.errors import BadInput
from runner.progress import Screen, clock


def run(options):
    """Runs the chosen notebooks and says where to look. Raises on the first that fails."""
    kernelspec.install(options.kernel)
    found = places.notebooks()
    chosen = places.choose(options.only)
    results = options.results / options.name
    executed = results / "executed"
    executed.mkdir(parents=True, exist_ok=True)
    print(f"ExplainRec Kit: data {options.name}, profile {options.profile}, seed {options.seed};"
          f" {len(chosen)} of {len(found)} notebooks", flush=True)
    for position, (number, path) in enumerate(chosen.items(), start=1):
        earlier = [found[other] for other in found if other < number]
        title = f"[{position}/{len(chosen)}] {path.stem}"
        _notebook(path, earlier, title, options, results)
    _where_to_look(executed, results, list(chosen.values()))


def _notebook(path, earlier, title, options, results):
    copy = results / "executed" / path.name
    stamp_file = copy.with_suffix(".json")
    stamp = stamps.load(stamp_file)
    digest = stamps.inputs(path, earlier, options)
    if not options.force and stamps.unchanged(stamp, digest, results, copy):
        print(f"{title}: unchanged, skipped", flush=True)
        if options.update_notebooks:
            _into_notebooks(nbformat.read(copy, as_version=4), path)
        return
    stamp_file.unlink(missing_ok=True)
    before = stamps.snapshot(results)
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "progress.txt"
        screen = Screen(title, reports, _expected_seconds(path, options, stamp))
        environment = {**options.environment(), "EXPLAINREC_PROGRESS_FILE": str(reports)}
        try:
            notebook = execute.execute(path, copy, copy.with_suffix(".log"), environment,
                                       options.timeout, screen)
        except BadInput:
            screen.clear()
            raise
        except BaseException:
            screen.finish(f"{title}: stopped after {clock(screen.elapsed())}")
            raise
    seconds = screen.elapsed()
    _finish(notebook, copy, options, seconds)
    stamps.save(stamp_file, digest, stamps.written(before, stamps.snapshot(results)), seconds)
    if options.update_notebooks:
        _into_notebooks(notebook, path)
    screen.finish(f"{title}: done in {clock(seconds)}")


def _finish(notebook, copy, options, seconds):
    """Cleans an executed notebook, marks what it was made from, and writes it."""
    replacements = [(f"{options.results}{os.sep}", "results/"), (f"{places.HOME}{os.sep}", ""),
                    (str(places.HOME), "."), (os.path.expanduser("~"), "~")]
    outputs.clean(notebook, replacements)
    notebook.metadata[outputs.METADATA] = {
        "code_sha256": outputs.code_hash(notebook),
        "data": options.name,
        "profile": options.profile,
        "seed": options.seed,
        "seconds": round(seconds),
    }
    notebook.metadata["kernelspec"] = {
        "name": places.KERNEL, "display_name": kernelspec.DISPLAY_NAME, "language": "java"}
    _write(notebook, copy)


def _into_notebooks(notebook, path):
    """Writes outputs back into notebooks/, where they are committed."""
    _write(notebook, path)


def _write(notebook, path):
    part = path.with_suffix(".part")
    nbformat.write(notebook, part)
    part.replace(path)


def _expected_seconds(path, options, stamp):
    """Returns how long this took the last time, here or where its outputs were made."""
    if stamp.get("seconds"):
        return stamp["seconds"]
    made = json.loads(path.read_text(encoding="utf-8"))["metadata"].get(outputs.METADATA, {})
    same = made.get("profile") == options.profile and made.get("data") == options.name
    return made.get("seconds") if same else None


def _where_to_look(executed, results, chosen):
    def short(path):
        try:
            return path.relative_to(Path.cwd())
        except ValueError:
            return path

    print("\nWhere to look:")
    print(f"  notebooks  {short(executed)}/  (or ./kit lab)")
    for folder in ("tables", "charts", "runs"):
        if (results / folder).is_dir():
            print(f"  {folder:<9}  {short(results / folder)}/")
    print(f"  start with {short(executed / chosen[0].name)}", flush=True)
