"""Collections of a screen, written as YAML, built where a test says, and asked through their names."""

from pathlib import Path

from rdflib import Dataset

from kg.build import build_collection
from kg.collection import open_collection
from kg.dataset import open_dataset
from kg.names import Names, language_order
from kg.query import ask
from kg.store import Source

CONFIG = 'title = "Tiny"\nlanguages = ["en", "id", "ja"]\n'


def write(root: Path, records: str, *, config: str = CONFIG) -> Path:
    """Write a collection of one file of records; return its folder."""
    (root / "records").mkdir(parents=True)
    (root / "kg.toml").write_text(config, encoding="utf-8")
    (root / "records" / "all.yaml").write_text(records, encoding="utf-8")
    return root


def build(root: Path) -> Path:
    """Build a collection; return its folder."""
    build_collection(open_collection(root))
    return root


def made(root: Path, records: str, *, config: str = CONFIG) -> Path:
    """Write and build a collection; return its folder."""
    return build(write(root, records, config=config))


def dataset_of(root: Path) -> Dataset:
    """Open a built collection as rdflib's dataset."""
    return open_dataset(root / "build", base=open_collection(root).config.base)


def names_of(root: Path, lang: str | None = None) -> Names:
    """Open a built collection, a language first."""
    config = open_collection(root).config
    return Names(dataset_of(root), language_order(lang, config.languages), config.base)


SAYS = "evidence: [{source: daily, says: It says so.}]"
WORLD = f"""
cities:
  - id: makassar
    name: {{en: Makassar, id: Kota Makassar, ja: マカッサル市}}
    aliases: [Ujung Pandang, {{ja: マカッサル}}]
    country: ID
    latitude: -5.13
    longitude: 119.43
    {SAYS}
  - {{id: kawasaki, name: {{en: Kawasaki, ja: 川崎市}}, country: JP, {SAYS}}}
companies:
  - {{id: iforcom, name: iForcom, country: JP, {SAYS}}}
organizations:
  - {{id: waterworks, name: {{en: Waterworks, ja: 水道局}}, country: JP, unit_of: kawasaki, {SAYS}}}
  - {{id: twin-a, name: Twin, country: JP, {SAYS}}}
  - {{id: twin-b, name: Twin, country: JP, {SAYS}}}
officials:
  - {{id: amir, name: Amir, aliases: [Pak Amir], {SAYS}}}
  - {{id: budi, name: Budi, {SAYS}}}
  - {{id: chie, name: {{en: Chie, ja: 千恵}}, {SAYS}}}
  - {{id: dewi, name: Déwi, {SAYS}}}
posts:
  - {{id: mayor, name: {{en: Mayor, id: Wali Kota}}, of: makassar, {SAYS}}}
  - {{id: acting-mayor, name: Acting Mayor, of: makassar, acting_for: mayor, {SAYS}}}
  - {{id: head, name: Head, of: waterworks, {SAYS}}}
tenures:
  - {{id: amir-mayor, official: amir, post: mayor, from: 2019, until: 2020-05-13, {SAYS}}}
  - {{id: budi-acting, official: budi, post: acting-mayor, from: 2020-05-13, observed: [2020-07-27], {SAYS}}}
  - {{id: dewi-mayor, official: dewi, post: mayor, from: 2021-02-26, {SAYS}}}
  - {{id: chie-head, official: chie, post: head, observed: [2020-02-01, 2020-07-27], {SAYS}}}
forums:
  - {{id: fair, name: The Fair, date: 2020-02, city: kawasaki, {SAYS}}}
cooperations:
  - id: water
    name: {{en: Water together, id: Air bersama}}
    parties: [makassar, waterworks]
    sectors: [water-supply]
    steps:
      - {{id: paper, date: 2020-08, stage: letter-of-intent, instrument: loi, meeting: second,
         evidence: [{{source: weekly, says: A letter was signed.}}]}}
    {SAYS}
meetings:
  - id: first
    name: {{en: First talk, id: Pertemuan pertama}}
    date: 2020-02
    at: {{city: kawasaki, forum: fair, online: false}}
    parties: [makassar, {{party: waterworks, role: host}}]
    people:
      - {{official: amir, as: mayor, role: guest}}
      - {{official: chie, for: waterworks, role: host}}
    sectors: [water-supply]
    stage: discussed
    cooperation: water
    aims: {{en: Less leakage, id: Kebocoran berkurang}}
    rulings: {{date: The weekly came later.}}
    evidence:
      - {{source: daily, at: paragraph 2, says: They talked.}}
      - {{source: weekly, says: They talked in March., claims: {{date: 2020-03, head_count: "12"}}}}
      - {{source: monthly, quote: so they met, supports: [parties]}}
      - {{source: monthly, claims: {{head_count: "15"}}}}
  - id: second
    name: Second talk
    date: 2020-07-27
    parties: [makassar, waterworks]
    people: [{{official: budi, as: acting-mayor, role: host}}]
    sectors: [sanitation]
    stage: proposed
    follows: [first]
    follow_up: true
    {SAYS}
  - id: third
    name: Third talk
    date: 2020-09-01
    parties: [makassar, iforcom]
    sectors: [smart-city]
    stage: discussed
    evidence: [{{source: daily, at: "line 3", quote: a third time}}]
  - id: fourth
    name: Fourth talk
    status: planned
    date: 2021-05
    parties: [makassar, iforcom]
    follows: [third]
    {SAYS}
  - id: undated
    name: Some day
    parties: [makassar, kawasaki]
    status: cancelled
    {SAYS}
sources:
  - {{id: daily, outlet: The Daily, url: https://example.org/daily, language: en, published: 2020-07-28}}
  - {{id: weekly, outlet: The Weekly, published: 2020-08}}
  - {{id: monthly, outlet: The Monthly}}
"""
"""Two cities, a company, four officials, a named cooperation, a derived one, a plan, a call-off, and disputes."""


def rows(dataset: Source, text: str) -> list[tuple[str, ...]]:
    """Return the answer of a SELECT as text, what is unbound as nothing."""
    return [tuple("" if term is None else str(term) for term in row) for row in ask(dataset, text).rows]
