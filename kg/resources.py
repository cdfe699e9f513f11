"""Find the ontology's files, the demo collection and the shipped mappings, in a checkout or in an installed wheel."""

import re
from functools import cache
from pathlib import Path

from kg.errors import OntologyError


@cache
def _folder(installed: str, checkout: str) -> Path:
    """Return the installed folder when the wheel carries it, else the one beside the package."""
    package = Path(__file__).parent
    inside = package / installed
    return inside if inside.is_dir() else package.parent / checkout


def ontology_folder() -> Path:
    """Return the folder that holds `ontology.ttl`, shapes, context, queries and rules."""
    return _folder("_ontology", "ontology")


def demo_folder() -> Path:
    """Return the demo collection."""
    return _folder("_demo", "data")


def mappings_folder() -> Path:
    """Return the folder of shipped mappings, with their value tables and gazetteers."""
    return _folder("_mappings", "mappings")


def ontology_file(name: str) -> Path:
    """Return the path of one ontology file, such as `ontology.ttl` or `queries/cq01-....rq`.

    Raises:
        OntologyError: there is no such file.
    """
    path = ontology_folder() / name
    if not path.is_file():
        raise OntologyError(f"the ontology file {name} is missing from {ontology_folder()}")
    return path


def ontology_files(folder: str, suffix: str = ".rq") -> list[Path]:
    """Return the files of one ontology folder, sorted by name."""
    return sorted((ontology_folder() / folder).glob(f"*{suffix}"))


@cache
def sector_ids() -> frozenset[str]:
    """Return the ids of the shipped sectors, read off `sectors.ttl` without parsing it: checks need only these.

    Raises:
        OntologyError: the file is missing.
    """
    text = ontology_file("sectors.ttl").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^sector:([a-z0-9-]+)\s+a kg:Sector\b", text, re.MULTILINE))
