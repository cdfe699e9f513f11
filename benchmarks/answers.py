"""Files that ways wrote -> digests that are equal where the answers are."""

import hashlib
import os
import subprocess
from pathlib import Path

import pyoxigraph as ox

_PARSED = {".turtle": ox.RdfFormat.TURTLE, ".jsonld": ox.RdfFormat.JSON_LD}
"""Formats in which the same triples can be written in many ways: they are read back first."""


def digest(path: Path) -> str:
    """Return the SHA-256 of the sorted distinct lines of a file, or of its triples if it is in one of those formats."""
    if path.suffix in _PARSED:
        read = path.with_suffix(".nt")
        quads = ox.parse(path=str(path), format=_PARSED[path.suffix])
        ox.serialize((quad.triple for quad in quads), str(read), format=ox.RdfFormat.N_TRIPLES)
        path = read
    command = ["sort", "--unique", "--buffer-size=500M", str(path)]
    environment = {"LC_ALL": "C", "PATH": os.environ["PATH"]}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as sorting:  # noqa: S603 - a file of ours
        assert sorting.stdout is not None
        found = hashlib.sha256()
        while block := sorting.stdout.read(1 << 20):
            found.update(block)
    if sorting.returncode:
        raise OSError(f"cannot sort {path}")
    return found.hexdigest()


def digest_text(text: str) -> str:
    """Return the SHA-256 of text."""
    return hashlib.sha256(text.encode()).hexdigest()
