"""Every competency question has a recipe, and every recipe the answer that was checked on the shipped collection.

`answers/cqNN.csv` holds what `kg query cqNN` answers there, things as CURIEs. When the records change, the test
that fails leaves the new answer in its temporary folder: check it against the records, then copy it.
"""

import csv
import io
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import tiny
from rdflib import Dataset, URIRef
from rdflib.namespace import RDF

from kg.cli._answer import show_term
from kg.collection import open_collection
from kg.convert import to_nquad
from kg.dataset import memory_dataset, open_dataset
from kg.describe import count, description
from kg.iris import mint_graph, to_curie
from kg.prefixes import BASE, PREFIXES
from kg.query import ask_recipe
from kg.query.recipes import recipes
from kg.query.run import run_recipe
from kg.resources import ontology_file
from kg.store import current_version, native
from kg.terms import KG

ANSWERS = Path(__file__).parent / "answers"
RECIPES = recipes()
NUMBERS = {name.partition("-")[0]: name for name in RECIPES}
EMPTY = {"cq30": "every relation has evidence", "cq38": "nothing was merged"}
SECONDS = 1.0
"""Of processor time for one answer. Each takes some hundredths; a plan that multiplies takes many seconds."""

Rows = list[tuple[str, ...]]


@cache
def opened(folder: Path) -> Dataset:
    """Open a built collection once."""
    return open_dataset(folder / "build")


@cache
def shuffled(folder: Path) -> Dataset:
    """Load a built collection into memory, its quads in another order."""
    version = current_version(folder / "build")
    assert version is not None
    lines = (version / "data.nq").read_text(encoding="utf-8").split("\n")
    dataset = memory_dataset()
    store = native(dataset)
    assert store is not None
    backwards = sorted(lines, key=lambda line: line[::-1])
    store.load("\n".join(backwards).encode(), format=ox.RdfFormat.N_QUADS)
    return dataset


def asked(dataset: Dataset, name: str, **given: str) -> Rows:
    """Return the rows of an answer as a person reads them."""
    return [tuple(show_term(term, PREFIXES) for term in row) for row in ask_recipe(dataset, name, **given).rows]


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under their columns."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([columns, *rows])
    return stream.getvalue()


@pytest.mark.parametrize("number", NUMBERS)
def test_the_answer_is_the_one_that_was_checked(number: str, built: Path, tmp_path: Path) -> None:
    answer = to_csv(RECIPES[NUMBERS[number]].columns, asked(opened(built), number))
    new = tmp_path / f"{number}.csv"
    new.write_text(answer, encoding="utf-8", newline="\n")
    assert answer == (ANSWERS / new.name).read_text(encoding="utf-8"), f"check {new}, then copy it to {ANSWERS}"


def test_each_recipe_has_its_answer_and_only_those_meant_to_are_empty() -> None:
    assert sorted(path.stem for path in ANSWERS.iterdir()) == list(NUMBERS)
    assert {path.stem for path in ANSWERS.iterdir() if path.read_text(encoding="utf-8").count("\n") < 2} == set(EMPTY)


def test_the_questions_are_those_of_the_ontology() -> None:
    text = ontology_file("README.md").read_text(encoding="utf-8")
    there = dict(re.findall(r"^- \*\*(CQ\d\d)\*\* (.+)$", text, re.MULTILINE))
    here = {number.upper(): RECIPES[name].question.replace("`", "*") for number, name in NUMBERS.items()}
    assert there == here
    assert list(here) == [f"CQ{n:02}" for n in range(1, len(here) + 1)]
    assert len(here) >= 24


@pytest.mark.parametrize("number", NUMBERS)
def test_the_header_tells_the_truth(number: str, built: Path) -> None:
    recipe = RECIPES[NUMBERS[number]]
    assert run_recipe(opened(built), number).variables == recipe.columns
    assert recipe.question.endswith("?")
    assert set(re.findall(r"`(\w+)`", recipe.question)) <= {param.name for param in recipe.params}
    assert all(param.description and not param.required for param in recipe.params)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_order_is_total(number: str, built: Path) -> None:
    assert asked(shuffled(built), number) == asked(opened(built), number)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_answer_comes_at_once(number: str, built: Path) -> None:
    dataset = opened(built)
    start = time.process_time()
    asked(dataset, number)
    assert time.process_time() - start < SECONDS


