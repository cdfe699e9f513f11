"""Collections for the tests of maps: a small one whose every statement can be counted, and one that tries to run."""

from rdflib import Dataset

from kg.dataset import memory_dataset
from kg.map import Map
from kg.map.drawing import compose
from kg.map.facts import Facts, Record, Thing
from kg.map.lines import draw_lines
from kg.prefixes import prefixes

PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())

TALKS = """
party:makassar a kg:City ; rdfs:label "Makassar"@en, "Kota Makassar"@id, "マカッサル市"@ja ; kg:country "ID" ;
    schema:latitude -5.1477 ; schema:longitude 119.4327 ; skos:altLabel "Ujung Pandang"@id .
party:kawasaki a kg:City ; rdfs:label "Kawasaki"@en, "川崎市"@ja ; kg:country "JP" ;
    schema:latitude 35.5308 ; schema:longitude 139.7029 .
party:kawasaki-waterworks a kg:Organization ; rdfs:label "Kawasaki Waterworks"@en, "川崎市上下水道局"@ja ;
    kg:country "JP" ; kg:unitOf party:kawasaki .
party:iforcom a kg:Company ; rdfs:label "iForcom"@en ; kg:country "JP" .
party:lonely a kg:City ; rdfs:label "Lonely"@en ; kg:country "NL" .
official:amir a kg:Official ; rdfs:label "Amir"@id .
official:chie a kg:Official ; rdfs:label "Chie"@en, "千恵"@ja .
official:eka a kg:Official ; rdfs:label "Eka"@id .
post:makassar-mayor a kg:Post ; rdfs:label "Mayor"@en, "Wali Kota"@id, "市長"@ja ; kg:postIn party:makassar .
tenure:amir a kg:Tenure ; kg:official official:amir ; kg:post post:makassar-mayor ; kg:from "2024"^^xsd:gYear ;
    kg:earliest "2024-01-01"^^xsd:date .
sector:water-supply a kg:Sector ; rdfs:label "Water supply"@en, "水道"@ja .
sector:smart-city a kg:Sector ; rdfs:label "Smart city"@en .
stage:discussed a kg:Stage ; rdfs:label "discussed"@en ; kg:rank 1 .
stage:mou-signed a kg:Stage ; rdfs:label "MoU signed"@en ; kg:rank 4 .

meeting:first a kg:Meeting ; rdfs:label "First talk"@en ; kg:status "held" ; kg:date "2023-03-01"^^xsd:date ;
    kg:earliest "2023-03-01"^^xsd:date ; kg:latest "2023-03-01"^^xsd:date ; kg:stage stage:discussed ;
    kg:party party:makassar, party:kawasaki-waterworks ; kg:sector sector:water-supply ;
    kg:attendedBy official:amir, official:chie ; kg:participation participation:first.amir, participation:first.chie .
participation:first.amir a kg:Participation ; kg:meeting meeting:first ; kg:official official:amir ;
    kg:actedAs post:makassar-mayor ; kg:role "guest" .
participation:first.chie a kg:Participation ; kg:meeting meeting:first ; kg:official official:chie ;
    kg:actedFor party:kawasaki-waterworks ; kg:role "host" .
meeting:second a kg:Meeting ; rdfs:label "Second talk"@en ; kg:status "held" ; kg:date "2025-03"^^xsd:gYearMonth ;
    kg:earliest "2025-03-01"^^xsd:date ; kg:latest "2025-03-31"^^xsd:date ; kg:stage stage:mou-signed ;
    kg:party party:makassar, party:kawasaki-waterworks ; kg:sector sector:water-supply ; kg:follows meeting:first .
meeting:third a kg:Meeting ; rdfs:label "Third talk"@en ; kg:status "planned" ; kg:attendedBy official:eka ;
    kg:party party:makassar, party:iforcom, party:kawasaki ; kg:sector sector:smart-city .

meeting:alone a kg:Meeting ; rdfs:label "Call"@en ; kg:status "held" ; kg:party party:lonely .
forum:fair a kg:Forum ; rdfs:label "Fair"@en .

source:one a kg:Source ; kg:outlet "outlet one" ; schema:url "https://one.example/1" ; kg:published "2023-03-02" ;
    dcterms:language "id" ; dcterms:title "Satu" .
source:two a kg:Source ; kg:outlet "outlet two" ; schema:url "mailto:desk@two.example" ; kg:family "two" .
evidence:meeting.first.1 a kg:Evidence ; kg:about meeting:first ; kg:source source:one ; kg:locator "paragraph 1" ;
    kg:says "They met."@en .
evidence:meeting.first.2 a kg:Evidence ; kg:about meeting:first ; kg:source source:two ;
    kg:claim claim:meeting.first.2.date .
claim:meeting.first.2.date a kg:Claim ; kg:field "date" ; kg:value "2023-02-28" .
evidence:meeting.second.1 a kg:Evidence ; kg:about meeting:second ; kg:source source:one ; kg:says "A paper."@en .
evidence:meeting.third.1 a kg:Evidence ; kg:about meeting:third ; kg:source source:two ; kg:says "To come."@en .
evidence:party.makassar.1 a kg:Evidence ; kg:about party:makassar ; kg:source source:one ; kg:says "A city."@en .
evidence:post.makassar-mayor.1 a kg:Evidence ; kg:about post:makassar-mayor ; kg:source source:two ;
    kg:says "Mayor of the city."@en .
evidence:forum.fair.1 a kg:Evidence ; kg:about forum:fair ; kg:source source:one ; kg:says "A fair."@en .
evidence:meeting.alone.1 a kg:Evidence ; kg:about meeting:alone ; kg:source source:one ; kg:says "A call."@en .
evidence:tenure.amir.1 a kg:Evidence ; kg:about tenure:amir ; kg:source source:one ; kg:says "He is mayor."@en .
"""

