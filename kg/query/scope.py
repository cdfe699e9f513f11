"""Aim a query at one collection of a server that may hold others, and whose default graph may be all of them.

Done on tokens, as binding is. What stands outside a GRAPH is asked of the graph of ruled facts where that has
a name; what a `GRAPH ?name` may match is limited to the graphs of the collection. The answers are those of
the embedded store.

Source: SPARQL 1.1 Query, sections 13.3 and 18.6: a GRAPH within a GRAPH replaces it, a sub-select keeps it.
"""

from collections.abc import Iterator, Sequence
from re import Match

from kg.prefixes import XSD
from kg.query.tokens import decoded, iter_tokens
from kg.remote import Scope

_DATE = f"{XSD}date"


def aim(text: str, scope: Scope) -> str:
    """Return a query, its values bound, that asks only the graphs of a collection."""
    source = decoded(text)
    tokens = [token for token in iter_tokens(source) if token.lastgroup != "comment"]
    pieces, at = [], 0
    for place, _, added in sorted(_additions(tokens, scope)):
        pieces += [source[at:place], added]
        at = place
    return "".join([*pieces, source[at:]])


def _additions(tokens: Sequence[Match[str]], scope: Scope) -> Iterator[tuple[int, int, str]]:
    """Yield where to add what, and which comes first there: around each `GRAPH ?name { }`, in each outermost group."""
    if scope.ruled:
        yield from _around_dates(tokens)
    open_groups: list[int] = []
    clause = ""
    for i, token in enumerate(tokens):
        word = token[0].upper()
        if word == "{":
            open_groups.append(i)
        elif word == "}" and open_groups:
            start = open_groups.pop()
            yield from _around_graph(tokens, start, i, scope)
            if not open_groups and scope.ruled and clause not in {"VALUES", "CONSTRUCT"}:
                yield tokens[start].end(), 0, f" GRAPH <{scope.ruled}> {{"
                yield token.start(), 1, "} "
            clause = clause if open_groups else ""
        elif not open_groups and word in {"VALUES", "CONSTRUCT"}:
            clause = word


def _around_dates(tokens: Sequence[Match[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield what makes `<= "..."^^xsd:date` a cast, which changes nothing but how Virtuoso 7.2.5 goes about it.

    Its own range scan over dates stops too early there, and finds a part of what it should, or nothing.
    """
    for sign, text, marks, datatype in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        is_day = text.lastgroup == "string" and marks[0] == "^^" and datatype[0] in {f"<{_DATE}>", "xsd:date"}
        if sign[0] == "<=" and is_day:
            yield text.start(), 0, f"<{_DATE}>("
            yield datatype.end(), 0, ")"


def _around_graph(tokens: Sequence[Match[str]], start: int, end: int, scope: Scope) -> Iterator[tuple[int, int, str]]:
    """Yield what keeps the variable of a `GRAPH ?name { }` to the collection's graphs."""
    name = tokens[start - 1][0] if start > 1 else ""
    if name[:1] in {"?", "$"} and tokens[start - 2][0].upper() == "GRAPH":
        yield tokens[start - 2].start(), 1, "{ "
        yield tokens[end].end(), 0, f" FILTER{scope.is_ours(name)} }}"
