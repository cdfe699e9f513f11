"""The whole flow: what a build holds, that it proves itself, and that the same input gives the same bytes."""

import errno
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest
import tiny
import yaml
from rdf_iris import mint
from rdflib import Dataset
from tiny import dataset_of, names_of, rows

from kg.build import build_collection
from kg.build.kept import KEPT
from kg.collection import open_collection
from kg.dataset import iter_quads, open_dataset
from kg.errors import RecordError, StoreError
from kg.export import export
from kg.prefixes import ONTOLOGY
from kg.records import KINDS
from kg.store import current_version
from kg.terms import KG

RELATIONS = """
  GRAPH <https://w3id.org/cooperation-kg/ontology> { ?p a owl:ObjectProperty }
  ?s ?p ?o .
  FILTER(?p != kg:evidence)
  FILTER NOT EXISTS {
    ?s a ?kind VALUES ?kind { kg:Source kg:Evidence kg:Claim kg:Sector kg:Stage kg:Instrument }
  }
"""
"""A relation: one thing linked to another by a property of ours, where somebody must vouch for the link.

Sources, evidence and claims are the testimony itself; sectors, stages and instruments are shared concepts.
See D-22 in `ontology/README.md`.
"""


@pytest.fixture(params=["world", "built"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return dataset_of(request.getfixturevalue(request.param))


# -- evidence ---------------------------------------------------------------------------------------------------


def test_there_are_relations_of_many_kinds(built: Path) -> None:
    found = rows(names_of(built).dataset, f"SELECT ?p (COUNT(*) AS ?n) {{ {RELATIONS} }} GROUP BY ?p")
    assert len(found) >= 20
    assert sum(int(number) for _, number in found) > 3000


def test_no_relation_lacks_evidence(dataset: Dataset) -> None:
    unproved = "FILTER NOT EXISTS { ?s kg:evidence/kg:source ?source }"
    assert rows(dataset, f"SELECT ?s ?p ?o {{ {RELATIONS} {unproved} }}") == []


def test_every_relation_is_what_a_source_says(dataset: Dataset) -> None:
    unsaid = "FILTER NOT EXISTS { ?source a kg:Source . GRAPH ?source { ?s ?p ?o } }"
    assert rows(dataset, f"SELECT ?s ?p ?o {{ {RELATIONS} {unsaid} }}") == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [("", "missing-evidence"), ("    evidence: [{source: daily, claims: {parties: [a, c]}}]\n", "unsupported")],
    ids=["no evidence", "evidence that only disputes it"],
)
def test_a_relation_without_evidence_is_not_built(tmp_path: Path, fields: str, code: str) -> None:
    cities = "".join(f"  - {{id: {key}, name: {key}, country: ID, {tiny.SAYS}}}\n" for key in "abc")
    text = f"cities:\n{cities}meetings:\n  - id: m\n    parties: [a, b]\n{fields}sources: [{{id: daily, outlet: D}}]\n"
    root = tiny.write(tmp_path / "c", text)
    with pytest.raises(RecordError) as error:
        build_collection(open_collection(root))
    assert code in {issue.code for issue in error.value.issues}
    assert not (root / "build").exists()


def test_each_source_has_a_graph_and_the_counts_are_those_of_the_records(built: Path) -> None:
    made = build_collection(open_collection(built))
    assert not made.is_new, "nothing changed, so nothing was written"
    assert made.records["meetings"] == made.classes["Meeting"] == 121
    assert made.records["sources"] == made.classes["Source"] == 239
    assert made.records["officials"] == made.classes["Official"] == 149
    dataset = names_of(built).dataset
    silent = rows(dataset, "SELECT ?s { ?s a kg:Source FILTER NOT EXISTS { GRAPH ?s { ?a ?b ?c } } }")
    speaking = rows(dataset, "SELECT DISTINCT ?s { ?e a kg:Evidence ; kg:source ?s }")
    assert len(speaking) == 239, "every source speaks of something"
    assert len(silent) == 2, "two only give measures that no record has a field for"
    assert sum(name.startswith("source:") for name in made.graphs) == 237


def test_no_blank_node_anywhere(built: Path) -> None:
    version = current_version(built / "build")
    assert version is not None
    lines = (version / "data.nq").read_bytes().splitlines()
    assert [line for line in lines if line.startswith(b"_:") or b" _:" in line.partition(b'"')[0]] == []
    assert lines == sorted(set(lines))


def test_places_name_the_file_and_line_of_every_record(built: Path) -> None:
    version = current_version(built / "build")
    assert version is not None
    places = json.loads((version / "places.json").read_text(encoding="utf-8"))
    assert len(places) == 885
    for curie, place in places.items():
        name, line = place.rsplit(":", 1)
        text = (built / name).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert f"id: {curie.partition(':')[2]}" in text


def test_the_manifest_holds_the_digests_of_the_files(world: Path) -> None:
    version = current_version(world / "build")
    assert version is not None
    manifest = json.loads((version / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256((version / name).read_bytes()).hexdigest() == digest


def test_the_ontology_has_a_graph_of_its_own(world: Path) -> None:
    found = rows(names_of(world).dataset, f"SELECT ?v {{ GRAPH <{ONTOLOGY}> {{ ?o owl:versionInfo ?v }} }}")
    assert len(found) == 1


# -- the same input, the same bytes -------------------------------------------------------------------------------


def bytes_of(root: Path) -> dict[str, bytes]:
    """Return what a build wrote, by name."""
    version = current_version(root / "build")
    assert version is not None
    return {path.name: path.read_bytes() for path in sorted(version.iterdir()) if path.is_file()}


def exports_of(root: Path) -> dict[str, str]:
    """Return the digest of every RDF export."""
    dataset = open_dataset(root / "build")
    return {
        name: hashlib.sha256(b"".join(export(dataset, name))).hexdigest()
        for name in ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")
    }


def records_in(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every record as YAML gives it, dates as they are written."""

    class Plain(yaml.SafeLoader):
        """Reads dates as text."""

    Plain.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    for path in sorted(folder.rglob("*.yaml")):
        for kind, listed in yaml.load(path.read_text(encoding="utf-8"), Plain).items():  # noqa: S506 - a safe loader
            for record in listed:
                yield kind, record


def shuffled(value: object, dice: random.Random) -> object:
    """Return the same mappings with their keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        dice.shuffle(keys)
        return {key: shuffled(value[key], dice) for key in keys}
    return [shuffled(each, dice) for each in value] if isinstance(value, list) else value


def rewritten(root: Path, into: Path, seed: int) -> Path:
    """Write a collection again: records in other files, in another order, with their keys in another order."""
    dice = random.Random(seed)  # noqa: S311 - for shuffling
    found = list(records_in(root / "records"))
    dice.shuffle(found)
    assert {kind for kind, _ in found} <= {kind.plural for kind in KINDS}
    (into / "records").mkdir(parents=True)
    (into / "kg.toml").write_bytes((root / "kg.toml").read_bytes())
    for number in range(5):
        whole: dict[str, list[object]] = {}
        for kind, record in found[number::5]:
            whole.setdefault(kind, []).append(shuffled(record, dice))
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
        (into / "records" / f"{dice.randrange(10**6)}-{number}.yaml").write_text(text, encoding="utf-8")
    return into


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_files_records_and_keys_give_the_same_bytes(world: Path, tmp_path: Path, seed: int) -> None:
    other = tiny.build(rewritten(world, tmp_path / "other", seed))
    assert bytes_of(other)["data.nq"] == bytes_of(world)["data.nq"]
    assert exports_of(other) == exports_of(world)


def test_the_real_data_shuffled_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    other = tiny.build(rewritten(built, tmp_path / "other", 3))
    assert bytes_of(other)["data.nq"] == bytes_of(built)["data.nq"]
    assert exports_of(other) == exports_of(built)


def test_hash_seeds_and_time_zones_change_no_byte(world: Path, tmp_path: Path) -> None:
    code = "import sys, tiny, pathlib; tiny.build(pathlib.Path(sys.argv[1]))"
    made = []
    for seed, zone in (("1", "UTC"), ("4242", "Asia/Tokyo")):
        root = tiny.write(tmp_path / seed, tiny.WORLD)
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(tiny.__file__).parent)}
        subprocess.run([sys.executable, "-c", code, str(root)], check=True, env=env, timeout=120)
        made.append(bytes_of(root))
    assert made[0] == made[1] == bytes_of(world)


def test_building_twice_writes_nothing(tmp_path: Path) -> None:
    root = tiny.made(tmp_path / "c", tiny.WORLD)
    before = {path: path.stat().st_mtime_ns for path in (root / "build").rglob("*") if path.is_file()}
    assert not build_collection(open_collection(root)).is_new
    assert {path: path.stat().st_mtime_ns for path in (root / "build").rglob("*") if path.is_file()} == before


def test_a_build_knows_nothing_of_today(world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_clock(*_: object) -> float:
        raise AssertionError("a build asked for the time")

    for name in ("time", "time_ns", "localtime", "gmtime"):
        monkeypatch.setattr(f"time.{name}", no_clock)
    root = tiny.made(tmp_path / "c", tiny.WORLD)
    monkeypatch.undo()
    assert bytes_of(root) == bytes_of(world)
    today = date.today().isoformat().encode()  # noqa: DTZ011 - whatever day it is here
    assert today not in bytes_of(root)["manifest.json"] + bytes_of(root)["places.json"]


@pytest.mark.parametrize("name", ["data.nq", "places.json", "manifest.json"])
@pytest.mark.parametrize("damage", [b"", b"[]", b"\xff{", None], ids=["emptied", "other", "binary", "deleted"])
def test_a_damaged_file_of_a_build_is_made_again(world: Path, tmp_path: Path, name: str, damage: bytes | None) -> None:
    root = tmp_path / "c"
    shutil.copytree(world, root)
    version = current_version(root / "build")
    assert version is not None
    if damage is None:
        (version / name).unlink()
    else:
        (version / name).write_bytes(damage)
    assert build_collection(open_collection(root)).is_new
    assert bytes_of(root) == bytes_of(world)


def test_a_change_of_a_record_makes_another_version(tmp_path: Path) -> None:
    root = tiny.made(tmp_path / "c", tiny.WORLD)
    before = bytes_of(root)["data.nq"]
    path = root / "records" / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2020-09-01", "2020-09-02"), encoding="utf-8")
    assert build_collection(open_collection(root)).is_new
    changed = set(bytes_of(root)["data.nq"].splitlines()) ^ set(before.splitlines())
    assert changed
    assert all(b"2020-09-0" in line for line in changed)


# -- identity ---------------------------------------------------------------------------------------------------


BY = ("--reason", "one thing", "--author", "A. Reader", "--date", "2026-01-02")


def test_merge_build_undo_build_gives_the_bytes_of_the_start(demo: Path, built: Path, run: Callable[..., Any]) -> None:
    before = bytes_of(built)
    assert run("-C", demo, "same", "merge", "m-roem-dprd", "muhammad-roem", *BY).code == 0
    tiny.build(demo)
    merged = names_of(demo)
    old, new = mint("official", "m-roem-dprd"), mint("official", "muhammad-roem")
    assert rows(merged.dataset, f"SELECT ?new {{ GRAPH graph:identity {{ <{old}> dcterms:isReplacedBy ?new }} }}") == [
        (str(new),)
    ]
    assert rows(merged.dataset, f"SELECT ?p {{ <{old}> ?p ?o }}") == [], "the old IRI only redirects"
    both = "SELECT DISTINCT ?s { ?e kg:source ?s ; kg:about <%s> }"
    sources = {source for official in (old, new) for source in rows(names_of(built).dataset, both % official)}
    assert set(rows(merged.dataset, both % new)) == sources, "no source is lost"
    assert run("-C", demo, "same", "undo", "1", *BY).code == 0
    tiny.build(demo)
    after = bytes_of(demo)
    kept, kept_before = (found.pop(KEPT).partition(b"\n") for found in (after, before))
    assert kept[2] == kept_before[2]  # the first line names what all was made from, and the ledger has grown
    assert after == before


@pytest.mark.parametrize(
    "word", ["budi", "official:budi", "https://w3id.org/cooperation-kg/id/official/budi"], ids=["id", "CURIE", "IRI"]
)
def test_what_was_merged_still_answers(tmp_path: Path, run: Callable[..., Any], word: str) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    assert run("-C", root, "same", "merge", "budi", "dewi", *BY).code == 0
    assert run("-C", root, "same", "merge", "dewi", "amir", *BY).code == 0
    tiny.build(root)
    names = names_of(root)
    assert names.resolve(word) == mint("official", "amir")
    assert (names.is_merged(word), names.is_merged("amir")) == (True, False)
    shown = run("-C", root, "show", word)
    assert shown.code == 0
    assert shown.out.startswith("Amir  (Official, official:amir)")
    assert shown.err == f"{word} was merged into official:amir\n"


# -- what cannot be built ---------------------------------------------------------------------------------------


def test_records_with_errors_leave_the_previous_build(tmp_path: Path) -> None:
    root = tiny.made(tmp_path / "c", tiny.WORLD)
    before = bytes_of(root)
    path = root / "records" / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2020-07-27", "2020-13-40"), encoding="utf-8")
    with pytest.raises(RecordError):
        build_collection(open_collection(root))
    assert bytes_of(root) == before


def test_a_pipe_among_the_records_is_told_and_not_waited_for(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    os.mkfifo(root / "records" / "pipe.yaml")
    with pytest.raises(RecordError, match=r"pipe.yaml: error: found no regular file"):
        build_collection(open_collection(root))


def test_a_file_where_the_build_belongs_is_left_alone(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    (root / "build").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot write the build"):
        build_collection(open_collection(root))
    assert (root / "build").read_text(encoding="utf-8") == "mine"


def test_a_disk_without_space_for_what_is_put_aside_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("kg.build.sorting.Sorter.add", full)
    with pytest.raises(StoreError, match=r"cannot write the build in .*: .*No space left"):
        tiny.made(tmp_path / "c", tiny.WORLD)


def test_a_build_may_go_elsewhere(world: Path, tmp_path: Path) -> None:
    made = build_collection(open_collection(world), into=tmp_path / "elsewhere")
    assert made.version.parent == tmp_path / "elsewhere"
    assert (made.version / "data.nq").read_bytes() == bytes_of(world)["data.nq"]


def test_the_default_graph_is_what_the_sources_and_rulings_make(world: Path) -> None:
    quads = list(iter_quads(open_dataset(world / "build")))
    default = {(s, p, o) for s, p, o, g in quads if g is None}
    assert all(not str(s).startswith(f"{ONTOLOGY}#") for s, _, _ in default)
    told = {(s, p, o) for s, p, o, g in quads if g == mint("source", "weekly")}
    first = mint("meeting", "first")
    assert {str(o) for s, p, o in told - default if s == first} == {"2020-03", "2020-03-01", "2020-03-31"}
    assert {str(o) for s, p, o in default if (s, p) == (first, KG.date)} == {"2020-02"}
