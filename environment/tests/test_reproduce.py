"""Notebooks that run, that need not run again, and that end badly, in the real Java kernel."""

import json
import unittest

from runner import outputs
from tests.support import RunnerTest

COMPLAINT = 'throw new explainrec.data.InputException("reviews.csv:7: rating 9: expected 1 to 5");'


class ReproduceTest(RunnerTest):

    def test_a_notebook_is_run_once_and_again_only_when_its_cells_change(self):
        path = self.notebook("00-small.ipynb", 'System.out.println("sum " + (1 + 2));')
        code, out, err = self.reproduce()
        self.assertEqual(0, code, err)
        copy = self.results / "world" / "executed" / path.name
        self.assertIn("sum 3", copy.read_text())
        self.assertIn("Where to look", out)
        self.assertIn("00-small: unchanged, skipped", self.reproduce()[1])
        self.assertNotIn("skipped", self.reproduce("--seed", "7")[1])
        self.notebook("00-small.ipynb", 'System.out.println("sum " + (2 + 2));')
        self.assertNotIn("skipped", self.reproduce("--seed", "7")[1])
        self.assertIn("sum 4", copy.read_text())

    def test_a_notebook_whose_files_are_gone_is_run_again(self):
        self.notebook("00-small.ipynb", """
            var file = java.nio.file.Path.of(
                System.getenv("EXPLAINREC_RESULTS"), "world", "tables", "one.csv");
            java.nio.file.Files.createDirectories(file.getParent());
            java.nio.file.Files.writeString(file, "1");""")
        self.assertEqual(0, self.reproduce()[0])
        table = self.results / "world" / "tables" / "one.csv"
        table.unlink()
        self.assertNotIn("skipped", self.reproduce()[1])
        self.assertTrue(table.is_file())

    def test_outputs_written_back_carry_the_hash_of_their_cells_and_no_path_of_the_machine(self):
        path = self.notebook("00-small.ipynb", 'System.out.println(System.getenv("EXPLAINREC_HOME")'
                             ' + "/data " + System.getenv("EXPLAINREC_RESULTS") + "/x");')
        self.assertEqual(0, self.reproduce("--update-notebooks")[0])
        book = outputs.read(path)
        self.assertEqual(outputs.code_hash(book), book["metadata"]["explainrec"]["code_sha256"])
        self.assertEqual([], outputs.problems(book, [str(self.folder)]))
        self.assertIn("results/x", json.dumps(book))

    def test_the_kernel_and_the_command_line_share_their_java_settings(self):
        path = self.notebook("00-small.ipynb", """
            for (String name : System.getenv("EXPLAINREC_JVM_VARIABLES").split(" ")) {
              System.out.println(name + "=" + System.getenv(name));
            }
            System.out.println(java.awt.GraphicsEnvironment.isHeadless());""")
        self.assertEqual(0, self.reproduce()[0])
        text = (self.results / "world" / "executed" / path.name).read_text()
        for expected in ("GOMP_SPINCOUNT=", "MALLOC_MMAP_THRESHOLD_=", "OPT_OUT_TRACKING=true",
                         "DJL_CACHE_DIR=", "true"):
            self.assertIn(expected, text)
        self.assertNotIn("=null", text)


class FailureTest(RunnerTest):

    def test_a_cell_that_throws_is_named_with_its_error_and_the_log(self):
        self.notebook("00-small.ipynb", "int a = 1;", 'throw new RuntimeException("no tea left");',
                      "int b = 2;")
        code, _, err = self.reproduce()
        self.assertEqual(1, code)
        self.assertIn('00-small.ipynb, code cell 2: throw new RuntimeException("no tea left");', err)
        self.assertIn("no tea left", err)
        self.assertIn(str(self.results / "world" / "executed" / "00-small.log"), err)
        failed = self.results / "world" / "executed" / "00-small.failed.ipynb"
        self.assertTrue(failed.is_file())
        self.assertFalse(failed.with_name("00-small.ipynb").exists())

    def test_code_that_does_not_compile_is_named(self):
        self.notebook("00-small.ipynb", "int a = nothing;")
        code, _, err = self.reproduce()
        self.assertEqual(1, code)
        self.assertIn("code cell 1: int a = nothing;", err)

    def test_bad_input_ends_in_its_one_line(self):
        self.notebook("00-small.ipynb", COMPLAINT)
        code, _, err = self.reproduce()
        self.assertEqual(2, code)
        self.assertEqual("kit: reviews.csv:7: rating 9: expected 1 to 5\n", err)

    def test_a_kernel_that_dies_ends_the_run_with_its_cell(self):
        self.notebook("00-small.ipynb", "int a = 1;", "Runtime.getRuntime().halt(3);")
        code, _, err = self.reproduce()
        self.assertEqual(1, code)
        self.assertIn("code cell 2: Runtime.getRuntime().halt(3);", err)
        self.assertIn("the kernel died (exit code 3)", err)
        self.assertIn("00-small.log", err)

    def test_a_cell_that_never_ends_is_stopped(self):
        self.notebook("00-small.ipynb", "while (true) { Thread.onSpinWait(); }")
        code, _, err = self.reproduce("--timeout", "3")
        self.assertEqual(1, code)
        self.assertIn("code cell 1: while (true)", err)
        self.assertIn("no sign of progress for 3 s", err)

    def test_a_cell_that_reports_progress_may_take_longer_than_the_timeout(self):
        self.notebook("00-small.ipynb", """
            var reports = java.nio.file.Path.of(System.getenv("EXPLAINREC_PROGRESS_FILE"));
            for (int i = 0; i < 8; i++) {
                Thread.sleep(1000);
                java.nio.file.Files.writeString(
                    reports, "step " + i + "\\n", java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
            }""")
        code, _, err = self.reproduce("--timeout", "4")
        self.assertEqual((0, ""), (code, err))

    def test_a_failed_notebook_is_run_again_and_what_stood_before_it_is_not(self):
        self.notebook("00-good.ipynb", "int a = 1;")
        self.notebook("01-bad.ipynb", 'throw new RuntimeException("bad");')
        self.assertEqual(1, self.reproduce("--jobs", "1")[0])
        self.notebook("01-bad.ipynb", "int b = 1;")
        code, out, _ = self.reproduce()
        self.assertEqual(0, code)
        self.assertIn("00-good: unchanged, skipped", out)
        self.assertNotIn("01-bad: unchanged", out)


if __name__ == "__main__":
    unittest.main()
