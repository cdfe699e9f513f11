"""Bind values to a query's variables: each value enters as one whole RDF term, so none can become syntax.

Oxigraph's own substitution reaches only variables that the query returns, so binding is done on
tokens, with the meaning of RDF-DEV SEP-0007: a bound variable is replaced by its term wherever a
pattern or expression uses it, and given as VALUES to each SELECT that returns it by name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.errors import QueryError, did_you_mean
from kg.query.tokens import decoded, iter_tokens
from kg.values import Term, sparql_text, written

# In these clauses a variable is a name. Brackets in them hold expressions, except those of VALUES.
_CLAUSES = {"SELECT": "select", "VALUES": "values", "GROUP": "order", "ORDER": "order", "HAVING": "", "LIMIT": ""}


class _Scope:
    """An open bracket, the clause being read directly in it, and the bound variables its SELECT returns."""

    def __init__(self, clause: str = "") -> None:
        """Open a bracket within a clause, if any goes on in it."""
        self.clause = clause
        self.returned: list[str] = []


def bind(text: str, bindings: Mapping[str, Term]) -> str:
    """Return the query with its variables bound.

    Raises:
        QueryError: the query has no variable of that name.
        ValueError: an IRI holds a character no IRI may hold.
    """
    if not bindings:
        return text
    source = decoded(text)
    tokens = [token for token in iter_tokens(source) if token.lastgroup != "comment"]
    variables = {token[0][1:] for token in tokens if token[0][0] in "?$"}
    for name in sorted(set(bindings) - variables):
        raise QueryError(f"the query has no variable ?{name}{did_you_mean(name, variables)}")
    terms = {name: sparql_text(written(term)) for name, term in bindings.items()}
    pieces, at = [], 0
    for token, replacement in _replacements(tokens, terms):
        pieces += [source[at : token.start()], replacement]
        at = token.end()
    return "".join([*pieces, source[at:]])


def _replacements(tokens: Sequence[re.Match[str]], terms: Mapping[str, str]) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the tokens that something else stands in for, and what that is."""
    scopes = [_Scope()]
    before = ""
    for i, token in enumerate(tokens):
        word, here = token[0].upper(), scopes[-1]
        if token.lastgroup == "open":
            is_nested = word == "{" and i + 1 < len(tokens) and tokens[i + 1][0].upper() == "SELECT"
            yield token, word if is_nested else word + _given(word, here, terms)
            scopes.append(_enter(word, here))
        elif token.lastgroup == "close":
            scopes = scopes[:-1] or [_Scope()]
        elif word == "BOUND" and (name := _argument(tokens[i + 1 : i + 4])) in terms:
            yield token, "isIRI" if terms[name].startswith("<") else "isLiteral"
        elif word[0] in "?$" and token[0][1:] in terms and before != "AS":
            yield token, _named_or_value(token[0], here, terms)
        else:
            _read(word, here, terms)
        before = word


def _named_or_value(variable: str, here: _Scope, terms: Mapping[str, str]) -> str:
    """Return the variable itself where a clause names it, else its term."""
    if here.clause == "select":
        here.returned.append(variable[1:])
    return variable if here.clause else terms[variable[1:]]


def _read(word: str, here: _Scope, terms: Mapping[str, str]) -> None:
    """Note which clause a word opens, and that `SELECT *` returns everything."""
    here.clause = _CLAUSES.get(word, here.clause)
    if word == "*" and here.clause == "select":
        here.returned = list(terms)


def _given(bracket: str, here: _Scope, terms: Mapping[str, str]) -> str:
    """Return the values with which the group of a SELECT opens."""
    if bracket != "{" or here.clause != "select":
        return ""
    return "".join(f" VALUES ?{name} {{ {terms[name]} }}" for name in sorted(set(here.returned)))


def _enter(bracket: str, here: _Scope) -> _Scope:
    """Return the scope inside a bracket; a group ends the clause it stands in."""
    inner = _Scope("values" if here.clause == "values" else "")
    if bracket == "{":
        here.clause, here.returned = "", []
    return inner


def _argument(tokens: Sequence[re.Match[str]]) -> str:
    """Return the name of the one variable in brackets, or nothing."""
    texts = [token[0] for token in tokens]
    return texts[1][1:] if texts[::2] == ["(", ")"] else ""
