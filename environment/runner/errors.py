"""The two ways in which a command ends badly."""


class BadInput(Exception):
    """What the user gave is wrong; its one line is shown and the command exits 2."""


class NotebookFailed(Exception):
    """A notebook's cell failed, hung or lost its kernel; the report is shown, exit 1."""
