"""What is derived from what: ties, links and bodies, from held meetings only, under any base."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.prefixes import BASE, prefixes
from kg.rules import derive, rule_files

OTHER_BASE = "https://example.org/official/party/"
"""A base that holds the words by which the rules find the kind of a thing."""

RECORDS = """
meeting:first a kg:Meeting ; kg:status "held" ;
    kg:party party:kawasaki , party:makassar ; kg:attendedBy official:one , official:two ;
    kg:sector sector:water-supply ; kg:stage stage:mou-signed ;
    kg:earliest "2023-01-11"^^xsd:date ; kg:latest "2023-01-11"^^xsd:date .
meeting:second a kg:Meeting ; kg:status "held" ;
    kg:party party:makassar , party:kawasaki ; kg:attendedBy official:two , official:one ;
    kg:sector sector:sanitation ; kg:stage stage:discussed ;
    kg:earliest "2025-11-01"^^xsd:date ; kg:latest "2025-11-30"^^xsd:date .
meeting:undated a kg:Meeting ; kg:status "held" ; kg:party party:makassar , party:kawasaki .
meeting:announced a kg:Meeting ; kg:status "planned" ;
    kg:party party:makassar , party:nagoya ; kg:attendedBy official:one , official:three ;
    kg:earliest "2026-05-01"^^xsd:date ; kg:latest "2026-05-31"^^xsd:date .
meeting:called-off a kg:Meeting ; kg:status "cancelled" ; kg:party party:makassar , party:nagoya .

participation:first.one a kg:Participation ;
    kg:meeting meeting:first ; kg:official official:one ; kg:actedFor party:makassar .
participation:first.two a kg:Participation ;
    kg:meeting meeting:first ; kg:official official:two ; kg:actedAs post:head .
participation:announced.three a kg:Participation ;
    kg:meeting meeting:announced ; kg:official official:three ; kg:actedFor party:nagoya .
post:head kg:postIn party:waterworks .
party:waterworks kg:unitOf party:kawasaki .
tenure:two-head a kg:Tenure ; kg:official official:two ; kg:post post:head .

cooperation:buses a kg:Cooperation ; kg:party party:makassar , party:nagoya ; kg:sector sector:transport ;
    kg:step step:buses.start , step:buses.end .
step:buses.start kg:stage stage:proposed ; kg:earliest "2024-01-01"^^xsd:date ; kg:latest "2024-12-31"^^xsd:date .
step:buses.end kg:stage stage:lapsed .

