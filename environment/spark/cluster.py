"""A standalone cluster of Apache Spark on this machine: a master and workers, started from the
jars that `./kit build --spark` leaves, on loopback only."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from runner import places

JARS = places.HOME / "target" / "spark" / "jars"
OPENED = ("java.lang", "java.lang.invoke", "java.util", "java.nio", "sun.nio.ch",
          "sun.util.calendar", "java.util.concurrent")
SECONDS = 300  # a machine that is busy with other things takes its time


class Cluster:
    """One master and some workers of one processor each."""

    def __init__(self, folder, workers):
        self.folder = Path(folder)
        self.folder.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"spark://127.0.0.1:{port}"
        self.processes = [self._start("master.Master", "master", "--port", str(port))]
        self._wait_for("master", "I have been elected leader")
        for number in range(workers):
            self.processes.append(self._start(
                "worker.Worker", f"worker{number}", "--cores", "1", "--memory", "1g",
                "--work-dir", str(self.work(number)), self.url))
        for number in range(workers):
            self._wait_for(f"worker{number}", "Successfully registered with master")

    def _start(self, main, name, *arguments):
        java = os.environ.get("JAVA_HOME")
        command = [str(Path(java) / "bin" / "java") if java else shutil.which("java"), "-Xmx512m"]
        command += [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED]
        command += ["-cp", f"{JARS}/*", f"org.apache.spark.deploy.{main}", "--host", "127.0.0.1",
                    "--webui-port", "0", *arguments]
        environment = {**os.environ, "SPARK_HOME": str(JARS.parent), "SPARK_SCALA_VERSION": "2.13",
                       "SPARK_LOCAL_IP": "127.0.0.1", "DJL_CACHE_DIR": str(places.STATE / "djl")}
        with open(self._log(name), "wb") as log:
            return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                                    stderr=subprocess.STDOUT)

    def _log(self, name):
        return self.folder / f"{name}.log"

    def _wait_for(self, name, words):
        wait(lambda: words in self._log(name).read_text(errors="replace"),
             f"{name} said '{words}'; it says: {self._log(name).read_text(errors='replace')[-2000:]}")

    def work(self, number):
        """The folder below which a worker's executors work."""
        return self.folder / f"work{number}"

    def training(self, number):
        """What the run that a worker is in the middle of has left so far."""
        return list(self.work(number).glob("app-*/*/work-*/results/*/runs/*/checkpoint/state"))

    def kill(self, number):
        """Kills a worker and its executors, as a machine does that loses its power; returns the
        processes below the executors, which nobody kills."""
        worker = self.processes[1 + number]
        executors = children(worker.pid)
        below = [child for executor in executors for child in children(executor)]
        for process in [worker.pid, *executors]:
            os.kill(process, signal.SIGKILL)
        worker.wait()
        return below

    def stop(self):
        """Ends all that was started here."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def children(parent):
    """Returns the processes that a process has started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    pairs = [line.split() for line in listed.splitlines()]
    return [int(pid) for pid, ppid in pairs if int(ppid) == parent]


def alive(process):
    """Whether a process is there and not only waiting to be counted."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], check=False, text=True,
                           stdout=subprocess.PIPE).stdout.strip()
    return state != "" and not state.startswith("Z")


def wait(condition, what, seconds=SECONDS):
    """Waits until a condition holds, and fails when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.1)
