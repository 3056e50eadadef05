"""`./kit reproduce`: the notebooks, only those that changed, in order or side by side."""

import json
import os
import tempfile
import time
from pathlib import Path

import nbformat

from runner import execute, jobs, kernelspec, outputs, places, stamps
from runner.errors import BadInput
from runner.progress import Screen, clock


def run(options):
    """Runs the chosen notebooks and says where to look. Raises on the first that fails."""
    found = places.notebooks()
    chosen = places.choose(options.only)
    results = options.results / options.name
    tasks = []
    for position, (number, path) in enumerate(chosen.items(), start=1):
        earlier = {other: found[other] for other in found if other < number}
        title = f"[{position}/{len(chosen)}] {path.stem}"
        tasks.append(Task(number, path, earlier, title, options, results))
    kernelspec.install(options.kernel)
    executed = results / "executed"
    executed.mkdir(parents=True, exist_ok=True)
    count = min(options.jobs, len(tasks))
    print(f"ExplainRec Kit: data {options.name}, profile {options.profile}, seed {options.seed};"
          f" {len(chosen)} of {len(found)} notebooks"
          + (f", {count} side by side" if count > 1 else ""), flush=True)
    if count > 1:
        start = time.monotonic()
        if jobs.run(tasks, count):
            print(f"{len(tasks)} notebooks: done in {clock(time.monotonic() - start)}", flush=True)
    else:
        for task in tasks:
            _alone(task)
    _where_to_look(executed, results, list(chosen.values()))


class Task:
    """One notebook of a call: whether it must run, and what is kept of its run."""

    def __init__(self, number, path, earlier, title, options, results):
        self.number = number
        self.path = path
        self.title = title
        self.options = options
        self.copy = results / "executed" / path.name
        self.log = self.copy.with_suffix(".log")
        self.after = outputs.after(outputs.read(path), path.name, earlier)
        self.screen = None  # from its beginning on
        self._earlier = list(earlier.values())
        self._results = results
        self._stamp_file = self.copy.with_suffix(".json")
        self._digest = ""
        self._before = {}

    def unchanged(self):
        """Tells whether the last run still stands."""
        self._digest = stamps.inputs(self.path, self._earlier, self.options)
        stamp = stamps.load(self._stamp_file)
        stands = not self.options.force and stamps.unchanged(
            stamp, self._digest, self._results, self.copy)
        if stands and self.options.update_notebooks:
            _into_notebooks(nbformat.read(self.copy, as_version=4), self.path)
        return stands

    def expected_seconds(self):
        """Returns how long it took the last time, here or where its outputs were made, or None."""
        return _expected_seconds(self.path, self.options, stamps.load(self._stamp_file))

    def begin(self, reports):
        """Forgets the last run; from here on `screen` shows this one."""
        expected = self.expected_seconds()
        self._stamp_file.unlink(missing_ok=True)
        self._before = stamps.snapshot(self._results)
        self.screen = Screen(self.title, reports, expected)

    def environment(self, reports):
        """Returns the variables that the notebook reads."""
        return {**self.options.environment(), "EXPLAINREC_PROGRESS_FILE": str(reports)}

    def end(self, notebook):
        """Keeps a notebook that has run to its end; returns the seconds that it took."""
        seconds = self.screen.elapsed()
        _finish(notebook, self.copy, self.options, seconds)
        files = stamps.written(self._before, stamps.snapshot(self._results))
        stamps.save(self._stamp_file, self._digest, files, seconds)
        if self.options.update_notebooks:
            _into_notebooks(notebook, self.path)
        return seconds


def _alone(task):
    """Runs a notebook in this process, when its last run does not stand."""
    if task.unchanged():
        print(f"{task.title}: unchanged, skipped", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "progress.txt"
        task.begin(reports)
        try:
            notebook = execute.execute(task.path, task.copy, task.log, task.environment(reports),
                                       task.options.timeout, task.screen)
        except BadInput:
            task.screen.clear()
            raise
        except BaseException:
            task.screen.finish(f"{task.title}: stopped after {clock(task.screen.elapsed())}")
            raise
    task.screen.finish(f"{task.title}: done in {clock(task.end(notebook))}")


def _finish(notebook, copy, options, seconds):
    """Cleans an executed notebook, marks what it was made from, and writes it."""
    replacements = [(f"{options.results}{os.sep}", "results/"), (f"{places.HOME}{os.sep}", ""),
                    (str(places.HOME), "."), (os.path.expanduser("~"), "~")]
    outputs.clean(notebook, replacements)
    waits = notebook.metadata.get(outputs.METADATA, {}).get("after")
    notebook.metadata[outputs.METADATA] = {
        **({"after": waits} if waits else {}),
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
