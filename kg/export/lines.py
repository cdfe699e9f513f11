r"""A build -> sorted lines of N-Triples, graph by graph: what every RDF format is written from.

A line is `subject predicate object` in canonical N-Triples and UTF-8, without the full stop. Such lines sort the same
under every hash seed, are already escaped the way Turtle wants it, and come from Oxigraph without a Python object per
term. Language tags are in lower case and `xsd:string` is not written, as Oxigraph does.

Source: RDF 1.1 N-Triples and N-Quads (W3C, 2014), section on canonical form.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.progress import meter
from kg.values import split_nquad

DEFAULT = b""
Lines = dict[bytes, list[bytes]]
DATA, MANIFEST = "data.nq", "manifest.json"  # what a build calls them
_BLOCK = 1 << 18  # bytes read at once
_SPACE, _QUOTE = b' "'  # numbers: found in half the time that bytes are

_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "\\": "\\", "'": "'"}


def iter_graph(version: Path, graph: bytes) -> Iterator[bytes]:
    """Yield the sorted lines of one graph (`DEFAULT`, or `<IRI>`) of a build, in flat memory.

    Raises:
        StoreError: the build's file of quads is missing or is not as it was written.
    """
    for quads in _blocks(version):
        yield from _in_default(quads) if graph == DEFAULT else _in_named(quads, graph)


def _in_default(quads: list[bytes]) -> list[bytes]:
    """Return the triples of the default graph; lines are counted and compared, not split, since most are of others.

    A line of it has three spaces, or text with more, after whose last quotation mark stands one at most.
    """
    return [
        quad[:-3]
        for quad in quads
        if quad.count(_SPACE) == 3  # noqa: PLR2004 - subject, predicate, object, full stop
        or quad[-4] == _QUOTE
        or (_QUOTE in quad and _SPACE not in quad[quad.rindex(_QUOTE) : -3])
    ]


def _in_named(quads: list[bytes], graph: bytes) -> list[bytes]:
    """Return the triples of one named graph; an object that ends a line of the default graph may look like it."""
    end = b" %b .\n" % graph
    ended = (split_line(quad[:-1]) for quad in quads if quad.endswith(end))
    return [line for line, name in ended if name == graph]


def split_line(quad: bytes) -> tuple[bytes, bytes]:
    """Split a line of N-Quads, without its line end, into its triple and its graph."""
    line, graph = split_nquad(quad.decode())
    return line.encode(), graph.encode()


def iter_build(version: Path) -> Iterator[bytes]:
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
    graphs: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for quad in iter_build(version):
        line, graph = split_line(quad[:-1])
        graphs[graph].append(line)
    return {graph: graphs[graph] for graph in sorted(graphs)}


def _blocks(version: Path) -> Iterator[list[bytes]]:
    """Yield the lines of a build's quads, so many at a time.

    Raises:
        StoreError: the file is missing or is not as it was written.
    """
    total = _require_whole(version)
    with meter("exporting", total, unit="quads") as advance, (version / DATA).open("rb") as stream:
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
