"""Runs one notebook headless in its kernel, and ends in every case."""

import asyncio
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from runner import outputs, places
from runner.errors import BadInput, NotebookFailed

START_SECONDS = 180  # for a kernel to answer
GRACE_SECONDS = 20  # between what should have ended a notebook and ending it by force
INPUT_ERROR = re.compile(r"explainrec\.data\.InputException: (.*)")
STACK = re.compile(r"\s+at \S+\(")
# What the two kernels log when all is well.
CHATTER = re.compile(r"\[I [\d-]+ |INFO: Loop |.* io\.github\.spencerpark\.\S+ \w+$")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Client(NotebookClient):
    """A notebook client that tells where it is and leaves no kernel behind.

    It waits for a cell without end: a long training is as welcome as a short one while it reports
    progress, and the `Watchdog` ends a kernel that has been silent for too long.
    """

    def __init__(self, notebook, screen, folder):
        super().__init__(
            notebook, kernel_name=places.KERNEL, timeout=None, startup_timeout=START_SECONDS,
            shutdown_kernel="immediate", record_timing=False,
            resources={"metadata": {"path": str(folder)}})
        self.on_notebook_start = self._listen_for_signals
        self.on_cell_execute = self._begin
        self._loop = None
        self._process = None
        self._screen = screen
        self._count = len(outputs.code_cells(notebook))
        self.number = 0  # the code cell that runs, from 1
        self.line = "kernel start"
        self.begun = None  # when that cell began; None while the kernel starts
        self.stopped = False

    def _begin(self, cell, cell_index):
        self.number += 1
        self.line = cell.source.strip().splitlines()[0] if cell.source.strip() else ""
        self.begun = time.monotonic()
        self.kernel_process()
        self._screen.cell(self.number, self._count)

    def _listen_for_signals(self, notebook):
        self._loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            self._loop.add_signal_handler(name, self._stop)

    def ignore_signals(self):
        """Gives the signals back to Python once the notebook has ended."""
        if self._loop and not self._loop.is_closed():
            for name in (signal.SIGINT, signal.SIGTERM):
                self._loop.remove_signal_handler(name)

    def _stop(self):
        self.stopped = True
        self.kill_kernel()

    def kernel_process(self):
        """Returns the kernel's process, also after its end; None before there is one."""
        process = getattr(getattr(self.km, "provisioner", None), "process", None)
        self._process = process or self._process
        return self._process

    def kill_kernel(self):
        """Ends the kernel's process at once."""
        process = self.kernel_process()
        if process is not None and process.poll() is None:
            process.kill()


class Watchdog(threading.Thread):
    """Ticks the screen; ends a kernel that gives no sign of progress for `patience` seconds.

    A sign is a cell that begins, or a line in the file of `reports`. Should the client not notice
    a dead kernel, the watchdog says so by `report` and ends the process.
    """

    def __init__(self, client, screen, patience, reports, report):
        super().__init__(daemon=True)
        self._client = client
        self._screen = screen
        self._patience = patience
        self._reports = reports
        self._report = report
        self._done = threading.Event()
        self._size = 0  # bytes of the reports
        self._sign = time.monotonic()  # of progress, the last
        self.lost_patience = False

    def stop(self):
        """Ends the watch."""
        self._done.set()
        self.join()

    def reason(self):
        """Returns why the watchdog ended the kernel."""
        return (f"it gave no sign of progress for {self._patience} s"
                " (--timeout gives it more, in seconds)")

    def run(self):
        died = None
        while not self._done.wait(1.0):
            self._screen.tick()
            now = time.monotonic()
            if not self.lost_patience and self._silent(now):
                self.lost_patience = True
                self._client.kill_kernel()
            process = self._client.kernel_process()
            if process is None or process.poll() is None:
                died = None
            else:
                died = died or now
            if died and now > died + GRACE_SECONDS:
                self._report(self.reason() if self.lost_patience
                             else "the kernel no longer answers")
                os._exit(1)

    def _silent(self, now):
        """Looks for signs of progress; tells whether the last is too long ago."""
        size = self._reports.stat().st_size if self._reports.exists() else 0
        if size != self._size:
            self._size = size
            self._sign = now
        if self._client.begun is None:
            return now > self._sign + max(START_SECONDS, self._patience)
        return now > max(self._sign, self._client.begun) + self._patience


