"""Notebooks side by side: they overlap, wait where they must, and end together."""

import io
import signal
import subprocess
import time
import unittest
from unittest import mock

import nbformat

from runner import jobs, options, progress, stamps
from tests.support import RunnerTest

GIB = 2**30
NOTE = """
    static java.nio.file.Path at(String name) {
      return java.nio.file.Path.of(System.getenv("EXPLAINREC_RESULTS"), "world", "tables", name);
    }
    static void note(String name, Object text) throws Exception {
      java.nio.file.Files.createDirectories(at(name).getParent());
      java.nio.file.Files.writeString(at(name + ".part"), text.toString());
      java.nio.file.Files.move(at(name + ".part"), at(name));
    }
    static void await(String name) throws Exception {
      for (int i = 0; !java.nio.file.Files.exists(at(name)); i++) {
        if (i > 1200) throw new IllegalStateException("no " + name);
        Thread.sleep(50);
      }
    }
    """
PROCESSES = """var self = ProcessHandle.current();
    note("%s", self.pid() + " " + self.parent().get().pid());"""
FOREVER = "Thread.sleep(Long.MAX_VALUE);"


class JobsTest(RunnerTest):

    def wait_for_all(self, path):
        book = nbformat.read(path, as_version=4)
        book.metadata["explainrec"] = {"after": "all"}
        nbformat.write(book, path)

    def processes(self, name):
        """Returns the processes that a notebook noted: its kernel and its runner."""
        return (self.results / "world" / "tables" / name).read_text().split()

    def assert_gone(self, processes):
        for process in processes:
            shown = subprocess.run(["ps", "-o", "stat=", "-p", process], text=True, check=False,
                                   stdout=subprocess.PIPE).stdout.strip()
            self.assertIn(shown[:1], ("", "Z"), f"process {process} still runs")

    def test_notebooks_overlap_and_one_that_waits_for_all_comes_last(self):
        first = self.notebook("00-first.ipynb", NOTE, 'note("0", ""); await("1"); note("a", "");')
        self.notebook("01-second.ipynb", NOTE, 'note("1", ""); await("0"); note("b", "");')
        last = self.notebook("02-last.ipynb", NOTE, 'System.out.println("both " + ('
                             'java.nio.file.Files.exists(at("a"))'
                             ' && java.nio.file.Files.exists(at("b"))));')
        self.wait_for_all(last)
        code, out, err = self.reproduce("--jobs", "2")
        self.assertEqual((0, ""), (code, err))
        self.assertIn("3 of 3 notebooks, 2 side by side", out)
        self.assertIn("[1/3] 00-first: done in 0", out)
        self.assertIn("3 notebooks: done in 0", out)
        copy = self.results / "world" / "executed" / last.name
        self.assertIn("both true", copy.read_text())
        self.assertEqual("all", nbformat.read(copy, as_version=4).metadata["explainrec"]["after"])
        out = self.reproduce("--jobs", "2")[1]
        self.assertEqual(3, out.count("unchanged, skipped"), out)
        self.assertNotIn("done in", out)
        for name in ("0", "1", "a", "b"):
            (self.results / "world" / "tables" / name).unlink()
        out = self.reproduce("--jobs", "2")[1]
        self.assertIn(f"{first.stem}: done in", out)
        self.assertIn("02-last: unchanged, skipped", out)

    def test_a_failure_stops_the_neighbour_and_starts_nothing_new(self):
        self.notebook("00-long.ipynb", NOTE, PROCESSES % "long", FOREVER)
        self.notebook("01-bad.ipynb", NOTE,
                      'await("long"); throw new RuntimeException("no tea left");')
        self.notebook("02-never.ipynb", "int a = 1;")
        code, out, err = self.reproduce("--jobs", "2")
        self.assertEqual(1, code)
        self.assertTrue(err.startswith("kit: 01-bad.ipynb, code cell 2: await"), err)
        self.assertIn("no tea left", err)
        for name in ("[1/3] 00-long: stopped after", "[2/3] 01-bad: stopped after"):
            self.assertIn(name, out)
        self.assert_gone(self.processes("long"))
        self.assertFalse((self.results / "world" / "executed" / "02-never.log").exists())

    def test_bad_input_of_one_ends_all_in_its_one_line(self):
        self.notebook("00-long.ipynb", NOTE, PROCESSES % "long", FOREVER)
        self.notebook("01-bad.ipynb", NOTE, 'await("long"); throw new '
                      'explainrec.data.InputException("reviews.csv:7: rating 9: expected 1 to 5");')
        code, _, err = self.reproduce("--jobs", "2")
        self.assertEqual((2, "kit: reviews.csv:7: rating 9: expected 1 to 5\n"), (code, err))
        self.assert_gone(self.processes("long"))

    def test_a_notebook_whose_process_is_killed_is_named(self):
        self.notebook("00-killed.ipynb", NOTE, """ProcessHandle.current().parent().get()
            .destroyForcibly(); Runtime.getRuntime().halt(0);""")
        self.notebook("01-long.ipynb", FOREVER)
        code, _, err = self.reproduce("--jobs", "2")
        self.assertEqual((1, "kit: 00-killed.ipynb: its process ended (exit code -9)\n"),
                         (code, err))

    def test_a_stop_by_any_signal_leaves_no_process(self):
        self.notebook("00-long.ipynb", NOTE, PROCESSES % "0", FOREVER)
        self.notebook("01-long.ipynb", NOTE, PROCESSES % "1", FOREVER)
        tables = self.results / "world" / "tables"
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with self.subTest(number):
                run = self.start("--jobs", "2")
                while run.poll() is None and not all((tables / n).exists() for n in "01"):
                    time.sleep(0.05)
                processes = self.processes("0") + self.processes("1")
                run.send_signal(number)
                _, err = run.communicate(timeout=60)
                if number == signal.SIGKILL:
                    self.assertEqual((-9, ""), (run.returncode, err))
                    self.assert_gone_soon(processes)
                else:
                    self.assertEqual((130, "kit: stopped\n"), (run.returncode, err))
                    self.assert_gone(processes)
                for name in "01":
                    (tables / name).unlink()

    def assert_gone_soon(self, processes):
        for _ in range(100):
            try:
                return self.assert_gone(processes)
            except AssertionError:
                time.sleep(0.2)
        return self.assert_gone(processes)

    def test_a_notebook_that_waits_for_something_else_is_refused(self):
        path = self.notebook("00-odd.ipynb", "int a = 1;")
        book = nbformat.read(path, as_version=4)
        for value in ("03", ["03"], ["00"], 3):
            book.metadata["explainrec"] = {"after": value}
            nbformat.write(book, path)
            code, out, err = self.reproduce()
            self.assertEqual((2, ""), (code, out))
            self.assertEqual(f"kit: 00-odd.ipynb: explainrec.after = {value} in its metadata: "
                             "expected all, or a list of numbers of earlier notebooks\n", err)
        self.assertFalse(self.results.exists())


