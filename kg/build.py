"""The whole flow as one function: read, check, convert, store, derive, describe.

What a build writes depends on the records, the ontology and this program, never on the day, the
machine or the order of files.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib import Literal
from rdflib.namespace import DCTERMS

from kg import describe, rules, store
from kg.check import CheckResult, check_collection
from kg.collection import Collection
from kg.convert import Quad, Settings, record_lines, to_nquad
from kg.errors import Issue, StoreError, require
from kg.families import collection_families
from kg.identity import Redirect
from kg.iris import mint_graph, to_curie
from kg.prefixes import ONTOLOGY
from kg.read import Entry
from kg.resources import ontology_file, sector_ids
from kg.terms import KG

DATA = "data.nq"
PLACES = "places.json"
MANIFEST = "manifest.json"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True)
class Build:
    """What a build made: where it is, and how much of everything it holds."""

    version: Path
    records: Mapping[str, int]
    classes: Mapping[str, int]
    graphs: Mapping[str, int]
    issues: tuple[Issue, ...] = field(default=(), repr=False)
    is_new: bool = True


def build_collection(collection: Collection, *, into: Path | None = None) -> Build:
    """Check, convert, store and derive a collection; the previous build stays until the new one is whole.

    `into` is the folder of builds, `build/` of the collection unless said otherwise. When nothing
    changed since the last build, nothing is written and `is_new` is False.

    Raises:
        RecordError: the records have errors; nothing is written.
        StoreError: the build cannot be written.
        OntologyError: an ontology file or rule is missing or broken.
    """
    result = check_collection(collection)
    require(result.issues)
    folder = into or collection.build
    base = collection.config.base
    lines = _asserted(result, collection)
    places = _places(result.entries, base)
    name = _version_name(lines, places, collection)
    version = store.current_version(folder) if _is_complete(folder, name) else None
    if version is None:
        with store.new_version(folder, name) as new:
            _write(new, lines, places, collection)
            manifest = _manifest(new, result.entries, collection)
            _write_json(new / MANIFEST, manifest)
    return _read_back(folder / name, tuple(result.issues), is_new=version is None)


def _asserted(result: CheckResult, collection: Collection) -> list[str]:
    """Return the sorted N-Quads of records, sector and stage schemes, and ontology."""
    config = collection.config
    settings = Settings(config.base, config.languages, sector_ids())
    lines = {
        line
        for entry in result.entries
        for block in record_lines(entry.record, settings)
        for line in block.split("\n")[:-1]
    }
    lines.update(to_nquad(quad) for quad in _redirects(result.redirects, settings))
    lines.update(to_nquad(quad) for quad in _families(result, collection, settings))
    lines.update(_ontology_lines())
    return sorted(lines)


def _redirects(redirects: Iterable[Redirect], settings: Settings) -> Iterator[Quad]:
    """Yield where each merged id leads, in the graph of identities: old IRIs keep answering."""
    graph = rdflib.URIRef(mint_graph("identity", base=settings.base))
    for redirect in redirects:
        old = settings.mint(redirect.kind, redirect.old)
        yield old, DCTERMS.isReplacedBy, settings.mint(redirect.kind, redirect.new), graph


def _families(result: CheckResult, collection: Collection, settings: Settings) -> Iterator[Quad]:
    """Yield the family of each source, declared or told by its wording, in the derived graph."""
    graph = rdflib.URIRef(mint_graph("derived", base=settings.base))
    found = collection_families(collection, [entry.record for entry in result.entries])
    for source, family in found.items():
        yield settings.mint("source", source), KG.family, Literal(family), graph


def _ontology_lines() -> Iterator[str]:
    """Yield the schemes for the default graph, and the ontology for its own."""
    for name, graph in (("sectors.ttl", None), ("stages.ttl", None), ("ontology.ttl", rdflib.URIRef(ONTOLOGY))):
        parsed = rdflib.Graph().parse(ontology_file(name), format="turtle")
        for subject, predicate, value in parsed:
            yield to_nquad((subject, predicate, value, graph))  # type: ignore[arg-type] # no blank nodes: tested


def _places(entries: Iterable[Entry], base: str) -> dict[str, str]:
    """Return CURIE -> `file:line` of every record, sorted."""
    settings = Settings(base)
    found = {}
    for entry in entries:
        iri = settings.mint(entry.record.namespace, entry.record.id)
        found[to_curie(iri, base=base)] = f"{entry.at.file}:{entry.at.line}"
    return dict(sorted(found.items()))


def _version_name(lines: Iterable[str], places: Mapping[str, str], collection: Collection) -> str:
    """Name a version after all it is made from, so that equal builds are one."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        digest.update(b"\n")
    digest.update(json.dumps(places).encode())
    digest.update(json.dumps(asdict(collection.config), ensure_ascii=False).encode())
    # What is derived and described after the lines above depends on the rules and on these two modules.
    for path in (*rules.rule_files(), Path(rules.__file__), Path(describe.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _is_complete(folder: Path, name: str) -> bool:
    """Say whether the version in use is this one, with its files as the manifest has them and a store that opens."""
    try:
        version = store.current_version(folder)
        if version is None or version.name != name:
            return False
        manifest = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
        store.open_native(version)
        return all(_digest(version / file) == digest for file, digest in manifest["sha256"].items())
    except (StoreError, OSError, ValueError, KeyError, TypeError, AttributeError):  # damaged: it is built again
        return False


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(new: Path, lines: Iterable[str], places: Mapping[str, str], collection: Collection) -> None:
    """Fill a version: load the quads, derive, describe, and write all of them sorted."""
    data = new / DATA
    data.write_bytes("".join(f"{line}\n" for line in lines).encode())
    loaded = store.load_native(new, [data])
    rules.derive(loaded, base=collection.config.base)
    described = sorted(to_nquad(quad) for quad in describe.description(loaded, collection.config))
    loaded.load("\n".join(described), ox.RdfFormat.N_QUADS)
    loaded.optimize()
    loaded.flush()
    dumped = ox.serialize(loaded, format=ox.RdfFormat.N_QUADS)
    data.write_bytes(b"".join(sorted((dumped or b"").splitlines(keepends=True))))
    _write_json(new / PLACES, places)


def _write_json(path: Path, value: object) -> None:
    """Write JSON a person can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _manifest(new: Path, entries: Iterable[Entry], collection: Collection) -> dict[str, object]:
    """Return the counts of a version and the SHA-256 of its files."""
    kinds = Counter(entry.record.plural for entry in entries)
    classes, graphs = _count(new / DATA, collection.config.base)
    return {
        "title": collection.config.title,
        "version": collection.config.version,
        "records": dict(sorted(kinds.items())),
        "classes": classes,
        "graphs": graphs,
        "sha256": {name: _digest(new / name) for name in (DATA, PLACES)},
    }


def _count(data: Path, base: str) -> tuple[dict[str, int], dict[str, int]]:
    """Count things per class in the default graph, and triples per graph."""
    classes: Counter[str] = Counter()
    graphs: Counter[str] = Counter()
    own = f"{ONTOLOGY}#"
    for quad in ox.parse(path=str(data), format=ox.RdfFormat.N_QUADS):
        graph = _graph_name(quad.graph_name, base)
        graphs[graph] += 1
        value = getattr(quad.object, "value", "")
        if graph == "default" and quad.predicate.value == _RDF_TYPE and value.startswith(own):
            classes[value.removeprefix(own)] += 1
    return dict(sorted(classes.items())), dict(sorted(graphs.items()))


def _graph_name(graph: object, base: str) -> str:
    """Return `default`, or the graph's IRI in short."""
    iri = str(getattr(graph, "value", ""))
    if iri == ONTOLOGY:
        return "ontology"
    return to_curie(iri, base=base).replace(f"{base}graph/", "graph:") if iri else "default"


def _read_back(version: Path, issues: tuple[Issue, ...], *, is_new: bool) -> Build:
    """Return what the manifest of a version says."""
    manifest = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
    return Build(version, manifest["records"], manifest["classes"], manifest["graphs"], issues, is_new)