def execute(path, copy, log, environment, patience, screen):
    """Runs a notebook and returns it with its outputs.

    A cell may take `patience` seconds without a new line in the file that the variable
    EXPLAINREC_PROGRESS_FILE of `environment` names. A failed run leaves what it got to in `copy`
    (ending .failed.ipynb) and what the kernel said in `log`. Raises `NotebookFailed`, or `BadInput`
    when the notebook ended in the library's own one-line complaint about its input.
    """
    notebook = nbformat.read(path, as_version=4)
    client = Client(notebook, screen, path.parent)
    failed = copy.with_suffix(".failed.ipynb")
    failed.unlink(missing_ok=True)

    def report(reason):
        screen.finish(f"{path.name} failed")
        print(_failure(path, client, reason, log), flush=True)

    with open(log, "wb") as kernel_output:
        watchdog = Watchdog(client, screen, patience,
                            Path(environment["EXPLAINREC_PROGRESS_FILE"]), report)
        watchdog.start()
        try:
            client.execute(env={**os.environ, **environment}, stdout=kernel_output,
                           stderr=subprocess.STDOUT)
        except CellExecutionError:
            nbformat.write(notebook, failed)
            raise _cell_error(path, client, notebook, log) from None
        except asyncio.CancelledError:  # Ctrl-C before the kernel answered
            raise KeyboardInterrupt from None
        except (DeadKernelError, RuntimeError) as error:
            if client.stopped:
                raise KeyboardInterrupt from None
            nbformat.write(notebook, failed)
            reason = f"the kernel died{_exit_code(client)}"
            if watchdog.lost_patience:
                reason = watchdog.reason()
            elif not isinstance(error, DeadKernelError):
                reason = str(error).strip() or reason
            raise NotebookFailed(_failure(path, client, reason, log)) from None
        finally:
            watchdog.stop()
            client.kill_kernel()
            client.ignore_signals()
    return notebook


def _exit_code(client):
    process = client.kernel_process()
    code = process.poll() if process else None
    return "" if code is None else f" (exit code {code})"


def _cell_error(path, client, notebook, log):
    """Returns what a cell's error means: the library's complaint about its input, or a failure."""
    output = next(output for cell in notebook.cells for output in cell.get("outputs", [])
                  if output.output_type == "error")
    text = COLOURS.sub("", "\n".join(output.traceback) or f"{output.ename}: {output.evalue}")
    complaint = INPUT_ERROR.search(text)
    if complaint:
        return BadInput(complaint.group(1).strip())
    kept = [line for line in text.splitlines() if line.strip() and not STACK.match(line)]
    return NotebookFailed(_failure(path, client, "\n  ".join(kept[-8:]), log))


def _failure(path, client, reason, log):
    """Says which cell ended a notebook, why, and where to read more."""
    lines = [f"kit: {path.name}, code cell {client.number}: {client.line}", f"  {reason}"]
    if log.exists():
        lines += [f"  kernel: {line}" for line in _tail(log, 5)]
        lines.append(f"  all that the kernel said: {_short(log)}")
    failed = log.with_suffix(".failed.ipynb")
    if failed.exists():
        lines.append(f"  the notebook up to there: {_short(failed)}")
    return "\n".join(lines)


def _tail(log, count):
    text = log.read_text(encoding="utf-8", errors="replace")
    said = [line for line in text.splitlines() if line.strip() and not CHATTER.match(line)]
    return said[-count:]


def _short(path):
    try:
        return path.relative_to(places.HOME)
    except ValueError:
        return path
