"""Tests of the notebook runner and of ./kit; `./kit test python` runs them."""