OPEN = [
    ("cq01", "party", "party:jica", 0),
    ("cq08", "party", "party:iom", 0),
    ("cq20", "meeting", "meeting:makassar-japan-consulate-2020-07-27", 0),
    ("cq22", "source", "source:rastranews-2025-11-26", 0),
    ("cq23", "meeting", "meeting:makassar-jasca-conference-2020-02-27", 0),
    ("cq29", "forum", "forum:ascc-2025", 0),
]


@pytest.mark.parametrize(("number", "param", "value", "column"), OPEN)
def test_a_parameter_left_open_covers_all_its_values(
    number: str, param: str, value: str, column: int, built: Path
) -> None:
    every = asked(opened(built), number)
    one = asked(opened(built), number, **{param: value})
    assert one == [row for row in every if row[column] == value]
    assert one


OF_A_PARTY = [("cq13", "makassar"), ("cq13", "jica"), ("cq18", "dfat"), ("cq24", "dfat"), ("cq31", "usaid")]


@pytest.mark.parametrize(("number", "party"), OF_A_PARTY, ids=" ".join)
def test_a_party_narrows_the_answer_to_what_it_is_party_to(number: str, party: str, built: Path) -> None:
    theirs = {to_curie(str(iri)) for iri in opened(built).subjects(KG.party, URIRef(f"{BASE}party/{party}"))}
    rows = [row for row in asked(opened(built), number) if row[0] in theirs]
    assert asked(opened(built), number, party=party) == rows
    assert rows


NARROWED: list[tuple[str, dict[str, str], list[str]]] = [
    ("cq04", {"party": "jasca"}, ["meeting:makassar-jasca-conference-2020-02-27"]),
    ("cq05", {"party": "kemenlu"}, ["meeting:makassar-diplomat-day-2026"]),
    ("cq03", {"day": "2019-07-11"}, ["official:iqbal-suhaeb"]),
    ("cq41", {"post": "kawasaki-waterworks-ceo"}, ["official:shiratori-shigeyuki"]),
    ("cq10", {"sector": "public-space"}, ["meeting:makassar-nippon-koei-urban-space-2025-11"]),
    ("cq10", {"sector": "public-space", "until": "2025-10"}, []),
    (
        "cq10",
        {"sector": "public-space", "since": "2025-11-30"},
        ["meeting:makassar-nippon-koei-urban-space-2025-11"],
    ),
    ("cq10", {"sector": "public-space", "since": "2025-12"}, []),
    ("cq31", {"day": "2021-12-06"}, []),
    ("cq31", {"day": "2021-12-07"}, ["meeting:makassar-usaid-democracy-forum-2021-12-06"]),
]


@pytest.mark.parametrize(("number", "given", "expected"), NARROWED)
def test_parameters_narrow_the_answer(number: str, given: dict[str, str], expected: list[str], built: Path) -> None:
    assert [row[0] for row in asked(opened(built), number, **given)] == expected


def test_the_commands_say_the_same(built: Path, run: Callable[..., Any]) -> None:
    """What `kg status` and `kg conflicts` work out in Python, the recipes ask in SPARQL."""

    def told(*arguments: str) -> list[dict[str, Any]]:
        return list(json.loads(run("-C", built, *arguments, "--json").out))

    dataset = opened(built)
    named = [row for row in told("status", "--as-of", "2026-11-22", "--stale", "365d") if row["stale"]]
    silent = {row["id"]: str(row["days"]) for row in named if row["id"].startswith("cooperation:")}
    assert silent == {row[0]: row[-1] for row in asked(dataset, "cq07")}
    disputed = {(to_curie(URIRef(row["thing"])), row["field"]) for row in told("conflicts")}
    assert disputed == {row[:2] for row in asked(dataset, "cq21")}


