"""`kg`, and `python -m kg`: the command line, with Python's own chores out of a short command's way."""

import atexit
import gc
import os
import sys
from typing import NoReturn

_SELDOM = 50_000
"""Objects made before the collector looks for cycles; Python looks every 700, and a command loads tens of thousands."""


def main() -> NoReturn:
    """Run the command line.

    Modules are no garbage: to look for some while they are loaded, and to take them apart one by one when the process
    ends, would take a sixth of the time of a short command.
    """
    gc.set_threshold(_SELDOM)
    from kg.cli import main as run

    try:
        run()
    except SystemExit as stop:
        if isinstance(stop.code, int) and not _is_awaited():
            leave(stop.code)
        raise
    finally:
        gc.freeze()


def _is_awaited() -> bool:
    """Say whether anything waits for the interpreter's end: temporary folders, coverage, threads, a profiler.

    Whoever has something to do then, has asked `atexit` to be called; nobody asks for a question about a build.
    """
    import threading

    if atexit._ncallbacks() or threading.active_count() > 1:  # noqa: SLF001 - Python tells it nowhere else
        return True
    if sys.version_info >= (3, 12) and any(map(sys.monitoring.get_tool, range(6))):
        return True
    return bool(sys.gettrace() or sys.getprofile() or sys.flags.inspect)


def leave(code: int) -> None:
    """End the process as it is, and leave its memory to the system; return where a stream cannot be flushed."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):
        return  # Python says so as it always does
    os._exit(code)


if __name__ == "__main__":
    main()
