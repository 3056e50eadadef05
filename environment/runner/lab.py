"""`./kit lab`: JupyterLab on this machine only, behind a token, with the kit's Java kernel."""

import os
import sys

from runner import kernelspec, places
from runner.errors import BadInput, OneLineParser


def parse(arguments):
    """Reads the options of `./kit lab`."""
    parser = OneLineParser(prog="./kit lab", allow_abbrev=False, description=(
        "Opens the notebooks in JupyterLab. Only this machine can reach it, and only with the"
        " token in the address that it prints. Ctrl-C stops it and its kernels."))
    parser.add_argument("--port", default="8888", help="where to listen; the next free one (8888)")
    parser.add_argument("--ip", default="127.0.0.1", help=(
        "the address to listen on; 0.0.0.0 inside a container (127.0.0.1)"))
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    given = parser.parse_args(arguments)
    if not given.port.isdigit() or not 0 < int(given.port) < 65536:
        raise BadInput(f"--port {given.port}: expected a number from 1 to 65535")
    return given


def command(given):
    """Returns the command that starts JupyterLab."""
    first = next(iter(places.notebooks().values()), None)
    page = f"/lab/tree/{first.relative_to(places.HOME).as_posix()}" if first else "/lab"
    line = [sys.executable, "-m", "jupyterlab", f"--ServerApp.ip={given.ip}",
            f"--ServerApp.port={given.port}", f"--ServerApp.root_dir={places.HOME}",
            f"--LabApp.default_url={page}", "--ServerApp.answer_yes=True",
            # A notebook that is opened elsewhere first must not ask which kernel to take.
            f"--MultiKernelManager.default_kernel_name={places.KERNEL}"]
    if given.no_browser:
        line.append("--ServerApp.open_browser=False")
    if os.name == "posix" and os.geteuid() == 0:
        line.append("--ServerApp.allow_root=True")
    return line


def environment():
    """Returns JupyterLab's environment: no settings of the user's that could take the token off."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, "JUPYTER_NO_CONFIG": "1"}


def start(given):
    """Becomes JupyterLab."""
    kernelspec.install()
    line = command(given)
    os.execve(line[0], line, environment())
