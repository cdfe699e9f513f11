"""Lines -> JSON-LD with the shipped context inside: compact, readable without a network, one property a line.

Nothing remote is ever named or fetched. Text in languages becomes a language map where the context
says so; a date as `2025-11` is spelled out with its type where the term is typed for full dates.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kg.export.context import Choice, Context
from kg.export.lines import DEFAULT, unescape
from kg.export.subjects import TYPE, Properties, iter_subjects

_XSD = "<http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)  # what every JSON reader keeps exactly


_json = json.JSONEncoder(ensure_ascii=False).encode


class _Words(dict[str, str]):
    """A node as `<IRI>` or `_:label` -> its name as JSON; each is worked out once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def __missing__(self, node: str) -> str:
        """Work out the name."""
        self[node] = text = _json(self.context.link(node))
        return text


def jsonld(graphs: Mapping[str, Iterable[str]], context: Context) -> Iterator[str]:
    """Yield a document: the default graph's nodes by IRI, then each named graph as a node with its own `@graph`."""
    yield f'{{\n"@context": {json.dumps(context.document, ensure_ascii=False, indent=2)},\n"@graph": [\n'
    words = _Words(context)
    comma = ""
    for node in _nodes(graphs.get(DEFAULT, ()), words):
        yield node
        comma = ",\n"
    for graph, lines in graphs.items():
        if graph != DEFAULT:
            yield f'{comma}{{\n{_key(context.id_key)}{words[graph]},\n"@graph": [\n'
            yield from _nodes(lines, words)
            yield "\n]\n}"
            comma = ",\n"
    yield "\n]\n}\n"


def _nodes(lines: Iterable[str], words: _Words) -> Iterator[str]:
    """Yield nodes, a comma between two."""
    comma = ""
    for subject, properties in iter_subjects(lines):
        yield f"{comma}{_node(subject, properties, words)}"
        comma = ",\n"


def _node(subject: str, properties: Properties, words: _Words) -> str:
    """Write one node: its id, its types, then its properties by key."""
    context = words.context
    first = [_key(context.id_key) + words[subject]]
    found: dict[str, str] = {}
    for predicate, values in properties.items():
        rest = values
        if predicate == TYPE:
            classes = [_json(name) for name in sorted(context.word(value) for value in values if value[0] != '"')]
            first += [_key(context.type_key) + _listed(classes)] if classes else []
            rest = [value for value in values if value[0] == '"']
        if rest:
            _put(found, context.choice(predicate), rest, words)
    return "{\n" + ",\n".join(first + [_key(key) + found[key] for key in sorted(found)]) + "\n}"


def _put(found: dict[str, str], choice: Choice, values: list[str], words: _Words) -> None:
    """Add the values of one property as JSON, each under the key that says it best."""
    by_key: dict[str, list[str]] = {}
    by_language: dict[str, list[str]] = {}
    for value in values:
        if value[0] != '"':
            key = choice.links or choice.otherwise
            text = words[value] if choice.links else f'{{"@id": {words[value]}}}'
        else:
            text, language, datatype = _literal(value)
            if language and choice.languages:
                by_language.setdefault(language, []).append(text)
                continue
            key = choice.typed.get(datatype, choice.otherwise)
            text = text if datatype in choice.typed else _value(text, language, datatype, words.context)
        by_key.setdefault(key, []).append(text)
    for key, texts in by_key.items():
        found[key] = f"[{', '.join(texts)}]" if key in choice.arrays else _listed(texts)
    if by_language:
        pairs = [_key(language) + _listed(texts) for language, texts in by_language.items()]
        found[choice.languages] = f"{{{', '.join(pairs)}}}"


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


def _listed(texts: list[str]) -> str:
    """Write one value as itself, several as a list."""
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
