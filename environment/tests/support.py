"""What several tests need: small notebooks, and the runner called as ./kit calls it."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import nbformat

from runner import __main__ as runner
from runner import places

CALL = """
import sys
from pathlib import Path
from runner import __main__, places
places.NOTEBOOKS = Path(sys.argv[1])
sys.exit(__main__.main(sys.argv[2:]))
"""


class RunnerTest(unittest.TestCase):
    """A test with notebooks and results of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.notebooks = self.folder / "notebooks"
        self.notebooks.mkdir()
        self.results = self.folder / "results"
        patch = mock.patch.object(places, "NOTEBOOKS", self.notebooks)
        patch.start()
        self.addCleanup(patch.stop)

    def notebook(self, name, *cells):
        """Writes a notebook of these code cells and returns its path."""
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        path = self.notebooks / name
        nbformat.write(book, path)
        return path

    def reproduce(self, *options):
        """Calls `./kit reproduce` on these notebooks: exit code, standard output and error."""
        return call("reproduce", "--profile", "smoke", "--data", "world", "--results",
                    str(self.results), *options)

    def start(self, *options):
        """The same as a process of its own that listens to signals; kept: standard error."""
        run = subprocess.Popen(
            [sys.executable, "-c", CALL, str(self.notebooks), "reproduce", "--profile", "smoke",
             "--data", "world", "--results", str(self.results), *options],
            env={**os.environ, "PYTHONPATH": str(places.HOME / "environment")},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            preexec_fn=hears_ctrl_c)
        self.addCleanup(run.kill)
        return run


def hears_ctrl_c():
    """What a shell starts in the background ignores Ctrl-C, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def call(*arguments):
    """Calls the runner: exit code, standard output and error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = runner.main(list(arguments))
    return code, out.getvalue(), err.getvalue()
