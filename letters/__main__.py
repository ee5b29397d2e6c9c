"""Where the program begins.

So small that an interruption while the rest is still being loaded ends it as quietly as a later one.
"""

import sys


def main() -> None:
    """Run the program and end it with an exit code."""
    try:
        from letters.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("error: Interrupted.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
