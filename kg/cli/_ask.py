"""What the officer's commands share: the build of a collection, its names, and where records stand."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import collection_of
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.names import Names


@dataclass(frozen=True)
class Asked:
    """An opened build: its collection, names in the language order asked for, and its folder."""

    collection: "Collection"
    names: "Names"
    version: Path | None

    def places(self) -> dict[str, str]:
        """Return CURIE -> `file:line` of every record of the build.

        Raises:
            StoreError: the build's file is missing or damaged.
        """
        if self.version is None:
            return {}
        import json

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
    from kg.store import is_address, open_source, require_version

    collection = collection_of(ctx)
    config = collection.config
    version = None if is_address(collection.store) else require_version(collection.build)
    source = open_source(collection.store, base=config.base)
    names = Names(source, language_order(lang, config.languages), config.base)
    return Asked(collection, names, version)
