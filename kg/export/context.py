"""A JSON-LD context -> which term says which value, so that what is written expands to the same triples.

Source: JSON-LD 1.1 (W3C, 2020), sections on type coercion, language maps and compact IRIs; and the
terms selected are a subset of what JSON-LD 1.1 Processing Algorithms, Inverse Context Creation, allows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import ExportError, OntologyError
from kg.export.subjects import Shortener
from kg.resources import ontology_file


@dataclass(slots=True)
class Choice:
    """The keys one property may be written under, by what its value is; `otherwise` takes any value, spelled out.

    `arrays` are the keys whose values are always a list.
    """

    otherwise: str
    links: str = ""
    languages: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    arrays: set[str] = field(default_factory=set)


class Context:
    """The terms of one context, ready to be asked; `document` is what is written as `@context`."""

    def __init__(self, document: Mapping[str, Any], prefixes: Mapping[str, str]) -> None:
        """Read the terms; our `prefixes` replace the context's own of the same name.

        Raises:
            OntologyError: the context names another file, which is never fetched.
        """
        if not isinstance(document, Mapping) or "@import" in document:
            raise OntologyError("a JSON-LD context must be one object that imports nothing")
        self.document = {**document, **{name: prefixes[name] for name in document if name in prefixes}}
        self.prefixes = {
            name: value
            for name, value in self.document.items()
            if isinstance(value, str) and value.endswith(("#", "/")) and not name.startswith("@")
        }
        self._shorten = Shortener(self.prefixes).work_out
        self.id_key = next((name for name, value in self.document.items() if value == "@id"), "@id")
        self.type_key = next((name for name, value in self.document.items() if value == "@type"), "@type")
        self._classes: dict[str, str] = {}
        self._choices: dict[str, Choice] = {}
        for name in sorted(self.document):
            if not name.startswith("@") and name not in self.prefixes:
                self._add(name, self.document[name])

    def _expand(self, text: str) -> str:
        """Return a term's IRI as `<...>`; a keyword as it is."""
        prefix, colon, local = text.partition(":")
        if colon and prefix in self.prefixes and not local.startswith("//"):
            return f"<{self.prefixes[prefix]}{local}>"
        return text if text.startswith("@") else f"<{text if colon else self.document.get('@vocab', '') + text}>"

    def _add(self, name: str, definition: object) -> None:
        """Take one term in."""
        if isinstance(definition, str):
            definition = {"@id": definition}
        if not isinstance(definition, Mapping) or "@reverse" in definition:
            return
        iri = self._expand(definition.get("@id", name))
        containers = definition.get("@container", [])
        containers = {containers} if isinstance(containers, str) else set(containers)
        if iri.startswith("@") or containers - {"@set", "@language"}:
            return
        choice = self.choice(iri)
        kind = definition.get("@type")
        if "@set" in containers:
            choice.arrays.add(name)
        if "@language" in containers:
            choice.languages = choice.languages or name
        elif kind == "@id":
            choice.links = choice.links or name
        elif kind is not None:
            choice.typed.setdefault(self._expand(kind), name)
        elif "@language" not in definition and "@language" not in self.document:
            self._classes.setdefault(iri, name)
            choice.otherwise = name

    def choice(self, predicate: str) -> Choice:
        """Return the keys for a property given as `<IRI>`."""
        if predicate not in self._choices:
            short = self.link(predicate)
            self._choices[predicate] = Choice(predicate[1:-1] if short in self.document else short)
        return self._choices[predicate]

    def word(self, iri: str) -> str:
        """Return a class or datatype, given as `<IRI>`, as a term or the way `link` does."""
        return self._classes.get(iri) or self.link(iri)

    def link(self, node: str) -> str:
        """Return a node, given as `<IRI>` or `_:label`, as a compact IRI where a prefix fits.

        Raises:
            ExportError: the IRI would be read back as another one, its scheme being one of our prefixes.
        """
        short = self._shorten(node.encode()).decode() if node[0] == "<" else node
        if short[0] != "<":
            return short
        scheme, _, rest = short[1:-1].partition(":")
        if scheme in self.document and not rest.startswith("//"):
            raise ExportError(f"JSON-LD would read {node} as another IRI: {scheme!r} is a prefix of the context")
        return short[1:-1]


def shipped_context() -> Mapping[str, Any]:
    """Return what `ontology/context.jsonld` says under `@context`.

    Raises:
        OntologyError: the file is missing or is no JSON-LD context.
    """
    path = ontology_file("context.jsonld")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        context: Mapping[str, Any] = document["@context"]
    except (KeyError, TypeError, ValueError) as error:
        raise OntologyError(f"{path.name} is no JSON-LD context: {error}") from error
    return context
