"""The runner's commands, called by ./kit: exit 0 done, 1 failed, 2 bad input, 130 stopped."""

import sys

from runner import kernelspec, lab, options, suite
from runner.errors import BadInput, NotebookFailed


def _reproduce(chosen):
    from runner import reproduce  # needs the notebook packages, which a check must not
    reproduce.run(chosen)


def _notebook(chosen):
    from runner import jobs
    jobs.work(*chosen)


# command -> (how to read its options, what to do with them)
COMMANDS = {
    "reproduce": (options.parse, _reproduce),
    "notebook": (list, _notebook),  # one of several side by side; only `reproduce` calls it
    "lab": (lab.parse, lab.start),
    "kernel": (kernelspec.parse, kernelspec.register),
    "test": (suite.parse, suite.run),
}


def main(arguments):
    """Runs `COMMAND options...`, or only checks the options of `check COMMAND options...`.

    Returns the exit code; whatever goes wrong has been said on standard error by then.
    """
    check = arguments[0] == "check"
    command, *given = arguments[1:] if check else arguments
    parse, act = COMMANDS[command]
    try:
        chosen = parse(given)
        return 0 if check else act(chosen) or 0
    except BadInput as error:
        print(f"kit: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"kit: {error.strerror}: {error.filename}", file=sys.stderr)
        return 2
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("kit: stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
