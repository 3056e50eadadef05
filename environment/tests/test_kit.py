"""The command itself, on machines that lack something."""

import re
import shlex
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from runner import places

COREUTILS = ("basename", "cat", "cksum", "date", "df", "dirname", "env", "id", "mkdir", "mv",
             "rm", "sh", "sort", "tail", "tr", "uname")


class BareMachineTest(unittest.TestCase):
    """`./kit` where the PATH holds coreutils and what a test adds."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name)
        self.add(*COREUTILS)

    def add(self, *tools):
        for tool in tools:
            (self.path / tool).symlink_to(shutil.which(tool))

    def fake(self, tool, script):
        (self.path / tool).write_text(f"#!/bin/sh\n{script}\n")
        (self.path / tool).chmod(0o755)

    def kit(self, *arguments):
        return subprocess.run([str(places.HOME / "kit"), *arguments], text=True, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False,
                              env={"PATH": str(self.path), "HOME": str(self.path)})

    def test_the_doctor_names_everything_that_is_missing(self):
        ended = self.kit("doctor")
        self.assertEqual(2, ended.returncode, ended.stderr)
        for tool in ("Java", "Maven", "Python"):
            self.assertRegex(ended.stdout, rf"missing +{tool} .*\n +-> ")
        self.assertEqual("kit: 3 missing; the lines after -> install what is missing\n",
                         ended.stderr)

    def test_the_doctor_knows_how_this_system_installs(self):
        self.fake("apt-get", "exit 0")
        self.assertRegex(self.kit("doctor").stdout, r"-> (sudo )?apt-get install -y maven\n")

    def test_tools_that_are_too_old_or_incomplete_count_as_missing(self):
        self.add("sed")
        self.fake("java", "echo '    java.specification.version = 1.8'; "
                          f"echo '    java.home = {self.path}'")
        self.fake("python3", "exit 1")
        self.fake("mvn", "echo 'Apache Maven 3.3.9'")
        report = self.kit("doctor").stdout
        self.assertIn("8 is too old, 17 or newer is needed", report)
        self.assertIn("python3 is older than 3.9", report)

    def test_a_machine_without_a_gpu_is_told_so(self):
        self.add("sed")
        self.fake("nvidia-smi", "echo 'no devices were found' >&2; exit 6")
        script = f"EXPLAINREC_HOME={shlex.quote(str(places.HOME))}; " \
                 'ENVIRONMENT=$EXPLAINREC_HOME/environment; STATE=none; ' \
                 '. "$ENVIRONMENT/setup.sh"; . "$ENVIRONMENT/doctor.sh"; set_up_gpu'
        ended = subprocess.run(["sh", "-eu", "-c", script], env={"PATH": str(self.path)}, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual((2, ""), (ended.returncode, ended.stdout))
        self.assertIn("kit: no NVIDIA GPU found here", ended.stderr)

    def threads(self, profile, command, given=None):
        """What setup.sh decides: the JVM's option and OpenMP's variable, or its complaint."""
        script = f"EXPLAINREC_HOME={shlex.quote(str(places.HOME))}; " \
                 "ENVIRONMENT=$EXPLAINREC_HOME/environment; STATE=none; JAVA=java; " \
                 f"JAVA_VERSION=17; DEVICE=cpu; PROFILE={profile}; command={command}; " \
                 '. "$ENVIRONMENT/setup.sh"; java_environment; env'
        variables = {"PATH": str(self.path), **({"EXPLAINREC_THREADS": given} if given else {})}
        ended = subprocess.run(["sh", "-eu", "-c", script], env=variables, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        found = [re.search(pattern, ended.stdout, re.MULTILINE) for pattern in (
            r"^EXPLAINREC_JVM_OPTIONS=.*-Dai\.djl\.pytorch\.num_threads=(\d+)$",
            r"^OMP_NUM_THREADS=(.*)$")]
        return ended.stderr or [match and match.group(1) for match in found]

    def test_small_profiles_take_one_thread_and_the_paper_and_the_benchmark_all(self):
        for profile, command, expected in (
                ("smoke", "run", "1"), ("quick", "reproduce", "1"), ("paper", "run", None),
                ("quick", "bench", None)):
            with self.subTest((profile, command)):
                self.assertEqual([expected] * 2, self.threads(profile, command))

    def test_the_users_own_number_of_threads_wins(self):
        for profile, command in (("quick", "run"), ("paper", "run"), ("quick", "bench")):
            self.assertEqual(["12"] * 2, self.threads(profile, command, "12"))

    def test_a_number_of_threads_that_is_none_is_refused(self):
        for given in ("0", "-1", "2x", "1.5", "all"):
            self.assertEqual(
                f"kit: EXPLAINREC_THREADS = {given}: expected a whole number, 1 or more\n",
                self.threads("quick", "run", given))

    def test_commands_that_lack_a_tool_say_which_in_one_line(self):
        for command, tool in (("reproduce", "Python"), ("test", "Python"), ("data", "Java")):
            ended = self.kit(command)
            self.assertEqual((2, ""), (ended.returncode, ended.stdout))
            self.assertEqual(1, ended.stderr.count("\n"), ended.stderr)
            self.assertIn(f"kit: no {tool} found", ended.stderr)


if __name__ == "__main__":
    unittest.main()
