"""The files of one version: what a build writes beside its store, and reads back when nothing has changed."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg import store
from kg.build.inputs import digest_of
from kg.errors import Issue, Location, StoreError
from kg.store import COLUMNS

DATA = "data.nq"
PLACES = "places.json"
ISSUES = "issues.json"
MANIFEST = "manifest.json"


def write_data(path: Path, blocks: Iterable[bytes], *, between: bytes = b"") -> None:
    """Write blocks as they come, `between` after each."""
    with path.open("wb") as stream:
        for block in blocks:
            stream.write(block)
            stream.write(between)


def write_places(path: Path, lines: Iterable[bytes]) -> None:
    """Write CURIE -> `file:line` of every record as one JSON object, a record a line."""
    with path.open("wb") as stream:
        before = b"{"
        for line in lines:
            stream.write(before + b"\n " + line[:-1])
            before = b","
        stream.write(b"\n}\n" if before == b"," else b"{}\n")


def write_issues(path: Path, issues: Iterable[Issue]) -> None:
    """Write findings that stop no build, to be told again when nothing has changed."""
    _write_json(path, list(issues))


def read_issues(path: Path) -> tuple[Issue, ...]:
    """Return the findings a build has kept."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Issue(Location(*at), *rest) for at, *rest in found)


def write_manifest(version: Path, told: Mapping[str, object]) -> None:
    """Write counts and the SHA-256 of the other files."""
    hashes = {name: digest_of(version / name) for name in (COLUMNS, DATA, ISSUES, PLACES)}
    _write_json(version / MANIFEST, {**told, "sha256": hashes})


def read_manifest(version: Path) -> dict[str, Any]:
    """Return what the manifest says."""
    found: dict[str, Any] = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
    return found


def is_complete(folder: Path, name: str) -> bool:
    """Say whether the version in use is this one, with its files as the manifest has them and a store that opens."""
    try:
        version = store.current_version(folder)
        if version is None or version.name != name:
            return False
        hashes = read_manifest(version)["sha256"]
        store.open_native(version)
        return bool(hashes) and all(digest_of(version / file) == digest for file, digest in hashes.items())
    except (StoreError, OSError, ValueError, KeyError, TypeError, AttributeError):  # damaged: it is built again
        return False


def _write_json(path: Path, value: object) -> None:
    """Write JSON a person can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
