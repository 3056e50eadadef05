"""Ctrl-C ends a run at once, also before its kernel has answered."""

import os
import signal
import subprocess
import sys
import time
import unittest

from runner import places
from tests.support import RunnerTest

CALL = """
import sys
from pathlib import Path
from runner import __main__, places
places.NOTEBOOKS = Path(sys.argv[1])
sys.exit(__main__.main(sys.argv[2:]))
"""


class StopTest(RunnerTest):

    def test_ctrl_c_while_the_kernel_starts_ends_in_one_line(self):
        self.notebook("00-long.ipynb", "while (true) { Thread.onSpinWait(); }")
        log = self.results / "world" / "executed" / "00-long.log"
        run = subprocess.Popen(
            [sys.executable, "-c", CALL, str(self.notebooks), "reproduce", "--profile", "smoke",
             "--data", "world", "--results", str(self.results)],
            env={**os.environ, "PYTHONPATH": str(places.HOME / "environment")},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(run.kill)
        while not log.exists() and run.poll() is None:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=60)
        self.assertEqual((130, "kit: stopped\n"), (run.returncode, err))


if __name__ == "__main__":
    unittest.main()
