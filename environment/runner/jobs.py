"""Runs notebooks side by side, each in a process of its own.

A process of its own, because a hung notebook is ended together with its process, and because a
notebook client hears signals in a main thread only. Parent and child share a folder of passing
files; the child stops when the pipe to its standard input closes, so none outlives its parent.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat

from runner import execute
from runner.errors import BadInput, NotebookFailed
from runner.progress import Board, clock

LOOK_SECONDS = 0.2  # between looks at the processes
STOP_SECONDS = 30  # for a process to end its kernel and itself
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(tasks, count):
    """Runs the tasks, at most `count` at a time; returns how many had to run.

    Of those that wait for no other the next to start is the one with the longest way behind it, by
    the times they took before: none is left to run alone at the end. The first that fails ends the
    others and is raised, as is a stop by signal.
    """
    board = Board()
    waiting = list(tasks)
    running = []
    started = 0
    before = {number: signal.getsignal(number) for number in SIGNALS}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while waiting or running:
            while len(running) < count and (task := _ready(waiting, running)):
                waiting.remove(task)
                if task.unchanged():
                    board.say(f"{task.title}: unchanged, skipped")
                else:
                    running.append(Job(task, board))
                    started += 1
            for job in [job for job in running if job.ended()]:
                running.remove(job)
                job.close()
            board.tick()
            time.sleep(LOOK_SECONDS)
    finally:
        for number in SIGNALS:  # a second Ctrl-C must not leave the rest behind
            signal.signal(number, signal.SIG_IGN)
        for job in running:
            job.let_go()
        for job in running:
            job.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
    return started


def _ready(waiting, running):
    """Returns the next task to start; None when all wait for others."""
    pending = {task.number for task in waiting} | {job.task.number for job in running}
    ready = [task for task in waiting if not pending.intersection(task.after)]
    return max(ready, key=lambda task: _way(task, waiting), default=None)


def _way(task, waiting):
    """Returns the seconds of a task and of the longest chain of tasks that wait for it."""
    after = [_way(other, waiting) for other in waiting if task.number in other.after]
    return (task.expected_seconds() or 0) + max(after, default=0)


class Job:
    """The parent's side of one running notebook."""

    def __init__(self, task, board):
        self.task = task
        self._board = board
        self._holder = tempfile.TemporaryDirectory()
        self._folder = Path(self._holder.name)
        reports = self._folder / "progress.txt"
        task.begin(reports)
        order = {"path": str(task.path), "copy": str(task.copy), "log": str(task.log),
                 "environment": task.environment(reports), "timeout": task.options.timeout}
        (self._folder / "order.json").write_text(json.dumps(order), encoding="utf-8")
        home = Path(__file__).resolve().parents[1]
        with open(self._folder / "said.txt", "wb") as said:
            # In a session of its own: Ctrl-C is for the parent, which then stops its children.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "runner", "notebook", str(self._folder)],
                env={**os.environ, "PYTHONPATH": str(home)}, start_new_session=True,
                stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT)
        board.add(task.screen)

    def ended(self):
        """Hears where the notebook is; tells whether its process has ended."""
        try:
            place = (self._folder / "cell.txt").read_text(encoding="utf-8").split()
            self.task.screen.cell(*place)
        except (OSError, TypeError):  # not yet, or half written
            pass
        return self._process.poll() is not None

    def close(self):
        """Keeps what an ended process has made, or raises what it ended in."""
        self._process.stdin.close()
        code = self._process.returncode
        screen, title = self.task.screen, self.task.title
        said = (self._folder / "said.txt").read_text(encoding="utf-8", errors="replace").strip()
        if code == 0:
            seconds = self.task.end(nbformat.read(self._folder / "executed.ipynb", as_version=4))
            self._board.finish(screen, f"{title}: done in {clock(seconds)}")
        elif code == 2:
            self._board.clear(screen)
        else:
            self._board.finish(screen, f"{title}: stopped after {clock(screen.elapsed())}")
        self._holder.cleanup()
        if code == 2:
            raise BadInput(said[len("kit: "):] if said.startswith("kit: ") else said)
        if code in (130, -signal.SIGTERM):
            raise KeyboardInterrupt
        if code != 0:
            raise NotebookFailed(
                said or f"kit: {self.task.path.name}: its process ended (exit code {code})")

    def let_go(self):
        """Asks the process to end its kernel and itself."""
        self._process.stdin.close()

    def stop(self):
        """Waits for the end that `let_go` asked for."""
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        screen = self.task.screen
        self._board.finish(
            screen, f"{self.task.title}: stopped after {clock(screen.elapsed())}")
        self._holder.cleanup()


class Place:
    """What a child has for a screen: a file that tells its parent the cell."""

    def __init__(self, path):
        self._path = path

    def cell(self, number, count):
        """Tells that a code cell begins."""
        self._path.write_text(f"{number} {count}", encoding="utf-8")

    def tick(self):
        """The parent draws."""

    def finish(self, text):
        """The parent says so."""


def work(folder):
    """The child's side: runs the notebook that the folder it shares with its parent orders."""
    folder = Path(folder)
    order = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=_stop_with_the_parent, daemon=True).start()
    notebook = execute.execute(
        Path(order["path"]), Path(order["copy"]), Path(order["log"]), order["environment"],
        order["timeout"], Place(folder / "cell.txt"))
    nbformat.write(notebook, folder / "executed.ipynb")


def _stop_with_the_parent():
    os.read(0, 1)  # nothing is ever written there; it ends when the parent closes it, or dies
    os.kill(os.getpid(), signal.SIGTERM)
