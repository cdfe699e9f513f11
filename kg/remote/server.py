"""The addresses at which a server is asked and changed, and how both are found from the one a user knows."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from kg.errors import StoreError
from kg.remote.http import AGAIN, Http, Reply, ServerError

_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
# After the address itself: Oxigraph and Fuseki; Virtuoso, Fuseki and Neptune.
_ASKED_AT = ("", "/query", "/sparql")
# Beside the address that answers: Oxigraph and Fuseki; Virtuoso; then GraphDB and RDF4J; Neptune, Blazegraph.
_CHANGED_AT = (r"/(?:query|sparql)$|$", "/update"), (r"/sparql$", "/sparql-auth"), (r"$", "/statements"), (r"$", "")
_SAFE_AGAIN = AGAIN | {408, 500}  # an update of ours may be sent twice; a slow query would only be slow again
_NO_OP = "INSERT DATA {}"
_NOT_HERE = frozenset({301, 302, 303, 307, 308, 400, 404, 405, 406, 415, 501})
# Virtuoso writes true as 1, and answers ASK with a row.
_ONE = re.compile(rb'("datatype":\s*"http://www\.w3\.org/2001/XMLSchema#boolean",\s*"value":\s*")([01])"')
_ASK = b'"vars": ["__ASK_RETVAL"]'
_YES = re.compile(rb'"__ASK_RETVAL":\s*\{[^}]*"value":\s*"1"')


@dataclass(frozen=True)
class Server:
    """A SPARQL 1.1 server: asked at one address, changed at another."""

    asked_at: str
    changed_at: str
    http: Http

    def ask(self, text: str, *, accept: str = ROWS, default_graph: str = "") -> bytes:
        """Return the answer of a query, in the media type asked for.

        Raises:
            StoreError: the server fails, or cuts the answer off.
        """
        fields = {"query": text} | ({"default-graph-uri": default_graph} if default_graph else {})
        reply = self.http.post(self.asked_at, urlencode(fields).encode(), _FORM, accept=accept)
        _require_whole(self.asked_at, reply)
        return canonical(reply.body) if accept == ROWS else reply.body

    def select(self, text: str) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a SELECT as SPARQL's JSON has them.

        Raises:
            StoreError: the server fails, or does not answer as SPARQL 1.1 says.
        """
        yield from self._read(text, lambda answer: answer["results"]["bindings"])

    def says(self, text: str) -> bool:
        """Return the truth of an ASK.

        Raises:
            StoreError: the server fails, or does not answer as SPARQL 1.1 says.
        """
        return bool(self._read(text, lambda answer: answer["boolean"]))

    def _read(self, text: str, part: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - JSON's
        """Return a part of an answer."""
        try:
            return part(json.loads(self.ask(text)))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{self.asked_at} does not answer as SPARQL 1.1 says: {error}") from error

    def update(self, text: str) -> None:
        """Change what the server holds; what is sent must be safe to send twice.

        Raises:
            StoreError: the server fails, or refuses.
        """
        self.http.post(self.changed_at, text.encode(), _UPDATE, accept="*/*", again=_SAFE_AGAIN)


def canonical(rows: bytes) -> bytes:
    """Return SPARQL JSON with truth as the standard writes it.

    Source: XML Schema 1.1 part 2, 3.3.2.2: the canonical mapping of xsd:boolean.
    """
    if _ASK in rows:
        return b'{"head":{},"boolean":%s}' % (b"true" if _YES.search(rows) else b"false")
    return _ONE.sub(lambda match: match[1] + (b'true"' if match[2] == b"1" else b'false"'), rows)


def _require_whole(url: str, reply: Reply) -> None:
    """Refuse an answer that a server says it cut off; Virtuoso does so in a header alone."""
    if most := reply.headers.get("X-SPARQL-MaxRows"):
        raise StoreError(f"{url} cuts answers off at {most} rows; raise its ResultSetMaxRows, or narrow the query")


def find_server(url: str, http: Http | None = None, *, to_change: bool = False) -> Server:
    """Return the server at an address: that of its query endpoint, or of the folder it stands in.

    Raises:
        StoreError: there is no SPARQL endpoint, or it wants other credentials.
    """
    _require_plain(url)
    http = http or Http()
    base = url.rstrip("/")
    asked_at = _first_that_answers(base, http)
    return Server(asked_at, _first_that_changes(base, asked_at, http) if to_change else "", http)


def _require_plain(url: str) -> None:
    """Refuse what is no web address, and one that carries a password."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise StoreError(f"not the address of a server: {_without_password(url)!r}; expected http:// or https://")
    if parts.username or parts.password:
        from kg.remote.auth import HOW

        raise StoreError(f"{_without_password(url)} must hold no user and no password; {HOW} instead")


def _without_password(url: str) -> str:
    """Return an address that can be shown."""
    return re.sub(r"//[^/@]*@", "//", url)


def _first_that_answers(base: str, http: Http) -> str:
    """Return the first address that answers a query."""
    said = ""
    for end in _ASKED_AT:
        try:
            reply = http.post(base + end, urlencode({"query": "ASK {}"}).encode(), _FORM, accept=ROWS, tries=1)
        except ServerError as error:
            if error.status not in _NOT_HERE and error.status != 500:  # noqa: PLR2004
                raise
            said = said or str(error)
            continue
        if "sparql-results" in reply.media_type:
            return base + end
    raise StoreError(f"no SPARQL endpoint at {base}, {base}/query or {base}/sparql" + (f" ({said})" if said else ""))


def _first_that_changes(base: str, asked_at: str, http: Http) -> str:
    """Return the first address that takes an update."""
    refused: ServerError | None = None
    for pattern, end in _CHANGED_AT:
        if not re.search(pattern, asked_at):
            continue
        candidate = re.sub(pattern, "", asked_at, count=1) + end
        try:
            http.post(candidate, _NO_OP.encode(), _UPDATE, accept="*/*", tries=1)
        except ServerError as error:
            if error.status not in {*_NOT_HERE, 401, 403, 500}:
                raise
            refused = error if error.status in {401, 403} else refused
            continue
        return candidate
    raise refused or StoreError(f"{base} answers queries, but no address beside it takes updates")
