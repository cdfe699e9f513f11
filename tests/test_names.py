"""What things are called in which language, and which word means which thing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDFS, Literal, URIRef
from tiny import names_of

from kg.dataset import memory_dataset
from kg.errors import QueryError
from kg.iris import mint
from kg.names import Names, Terms, fold, language_order
from kg.terms import KG


@pytest.mark.parametrize(
    ("lang", "label"),
    [(None, "Makassar"), ("id", "Kota Makassar"), ("ja", "マカッサル市"), ("fr", "Makassar")],
)
def test_a_label_follows_the_language_asked_for(world: Path, lang: str | None, label: str) -> None:
    assert names_of(world, lang).label(mint("party", "makassar")) == label


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        (mint("official", "amir"), "Amir"),
        (mint("tenure", "amir-mayor"), "amir-mayor"),
        (mint("step", "first"), "step:first"),
        (URIRef("https://example.org/elsewhere"), "https://example.org/elsewhere"),
    ],
    ids=["in a language not asked for", "called by its id", "a thing without a name", "not ours"],
)
def test_everything_can_be_called_something(world: Path, iri: URIRef, label: str) -> None:
    assert names_of(world, "ja").label(iri) == label


def test_aliases_are_every_other_name_once(world: Path) -> None:
    names = names_of(world, "ja")
    assert names.aliases(mint("party", "makassar")) == ["Makassar", "Kota Makassar", "Ujung Pandang", "マカッサル"]
    assert names.aliases(mint("official", "budi")) == []


@pytest.mark.parametrize(
    ("word", "curie"),
    [
        ("makassar", "party:makassar"),
        ("party:makassar", "party:makassar"),
        ("https://w3id.org/cooperation-kg/id/party/makassar", "party:makassar"),
        ("Makassar", "party:makassar"),
        ("  KOTA  makassar ", "party:makassar"),
        ("川崎市", "party:kawasaki"),
        ("ﾏｶｯｻﾙ市", "party:makassar"),
        ("ujung pandang", "party:makassar"),
        ("dewi", "official:dewi"),
        ("DEWI", "official:dewi"),
        ("Déwi", "official:dewi"),
        ("water-supply", "sector:water-supply"),
        ("上水道", "sector:water-supply"),
        ("step:first", "step:first"),
        ("evidence:meeting.first.1", "evidence:meeting.first.1"),
    ],
)
def test_a_word_means_one_thing(world: Path, word: str, curie: str) -> None:
    kind, _, key = curie.partition(":")
    assert names_of(world).resolve(word) == mint(kind, key)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Twin", "may be any of: party:twin-a, party:twin-b"),
        ("makasar", "nothing is called 'makasar'; did you mean 'makassar'?"),
        ("party:nowhere", "nothing is called 'party:nowhere'"),
        ("nokind:makassar", "nothing is called"),
        ("https://example.org/x", "nothing is called"),
        ("https://example.org/> . ?s ?p ?o", "nothing is called"),
        ("party:ma kassar", "nothing is called"),
        ("", "nothing is called ''"),
        ("zzzzzzzz", "nothing is called 'zzzzzzzz'"),
    ],
)
def test_a_word_that_means_nothing_or_several_things(world: Path, word: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        names_of(world).resolve(word)
    assert said in str(error.value)


def test_kinds_narrow_what_a_word_may_mean(world: Path) -> None:
    names = names_of(world)
    with pytest.raises(QueryError, match="official:amir is no party"):
        names.resolve("amir", ("party",))
    assert names.resolve("amir", ("official",)) == mint("official", "amir")


def test_a_search_puts_equal_names_first_and_tells_the_name_that_matched(world: Path) -> None:
    found = list(names_of(world).search("makassar"))
    assert found == [(str(mint("party", "makassar")), "Makassar")]
    assert [name for _, name in names_of(world).search("pandang")] == ["Ujung Pandang"]
    (first, *others) = [name for _, name in names_of(world).search("waterworks")]
    assert first == "Waterworks"
    assert [name for _, name in names_of(world).search("together")] == ["Water together"]
    assert all("waterworks" in name.lower() for name in others)


def test_search_in_the_real_data_by_either_script(built: Path) -> None:
    names = names_of(built)
    kawasaki = mint("party", "kawasaki")
    assert str(kawasaki) in {iri for iri, _ in names.search("川崎")}
    assert str(kawasaki) in {iri for iri, _ in names.search("Kawasaki")}
    assert names.resolve("川崎市") == names.resolve("Kawasaki") == kawasaki


def test_names_work_on_any_backend() -> None:
    dataset = memory_dataset(backend="rdflib")
    this = URIRef(mint("party", "x"))
    dataset.default_graph.add((this, KG.name, Literal("X")))
    dataset.default_graph.add((this, RDFS.label, Literal("エックス", lang="ja")))
    assert Names(dataset, ("ja",)).label(this) == "エックス"
    assert Names(dataset).label(this) == "X"


@pytest.mark.parametrize(
    ("lang", "label"), [("en", "attended by"), ("id", "dihadiri oleh"), ("ja", "出席者"), ("fr", "attended by")]
)
def test_terms_are_called_as_the_ontology_says(world: Path, lang: str, label: str) -> None:
    assert Terms(names_of(world, lang)).label(KG.attendedBy) == label


def test_a_term_of_another_vocabulary_is_called_by_its_local_name(world: Path) -> None:
    terms = Terms(names_of(world))
    assert terms.label("https://schema.org/latitude") == "latitude"
    assert terms.label("http://www.w3.org/2004/02/skos/core#broader") == "broader"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Déwi", "dewi"),
        ("STRASSE", "straße"),
        ("川崎市", "川崎市"),
        ("ｶﾜｻｷ", "カワサキ"),
        ("ﾌﾞﾘﾁﾞｽﾄﾝ", "ブリヂストン"),
        ("a\u3000 b", "A B"),
        ("e\u0301", "é"),
    ],
)
def test_folded_texts_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("ハ", "パ"), ("a b", "ab")])
def test_folding_keeps_what_makes_a_word_another(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_language_asked_for_comes_first_once() -> None:
    assert language_order("ja", ("en", "id", "ja")) == ("ja", "en", "id")
    assert language_order(None, ("en", "id")) == ("en", "id")
    assert language_order("fr", ("en",)) == ("fr", "en")
