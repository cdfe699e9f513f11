r"""A dataset -> sorted lines of N-Triples, graph by graph: what every RDF format is written from.

A line is `subject predicate object` in canonical N-Triples, without the full stop. Text sorts the same under every
hash seed, is already escaped the way Turtle wants it, and comes from Oxigraph without a Python object per
term. Language tags are in lower case and `xsd:string` is not written, as Oxigraph does.

Source: RDF 1.1 N-Triples and N-Quads (W3C, 2014), section on canonical form.
"""

import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rdflib import XSD, BNode, Dataset, Literal, Node, URIRef

from kg.dataset import iter_quads
from kg.errors import ExportError, StoreError
from kg.progress import meter
from kg.store import dump_native, native
from kg.values import split_nquad

DEFAULT = ""
Lines = dict[str, list[str]]
DATA, MANIFEST = "data.nq", "manifest.json"  # what a build calls them
_BLOCK = 1 << 18  # characters read at once

_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_ESCAPES = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_SPECIAL = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_PLAIN = {escape[1]: character for character, escape in _ESCAPES.items()} | {"'": "'"}


def read_lines(dataset: Dataset, *, only_default: bool = False) -> Lines:
    """Return graph -> sorted lines; `DEFAULT` is the default graph, any other key an IRI as `<...>`.

    Raises:
        ExportError: an IRI holds a character that no IRI may.
    """
    store = native(dataset)
    graphs: defaultdict[str, list[str]] = defaultdict(list)
    if store is None:
        for subject, predicate, value, graph in iter_quads(dataset):
            if graph is None or not only_default:
                line = f"{_text(subject)} {_text(predicate)} {_text(value)}"
                graphs[_text(graph) if graph else DEFAULT].append(line)
    else:
        output = io.BytesIO()
        dump_native(store, output, graph=DEFAULT if only_default else None)
        dumped = output.getvalue().decode()
        if only_default:
            return {DEFAULT: sorted(dumped.split(" .\n")[:-1])}  # a line break in a literal is escaped
        for quad in dumped.split("\n")[:-1]:
            line, graph_name = split_nquad(quad)
            graphs[graph_name].append(line)
    return {graph: sorted(graphs[graph]) for graph in sorted(graphs)}


def iter_graph(version: Path, graph: str) -> Iterator[str]:
    """Yield the sorted lines of one graph (`DEFAULT`, or `<IRI>`) of a build, in flat memory.

    Raises:
        StoreError: the build's file of quads is missing or is not as it was written.
    """
    for quads in _blocks(version):
        yield from _in_default(quads) if graph == DEFAULT else _in_named(quads, graph)


def _in_default(quads: list[str]) -> list[str]:
    """Return the triples of the default graph; lines are counted and compared, not split, since most are of others.

    A line of it has three spaces, or text with more, after whose last quotation mark stands one at most.
    """
    return [
        quad[:-3]
        for quad in quads
        if quad.count(" ") == 3  # noqa: PLR2004 - subject, predicate, object, full stop
        or quad.endswith('" .\n')
        or ('"' in quad and " " not in quad[quad.rindex('"') : -3])
    ]


def _in_named(quads: list[str], graph: str) -> list[str]:
    """Return the triples of one named graph; an object that ends a line of the default graph may look like it."""
    end = f" {graph} .\n"
    ended = (split_nquad(quad[:-1]) for quad in quads if quad.endswith(end))
    return [line for line, name in ended if name == graph]


def iter_build(version: Path) -> Iterator[str]:
    """Yield every line of a build's sorted N-Quads, as it stands.

    Raises:
        StoreError: the build's file of quads is missing or is not as it was written.
    """
    for quads in _blocks(version):
        yield from quads


def read_build(version: Path) -> Lines:
    """Return graph -> sorted lines of a build.

    Raises:
        StoreError: the build's file of quads is missing or is not as it was written.
    """
    graphs: defaultdict[str, list[str]] = defaultdict(list)
    for quad in iter_build(version):
        line, graph = split_nquad(quad[:-1])
        graphs[graph].append(line)
    return {graph: graphs[graph] for graph in sorted(graphs)}


def _blocks(version: Path) -> Iterator[list[str]]:
    """Yield the lines of a build's quads, so many at a time.

    Raises:
        StoreError: the file is missing or is not as it was written.
    """
    total = _require_whole(version)
    with (
        meter("exporting", total, unit="quads") as advance,
        (version / DATA).open(encoding="utf-8", newline="\n") as stream,
    ):
        while quads := stream.readlines(_BLOCK):
            yield quads
            advance(len(quads))


def _require_whole(version: Path) -> int | None:
    """Compare the file of quads with the hash in the manifest; return how many it holds, where that is told."""
    try:
        manifest = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
        expected, held = manifest["sha256"][DATA], sum(manifest.get("graphs", {}).values())
        with (version / DATA).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"the build in {version} is incomplete: {error}; run `kg build` again") from error
    if found != expected:
        raise StoreError(f"{version / DATA} is not as the build wrote it; run `kg build` again")
    return held or None


def _text(term: Node) -> str:
    """Return a term in canonical N-Triples."""
    if isinstance(term, URIRef):
        if _FORBIDDEN.search(term):
            raise ExportError(f'not an IRI: {str(term)!r} holds a space or one of <>"{{}}|^`\\')
        return f"<{term}>"
    if isinstance(term, BNode):
        return f"_:{term}"
    if not isinstance(term, Literal):
        raise ExportError(f"RDF has no term like {term!r}")
    quoted = '"' + _SPECIAL.sub(_escape, str(term)) + '"'
    if term.language:
        return f"{quoted}@{term.language.lower()}"
    return quoted if term.datatype in (None, XSD.string) else f"{quoted}^^{_text(URIRef(str(term.datatype)))}"


def _escape(match: re.Match[str]) -> str:
    """Escape one character as canonical N-Triples does."""
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def unescape(text: str) -> str:
    """Return the characters an escaped literal stands for."""
    return _ESCAPED.sub(_unescape, text) if "\\" in text else text


def _unescape(match: re.Match[str]) -> str:
    """Read one escape."""
    code = match[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" else _PLAIN[code]


def literal(text: str) -> tuple[str, str, str]:
    """Split a literal of N-Triples into characters, language and datatype as `<...>`; these two may be empty."""
    end = text.rindex('"')
    tail = text[end + 1 :]
    language, datatype = (tail[1:], "") if tail.startswith("@") else ("", tail[2:])
    return unescape(text[1:end]), language, datatype
