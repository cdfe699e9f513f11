"""The ontology's page: every term and concept under its own name, offline, escaped, the same bytes every time."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import Visit
from rdflib import Graph
from rdflib.namespace import OWL, RDF, SKOS

from kg.errors import OntologyError
from kg.prefixes import ONTOLOGY
from kg.reference import reference_page
from kg.reference.page import LANGUAGES, WORDS
from kg.reference.reading import read_reference
from kg.resources import ontology_file, ontology_files

Run = Callable[..., Any]
LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)


class Page(HTMLParser):
    """Notes ids, links, tags and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.outside: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in {"src", "href", "srcset", "data", "action", "style"} or name.startswith("on"):
                self.outside.append((tag, name))


def local_names() -> set[str]:
    """Return the local names of every term and concept of the shipped files."""
    names = set()
    for name in ("ontology.ttl", "sectors.ttl", "stages.ttl"):
        graph = Graph().parse(ontology_file(name))
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme):
            found = {str(subject) for subject in graph.subjects(RDF.type, kind)}
            names |= {re.split(r"[#/]", iri)[-1] for iri in found}
    return names


@LANGUAGE
def test_every_term_and_concept_has_its_name_for_an_anchor(lang: str) -> None:
    page = Page(reference_page(lang))
    assert len(local_names()) > 150
    assert local_names() - set(page.ids) == set()
    assert [name for name, count in page.ids.items() if count > 1] == []


@LANGUAGE
def test_every_link_inside_the_page_leads_somewhere(lang: str) -> None:
    page = Page(reference_page(lang))
    inside = [link.removeprefix("#") for link in page.links if link.startswith("#")]
    assert set(inside) <= set(page.ids)
    assert all(link.startswith(("#", "https://", "http://")) for link in page.links)


@LANGUAGE
def test_the_page_runs_nothing_and_asks_for_nothing(lang: str) -> None:
    text = reference_page(lang)
    page = Page(text)
    assert page.outside == []
    assert not set(page.tags) & {"script", "link", "img", "iframe", "object", "form", "base"}
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in text
    assert "url(" not in style
    assert "@import" not in style


def test_every_term_is_told_in_three_languages() -> None:
    reference = read_reference()
    terms = [*reference.classes, *reference.properties]
    assert [term.name for term in terms if not set(LANGUAGES) <= set(term.labels)] == []
    assert [term.name for term in terms if not set(LANGUAGES) <= set(term.definitions)] == []
    text = reference_page()
    escaped = {text_ for term in terms for text_ in term.labels.values()}
    assert [label for label in escaped if f">{label}</li>" not in text] == []


def test_a_class_shows_what_it_has_and_what_leads_to_it() -> None:
    by_name = {term.name: term for term in (*read_reference().classes, *read_reference().properties)}
    meeting, city, attended = by_name["Meeting"], by_name["City"], by_name["attendedBy"]
    assert {"kg:party", "kg:date", "kg:status"} <= {link.text for link in meeting.properties}
    assert ("kg:follows", "#follows") in meeting.pointing
    assert {"schema:Event", "prov:Activity"} == {link.text for link in meeting.supers}
    assert "kg:country" in {link.text for link in city.properties}, "what every party has"
    assert "kg:City" in {link.text for link in by_name["Party"].subs}
    assert [link.text for link in attended.domain] == ["kg:Meeting"]
    assert [link.text for link in attended.range] == ["kg:Official"]
    assert "participation" in attended.examples
    assert by_name["date"].domain == (("kg:Forum", "#Forum"), ("kg:Meeting", "#Meeting"), ("kg:Step", "#Step"))


def test_concepts_stand_under_what_is_broader_and_stages_by_rank() -> None:
    schemes = {scheme.name: scheme for scheme in read_reference().schemes}
    stages = [concept.name for concept in schemes["stages"].concepts]
    assert stages[0] == "discussed"
    assert stages[-2:] == ["lapsed", "cancelled"]
    sectors = [concept.name for concept in schemes["sectors"].concepts]
    assert len(sectors) == 36
    assert sectors.index("group-water") < sectors.index("water-supply") < sectors.index("group-water") + 5
    water = next(concept for concept in schemes["sectors"].concepts if concept.name == "water-supply")
    assert ("close", "14031 Basic drinking water supply") in water.matches


def test_every_valid_example_is_shown() -> None:
    text = reference_page()
    for path in ontology_files("examples/valid", ".ttl"):
        assert f'id="example-{path.stem}"' in text


@LANGUAGE
def test_the_words_of_the_page_are_there_in_every_language(lang: str) -> None:
    assert set(WORDS[lang]) == set(WORDS["en"])
    assert all(WORDS[lang].values())


def test_a_language_the_page_does_not_speak_is_the_callers_slip() -> None:
    with pytest.raises(ValueError, match="not 'fr'"):
        reference_page("fr")


def test_hash_seeds_change_no_byte() -> None:
    code = "import sys; from kg.reference import reference_page; sys.stdout.buffer.write(reference_page().encode())"
    pages = set()
    for seed in ("1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        pages.add(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=env).stdout)
    assert pages == {reference_page().encode()}


@pytest.fixture
def own_ontology(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the page be made from files a test writes."""
    for name in ("ontology.ttl", "sectors.ttl", "stages.ttl"):
        (tmp_path / name).write_bytes(ontology_file(name).read_bytes())
    monkeypatch.setattr("kg.reference.reading.ontology_file", lambda name: tmp_path / name)
    return tmp_path / "ontology.ttl"


def test_nothing_a_label_holds_becomes_markup(own_ontology: Path) -> None:
    bad = '</style><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    text = own_ontology.read_text(encoding="utf-8")
    literal = bad.replace('"', '\\"')
    own_ontology.write_text(text.replace('"Meeting"@en', f'"{literal}"@en'), encoding="utf-8")
    page = reference_page()
    assert bad not in page
    assert not set(Page(page).tags) & {"script", "img"}


def test_a_broken_ontology_is_named(own_ontology: Path) -> None:
    own_ontology.write_text("kg:Meeting a", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"ontology\.ttl does not parse"):
        reference_page()


def test_the_command_writes_a_file_or_the_stream(tmp_path: Path, run: Run) -> None:
    told = run("ontology", "-o", tmp_path / "o.html", "--lang", "ja")
    assert (told.code, told.out) == (0, "")
    assert (tmp_path / "o.html").read_text(encoding="utf-8") == reference_page("ja")
    assert run("ontology").out == reference_page()
    assert f"{ONTOLOGY}#" in run("ontology").out


@pytest.mark.parametrize("name", ["missing/o.html", "folder"])
def test_a_place_that_cannot_be_written(tmp_path: Path, run: Run, name: str) -> None:
    (tmp_path / "folder").mkdir()
    told = run("ontology", "-o", tmp_path / name)
    assert (told.code, told.out) == (3, "")
    assert told.err.startswith(f"kg: cannot write {tmp_path / name}: ")
    assert told.err.count("\n") == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]
    assert run("ontology", "--lang", "fr").code == 2


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_opens_offline_and_fits(
    tmp_path: Path, visit: Callable[..., AbstractContextManager[Visit]], width: int
) -> None:
    path = tmp_path / "ontology.html"
    path.write_text(reference_page(), encoding="utf-8")
    with visit(path, width=width) as seen:
        assert (seen.requests, seen.errors) == ([], [])
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.evaluate("getComputedStyle(document.querySelector('.term')).borderTopStyle") == "solid"
        seen.page.click("nav a[href='#attendedBy']")
        box = seen.page.locator("#attendedBy h3").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 800
