"""Our namespaces as plain text: the base of things, the kinds that have IRIs, and the prefixes of every query.

Nothing here imports rdflib, so that a cold command line may use it.
"""

from collections.abc import Mapping

BASE = "https://w3id.org/cooperation-kg/id/"
"""Where things live unless a collection's `kg.toml` says otherwise."""

ONTOLOGY = "https://w3id.org/cooperation-kg/ontology"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"

THING_KINDS = (
    "claim",
    "cooperation",
    "crs",
    "evidence",
    "forum",
    "instrument",
    "meeting",
    "official",
    "participation",
    "party",
    "post",
    "scheme",
    "sector",
    "source",
    "stage",
    "step",
    "tenure",
    "tie",
    "tie",
)
"""The kinds of things that have IRIs; each is also a prefix."""

_VOCABULARIES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "kg": f"{ONTOLOGY}#",
    "oa": OA,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return prefix -> namespace for a collection whose own things live under `base`, sorted by prefix."""
    own = {kind: f"{base}{kind}/" for kind in THING_KINDS}
    own |= {kind: f"{BASE}{kind}/" for kind in ("crs", "instrument", "scheme", "sector", "stage")}
    return dict(sorted((own | dict(_VOCABULARIES) | {"graph": f"{base}graph/"}).items()))


PREFIXES: Mapping[str, str] = prefixes()
