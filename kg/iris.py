"""Mint an IRI from a kind and a key, and read it back: the only place that knows what our IRIs look like.

`<base><kind>/<key>`; cities, companies and organizations share the kind `party`, so that calling a
company an organization later breaks no link and a reference needs no look-up. Parts of a thing join
their keys with `.`, which no id contains. Stages, instruments and the shipped sectors are the same
for everybody and always live under the default base.
"""

from typing import NamedTuple

from kg.prefixes import BASE, THING_KINDS
from kg.values import Iri

SHARED_KINDS = frozenset({"crs", "instrument", "scheme", "stage"})


class Name(NamedTuple):
    """What an IRI of ours says: the kind and the key of a thing."""

    kind: str
    key: str


def mint(kind: str, *key: str, base: str = BASE) -> Iri:
    """Return the IRI of a thing; a key of several parts is joined with `.`.

    Raises:
        ValueError: the kind is none of ours.
    """
    if kind not in THING_KINDS:
        raise ValueError(f"no such kind of thing: {kind!r}")
    return Iri(f"{BASE if kind in SHARED_KINDS else base}{kind}/{'.'.join(key)}")


def mint_graph(name: str, *, base: str = BASE) -> Iri:
    """Return the IRI of one of the graphs a build makes: `derived`, `identity` or `dataset`."""
    return Iri(f"{base}graph/{name}")


def parse(iri: str, *, base: str = BASE) -> Name | None:
    """Read kind and key back from an IRI; None when it is not one of ours."""
    for start in (base, BASE):
        if iri.startswith(start):
            kind, slash, key = iri.removeprefix(start).partition("/")
            return Name(kind, key) if slash and kind in THING_KINDS else None
    return None


def to_curie(iri: str, *, base: str = BASE) -> str:
    """Return `kind:key` for an IRI of ours, and any other IRI as it is."""
    name = parse(iri, base=base)
    return f"{name.kind}:{name.key}" if name else str(iri)


def from_curie(curie: str, *, base: str = BASE) -> Iri | None:
    """Return the IRI that `kind:key` stands for, or None when the kind is none of ours."""
    kind, colon, key = curie.partition(":")
    return mint(kind, key, base=base) if colon and key and kind in THING_KINDS else None
