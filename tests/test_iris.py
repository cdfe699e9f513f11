"""IRIs: minted in one place, and read back to what they were minted from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ids

from kg.iris import SHARED_KINDS, from_curie, mint, mint_graph, parse, to_curie
from kg.prefixes import BASE, PREFIXES, THING_KINDS, prefixes

OWN = "https://data.example.org/ties/"
kinds = st.sampled_from(THING_KINDS)


@given(kinds, st.lists(ids, min_size=1, max_size=3), st.sampled_from([BASE, OWN]))
def test_what_is_minted_is_read_back(kind: str, keys: list[str], base: str) -> None:
    iri = mint(kind, *keys, base=base)
    assert parse(iri, base=base) == (kind, ".".join(keys))
    curie = to_curie(iri, base=base)
    assert curie == f"{kind}:{'.'.join(keys)}"
    assert from_curie(curie, base=base) == iri


@pytest.mark.parametrize("kind", sorted(SHARED_KINDS))
def test_shared_kinds_live_under_the_default_base(kind: str) -> None:
    assert mint(kind, "x", base=OWN).startswith(BASE)


def test_every_kind_is_a_prefix_of_the_collections_own_base() -> None:
    own = prefixes(OWN)
    for kind in set(THING_KINDS) - SHARED_KINDS - {"sector"}:
        assert own[kind] == f"{OWN}{kind}/"
        assert PREFIXES[kind] == f"{BASE}{kind}/"


def test_graphs_have_names() -> None:
    assert str(mint_graph("derived", base=OWN)) == f"{OWN}graph/derived"


def test_an_unknown_kind_is_the_callers_slip() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        mint("person", "x")


@pytest.mark.parametrize("iri", ["https://example.org/x", f"{BASE}person/x", f"{BASE}meeting", ""])
def test_other_iris_are_not_ours(iri: str) -> None:
    assert parse(iri) is None
    assert to_curie(iri) == iri


@pytest.mark.parametrize("curie", ["person:x", "meeting:", "meeting", "", ":x", "kg:Meeting"])
def test_other_curies_are_not_ours(curie: str) -> None:
    assert from_curie(curie) is None
