"""What a build is made from, as digests: equal inputs are one build."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.collection import Collection
from kg.errors import KgError
from kg.read import record_files
from kg.resources import ontology_folder


@dataclass(frozen=True)
class Inputs:
    """The digest of each file of records by its name, and one of everything else."""

    files: Mapping[str, str]
    rest: str

    @property
    def name(self) -> str:
        """What a version made from these is called."""
        text = json.dumps([self.rest, *self.files.items()])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def inputs_of(collection: Collection) -> Inputs:
    """Look at everything a build depends on: records, decisions, kept texts, configuration, ontology and program."""
    # Where a graph is kept is no part of what it says: a build is the same on whichever server.
    config = collection.config._replace(store=None)._asdict()
    rest = hashlib.sha256(json.dumps(config, ensure_ascii=False).encode())
    for name, path in _others(collection):
        rest.update(f"\0{name}\0{digest_of(path)}".encode())
    files = {name: digest_of(path) for name, path in record_files(collection.records, root=collection.root)}
    return Inputs(files, rest.hexdigest())


def require_same(collection: Collection, inputs: Inputs, *, only: Iterable[str] | None = None) -> None:
    """Refuse what was read when files changed in the meantime: it is not what the version is named after.

    `only` names the files that were read, when not all of them were.

    Raises:
        KgError: a file is not what it was.
    """
    if only is None:
        now = inputs_of(collection)
        changed = sorted({name for name, _ in now.files.items() ^ inputs.files.items()})
        changed += [] if changed or now == inputs else ["identity.yaml, a kept text or the program"]
    else:
        changed = [name for name in only if digest_of(collection.root / name) != inputs.files[name]]
    if changed:
        raise KgError(f"{changed[0]} changed while the collection was read; run `kg build` again")


def _others(collection: Collection) -> Iterator[tuple[str, Path]]:
    """Yield name and path of every file besides records, in an order of their own."""
    kept = sorted(collection.sources.iterdir()) if collection.sources.is_dir() else []
    for path in (collection.identity, *kept):
        yield path.relative_to(collection.root).as_posix(), path
    for folder, suffix in ((ontology_folder(), "*.ttl"), (ontology_folder() / "rules", "*.rq")):
        yield from ((path.name, path) for path in sorted(folder.glob(suffix)))
    program = Path(__file__).parents[1]
    yield from ((path.relative_to(program).as_posix(), path) for path in sorted(program.rglob("*.py")))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing for one that is not there, cannot be read, or may never end: a pipe."""
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
