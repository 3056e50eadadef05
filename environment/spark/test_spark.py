"""`--spark` on a real master with two workers, and in this process: the same results as here."""

import json
import os
import re
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from runner import places
from spark.cluster import Cluster, alive, wait

KIT = str(places.HOME / "kit")
STUDY = """
title: Two models, two seeds
kind: ratings
seeds: [1, 2]
metrics: [rmse, mae]
models:
  - elixir
  - elixir-no-attention
"""
SETTINGS = ("--profile", "smoke", "--device", "cpu")
LONG = ("--set", "maxEpochs=120", "--set", "patience=120")  # long enough to be killed
RUNS = {"elixir-seed1", "elixir-seed2", "elixir-no-attention-seed1", "elixir-no-attention-seed2"}
ONE_THREAD = {"JAVA_TOOL_OPTIONS": "-Dai.djl.pytorch.num_threads=1", "OMP_NUM_THREADS": "1"}
SECONDS = 600


class SparkTest(unittest.TestCase):
    """Each test has results of its own; the cluster and what is made here are shared."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name).resolve()
        cls.study = cls.folder / "two.yaml"
        cls.study.write_text(STUDY)
        cls.here = cls.folder / "here"
        ended = kit("study", str(cls.study), *SETTINGS, *LONG, "--results", str(cls.here),
                    environment=ONE_THREAD)
        assert ended.returncode == 0, ended.stdout + ended.stderr

    def results(self):
        return self.folder / self.id().rsplit(".", maxsplit=1)[-1]

    def cluster(self, workers):
        cluster = Cluster(self.folder / f"cluster-{self.results().name}", workers)
        self.addCleanup(cluster.stop)
        return cluster

    def start(self, master, *arguments):
        """Starts the study on Spark."""
        process = subprocess.Popen(
            [KIT, "study", str(self.study), *SETTINGS, "--results", str(self.results()), "--spark",
             master, *arguments], cwd=places.HOME, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(end, process)
        return process

    def assert_as_here(self, out):
        """Every run is there once, whole, with the numbers of the runs that were made here."""
        world = self.results() / "world"
        self.assertEqual(RUNS, {path.name for path in (world / "runs").iterdir()})
        self.assertEqual({"runs", "tables"}, {path.name for path in world.iterdir()})
        for name in RUNS:
            self.assertEqual(numbers(self.here, name), numbers(self.results(), name), name)
            self.assertTrue((world / "runs" / name / "checkpoint" / "key").exists(), name)
            self.assertEqual(1, said(out, name), out)
        table = "tables/study-two.csv"
        self.assertEqual((self.here / "world" / table).read_text(), (world / table).read_text())

    def test_a_killed_worker_costs_nothing(self):
        cluster = self.cluster(2)
        study = self.start(cluster.url, *LONG)
        wait(lambda: cluster.training(0) and cluster.training(1) or study.poll() is not None,
             "both workers are in the middle of a run")
        self.assertIsNone(study.poll(), study.poll() is not None and study.communicate())
        orphans = cluster.kill(0)
        self.assertTrue(orphans, "the killed worker was making a run")
        wait(lambda: not any(alive(process) for process in orphans), "the killed run's process ends")
        out, err = study.communicate(timeout=SECONDS)
        self.assertEqual(0, study.returncode, out + err)
        self.assert_as_here(out)
        again = kit("study", str(self.study), *SETTINGS, *LONG, "--results", str(self.results()),
                    environment=ONE_THREAD)
        self.assertEqual((0, 0), (again.returncode, said(again.stdout, "elixir-seed1")),
                         "everything is there, so nothing is made again\n" + again.stderr)

    def test_local_tasks_side_by_side_give_the_same(self):
        study = self.start("local[2]", *LONG)
        out, err = study.communicate(timeout=SECONDS)
        self.assertEqual(0, study.returncode, out + err)
        self.assert_as_here(out)

    def test_ctrl_c_leaves_no_half_written_run(self):
        cluster = self.cluster(1)
        study = self.start(cluster.url, *LONG)
        wait(lambda: cluster.training(0) or study.poll() is not None, "a run is in its middle")
        executors = processes_below(cluster.processes[1].pid)
        study.send_signal(signal.SIGINT)
        study.communicate(timeout=SECONDS)
        self.assertEqual(130, study.returncode)
        wait(lambda: not any(alive(process) for process in executors), "the run's process ends")
        runs = self.results() / "world" / "runs"
        for run in runs.iterdir() if runs.exists() else []:
            self.assertTrue((run / "run.json").exists() and (run / "checkpoint" / "key").exists())

    def test_a_run_that_fails_leaves_a_gap_and_the_others_alone(self):
        reviews = self.folder / "stars.csv"
        reviews.write_text("who,what,stars,words\n" + "".join(
            f"u{u},i{i},{1 + (u + i) % 5},we were there on day {u} in room {i} and liked it\n"
            for u in range(30) for i in range(12)))
        (self.folder / "stars.csv.yaml").write_text(
            "name: stars\nformat: csv\nuser: who\nitem: what\ntext: words\n"
            "overall: {column: stars, scale: [1, 5]}\naspects: {}\n")
        self.study = self.folder / "gap.yaml"  # elixir learns from aspect ratings; there are none
        self.study.write_text(STUDY.replace("elixir-no-attention", "bias"))
        study = self.start("local[2]", "--data", str(reviews), "--set", "language=any")
        out, err = study.communicate(timeout=SECONDS)
        self.assertEqual(1, study.returncode, out + err)
        self.assertIn("2 of 4 runs failed", out)
        self.assertEqual(1, said(out, "bias-seed2"), out)
        self.assertIn("no aspect ratings", out)
        self.assertNotIn("\tat ", out + err)

    def test_a_worker_whose_java_does_not_start_is_told_in_one_line(self):
        old = self.folder / "old-java" / "bin"
        old.mkdir(parents=True)
        (old / "java").write_text("#!/bin/sh\necho UnsupportedClassVersionError >&2\nexit 1\n")
        (old / "java").chmod(0o755)
        study = self.start(self.cluster(1).url, "--spark-set",
                           f"spark.executorEnv.JAVA_HOME={old.parent}", "--spark-set",
                           "spark.scheduler.maxRegisteredResourcesWaitingTime=5s")
        self.refused(study, "Java 17")

    def test_a_master_that_is_not_there_is_told_in_one_line(self):
        self.refused(self.start("spark://127.0.0.1:9"), "spark://127.0.0.1:9", "no master answers")

    def test_a_master_of_no_known_kind_is_told_in_one_line(self):
        self.refused(self.start("mesos"), "mesos", "local[N]")

    def refused(self, study, *words):
        _, err = study.communicate(timeout=SECONDS)
        lines = [line for line in err.splitlines() if line.startswith("kit: ")]
        self.assertEqual((2, 1), (study.returncode, len(lines)), err)
        for word in words:
            self.assertIn(word, lines[0])
        self.assertNotIn("\tat ", err)


class ExplainTest(unittest.TestCase):
    """Reviews of many pairs."""

    def test_answers_come_in_the_order_of_the_pairs_as_they_do_here(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        pairs = Path(folder.name) / "pairs.csv"
        pairs.write_text("user,item\n" + "".join(
            f"guest-{n % 40:05d},hotel-{n * 7 % 20:05d}\n" for n in range(300)))
        explain = ["explain", "--pairs", str(pairs), *SETTINGS, "--set", "worldUsers=40", "--set",
                   "worldItems=20", "--set", "worldReviews=300", "--set", "bertEncoder=none",
                   "--results", folder.name]
        here = kit(*explain, environment=ONE_THREAD)
        self.assertEqual((0, 300), (here.returncode, len(here.stdout.splitlines())), here.stderr)
        there = kit(*explain, "--spark", "local[2]", environment=ONE_THREAD)
        self.assertEqual((0, here.stdout), (there.returncode, there.stdout), there.stderr)


def kit(*arguments, environment=None):
    """Calls ./kit."""
    return subprocess.run([KIT, *arguments], cwd=places.HOME, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          env={**os.environ, **(environment or {})}, timeout=SECONDS)


def end(process):
    """Ends a process that a failed test has left."""
    if process.poll() is None:
        process.kill()
    process.communicate()


def numbers(results, run):
    """What a run found out: all numbers that do not tell of time or memory."""
    found = json.loads((results / "world" / "runs" / run / "run.json").read_text())
    epochs = [{key: value for key, value in epoch.items() if "econds" not in key}
              for epoch in found["epochs"]]
    return found["metrics"], found["test"], found["bestEpoch"], found["device"], epochs


def said(out, run):
    """How many lines say that a run was made."""
    model, seed = run.rsplit("-seed", maxsplit=1)
    return len(re.findall(rf"[,:] {model} seed {seed}: .*made in", out))


def processes_below(parent):
    """Returns a process's children and theirs."""
    from spark.cluster import children
    below = children(parent)
    return below + [child for process in below for child in children(process)]


if __name__ == "__main__":
    unittest.main()