def test_a_relation_without_evidence_is_found(world: Path) -> None:
    dataset = shuffled(world)
    assert asked(dataset, "cq30") == []
    store = native(dataset)
    assert store is not None
    bare = ox.Quad(ox.NamedNode(f"{BASE}meeting/bare"), ox.NamedNode(str(RDF.type)), ox.NamedNode(str(KG.Meeting)))
    store.add(bare)
    described_again(store, world)
    assert asked(dataset, "cq30") == [("meeting:bare", "rdf:type", "kg:Meeting")]
    store.remove(bare)
    described_again(store, world)


def described_again(store: ox.Store, root: Path) -> None:
    """Let a store that was changed by hand describe itself, as a build does."""
    store.remove_graph(ox.NamedNode(mint_graph("dataset")))
    told = description(count(store), open_collection(root).config)
    store.load("\n".join(map(to_nquad, told)), ox.RdfFormat.N_QUADS)


def test_posts_changed_are_those_of_whoever_was_in_the_party(built: Path) -> None:
    every = asked(opened(built), "cq34")
    of = {row[0] for row in every if row[4] == "Government of South Sulawesi"}
    assert asked(opened(built), "cq34", party="sulsel") == [row for row in every if row[0] in of]
    assert 1 < len(of) < len({row[0] for row in every})


PAPERS = """
meetings:
  - {id: alone, date: 2020-10, parties: [makassar, twin-a], PAPER}
  - {id: served, date: 2020-11, parties: [makassar, waterworks], cooperation: water, PAPER}
""".replace("PAPER", f"stage: mou-signed, instrument: mou, {tiny.SAYS}")


def test_a_paper_without_a_cooperation_stands_alone(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "tiny", tiny.WORLD)
    (root / "records" / "papers.yaml").write_text(PAPERS, encoding="utf-8")
    rows = [(row[0], *row[4:]) for row in asked(opened(tiny.build(root)), "cq32")]
    assert rows == [("meeting:alone", "", "2020-10-31"), ("meeting:served", "cooperation:water", "2020-11-30")]


def test_a_merged_id_leads_to_what_it_is_now(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "tiny", tiny.WORLD)
    merge = "{kind: party, from: twin-a, into: twin-b}"
    entry = f"- entry: 1\n  merge: {merge}\n  reason: One house.\n  author: T. Ester\n  date: 2026-01-01\n"
    (root / "identity.yaml").write_text(entry, encoding="utf-8")
    dataset = opened(tiny.build(root))
    assert asked(dataset, "cq38") == [("party:twin-a", "party:twin-b", "Twin", "1")]


SPANS = {
    "day": ("2017-09-10", None, "certainly"),
    "day-before": ("2017-09-09", None, ""),
    "last-day": ("2017-12-31", None, "certainly"),
    "day-after": ("2018-01-01", None, ""),
    "month-within": ("2017-10", None, "certainly"),
    "month-around": ("2017-09", None, "possibly"),
    "month-before": ("2017-08", None, ""),
    "year-around": ("2017", None, "possibly"),
    "year-before": ("2016", None, ""),
    "days-around": ("2017-09-09", "2017-09-11", "possibly"),
    "days-before": ("2017-09-01", "2017-09-09", ""),
    "across-years": ("2016-12-30", "2018-01-02", "possibly"),
    "from-a-year": ("2016", "2017-09-10", "possibly"),
    "from-the-year": ("2017", "2017-10", "possibly"),
    "days-within": ("2017-12-01", "2017-12-02", "certainly"),
}


def test_a_meeting_of_several_days_is_found_from_whichever_year_it_began(tmp_path: Path) -> None:
    meetings = "".join(
        f"  - {{id: {key}, date: {date}, parties: [a, b], {f'until: {until}, ' if until else ''}{tiny.SAYS}}}\n"
        for key, (date, until, _) in SPANS.items()
    )
    cities = f"cities: [{{id: a, name: A, country: ID, {tiny.SAYS}}}, {{id: b, name: B, country: JP, {tiny.SAYS}}}]"
    root = tiny.made(tmp_path / "c", f"{cities}\nsources: [{{id: daily, outlet: D}}]\nmeetings:\n{meetings}")
    found = {row[0]: row[3] for row in asked(opened(root), "cq40", since="2017-09-10", until="2017-12")}
    assert found == {f"meeting:{key}": how for key, (_, _, how) in SPANS.items() if how}
