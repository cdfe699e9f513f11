"""The property that states each field of a record, as text: a cold command line says it without rdflib."""

from collections.abc import Mapping

from kg.prefixes import PREFIXES

_KG, _RDFS, _SDO, _SKOS = (PREFIXES[prefix] for prefix in ("kg", "rdfs", "schema", "skos"))

PROPERTIES: Mapping[str, str] = {
    "acting_for": f"{_KG}actingFor",
    "aims": f"{_KG}aim",
    "aliases": f"{_SKOS}altLabel",
    "at.city": f"{_KG}city",
    "at.forum": f"{_KG}forum",
    "at.online": f"{_KG}online",
    "at.place": f"{_KG}place",
    "broader": f"{_SKOS}broader",
    "city": f"{_KG}city",
    "cooperation": f"{_KG}cooperation",
    "country": f"{_KG}country",
    "date": f"{_KG}date",
    "follow_up": f"{_KG}followUp",
    "follows": f"{_KG}follows",
    "from": f"{_KG}from",
    "instrument": f"{_KG}instrument",
    "latitude": f"{_SDO}latitude",
    "longitude": f"{_SDO}longitude",
    "matches": f"{_SKOS}closeMatch",
    "meeting": f"{_KG}meeting",
    "name": f"{_RDFS}label",
    "note": f"{_KG}note",
    "observed": f"{_KG}observedOn",
    "of": f"{_KG}postIn",
    "official": f"{_KG}official",
    "part_of": f"{_KG}partOf",
    "parties": f"{_KG}party",
    "people": f"{_KG}attendedBy",
    "place": f"{_KG}place",
    "post": f"{_KG}post",
    "same_as": f"{_SDO}sameAs",
    "sectors": f"{_KG}sector",
    "stage": f"{_KG}stage",
    "status": f"{_KG}status",
    "steps": f"{_KG}step",
    "unit_of": f"{_KG}unitOf",
    "until": f"{_KG}until",
    "url": f"{_SDO}url",
}
"""What `supports` names, and where a claim's value goes."""