HOOK = (
    "</script><script>window.canary=1</script><img src=x onerror=window.canary=1>"
    "\\u2028\\u2029\\\"'`{{7*7}}${window.canary=1}"
)
EVIL = "<https://w3id.org/cooperation-kg/id/official/c%22onmouseover=canary=1>"
SCRIPT_LINK = "javascript:window.canary=1"

CANARIES = f"""
party:a a kg:City ; rdfs:label "A {HOOK}"@en ; skos:altLabel "{HOOK}" ; kg:note "{HOOK}"@en ; kg:country "{HOOK}" ;
    schema:url "{SCRIPT_LINK}" ; schema:sameAs "data:text/html,{HOOK}" .
party:b a kg:Company ; rdfs:label "B {HOOK}"@en .
{EVIL} a kg:Official ; rdfs:label "C {HOOK}"@en .
post:p a kg:Post ; rdfs:label "{HOOK}"@en ; kg:postIn party:a .
forum:f a kg:Forum ; rdfs:label "{HOOK}"@en .
sector:s a kg:Sector ; rdfs:label "{HOOK}"@en .
stage:t a kg:Stage ; rdfs:label "{HOOK}"@en ; kg:rank 1 .
meeting:m a kg:Meeting ; rdfs:label "{HOOK}"@en ; kg:status "{HOOK}" ; kg:date "{HOOK}" ; kg:until "{HOOK}" ;
    kg:earliest "{HOOK}" ; kg:latest "{HOOK}" ; kg:place "{HOOK}" ; kg:forum forum:f ; kg:stage stage:t ;
    kg:sector sector:s ; kg:party party:a, party:b ; kg:aim "{HOOK}"@en ; kg:note "{HOOK}"@en ; kg:ruling "{HOOK}" ;
    kg:participation participation:m.c .
participation:m.c a kg:Participation ; kg:official {EVIL} ;
    kg:actedAs post:p ; kg:role "{HOOK}" .
source:q a kg:Source ; kg:outlet "{HOOK}" ; schema:url "{SCRIPT_LINK}" ; dcterms:title "{HOOK}" ;
    dcterms:language "{HOOK}" ; kg:published "{HOOK}" ; kg:family "{HOOK}" .
evidence:meeting.m.1 a kg:Evidence ; kg:about meeting:m ; kg:source source:q ; kg:locator "{HOOK}" ;
    kg:says "{HOOK}"@en ; kg:quote "{HOOK}" ; kg:claim claim:meeting.m.1.x .
evidence:post.p.1 a kg:Evidence ; kg:about post:p ; kg:source source:q ; kg:says "{HOOK}"@en .
evidence:forum.f.1 a kg:Evidence ; kg:about forum:f ; kg:source source:q ; kg:locator "{HOOK}" ; kg:quote "{HOOK}" .
claim:meeting.m.1.x a kg:Claim ; kg:field "{HOOK}" ; kg:value "{HOOK}" .
"""


def world(turtle: str) -> Dataset:
    """Return a dataset in memory whose default graph holds the Turtle."""
    dataset = memory_dataset()
    dataset.default_graph.parse(data=PREFIXES + turtle, format="turtle")
    return dataset


def register(size: int) -> Facts:
    """Return cliques of twelve parties, each tied to the next: large without being slow to read."""
    keys = [f"party:p{number:06}" for number in range(size)]
    things = {key: Thing(key, "city", (("en", f"Party {key[-6:]}"),), country="ID") for key in keys}
    pairs = [(home + one, home + two) for home in range(0, size - 12, 12) for one in range(12) for two in range(one)]
    pairs += [(home, home + 12) for home in range(0, size - 12, 12)]
    records = {
        f"meeting:m{number:06}": Record(f"meeting:m{number:06}", "meeting", parties=(keys[one], keys[two]))
        for number, (one, two) in enumerate(pairs)
    }
    return Facts(things=things, records=records)


def page(facts: Facts) -> str:
    """Return the page of facts that no dataset holds."""
    data = compose(facts, draw_lines(facts), {})
    data |= {"title": [], "about": [], "licence": "", "stale": {}, "heading": "", "lang": "en", "story": []}
    return Map(facts, data).html()
