"""What a build is made from, as one digest: equal inputs are one build."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kg.collection import Collection
from kg.read import record_files
from kg.resources import ontology_folder


def version_name(collection: Collection) -> str:
    """Name a version after all it is made from: records, decisions, kept texts, configuration, ontology and program."""
    config = asdict(collection.config)
    del config["store"]  # where a build is pushed to is none of what it says
    digest = hashlib.sha256(json.dumps(config, ensure_ascii=False).encode())
    for name, path in _files(collection):
        digest.update(f"\0{name}\0{digest_of(path)}".encode())
    return digest.hexdigest()[:16]


def _files(collection: Collection) -> Iterator[tuple[str, Path]]:
    """Yield name and path of every file a build can depend on, in an order of their own."""
    yield from record_files(collection.records, root=collection.root)
    kept = sorted(collection.sources.iterdir()) if collection.sources.is_dir() else []
    for path in (collection.identity, *kept):
        yield path.relative_to(collection.root).as_posix(), path
    for folder, suffix in ((ontology_folder(), "*.ttl"), (ontology_folder() / "rules", "*.rq")):
        yield from ((path.name, path) for path in sorted(folder.glob(suffix)))
    program = Path(__file__).parents[1]
    yield from ((path.relative_to(program).as_posix(), path) for path in sorted(program.rglob("*.py")))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing for one that is not there or cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
