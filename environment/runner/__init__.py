"""Runs the kit's notebooks: options, kernel, execution, progress, and the check of outputs.

Only `execute` and `lab` need the packages of environment/requirements.txt; everything else is
the standard library, so that bad options are refused before anything is installed.
"""
