"""The values of a property -> members of a JSON-LD node: each under the key of the context that says it best."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from kg.export.context import Context
from kg.export.lines import unescape
from kg.export.subjects import TYPE, Kept, Shortener

Member = tuple[str, bytes]
"""A key, by which the members of a node are sorted, and the member as JSON; the types' is empty, so they come first."""

_XSD = "<http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)  # what every JSON reader keeps exactly

_QUOTE, _OPENING = b'"<'

_json = json.JSONEncoder(ensure_ascii=False).encode


class Members(dict[bytes, "Property"]):
    """`<IRI>` of a property -> what makes members of its values; each is made once."""

    def __init__(self, context: Context) -> None:
        """Take the context that names the keys."""
        super().__init__()
        self._context = context
        self._nodes = _Nodes(context)
        self._id = _key(context.id_key).encode()

    def __missing__(self, predicate: bytes) -> "Property":
        """Begin with a property."""
        kind = _Types if predicate == TYPE else Property
        self[predicate] = found = kind(predicate, self._context, self._nodes)
        return found

    def id_of(self, node: bytes) -> bytes:
        """Return the member that says which node this is."""
        return self._id + self._nodes[node]


class Property(Kept[Member]):
    """One property: a value -> the member it makes alone; `of` makes those of several values."""

    def __init__(self, predicate: bytes, context: Context, nodes: "_Nodes") -> None:
        """Look the keys up that the values may be written under."""
        super().__init__()
        self._context = context
        self._nodes = nodes
        self._choice = context.choice(predicate.decode())
        self._links = _key(self._choice.links).encode()
        self._is_link = bool(self._choice.links) and self._choice.links not in self._choice.arrays and predicate != TYPE

    def work_out(self, term: bytes) -> Member:
        """Return the one member that one value makes."""
        if term[0] == _OPENING and self._is_link:
            return self._choice.links, self._links + self._nodes[term]
        return self.of((term,))[0]

    def of(self, values: Sequence[bytes]) -> list[Member]:
        """Return the members that all values of a node make, in sorted order: text stands before IRIs."""
        choice = self._choice
        if choice.links and values[0][0] == _OPENING == values[-1][0]:
            nodes = [self._nodes[value] for value in values]
            is_list = len(nodes) > 1 or choice.links in choice.arrays
            return [(choice.links, self._links + (b"[%b]" % b", ".join(nodes) if is_list else nodes[0]))]
        return [(key, f"{_key(key)}{text}".encode()) for key, text in self._texts(values).items()]

    def _texts(self, values: Sequence[bytes]) -> dict[str, str]:
        """Return key -> JSON, whatever the values are."""
        choice, by_key, by_language = self._choice, defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for value in values:
            if value[0] != _QUOTE:
                node = self._nodes[value].decode()
                by_key[choice.links or choice.otherwise].append(node if choice.links else f'{{"@id": {node}}}')
                continue
            text, language, datatype = _literal(value.decode())
            if language and choice.languages:
                by_language[language].append(text)
            elif datatype in choice.typed:
                by_key[choice.typed[datatype]].append(text)
            else:
                by_key[choice.otherwise].append(_value(text, language, datatype, self._context))
        found = {key: _listed(texts, always=key in choice.arrays) for key, texts in by_key.items()}
        if by_language:
            pairs = [_key(language) + _listed(texts) for language, texts in by_language.items()]
            found[choice.languages] = f"{{{', '.join(pairs)}}}"
        return found


class _Types(Property):
    """`rdf:type`: classes are words of the context, and come first; text that is given as a type is a property."""

    def of(self, values: Sequence[bytes]) -> list[Member]:
        """Return the members that the types of a node make."""
        texts = [value for value in values if value[0] == _QUOTE]
        words = sorted(self._context.word(value.decode()) for value in values[len(texts) :])
        types = f"{_key(self._context.type_key)}{_listed([_json(word) for word in words])}".encode() if words else b""
        return ([("", types)] if words else []) + (super().of(texts) if texts else [])


class _Nodes(Kept[bytes]):
    """A node as `<IRI>` or `_:label` -> its name as JSON."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shorten = Shortener({_json(prefix)[1:-1]: name for prefix, name in context.prefixes.items()}).work_out

    def work_out(self, term: bytes) -> bytes:
        """Return the name; a compact IRI needs no escape."""
        short = self._shorten(term)
        return b'"%b"' % short if short != term else _json(self._context.link(term.decode())).encode()


def _literal(text: str) -> tuple[str, str, str]:
    """Split a literal of N-Triples into its characters as JSON, its language and its datatype as `<...>`.

    What N-Triples writes without an escape, JSON does too.
    """
    end = text.rindex('"') + 1
    quoted, tail = text[:end], text[end:]
    characters = _json(unescape(quoted[1:-1])) if "\\" in quoted else quoted
    return (characters, tail[1:], "") if tail.startswith("@") else (characters, "", tail[2:])


def _value(characters: str, language: str, datatype: str, context: Context) -> str:
    """Write a literal, its characters being JSON already, under a key that says nothing about it."""
    if language:
        return f'{{"@language": {_json(language)}, "@value": {characters}}}'
    if not datatype:
        return f'{{"@value": {characters}}}' if "@language" in context.document else characters
    if datatype == f"{_XSD}boolean>" and characters in {'"true"', '"false"'}:
        return characters[1:-1]
    if datatype == f"{_XSD}integer>" and _INTEGER.fullmatch(characters[1:-1]):
        return characters[1:-1]
    return f'{{"@type": {_json(context.word(datatype))}, "@value": {characters}}}'


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """Write a key up to its value."""
    return f"{_json(name)}: "


def _listed(texts: Sequence[str], *, always: bool = False) -> str:
    """Write one value as itself, several as a list."""
    return f"[{', '.join(texts)}]" if always or len(texts) > 1 else texts[0]
