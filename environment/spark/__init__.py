"""The tests of `--spark`: `./kit test spark`."""
