"""Records to N-Quads, checked: every quad of every record, its evidence and what each source says of it included.

The limit parses the same JSON and writes the same bytes, and does nothing in between.
"""

import json
from contextlib import closing
from pathlib import Path

from harness import Answer, Ask, Job, Place, Way

PIECE = 1 << 20
"""Bytes of output copied at once."""


def ours(place: Place) -> Ask:
    """Read, check, convert and write text, a record at a time."""
    import kg
    from kg.check import Screen
    from kg.convert import Settings, record_lines
    from kg.resources import sector_ids

    def ask(_: str) -> Answer:
        target, settings = place.scratch("ours.nq"), Settings(shared_sectors=sector_ids())
        screen = Screen(kg.find_collection(place.folder))
        with closing(screen), target.open("wb", buffering=PIECE) as stream:
            for entry in screen.entries():
                stream.write("".join(record_lines(entry.record, settings)).encode())
            if not screen.is_clean():
                raise ValueError("the register is not clean")
        return target

    return ask


def limit(place: Place) -> Ask:
    """Parse the JSON, write the bytes."""
    made = ours(place)("")
    assert isinstance(made, Path)

    def ask(_: str) -> Answer:
        target = place.scratch("limit.nq")
        with place.records.open("rb") as lines:
            for line in lines:
                json.loads(line)
        with made.open("rb") as source, target.open("wb") as stream:
            while some := source.read(PIECE):
                stream.write(some)
        return target

    return ask


def plain_rdflib(place: Place) -> Ask:
    """Read and check alike, make rdflib's terms, add them to a dataset, serialize it."""
    from plain_rdflib import record_quads
    from rdflib import Dataset

    from kg.convert import Settings
    from kg.read import Entry, iter_entries
    from kg.resources import sector_ids

    def ask(_: str) -> Answer:
        dataset, settings = Dataset(default_union=False), Settings(shared_sectors=sector_ids())
        default = dataset.default_graph
        for entry in iter_entries(place.records):
            if isinstance(entry, Entry):
                for subject, predicate, value, graph in record_quads(entry.record, settings):
                    context = default if graph is None else dataset.get_context(graph)
                    dataset.addN([(subject, predicate, value, context)])
        target = place.scratch("rdflib.nq")
        dataset.serialize(target, format="nquads", encoding="utf-8")
        lines = target.read_text(encoding="utf-8").replace("  .\n", " .\n").rstrip("\n")  # its default graph is a space
        target.write_text(f"{lines}\n", encoding="utf-8", newline="\n")
        return target

    return ask


JOB = Job(
    "Records to N-Quads, checked",
    {
        "ours": Way(ours, "records"),
        "limit": Way(limit, "records", most=100_000),
        "plain rdflib": Way(plain_rdflib, "records", most=10_000, slow=28),
    },
)
