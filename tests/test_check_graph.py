"""The shapes and the record checks agree: one folder of bad cases is refused by both, each by its own rule.

A case that a graph can show has a file `expected-shapes`: focus node, path and shape of everything SHACL finds in
the graph made of its records without any check. What a graph cannot show is listed here, with the reason.
"""

import importlib
import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import HealthCheck, given, settings
from rdf_iris import mint
from rdflib import Graph, Literal
from rdflib.namespace import XSD
from strategies import collections
from unchecked import read_unchecked

from kg.check import check_collection
from kg.check.graph import check_entries, check_graph, to_graph
from kg.collection import open_collection
from kg.convert import Settings
from kg.errors import Issue, Location, OntologyError
from kg.read import Entry, iter_entries
from kg.records import Record
from kg.resources import sector_ids
from kg.terms import KG

DATA = Path(__file__).parent / "data"
CASES = sorted(path.parent for path in (DATA / "bad").glob("*/expected-shapes"))

SEEN_BY_RECORDS_ONLY: Mapping[str, str] = {
    "alias": "how a file is written",
    "bad-claim": "a claim that cannot be meant has no triple",
    "bad-csv": "how a file is written",
    "bad-file-name": "names of files do not enter the graph",
    "bad-json": "how a file is written",
    "bad-language": "no literal can have such a tag",
    "bad-text": "how a file is written",
    "bad-yaml": "how a file is written",
    "binary": "how a file is written",
    "duplicate-key": "how a file is written",
    "empty-file": "how a file is written",
    "empty-value": "how a file is written",
    "not-utf8": "how a file is written",
    "supports-and-claims": "a claim names a field, support a property: the graph does not join them",
    "too-big": "how a file is written",
    "too-deep": "how a file is written",
    "unknown-field": "an unknown field has no property",
    "unknown-format": "how a file is written",
    "unknown-kind": "an unknown kind has no class",
    "unknown-ruled": "a ruling is text to the graph",
    "unknown-supported": "an unknown field has no property",
    "unreadable": "how a file is written",
    "wrong-type": "a value of another sort has no triple",
}


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """Keep rdflib from logging each literal and IRI that is bad on purpose."""
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


def lines(case: Path, name: str) -> list[str]:
    return (case / name).read_text(encoding="utf-8").splitlines()


def good() -> list[Entry]:
    return [found for found in iter_entries(DATA / "good" / "records") if isinstance(found, Entry)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_case_is_refused_by_its_shape(case: Path) -> None:
    found = check_entries([*good(), *read_unchecked(case / "extra.yaml")])
    assert sorted({f"{one.about} {one.at.path or '.'} {one.code}" for one in found}) == lines(case, "expected-shapes")
    assert {one.severity for one in found} == {"error"}
    assert [text for text in lines(case, "expected") if " error " in text], "the record checks refuse it too"


def test_every_error_of_the_record_checks_is_seen_by_a_shape_or_excused() -> None:
    listed = set()
    for module in ("kg.read", "kg.check.records"):
        text = importlib.import_module(module).__doc__ or ""
        listed |= set(re.findall(r"`([a-z0-9-]+)`", text.partition("Warnings")[0]))
    seen = {text.split()[-1] for case in CASES for text in lines(case, "expected")}
    assert sorted(listed - seen - set(SEEN_BY_RECORDS_ONLY)) == []
    assert sorted(set(SEEN_BY_RECORDS_ONLY) - listed) == []


def test_the_good_collection_conforms() -> None:
    assert check_entries(good()) == []


@given(collections())
@settings(deadline=None, max_examples=5, suppress_health_check=list(HealthCheck))
def test_what_the_record_checks_accept_conforms(records: list[Record]) -> None:
    entries = [Entry(record, Location("drawn"), lambda path, *, key=False: Location("drawn")) for record in records]  # noqa: ARG005
    assert [str(issue) for issue in check_entries(entries)] == []


def test_a_finding_stands_at_the_record_it_is_about() -> None:
    entries = [*good(), *read_unchecked(DATA / "bad" / "dangling-nested" / "extra.yaml")]
    found = check_entries(entries)
    assert {issue.at.file for issue in found} == {"extra.yaml"}
    assert str(found[0]) == (
        "extra.yaml kg:actedAs: error: kg:actedAs is one post of this graph; found 'post:makassar-major' "
        "[kgsh:Participation]"
    )


def test_a_graph_from_elsewhere_is_checked_by_its_nodes() -> None:
    graph = to_graph(good(), Settings("https://example.org/ties/", ("en",), sector_ids()))
    meeting = mint("meeting", "waterworks-2026", base="https://example.org/ties/")
    graph.add((meeting, KG.status, Literal("cancelled")))
    graph.set((meeting, KG.date, Literal("soon", datatype=XSD.string)))
    before = set(graph)
    found = check_graph(graph, base="https://example.org/ties/")
    assert [(issue.at.file, issue.at.path, issue.code) for issue in found] == [
        ("meeting:waterworks-2026", "kg:date", "kgsh:date"),
        ("meeting:waterworks-2026", "kg:earliest", "kgsh:DatedThing"),
        ("meeting:waterworks-2026", "kg:latest", "kgsh:DatedThing"),
        ("meeting:waterworks-2026", "kg:status", "kgsh:Meeting"),
    ]
    assert set(graph) == before


def test_broken_shapes_are_the_ontologys_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("kgsh:Meeting a", encoding="utf-8")
    monkeypatch.setattr("kg.check.graph.ontology_file", lambda _: tmp_path / "broken.ttl")
    with pytest.raises(OntologyError, match=r"shapes\.ttl does not parse"):
        check_graph(Graph())


def test_the_command_checks_the_shapes(run: Callable[..., Ran], demo: Path) -> None:
    ran = run("check", demo, "--shacl")
    assert ran.code == 0, ran.out
    assert [text for text in ran.out.splitlines() if "kgsh:" in text] == []


def test_the_command_does_not_check_a_graph_that_cannot_be(run: Callable[..., Ran], demo: Path) -> None:
    (demo / "records" / "bad.yaml").write_text("officials:\n  - {id: a}\n", encoding="utf-8")
    ran = run("check", demo, "--shacl")
    assert ran.code == 1
    assert "the graph was not checked: the records have errors" in ran.err


def test_the_shipped_collection_is_wholly_good(demo: Path) -> None:
    result = check_collection(open_collection(demo))
    assert [str(issue) for issue in result.errors] == []
    assert {issue.code for issue in result.issues if isinstance(issue, Issue)} <= {"post-unobserved"}
