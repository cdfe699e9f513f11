"""What things are called: labels in the language asked for, and words in any script back to things."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kg.errors import QueryError, did_you_mean
from kg.facts import values
from kg.iris import from_curie, parse, to_curie
from kg.prefixes import BASE, ONTOLOGY
from kg.query import Row, ask
from kg.store import Source, native
from kg.values import Iri, Term

_LABELS = """
SELECT ?thing ?label ?isName WHERE {
  { ?thing rdfs:label ?label BIND(true AS ?isName) } UNION { ?thing skos:altLabel ?label BIND(false AS ?isName) }
}
"""
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_OTHER = "http://www.w3.org/2004/02/skos/core#altLabel"
_NAME = f"{ONTOLOGY}#name"
_PLAIN = "SELECT ?thing ?name WHERE { ?thing kg:name ?name }"

_TERMS = """
SELECT ?term ?label WHERE { GRAPH <https://w3id.org/cooperation-kg/ontology> { ?term rdfs:label ?label } }
"""


_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


class Called(NamedTuple):
    """One name of a thing: its language, the text, and whether it is the main name there."""

    language: str
    text: str
    is_main: bool


@dataclass(frozen=True)
class Names:
    """Every name in the default graph of a dataset or store.

    `languages` is the order in which a label is chosen; the collection's plain name comes last.
    """

    dataset: Source
    languages: tuple[str, ...] = ("en",)
    base: str = BASE

    def select(self, text: str, bindings: Mapping[str, Term] | None = None) -> Iterator[Row]:
        """Yield the rows of a SELECT on the dataset, its terms as text.

        Raises:
            QueryError: the query fails.
        """
        return ask(self.dataset, text, bindings, base=self.base).rows

    @cached_property
    def _called(self) -> dict[str, list[Called]]:
        """Return the names of each thing, main ones first."""
        found: dict[str, list[Called]] = {}
        for thing, label, is_main in self.select(_LABELS):
            language = getattr(label, "language", None) or ""
            found.setdefault(str(thing), []).append(Called(language, str(label), str(is_main) == "true"))
        return {thing: _main_first(names) for thing, names in found.items()}

    @cached_property
    def _looked_up(self) -> dict[str, list[Called]]:
        """Return the names of each thing that was asked for by itself."""
        return {}

    def _names_of(self, iri: str) -> list[Called]:
        """Return the names of one thing, main ones first: looked up, where that is quicker than to read all names.

        Of a store on this machine it is for any number of things; a server is asked once.
        """
        store = native(self.dataset)
        if store is None or "_called" in self.__dict__:
            return self._called.get(iri, [])
        if iri not in self._looked_up:
            main = [Called(language, text, is_main=True) for text, language in values(store, iri, _LABEL)]
            other = [Called(language, text, is_main=False) for text, language in values(store, iri, _OTHER)]
            self._looked_up[iri] = _main_first([*main, *other])
        return self._looked_up[iri]

    def _plain_name(self, iri: str) -> str | None:
        """Return the display name of one thing."""
        store = native(self.dataset)
        if store is None or "_plain" in self.__dict__:
            return self._plain.get(iri)
        return next((text for text, _ in values(store, iri, _NAME)), None)

    @cached_property
    def _plain(self) -> dict[str, str]:
        """Return the display name of each thing."""
        return {str(thing): str(name) for thing, name in self.select(_PLAIN)}

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Return merged IRI -> the IRI it became."""
        text = "SELECT ?old ?new WHERE { GRAPH graph:identity { ?old dcterms:isReplacedBy ?new } }"
        return {str(old): str(new) for old, new in self.select(text)}

    def label(self, thing: object) -> str:
        """Return the name of a thing in the first language it has one in; its CURIE when it has no name."""
        iri = str(thing)
        main = {name.language: name.text for name in self._names_of(iri) if name.is_main}
        chosen = next((main[language] for language in self.languages if language in main), None)
        return chosen or self._plain_name(iri) or to_curie(iri, base=self.base)

    def aliases(self, thing: object) -> list[str]:
        """Return every other name, without repeats."""
        shown = self.label(thing)
        return [n for n in dict.fromkeys(name.text for name in self._names_of(str(thing))) if n != shown]

    def knows(self, thing: object) -> bool:
        """Say whether the thing has a name at all."""
        return self._plain_name(str(thing)) is not None

    def resolve(self, word: str, kinds: Sequence[str] = ()) -> Iri:
        """Return the one thing a word means: an id, a CURIE, an IRI, or a name or alias in any script.

        Raises:
            QueryError: nothing is called that (the nearest is named), or several things are (all are named).
        """
        if named := next(self.with_id(word, kinds), None):
            return named
        matches = sorted({iri for iri, _ in self.search(word, kinds, whole=True)})
        if len(matches) == 1:
            return Iri(matches[0])
        if matches:
            raise QueryError(f"{word!r} may be any of: {', '.join(to_curie(m, base=self.base) for m in matches)}")
        raise QueryError(self._unknown(word, kinds))

    def with_id(self, word: str, kinds: Sequence[str] = ()) -> Iterator[Iri]:
        """Yield the things whose id, CURIE or IRI a word is; of one that was merged, what it became."""
        for iri in self._as_written(word, kinds):
            if self._answers(iri):
                yield Iri(self.redirects.get(str(iri), str(iri)))

    def _unknown(self, word: str, kinds: Sequence[str]) -> str:
        """Say that a word means nothing here: perhaps it means a thing of another kind, or is nearly a name."""
        for iri in self._as_written(word, ()):
            if kinds and self._answers(iri):
                return f"{to_curie(iri, base=self.base)} is no {' or '.join(kinds)}; this asks for one"
        return f"nothing is called {word!r}{self._nearest(word, kinds)}"

    def is_merged(self, word: str, kinds: Sequence[str] = ()) -> bool:
        """Say whether a word, as an id, CURIE or IRI, names what was merged into something else."""
        written = next((iri for iri in self._as_written(word, kinds) if self._answers(iri)), None)
        return str(written) in self.redirects

    def _answers(self, iri: Iri) -> bool:
        """Say whether an IRI is of something the graph tells of, or of what was merged into another."""
        if self.knows(iri) or str(iri) in self.redirects:
            return True
        return bool(ask(self.dataset, "ASK { ?thing ?p ?o }", {"thing": iri}, base=self.base).truth)

    def _as_written(self, word: str, kinds: Sequence[str]) -> Iterator[Iri]:
        """Yield what the word is when it is an IRI, a CURIE or an id."""
        if _NOT_IN_IRI.search(word):
            return
        if word.startswith(("http://", "https://")):
            yield Iri(word)
        elif iri := from_curie(word, base=self.base):
            yield iri
        elif word and word.isascii():
            yield from (iri for kind in kinds or _KINDS if (iri := from_curie(f"{kind}:{word}", base=self.base)))

    def search(self, word: str, kinds: Sequence[str] = (), *, whole: bool = False) -> Iterator[tuple[str, str]]:
        """Yield (IRI, the name that matched) for names that hold the word, best first; `whole` for equal names only."""
        wanted = fold(word)
        if not wanted:
            return
        found = []
        for iri, names in self._called.items():
            if not self._is_kind(iri, kinds):
                continue
            match = next((n.text for n in names if wanted == fold(n.text)), None)
            if match is None and not whole:
                match = next((n.text for n in names if _holds(fold(n.text), wanted)), None)
            if match is not None:
                found.append((fold(match) != wanted, iri, match))
        yield from ((iri, match) for _, iri, match in sorted(found))

    def other_names(self, word: str) -> list[str]:
        """Return what else the cities and people a word calls are called: 川崎 finds what Kawasaki does."""
        called = [names for iri, names in self._called.items() if self._is_kind(iri, ("party", "official"))]
        same = [names for names in called if any(_core(n.text) == _core(word) for n in names)]
        return sorted({_core(n.text) for names in same for n in names} - {_core(word), ""})

    def _nearest(self, word: str, kinds: Sequence[str]) -> str:
        """Suggest the nearest id or name."""
        ids = [n.key for iri in self._plain if (n := parse(iri, base=self.base)) and (not kinds or n.kind in kinds)]
        texts = [n.text for iri, names in self._called.items() for n in names if self._is_kind(iri, kinds)]
        return did_you_mean(word, [*ids, *texts])

    def _is_kind(self, iri: str, kinds: Sequence[str]) -> bool:
        """Say whether an IRI is of one of the kinds."""
        name = parse(iri, base=self.base)
        return not kinds or (name is not None and name.kind in kinds)


_KINDS = (
    "party",
    "official",
    "meeting",
    "cooperation",
    "sector",
    "forum",
    "post",
    "source",
    "tenure",
    "stage",
    "instrument",
)
"""The kinds a bare id is looked for in, in this order."""


class Terms:
    """The names of classes and properties in the language asked for, from the ontology's own graph."""

    def __init__(self, names: Names) -> None:
        """Read every term's labels once."""
        self._labels: dict[str, dict[str, str]] = {}
        for term, label in names.select(_TERMS):
            self._labels.setdefault(str(term), {})[getattr(label, "language", None) or ""] = str(label)
        self._languages = names.languages

    def label(self, term: object) -> str:
        """Return what a term is called, its local name when nothing else is known."""
        labels = self._labels.get(str(term), {})
        chosen = next((labels[tag] for tag in self._languages if tag in labels), None)
        return chosen or str(term).rpartition("#")[2].rpartition("/")[2]


def _main_first(names: Iterable[Called]) -> list[Called]:
    """Order the names of a thing: main ones first, by language and text."""
    return sorted(names, key=lambda name: (not name.is_main, name.language, name.text))


# What a city's name may carry in the three languages, folded.
_CITY = re.compile(r"^(?:kota|pemerintah kota|pemkot|city of) | (?:city|city government)$|(?:市|町|区)$")


def _core(text: str) -> str:
    """Return a name folded, without the words for a city."""
    return _CITY.sub("", fold(text))


def _holds(name: str, wanted: str) -> bool:
    """Say whether a name holds a word, or every one of several words in any order."""
    return wanted in name or all(word in name for word in wanted.split())


def fold(text: str) -> str:
    """Return a text for comparing: compatibility forms and case folded, accents and spacing dropped.

    Source: Unicode Standard Annex 15 (NFKC, NFKD) and section 3.13 (default caseless matching).
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) or "\u3099" <= c <= "\u309a")
    return " ".join(unicodedata.normalize("NFKC", bare).split())


def language_order(lang: str | None, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the collection's language order with the one asked for first."""
    return tuple(dict.fromkeys([*([lang] if lang else []), *languages]))
