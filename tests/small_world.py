"""A small graph of meetings for the tests of networks and exports: four held, one planned, one without a date."""

from rdflib import Dataset, Graph

from kg.dataset import Backend, memory_dataset
from kg.prefixes import prefixes

PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())

TURTLE = (
    PREFIXES
    + """
party:makassar a kg:City ; kg:name "Makassar" ; kg:country "ID" ; rdfs:label "Makassar"@en, "マカッサル市"@ja .
party:kawasaki a kg:City ; kg:name "Kawasaki" ; kg:country "JP" ; rdfs:label "Kawasaki"@en, "川崎市"@ja .
party:yokohama a kg:City ; kg:name "Yokohama" ; kg:country "JP" .
party:kawasaki-waterworks a kg:Organization ; kg:name "Kawasaki Waterworks" ; kg:country "JP" ;
    kg:unitOf party:kawasaki .
party:iforcom a kg:Company ; kg:name "iForcom" ; kg:country "JP" .

official:amir a kg:Official ; kg:name "Amir" .
official:budi a kg:Official ; kg:name "Budi" .
official:chie a kg:Official ; kg:name "Chie" ; rdfs:label "Chie"@en, "千恵"@ja .
official:daichi a kg:Official ; kg:name "Daichi" .
official:eka a kg:Official ; kg:name "Eka" .

post:makassar-mayor a kg:Post ; kg:name "Mayor" ; kg:postIn party:makassar .
participation:water-1.amir a kg:Participation ; kg:meeting meeting:water-1 ; kg:official official:amir ;
    kg:actedAs post:makassar-mayor ; kg:role "guest" .
participation:water-1.chie a kg:Participation ; kg:meeting meeting:water-1 ; kg:official official:chie ;
    kg:actedFor party:kawasaki-waterworks .

sector:water-supply a kg:Sector ; kg:name "Water supply" .
sector:sanitation a kg:Sector ; kg:name "Sanitation" .
sector:smart-city a kg:Sector ; kg:name "Smart city" .

meeting:water-1 a kg:Meeting ; kg:name "Water, first talk" ; kg:status "held" ;
    kg:date "2023-03-01"^^xsd:date ; kg:earliest "2023-03-01"^^xsd:date ; kg:latest "2023-03-01"^^xsd:date ;
    kg:party party:makassar, party:kawasaki-waterworks ; kg:sector sector:water-supply, sector:sanitation ;
    kg:attendedBy official:amir, official:budi, official:chie .
meeting:water-2 a kg:Meeting ; kg:name "Water, second talk" ; kg:status "held" ;
    kg:date "2025-03"^^xsd:gYearMonth ; kg:earliest "2025-03-01"^^xsd:date ; kg:latest "2025-03-31"^^xsd:date ;
    kg:party party:makassar, party:kawasaki ; kg:sector sector:water-supply ;
    kg:attendedBy official:amir, official:chie .
meeting:yokohama a kg:Meeting ; kg:name "Yokohama" ; kg:status "held" ;
    kg:date "2025"^^xsd:gYear ; kg:earliest "2025-01-01"^^xsd:date ; kg:latest "2025-12-31"^^xsd:date ;
    kg:party party:makassar, party:yokohama, party:iforcom ; kg:sector sector:smart-city ;
    kg:attendedBy official:amir, official:daichi .
meeting:undated a kg:Meeting ; kg:name "Some day" ; kg:status "held" ;
    kg:party party:makassar, party:iforcom ; kg:attendedBy official:eka .
meeting:planned a kg:Meeting ; kg:name "To come" ; kg:status "planned" ;
    kg:date "2026-03-01"^^xsd:date ; kg:earliest "2026-03-01"^^xsd:date ; kg:latest "2026-03-01"^^xsd:date ;
    kg:party party:makassar, party:kawasaki ; kg:attendedBy official:budi, official:daichi .
"""
)


def small_graph() -> Graph:
    """Return the facts as a plain graph."""
    return Graph().parse(data=TURTLE, format="turtle")


def small_dataset(backend: Backend = "oxigraph") -> Dataset:
    """Return the facts as the default graph of a dataset, and one claim in a source's graph."""
    dataset = memory_dataset(backend=backend)
    for triple in small_graph():
        dataset.default_graph.add(triple)
    source = dataset.graph("https://w3id.org/cooperation-kg/id/source/daily")
    source.parse(data=PREFIXES + 'meeting:water-2 kg:date "2025-04"^^xsd:gYearMonth .', format="turtle")
    return dataset