class ReadyTest(unittest.TestCase):

    @staticmethod
    def tasks(*given):
        """Tasks from (number, numbers that it waits for, seconds it took before, or None)."""
        return {number: mock.Mock(number=number, after=after,
                                  expected_seconds=mock.Mock(return_value=seconds))
                for number, after, seconds in given}

    def test_the_first_that_waits_for_no_other_is_next_where_no_times_are_known(self):
        tasks = self.tasks(("02", [], None), ("04", ["02", "03"], None), ("06", [], None),
                           ("09", ["02", "04", "06"], None))
        waiting = list(tasks.values())
        self.assertEqual("02", jobs._ready(waiting, []).number)
        running = [mock.Mock(task=waiting.pop(0))]
        self.assertEqual("06", jobs._ready(waiting, running).number)
        waiting.remove(tasks["06"])
        self.assertIsNone(jobs._ready(waiting, running + [mock.Mock(task=tasks["06"])]))
        self.assertEqual("04", jobs._ready(waiting, []).number)  # 03 was not asked for, or stands

    def test_the_one_with_the_longest_way_behind_it_is_next(self):
        tasks = self.tasks(("00", [], 20), ("02", [], 400), ("03", [], 300), ("05", ["02"], 100),
                           ("07", ["03"], 900), ("08", [], 1000),
                           ("09", ["00", "05", "07", "08"], 60))
        waiting = list(tasks.values())
        order = []
        while task := jobs._ready(waiting, []):
            order.append(task.number)
            waiting.remove(task)
        # 03 and what waits for it take 1,260 seconds; the short ones fill what is left.
        self.assertEqual(["03", "08", "07", "02", "05", "00", "09"], order)


