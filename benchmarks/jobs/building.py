"""A build from nothing: records are checked, converted, stored, derived from and described, as `kg build` does.

It is made where the other jobs look for it: what they start from is what was measured here.
"""

import shutil
import subprocess
import sys

from harness import Answer, Ask, CannotAsk, Job, Place, Way

NEEDS = 140
"""Bytes of disk that a build takes while it is made, for each byte of its records: 113 measured for plain ones."""


def ours(place: Place) -> Ask:
    """Run the command where there is no build."""
    shutil.rmtree(place.build, ignore_errors=True)
    needed, free = NEEDS * place.records.stat().st_size, shutil.disk_usage(place.folder).free

    def ask(_: str) -> Answer:
        if needed > free:
            raise CannotAsk(f"needs {needed / 1e9:.0f} GB of disk, and {free / 1e9:.0f} are free")
        subprocess.run([sys.executable, "-m", "kg", "--quiet", "build", place.folder], capture_output=True, check=True)  # noqa: S603 - ours
        return place.version

    return ask


JOB = Job(
    "A build from nothing",
    {"ours": Way(ours, "records")},
    compared=0,
    sizes=(100_000, 1_000_000),
    patience=7200,
)
