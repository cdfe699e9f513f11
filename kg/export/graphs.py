"""An rdflib dataset -> sorted lines of N-Triples, graph by graph; by Oxigraph itself where it is the store.

Source: RDF 1.1 N-Triples and N-Quads (W3C, 2014), section on canonical form.
"""

from collections import defaultdict

from rdflib import XSD, BNode, Dataset, Literal, Node, URIRef

from kg.dataset import iter_quads
from kg.errors import ExportError
from kg.export.lines import DEFAULT, Lines, split_line
from kg.store import dump_native, native
from kg.values import bracketed, quoted


def read_lines(dataset: Dataset, *, only_default: bool = False) -> Lines:
    """Return graph -> sorted lines; `DEFAULT` is the default graph, any other key an IRI as `<...>`.

    Raises:
        ExportError: an IRI holds a character that no IRI may.
    """
    store = native(dataset)
    graphs: defaultdict[bytes, list[bytes]] = defaultdict(list)
    if store is None:
        for subject, predicate, value, graph in iter_quads(dataset):
            if graph is None or not only_default:
                name = _encoded(_text(graph)) if graph else DEFAULT
                graphs[name].append(_encoded(f"{_text(subject)} {_text(predicate)} {_text(value)}"))
    elif only_default:
        return {DEFAULT: sorted(dump_native(store, graph=DEFAULT.decode()).split(b" .\n")[:-1])}
    else:
        for quad in dump_native(store).split(b"\n")[:-1]:  # a line break in a literal is escaped
            line, name = split_line(quad)
            graphs[name].append(line)
    return {graph: sorted(graphs[graph]) for graph in sorted(graphs)}


def _text(term: Node) -> str:
    """Return a term in canonical N-Triples."""
    if isinstance(term, URIRef):
        try:
            return bracketed(term)
        except ValueError as error:
            raise ExportError(f'{error} holds a space or one of <>"{{}}|^`\\') from error
    if isinstance(term, BNode):
        return f"_:{term}"
    if not isinstance(term, Literal):
        raise ExportError(f"RDF has no term like {term!r}")
    text = quoted(str(term))
    if term.language:
        return f"{text}@{term.language.lower()}"
    return text if term.datatype in (None, XSD.string) else f"{text}^^{_text(URIRef(str(term.datatype)))}"


def _encoded(text: str) -> bytes:
    """Return text as UTF-8.

    Raises:
        ExportError: half a surrogate pair, which is no character.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ExportError(f"half a surrogate pair, U+{ord(text[error.start]):04X}, cannot be written") from error
