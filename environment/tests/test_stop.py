"""Ctrl-C ends a run at once, also before its kernel has answered."""

import signal
import time
import unittest

from tests.support import RunnerTest


class StopTest(RunnerTest):

    def test_ctrl_c_while_the_kernel_starts_ends_in_one_line(self):
        self.notebook("00-long.ipynb", "while (true) { Thread.onSpinWait(); }")
        log = self.results / "world" / "executed" / "00-long.log"
        run = self.start()
        while not log.exists() and run.poll() is None:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=60)
        self.assertEqual((130, "kit: stopped\n"), (run.returncode, err))


if __name__ == "__main__":
    unittest.main()