class FittingTest(unittest.TestCase):

    def test_as_many_notebooks_as_cores_and_memory_hold(self):
        for cores, threads, memory, expected in (
                (2, 1, 24 * GIB, 2), (2, 2, 24 * GIB, 1), (8, 2, 64 * GIB, 4), (5, 2, 64 * GIB, 2),
                (64, 1, 512 * GIB, 4), (8, 1, 15 * GIB, 3), (8, 1, 14 * GIB, 2), (1, 4, GIB, 1)):
            with self.subTest((cores, threads, memory)):
                self.assertEqual(expected, options.fitting_jobs(cores, threads, memory))


class SharedResultsTest(RunnerTest):
    """What belongs to a notebook where others write to the same folder."""

    def write(self, name):
        path = self.results / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")

    def made(self, *names):
        before = stamps.snapshot(self.results)
        for name in names:
            self.write(name)
        return stamps.written(before, stamps.snapshot(self.results))

    def test_what_a_neighbour_has_for_a_while_only_is_no_notebooks_file(self):
        found = self.made(
            "runs/a/run.json", "runs/a/run.json.part", "runs/a/checkpoint/model.bin",
            "checkpoint/search/x.json", "prepared.part123/reviews.bin",
            "executed/00-a.json", "tables/executed/b.csv", "tables/parts.csv")
        self.assertEqual(["runs/a/run.json", "tables/executed/b.csv", "tables/parts.csv"], found)

    def test_a_file_that_vanishes_under_the_eyes_is_left_out(self):
        self.write("tables/stays.csv")
        walked = [(str(self.results), [], ["gone.csv"]),
                  (str(self.results / "tables"), [], ["stays.csv"])]
        with mock.patch.object(stamps.os, "walk", return_value=walked):
            self.assertEqual(["tables/stays.csv"], list(stamps.snapshot(self.results)))


class Terminal(io.StringIO):

    def isatty(self):
        return True


class BoardTest(RunnerTest):

    def board(self, stream):
        board = progress.Board(stream)
        screens = [progress.Screen(title, self.folder / "none", 60, stream) for title in "ab"]
        for screen in screens:
            board.add(screen)
        return board, screens

    def test_on_a_terminal_what_runs_is_drawn_again_below_what_has_ended(self):
        stream = Terminal()
        board, (first, _) = self.board(stream)
        first.cell(2, 9)
        stream.truncate(0)
        stream.seek(0)
        board.say("c: unchanged, skipped")
        up, below = "\x1b[2A\r\x1b[J", "b, kernel starting, 00:00, about 00:59 left\n"
        drawn = stream.getvalue().replace("about 01:00 left", "about 00:59 left")
        self.assertEqual(f"{up}c: unchanged, skipped\na, cell 2 of 9, 00:00, about 00:59 left\n"
                         + below, drawn)
        board.finish(first, "a: done in 00:00")
        self.assertIn(f"{up}a: done in 00:00\nb, kernel", stream.getvalue())

    def test_elsewhere_each_notebook_has_whole_lines_of_its_own(self):
        stream = io.StringIO()
        board, (first, second) = self.board(stream)
        with mock.patch.object(progress, "LINE_SECONDS", 0):
            board.tick()
        board.finish(second, "b: done in 00:00")
        lines = stream.getvalue().splitlines()
        self.assertEqual(["a", "b", "b: done in 00:00"],
                         [line.split(",")[0] for line in lines])
        self.assertNotIn("\x1b", stream.getvalue())


if __name__ == "__main__":
    unittest.main()
