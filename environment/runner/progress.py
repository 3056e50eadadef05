"""Shows how far the notebooks have come: in place on a terminal, as a line at times elsewhere."""

import os
import shutil
import sys
import threading
import time

LINE_SECONDS = 15  # between lines where there is no terminal


def clock(seconds):
    """Returns 75 as 01:15 and 3675 as 1:01:15."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


class Screen:
    """One notebook's progress; `tick` is called about once a second.

    The last line of `reports`, a text file that the notebook's Java side appends to, is shown
    beside the cell.
    """

    def __init__(self, title, reports, expected_seconds=None, stream=None):
        self._title = title
        self._reports = reports
        self._expected = expected_seconds
        self._stream = stream or sys.stdout
        self._terminal = self._stream.isatty()
        self._lock = threading.Lock()
        self._start = time.monotonic()
        self._printed = self._start
        self._place = "kernel starting"
        self._width = 0

    def cell(self, number, count):
        """Hears that a code cell begins."""
        self._place = f"cell {number} of {count}"

    def elapsed(self):
        """Returns the seconds since the notebook began."""
        return time.monotonic() - self._start

    def line(self):
        """Returns what there is to say now."""
        parts = [f"{self._title}, {self._place}, {clock(self.elapsed())}"]
        if self._expected and self.elapsed() < self._expected:
            parts.append(f"about {clock(self._expected - self.elapsed())} left")
        report = self._last_report()
        return ", ".join(parts) + (f" | {report}" if report else "")

    def tick(self):
        """Draws the line again, or prints it when it is time for another one."""
        if self._terminal:
            self._draw(self.line())
        elif time.monotonic() - self._printed >= LINE_SECONDS:
            self._printed = time.monotonic()
            self._write(self.line() + "\n")

    def finish(self, text):
        """Replaces the line by a last one."""
        if self._terminal:
            self._draw(text)
            self._write("\n")
        else:
            self._write(text + "\n")

    def clear(self):
        """Takes the line away."""
        if self._terminal:
            self._draw("")
            self._write("\r")

    def _draw(self, text):
        text = text[: shutil.get_terminal_size().columns - 1]
        self._write("\r" + text + " " * (self._width - len(text)))
        self._width = len(text)

    def _write(self, text):
        with self._lock:
            self._stream.write(text)
            self._stream.flush()

    def _last_report(self):
        try:
            with open(self._reports, "rb") as file:
                file.seek(max(0, os.path.getsize(self._reports) - 400))
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return ""
        return lines[-1].strip() if lines else ""


class Board:
    """The progress of notebooks that run side by side.

    On a terminal a line for each, drawn again in place below what has been said; elsewhere each
    screen's own lines.
    """

    def __init__(self, stream=None):
        self._stream = stream or sys.stdout
        self._terminal = self._stream.isatty()
        self._screens = []
        self._height = 0  # lines drawn, above the cursor
        self._drawn = 0.0

    def add(self, screen):
        """Begins to show a notebook."""
        self._screens.append(screen)
        self._draw()

    def tick(self):
        """Draws all lines again about once a second, or prints those whose time has come."""
        if not self._terminal:
            for screen in self._screens:
                screen.tick()
        elif time.monotonic() - self._drawn >= 1:
            self._draw()

    def say(self, text):
        """Says a line, which stays."""
        self._draw(text + "\n")

    def finish(self, screen, text):
        """Says the last line of a notebook, which takes the place of its others."""
        self._screens.remove(screen)
        self.say(text)

    def clear(self, screen):
        """Shows a notebook no longer."""
        self._screens.remove(screen)
        self._draw()

    def _draw(self, said=""):
        if self._terminal:
            self._drawn = time.monotonic()
            size = shutil.get_terminal_size()
            lines = [s.line()[: size.columns - 1] for s in self._screens[: size.lines - 2]]
            up = f"\x1b[{self._height}A" if self._height else ""
            said = f"{up}\r\x1b[J{said}" + "".join(line + "\n" for line in lines)
            self._height = len(lines)
        if said:
            self._stream.write(said)
            self._stream.flush()
