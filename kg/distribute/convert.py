"""Three rounds over any engine that maps a function: sample, convert, merge; and what the driver does between them."""

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from kg.build.asserting import ontology_lines
from kg.collection import Collection
from kg.convert import Settings
from kg.distribute.slices import SIZE, cut
from kg.distribute.tasks import Job, Mapped, Part, map_slice, put_aside, reduce_range, sample
from kg.errors import StoreError, require
from kg.identity import read_ledger
from kg.resources import sector_ids

MANIFEST = "parts.json"
_A = TypeVar("_A")
_B = TypeVar("_B")


class Mapping(Protocol):
    """An engine: apply a function to things, anywhere, and return the results in the order of the things."""

    def __call__(self, function: Callable[[_A], _B], things: Sequence[_A], /) -> Iterable[_B]:
        """Run one round; the function and the things can be pickled."""


@dataclass(frozen=True)
class Converted:
    """What a conversion made: records read, and its parts in the order of their subjects."""

    records: int
    parts: tuple[Part, ...]


def convert(
    collection: Collection, out: Path, engine: Mapping, *, parts: int = 0, slice_bytes: int = SIZE
) -> Converted:
    """Convert the records of a collection into `out/part-*.nq`, which concatenate to its sorted asserted quads.

    These are what records, sectors, stages and the ontology state: a build without its derived, identity and
    dataset graphs. Every worker sees the collection and `out` under the same paths. There are as many parts as
    slices unless `parts` says otherwise. Records are validated one by one; that what they refer to exists is for
    `kg check` to say.

    Raises:
        RecordError: a record is not valid; no part is left.
        StoreError: `out` is not empty or cannot be written, or identity decisions are in force, which need all
            records at once.
    """
    _require_plain(collection)
    if out.exists() and not out.is_dir():
        raise StoreError(f"{out} is a file; name a new folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise StoreError(f"{out} is not empty; name a new folder")
        made = _convert(collection, out.resolve(), engine, parts, slice_bytes)
        told: dict[str, Any] = asdict(made)
        (out / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(f"cannot write the parts in {out}: {error.strerror or error}") from error
    return made


def _convert(collection: Collection, out: Path, engine: Mapping, parts: int, slice_bytes: int) -> Converted:
    """Run the rounds; what stands between them goes, whatever happens."""
    config = collection.config
    job = Job(Settings(config.base, config.languages, sector_ids()), out / ".work")
    slices = cut(collection, size=slice_bytes)
    wanted = parts or len(slices) or 1
    try:
        words = sorted(word for found in engine(partial(sample, job=job), slices) for word in found)
        job = Job(job.settings, job.work, tuple(_quantiles(words, wanted)))
        put_aside(ontology_lines(), "ontology", job)
        mapped: list[Mapped] = list(engine(partial(map_slice, job=job), list(enumerate(slices))))
        require(issue for one in mapped for issue in one.errors)
        merged = engine(partial(reduce_range, job=job, out=out), range(len(job.starts) + 1))
        return Converted(sum(one.records for one in mapped), tuple(merged))
    finally:
        shutil.rmtree(job.work, ignore_errors=True)


def _require_plain(collection: Collection) -> None:
    """Refuse a collection with decisions in force."""
    ledger = read_ledger(collection.identity, root=collection.root)
    require(ledger.issues)
    if ledger.in_force:
        raise StoreError(
            f"{collection.identity} holds decisions in force, which need all records at once: use `kg build`"
        )


def _quantiles(words: Sequence[str], parts: int) -> Iterable[str]:
    """Yield the subjects that cut sorted ones into so many ranges of about one size; fewer where subjects repeat."""
    step = len(words) / parts if words else 0
    return sorted({words[int(step * number)] for number in range(1, parts)} if words else set())
