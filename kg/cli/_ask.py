"""What the officer's commands share: the build of a collection, its names, and where records stand."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import collection_of
from kg.collection import Collection
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.names import Names


@dataclass(frozen=True)
class Asked:
    """An opened build: its collection, names in the language order asked for, and its folder."""

    collection: Collection
    names: "Names"
    version: Path

    def places(self) -> dict[str, str]:
        """Return CURIE -> `file:line` of every record of the build.

        Raises:
            StoreError: the build's file is missing or damaged.
        """
        path = self.version / "places.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"cannot read {path}: {error}; run `kg build` again") from error
        return {str(curie): str(place) for curie, place in found.items()}


def ask(ctx: click.Context, lang: str | None) -> Asked:
    """Open the build of the collection the command works on.

    Raises:
        StoreError: nothing is built yet, or the build is damaged.
    """
    from kg.names import Names, language_order
    from kg.store import current_version, open_dataset

    collection = collection_of(ctx)
    config = collection.config
    dataset = open_dataset(collection.build, base=config.base)
    version = current_version(collection.build)
    assert version is not None  # noqa: S101 - open_dataset has just opened it
    return Asked(collection, Names(dataset, language_order(lang, config.languages), config.base), version)
