"""Versions of what was measured."""

import json
import subprocess
from functools import cache

_CODE = (
    "import importlib.metadata as m, json, sys\nfound = {}\nfor name in sys.argv[1:]:\n"
    "    try: found[name] = m.version(name)\n    except m.PackageNotFoundError: pass\nprint(json.dumps(found))"
)


@cache
def versions(python: str, *names: str) -> dict[str, str]:
    """Return the versions of distributions as an interpreter finds them; those it lacks are left out."""
    done = subprocess.run([python, "-c", _CODE, *names], capture_output=True, check=True)  # noqa: S603 - an interpreter
    found: dict[str, str] = json.loads(done.stdout)
    return found
