"""Lines -> JSON-LD with the shipped context inside: compact, readable without a network, one property a line.

Nothing remote is ever named or fetched. Text in languages becomes a language map where the context
says so; a date as `2025-11` is spelled out with its type where the term is typed for full dates.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.export.context import Choice, Context
from kg.export.lines import DEFAULT, literal
from kg.export.subjects import TYPE, Properties, iter_subjects

_XSD = "<http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)  # what every JSON reader keeps exactly


def jsonld(graphs: Mapping[str, Iterable[str]], context: Context) -> Iterator[str]:
    """Yield a document: the default graph's nodes by IRI, then each named graph as a node with its own `@graph`."""
    yield f'{{\n"@context": {json.dumps(context.document, ensure_ascii=False, indent=2)},\n"@graph": [\n'
    comma = ""
    for node in _nodes(graphs.get(DEFAULT, ()), context):
        yield node
        comma = ",\n"
    for graph, lines in graphs.items():
        if graph != DEFAULT:
            yield f'{comma}{{\n{_pair(context.id_key, context.link(graph))},\n"@graph": [\n'
            yield from _nodes(lines, context)
            yield "\n]\n}"
            comma = ",\n"
    yield "\n]\n}\n"


def _nodes(lines: Iterable[str], context: Context) -> Iterator[str]:
    """Yield nodes, a comma between two."""
    comma = ""
    for subject, properties in iter_subjects(lines):
        yield f"{comma}{_node(subject, properties, context)}"
        comma = ",\n"


def _node(subject: str, properties: Properties, context: Context) -> str:
    """Write one node: its id, its types, then its properties by key."""
    first = [_pair(context.id_key, context.link(subject))]
    found: dict[str, Any] = {}
    for predicate, values in properties.items():
        rest = values
        if predicate == TYPE:
            classes = sorted(context.word(value) for value in values if value[0] != '"')
            first += [_pair(context.type_key, classes[0] if len(classes) == 1 else classes)] if classes else []
            rest = [value for value in values if value[0] == '"']
        choice = context.choice(predicate) if rest else None
        for value in rest:
            if choice:
                _put(found, choice, value, context)
    return "{\n" + ",\n".join(first + [_pair(key, found[key]) for key in sorted(found)]) + "\n}"


def _pair(key: str, value: object) -> str:
    """Write a key and its value on one line."""
    return f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"


def _put(found: dict[str, Any], choice: Choice, text: str, context: Context) -> None:
    """Add one value under the key that says it best."""
    if text[0] != '"':
        key, link = choice.links or choice.otherwise, context.link(text)
        return _append(found, key, link if choice.links else {"@id": link}, listed=key in choice.arrays)
    characters, language, datatype = literal(text)
    if language and choice.languages:
        by_language = found.setdefault(choice.languages, {})
        return _append(by_language, language, characters, listed=False)
    if datatype in choice.typed:
        key = choice.typed[datatype]
        return _append(found, key, characters, listed=key in choice.arrays)
    value = _value(characters, language, datatype, context)
    return _append(found, choice.otherwise, value, listed=choice.otherwise in choice.arrays)


def _value(characters: str, language: str, datatype: str, context: Context) -> object:
    """Write a literal under a key that says nothing about it."""
    if language:
        return {"@language": language, "@value": characters}
    if not datatype:
        return {"@value": characters} if "@language" in context.document else characters
    if datatype == f"{_XSD}boolean>" and characters in {"true", "false"}:
        return characters == "true"
    if datatype == f"{_XSD}integer>" and _INTEGER.fullmatch(characters):
        return int(characters)
    return {"@type": context.word(datatype), "@value": characters}


def _append(found: dict[str, Any], key: str, value: object, *, listed: bool) -> None:
    """Add a value: alone as itself, with others as a list."""
    if key not in found:
        found[key] = [value] if listed else value
    elif isinstance(found[key], list):
        found[key].append(value)
    else:
        found[key] = [found[key], value]
