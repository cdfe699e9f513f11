"""One of 10,000 files changes, and the collection is built again: the command, and what it writes."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from harness import Answer, Ask, Job, Place, Way

OLD, NEW = b'"name": "Meeting 7"', b'"name": "Meeting seven"'


def ours(place: Place) -> Ask:
    """Build after the change of one file."""
    return _builds(place, keeps_build=True)


def from_nothing(place: Place) -> Ask:
    """Build the same files where there is no build before."""
    return _builds(place, keeps_build=False)


def _builds(place: Place, *, keeps_build: bool) -> Ask:
    """Change a name in a copy of the collection; its build is asked for every byte."""
    collection = place.scratch("files")
    shutil.copytree(place.files, collection, ignore=None if keeps_build else shutil.ignore_patterns("build"))
    changed = next(path for path in sorted((collection / "records").iterdir()) if OLD in path.read_bytes())
    changed.write_bytes(changed.read_bytes().replace(OLD, NEW))

    def ask(_: str) -> Answer:
        subprocess.run([sys.executable, "-m", "kg", "build", collection], capture_output=True, check=True)  # noqa: S603 - ours
        return lambda: _digest(collection / "build")

    return ask


def _digest(builds: Path) -> str:
    """Return the SHA-256 of all that the build in use says."""
    version = builds / (builds / "CURRENT").read_text(encoding="utf-8").strip()
    with (version / "data.nq").open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


JOB = Job(
    "One of 10,000 files changed",
    {"ours": Way(ours, "files"), "ours, from nothing": Way(from_nothing, "files", slow=30)},
    sizes=(10_000,),
)
