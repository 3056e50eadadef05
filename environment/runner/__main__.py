"""The runner's commands, called by ./kit: exit 0 done, 1 failed, 2 bad input, 130 stopped."""

import sys

from runner import options
from runner.errors import BadInput, NotebookFailed


def main(command, arguments):
    """Runs one command and returns its exit code."""
    if command == "check":
        options.parse(arguments)
    elif command == "reproduce":
        from runner import reproduce
        reproduce.run(options.parse(arguments))
    elif command in ("lab", "check-lab"):
        from runner import lab
        (lab.start if command == "lab" else lab.parse)(arguments)
    elif command in ("test", "check-test"):
        from runner import suite
        if command == "check-test":
            suite.parse(arguments)
        else:
            return suite.run(arguments)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except BadInput as error:
        print(f"kit: {error}", file=sys.stderr)
        sys.exit(2)
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("kit: stopped", file=sys.stderr)
        sys.exit(130)
