"""Records as the blocks of lines they assert, and what is kept beside them: places, counts, families of sources."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import DCTERMS

from kg.build.inputs import Inputs
from kg.build.kept import Keeper, KeptFile, kept_heading
from kg.build.sorting import Sorter
from kg.collection import Collection
from kg.convert import Settings, record_lines
from kg.families import Voices
from kg.identity import Redirect
from kg.iris import mint_graph
from kg.prefixes import ONTOLOGY
from kg.read import Entry
from kg.records import Record
from kg.resources import ontology_file, sector_ids
from kg.terms import KG

_SPOOLED = 8 * 1024 * 1024


class Asserted:
    """What a collection's records say, taken one record at a time; memory does not grow with their number."""

    def __init__(self, collection: Collection, folder: Path, inputs: Inputs | None = None) -> None:
        """Start with no records; `folder` is where what does not fit into memory lies for a while.

        With `inputs` of several files the records are kept, so that a change of some need not read the others again.
        """
        config = collection.config
        self.settings = Settings(config.base, config.languages, sector_ids())
        self.records: Counter[str] = Counter()
        self.lines = Sorter(folder)
        self.places = Sorter(folder)
        self._kept = tempfile.SpooledTemporaryFile(_SPOOLED, dir=str(folder))  # noqa: SIM115 - closed with this
        self._keeper = Keeper(self._kept, inputs) if inputs and len(inputs.files) > 1 else None
        self._voices = Voices(collection)

    def add(self, entry: Entry) -> None:
        """Take a record."""
        self.note(entry)
        self.lines.add(record_lines(entry.record, self.settings))

    def note(self, entry: Entry) -> None:
        """Take a record whose lines are there already."""
        record = entry.record
        self._count(type(record), record.id, entry.at.file, entry.at.line)
        self._voices.add(record)
        if self._keeper:
            self._keeper.add(entry)

    def keep(self, file: KeptFile) -> None:
        """Take note of the records of a file that has not changed, but for what they tell of families."""
        for text in file.lines:
            line, kind, name = kept_heading(text)
            self._count(kind, name, file.name, line)
        if self._keeper:
            self._keeper.keep(file)

    def _count(self, kind: type[Record], name: str, file: str, line: int) -> None:
        """Count a record, and take note of its place."""
        self.records[kind.plural] += 1
        place = json.dumps(f"{file}:{line}", ensure_ascii=False)
        self.places.add([f'"{kind.namespace}:{name}": {place}\n'])

    def save_kept(self, version: Path) -> None:
        """Write the records into the folder of a version, where they are kept."""
        if self._keeper:
            self._keeper.save(version)

    def close(self) -> None:
        """Give up what lies on disk."""
        self.lines.close()
        self.places.close()
        self._kept.close()

    def finish(self, redirects: Iterable[Redirect] = ()) -> None:
        """Add what no single record says: the schemes and the ontology, merged ids, families of sources."""
        self.lines.add(ontology_lines())
        graph = mint_graph("identity", base=self.settings.base)
        for redirect in redirects:
            start = self.settings.starts[redirect.kind]
            self.lines.add([f"{start}{redirect.old}> <{DCTERMS.isReplacedBy}> {start}{redirect.new}> <{graph}> .\n"])
        self.lines.add(self.families())

    def families(self) -> Iterator[str]:
        """Yield the family of each source, declared or told by its wording, in the derived graph."""
        for source, family in self._voices.families():
            yield family_line(source, family, self.settings)


def family_line(source: str, family: str, settings: Settings) -> str:
    """Return the line that says which family a source is of."""
    graph = mint_graph("derived", base=settings.base)
    return f'{settings.starts["source"]}{source}> <{KG.family}> "{family}" <{graph}> .\n'


def ontology_lines() -> set[str]:
    """Return the schemes for the default graph, and the ontology for its own, as the store writes them."""
    store = ox.Store()
    for name, graph in (("sectors.ttl", None), ("stages.ttl", None), ("ontology.ttl", ox.NamedNode(ONTOLOGY))):
        store.load(path=str(ontology_file(name)), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return stored_lines(store)


def stored_lines(quads: Iterable[ox.Quad]) -> set[str]:
    """Return a few quads as lines, written as the store writes them."""
    dumped = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return {f"{line}\n" for line in dumped.decode().split("\n")[:-1]}
