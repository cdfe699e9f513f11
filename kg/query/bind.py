"""Bind values to a query's variables: each value enters as one whole RDF term, so none can become syntax.

Oxigraph's own substitution reaches only variables that the query returns, so binding is done on
tokens, with the meaning of RDF-DEV SEP-0007: a bound variable is replaced by its term wherever a
pattern or expression uses it, and given as VALUES to each SELECT, for its projection and modifiers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rdflib import Literal, URIRef

from kg.convert import to_term
from kg.query.tokens import decoded, iter_tokens

Term = URIRef | Literal
_MODIFIERS = {"GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"}


@dataclass
class _Reading:
    """Where in a query the reader is."""

    in_projection: bool = False
    in_modifiers: bool = False
    in_values: bool = False
    after_as: bool = False
    of_select: bool = False
    opens: list[str] = field(default_factory=list)


def bind(text: str, bindings: Mapping[str, Term]) -> str:
    """Return the query with its variables bound; variables it does not use are ignored.

    Raises:
        ValueError: an IRI holds a character no IRI may hold.
    """
    if not bindings:
        return text
    terms = {name: to_term(term) for name, term in bindings.items()}
    source = decoded(text)
    used = {token[0][1:] for token in iter_tokens(source) if token[0][0] in "?$"} & set(terms)
    values = " ".join(f"VALUES ?{name} {{ {terms[name]} }}" for name in sorted(used))
    at, pieces, reading = 0, [], _Reading()
    for token in iter_tokens(source):
        pieces.append(source[at : token.start()])
        at = token.end()
        pieces.append(_bound(token[0], token.lastgroup or "", terms, values, reading))
    return "".join([*pieces, source[at:]])


def _bound(token: str, sort: str, terms: Mapping[str, str], values: str, reading: _Reading) -> str:
    """Return what stands in a token's place, and move the reading on."""
    if sort == "open":
        return token + _opened(token, values, reading)
    if sort == "close":
        _closed(token, reading)
    elif sort == "name" and token[0] in "?$":
        kept = reading.in_projection or reading.in_modifiers or reading.in_values or reading.after_as
        reading.after_as = False
        return token if kept else terms.get(token[1:], token)
    elif sort == "name":
        _keyword(token.upper(), reading)
    return token


def _keyword(word: str, reading: _Reading) -> None:
    """Note the words after which a variable is a name, not a value."""
    reading.after_as = word == "AS"
    if word == "SELECT":
        reading.in_projection = reading.of_select = True
    elif word == "VALUES":
        reading.in_values = True
    elif word in _MODIFIERS:
        reading.in_modifiers = True


def _opened(bracket: str, values: str, reading: _Reading) -> str:
    """Enter a group; the group of a SELECT opens with the values."""
    if bracket != "{":
        return ""
    starts_select = reading.of_select
    reading.opens.append("values" if reading.in_values else "group")
    reading.in_projection = reading.of_select = reading.in_modifiers = reading.in_values = False
    return f" {values} " if starts_select else ""


def _closed(bracket: str, reading: _Reading) -> None:
    """Leave a group; modifiers end with the group they stand in."""
    if bracket == "}":
        reading.in_modifiers = False
        if reading.opens:
            reading.opens.pop()
