"""`kg`, and `python -m kg`: the command line, with the collector of reference cycles out of a short command's way."""

import gc
from typing import NoReturn

_SELDOM = 50_000
"""Objects made before the collector looks for cycles; Python looks every 700, and a command loads tens of thousands."""


def main() -> NoReturn:
    """Run the command line.

    Modules are no garbage: to look for some while they are loaded, and once more when the process ends, would take a
    sixth of the time of a short command.
    """
    gc.set_threshold(_SELDOM)
    from kg.cli import main as run

    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
