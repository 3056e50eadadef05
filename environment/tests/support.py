"""What several tests need: small notebooks, and the runner called as ./kit calls it."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import nbformat

from runner import __main__ as runner
from runner import places


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


def call(*arguments):
    """Calls the runner: exit code, standard output and error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = runner.main(list(arguments))
    return code, out.getvalue(), err.getvalue()
