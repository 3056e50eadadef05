"""The check of committed outputs finds every way in which they can be wrong."""

import copy
import unittest

from runner import outputs

HOME = "/srv/kit"


def notebook():
    """Returns an executed notebook as its file holds it, with nothing wrong."""
    book = {"metadata": {}, "cells": [
        {"cell_type": "markdown", "source": ["# Title"]},
        {"cell_type": "code", "source": ["int a = 1;\n", "a"], "execution_count": 1,
         "outputs": [{"output_type": "execute_result", "data": {"text/plain": ["1"]}}]},
        {"cell_type": "code", "source": "", "execution_count": None, "outputs": []},
        {"cell_type": "code", "source": "show(chart);", "execution_count": 2,
         "outputs": [{"output_type": "display_data", "data": {"image/png": "a /ho" "me/b"}}]}]}
    book["metadata"]["explainrec"] = {"code_sha256": outputs.code_hash(book)}
    return book


class OutputsTest(unittest.TestCase):

    def setUp(self):
        self.book = notebook()

    def problem(self):
        found = outputs.problems(self.book, [HOME])
        self.assertEqual(1, len(found), found)
        return found[0]

    def test_outputs_of_their_cells_are_right(self):
        self.assertEqual([], outputs.problems(self.book, [HOME]))

    def test_a_notebook_that_was_never_run_is_found(self):
        del self.book["metadata"]["explainrec"]
        self.assertIn("never executed", self.problem())

    def test_a_changed_cell_is_found(self):
        self.book["cells"][1]["source"] = ["int a = 2;\n", "a"]
        self.assertIn("cells have changed", self.problem())

    def test_text_beside_the_code_may_change(self):
        self.book["cells"][0]["source"] = ["# Another title"]
        self.assertEqual([], outputs.problems(self.book, [HOME]))

    def test_source_as_one_string_or_as_lines_has_one_hash(self):
        other = copy.deepcopy(self.book)
        other["cells"][1]["source"] = "int a = 1;\na"
        self.assertEqual(outputs.code_hash(self.book), outputs.code_hash(other))

    def test_cells_that_were_not_run_in_order_are_found(self):
        self.book["cells"][3]["execution_count"] = 5
        self.assertIn("code cell 2 has execution count 5", self.problem())

    def test_an_error_output_is_found(self):
        self.book["cells"][1]["outputs"] = [{"output_type": "error", "ename": "E", "evalue": ""}]
        self.assertIn("code cell 1 ended in an error", self.problem())

    def test_a_path_of_this_or_of_another_machine_is_found(self):
        for text in (f"saved {HOME}/results", "saved /ho" "me/ann/kit", "in /tm" "p/x1"):
            with self.subTest(text):
                self.book["cells"][1]["outputs"] = [{"output_type": "stream", "text": [text]}]
                self.assertIn("shows a path of the machine", self.problem())

    def test_the_roots_of_a_machine_alone_are_no_secret(self):
        self.book["cells"][1]["outputs"] = [{"output_type": "stream", "text": ["1/2 a/b /"]}]
        self.assertEqual([], outputs.problems(self.book, [HOME, "/"]))

    def test_an_image_drawn_again_is_the_same_output(self):
        output = self.book["cells"][3]["outputs"][0]
        output["data"]["text/plain"] = "BufferedImage@1b2c: type = 1"
        outputs.clean(self.book, [])
        self.assertEqual({"image/png": "aa/root/bb", "text/plain": "image"},
                         self.book["cells"][3]["outputs"][0]["data"])


if __name__ == "__main__":
    unittest.main()
