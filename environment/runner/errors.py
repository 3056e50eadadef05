"""The two ways in which a command ends badly, and a parser that ends in the first."""

import argparse


class BadInput(Exception):
    """What the user gave is wrong; its one line is shown and the command exits 2."""


class NotebookFailed(Exception):
    """A notebook's cell failed, hung or lost its kernel; the report is shown, exit 1."""


class OneLineParser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message):
        raise BadInput(f"{message}; see {self.prog} --help")