stage:discussed kg:rank 1 ; kg:isEnd false .
stage:proposed kg:rank 2 ; kg:isEnd false .
stage:mou-signed kg:rank 4 ; kg:isEnd false .
stage:lapsed kg:rank 8 ; kg:isEnd true .
"""


def derived(base: str = BASE) -> set[str]:
    """Return what the rules make of the records, as lines of CURIEs."""
    store = ox.Store()
    names = prefixes(base)
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in names.items())
    store.load(f"{head}{RECORDS}".encode(), format=ox.RdfFormat.TURTLE)
    with TemporaryDirectory() as folder:
        derive(store, Path(folder), base=base)
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(f"{base}graph/derived"))
    return {" ".join(_short(term, names) for term in (q.subject, q.predicate, q.object)) for q in quads}


def _short(term: object, names: dict[str, str]) -> str:
    if isinstance(term, ox.Literal):
        return term.value
    assert isinstance(term, ox.NamedNode)
    longest = max((name for name in names if term.value.startswith(names[name])), key=lambda name: len(names[name]))
    return f"{longest}:{term.value.removeprefix(names[longest])}".replace("rdf:type", "a")


def about(subject: str, facts: set[str]) -> set[str]:
    return {fact.removeprefix(f"{subject} ") for fact in facts if fact.startswith(f"{subject} ")}


@pytest.mark.parametrize("base", [BASE, OTHER_BASE], ids=["default base", "base of a collection"])
def test_officials_of_one_held_meeting_met(base: str) -> None:
    facts = derived(base)
    assert {fact for fact in facts if " kg:met " in fact} == {
        "official:one kg:met official:two",
        "official:two kg:met official:one",
    }
    assert about("tie:official.one.two", facts) == {
        "a kg:Tie",
        "kg:between official:one",
        "kg:between official:two",
        "kg:meeting meeting:first",
        "kg:meeting meeting:second",
        "kg:meetings 2",
        "kg:firstDay 2023-01-11",
        "kg:lastDay 2025-11-30",
        "kg:sector sector:water-supply",
        "kg:sector sector:sanitation",
        "kg:highestStage stage:mou-signed",
    }


def test_a_party_counts_the_held_meetings_it_is_party_to() -> None:
    facts = derived()
    counted = {fact for fact in about("party:makassar", facts) if not fact.startswith("kg:cooperatesWith ")}
    assert counted == {"kg:meetings 3", "kg:firstDay 2023-01-11", "kg:lastDay 2025-11-30"}, "one has no date"
    assert about("party:nagoya", facts) == {"kg:cooperatesWith party:makassar"}, "it met nobody yet"


def test_an_official_counts_the_held_meetings_attended() -> None:
    facts = derived()
    counted = {fact for fact in about("official:two", facts) if not fact.startswith("kg:met ")}
    assert counted == {"kg:meetings 2", "kg:firstDay 2023-01-11", "kg:lastDay 2025-11-30"}
    assert about("official:three", facts) == set(), "the one meeting is only planned"


@pytest.mark.parametrize("base", [BASE, OTHER_BASE], ids=["default base", "base of a collection"])
def test_parties_are_tied_by_meetings_and_linked_by_those_who_acted_for_them(base: str) -> None:
    assert about("tie:party.kawasaki.makassar", derived(base)) == {
        "a kg:Tie",
        "kg:between party:kawasaki",
        "kg:between party:makassar",
        "kg:meeting meeting:first",
        "kg:meeting meeting:second",
        "kg:meeting meeting:undated",
        "kg:meetings 3",
        "kg:firstDay 2023-01-11",
        "kg:lastDay 2025-11-30",
        "kg:sector sector:water-supply",
        "kg:sector sector:sanitation",
        "kg:highestStage stage:mou-signed",
        "kg:linkedBy official:one",
        "kg:linkedBy official:two",
    }


def test_a_cooperation_ties_parties_that_have_only_plans_to_meet() -> None:
    facts = derived()
    assert about("tie:party.makassar.nagoya", facts) == {
        "a kg:Tie",
        "kg:between party:makassar",
        "kg:between party:nagoya",
        "kg:cooperation cooperation:buses",
        "kg:meetings 0",
        "kg:firstDay 2024-01-01",
        "kg:lastDay 2024-12-31",
        "kg:sector sector:transport",
        "kg:highestStage stage:proposed",
    }
    assert "party:nagoya kg:cooperatesWith party:makassar" in facts
    assert about("cooperation:buses", facts) == {"kg:highestStage stage:proposed"}


def test_a_tenure_has_the_body_of_its_post() -> None:
    assert about("tenure:two-head", derived()) == {"kg:body party:waterworks"}


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_rule_says_what_it_does_and_runs_on_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# [A-Z].*\.\n", text)
    assert isinstance(ox.Store().query(text), ox.QueryTriples), "a rule needs no prefix and no value from outside"


@pytest.mark.parametrize("text", ["CONSTRUCT {", "SELECT ?a WHERE { ?a ?b ?c }"], ids=["broken", "no CONSTRUCT"])
def test_a_broken_rule_is_named(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = tmp_path / "broken.rq"
    rule.write_text(text, encoding="utf-8")
    monkeypatch.setattr("kg.rules.rule_files", lambda: [rule])
    with pytest.raises(OntologyError, match=r"broken\.rq"):
        derive(ox.Store(), tmp_path)
