"""A dataset in, the facts of a map out: the default graph is read once, property by property, and sorted."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import SimpleNamespace

from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SDO, SKOS

from kg.facts import subjects, texts
from kg.iris import to_curie
from kg.map.facts import Concept, Facts, Person, Record, Source, Statement, Text, Thing
from kg.map.literals import Said, Span, number, observed, text_of
from kg.prefixes import BASE, THING_KINDS
from kg.terms import KG, KG_FROM

THING_CLASSES = {
    "official": KG.Official,
    "city": KG.City,
    "company": KG.Company,
    "organization": KG.Organization,
}
CONCEPT_CLASSES = (KG.Sector, KG.Stage, KG.Instrument, KG.Post, KG.Forum)


def read_facts(dataset: Dataset) -> Facts:
    """Read everything a map can show; the order of the result depends on the ids alone."""
    reader = _Reader(dataset)
    title, licence = reader.description()
    return Facts(
        things=reader.things,
        records={record.id: record for record in sorted(reader.records(), key=lambda record: record.id)},
        statements=reader.statements(),
        sources=reader.sources(),
        concepts=reader.concepts(),
        title=title,
        licence=licence,
        base=reader.base,
    )


def _base_of(dataset: Dataset) -> str:
    """Return the base under which the collection's own things live; the default one if it has none."""
    for kind in (KG.City, KG.Organization, KG.Company, KG.Official, KG.Meeting):
        for subject in sorted(subjects(dataset, RDF.type, kind)):
            start, _, name = subject.rpartition("/")[0].rpartition("/")
            if name in THING_KINDS:
                return f"{start}/"
    return BASE


# rdflib looks a term up anew each time it is named, which here would be most of the work.
_KG = SimpleNamespace(**{name: KG[name] for name in KG.__annotations__ if not name.startswith("_")})


class _Reader:
    """One pass per property; holds the index of each while the facts are put together."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.base = _base_of(dataset)
        self._index: dict[URIRef, dict[str, list[Said]]] = {}
        self._curies: dict[str, str] = {}

    def _id(self, iri: str) -> str:
        known = self._curies.get(iri)
        if known is None:
            known = self._curies[iri] = to_curie(iri, base=self.base)
        return known

    def _values(self, subject: str, predicate: URIRef) -> list[Said]:
        index = self._index.get(predicate)
        if index is None:
            index = self._index[predicate] = {}
            for start, text, language in texts(self.dataset, predicate):
                index.setdefault(self._id(start), []).append((language, text))
        return index.get(subject, [])

    def _ids(self, subject: str, *predicates: URIRef) -> tuple[str, ...]:
        found = [self._id(value) for each in predicates for _, value in self._values(subject, each)]
        return tuple(found if len(found) < 2 else sorted(set(found)))  # noqa: PLR2004

    def _strings(self, subject: str, *predicates: URIRef) -> tuple[str, ...]:
        found = [value for each in predicates for _, value in self._values(subject, each)]
        return tuple(found if len(found) < 2 else sorted(set(found)))  # noqa: PLR2004

    def _id_at(self, subject: str, predicate: URIRef) -> str:
        return next(iter(self._ids(subject, predicate)), "")

    def _string(self, subject: str, *predicates: URIRef) -> str:
        return next(iter(self._strings(subject, *predicates)), "")

    def _text(self, subject: str, predicate: URIRef) -> Text:
        return text_of(self._values(subject, predicate))

    def _subjects(self, kind: URIRef) -> list[str]:
        return sorted(self._id(subject) for subject in subjects(self.dataset, RDF.type, kind))

    @cached_property
    def _about(self) -> Mapping[str, tuple[str, ...]]:
        """Statements by what they are about."""
        found: dict[str, list[str]] = {}
        for statement in self._subjects(_KG.Evidence):
            for about in self._ids(statement, _KG.about):
                found.setdefault(about, []).append(statement)
        return {about: tuple(statements) for about, statements in found.items()}

    def _behind(self, *subjects: str) -> tuple[str, ...]:
        return tuple(sorted({statement for subject in subjects for statement in self._about.get(subject, ())}))

    def description(self) -> tuple[Text, str]:
        """Title and licence from the dataset's description of itself."""
        graph = self.dataset.get_context(URIRef(f"{self.base}graph/dataset"))
        titles = text_of(
            (value.language or "", str(value))
            for _, _, value in graph.triples((None, DCTERMS.title, None))
            if isinstance(value, Literal)
        )
        licences = sorted(str(value) for _, _, value in graph.triples((None, DCTERMS.license, None)))
        return titles, licences[0] if licences else ""

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Officials and parties; a thing of two classes is drawn once, as the first."""
        kinds = {subject: kind for kind in reversed(THING_CLASSES) for subject in self._subjects(THING_CLASSES[kind])}
        return {subject: self._thing(subject, kinds[subject]) for subject in sorted(kinds)}

    def _thing(self, subject: str, kind: str) -> Thing:
        return Thing(
            id=subject,
            kind=kind,
            name=self._text(subject, RDFS.label) or self._text(subject, _KG.name),
            aliases=self._strings(subject, SKOS.altLabel),
            country=self._string(subject, _KG.country),
            latitude=number(self._string(subject, SDO.latitude), 90),
            longitude=number(self._string(subject, SDO.longitude), 180),
            note=self._text(subject, _KG.note),
            links=self._strings(subject, SDO.url, SDO.sameAs, OWL.sameAs),
            statements=self._behind(subject),
        )

    def records(self) -> Iterable[Record]:
        """Meetings, cooperations, tenures, and which party is part of which."""
        yield from (self._meeting(subject) for subject in self._subjects(_KG.Meeting))
        yield from (self._cooperation(subject) for subject in self._subjects(_KG.Cooperation))
        yield from (self._tenure(subject) for subject in self._subjects(_KG.Tenure))
        for subject, kind in self.things.items():
            for whole in self._ids(subject, _KG.partOf, _KG.unitOf) if kind.kind != "official" else ():
                yield Record(id=f"unit:{subject}", kind="unit", parties=(subject, whole), statements=kind.statements)

    def _meeting(self, subject: str) -> Record:
        people = tuple(sorted(self._people(subject), key=lambda person: person.official))
        return Record(
            id=subject,
            kind="meeting",
            name=self._text(subject, RDFS.label),
            status=self._string(subject, _KG.status),
            **self._dates(subject),
            stage=self._id_at(subject, _KG.stage),
            instrument=self._id_at(subject, _KG.instrument),
            sectors=self._ids(subject, _KG.sector),
            place=self._string(subject, _KG.place),
            city=self._id_at(subject, _KG.city),
            forum=self._id_at(subject, _KG.forum),
            cooperation=self._id_at(subject, _KG.cooperation),
            parties=self._ids(subject, _KG.party),
            people=people,
            follows=self._ids(subject, _KG.follows),
            aim=self._text(subject, _KG.aim),
            note=self._text(subject, _KG.note),
            rulings=self._strings(subject, _KG.ruling),
            statements=self._behind(subject),
        )

    def _dates(self, subject: str) -> Span:
        return {
            "date": self._string(subject, _KG.date, KG_FROM),
            "until": self._string(subject, _KG.until),
            "earliest": self._string(subject, _KG.earliest),
            "latest": self._string(subject, _KG.latest),
        }

    def _people(self, meeting: str) -> Iterable[Person]:
        named = set()
        for part in self._ids(meeting, _KG.participation):
            for official in self._ids(part, _KG.official):
                named.add(official)
                post = self._id_at(part, _KG.actedAs)
                body = self._id_at(part, _KG.actedFor) or self._id_at(post, _KG.postIn)
                yield Person(official, self._string(part, _KG.role), post, body)
        for official in self._ids(meeting, _KG.attendedBy):
            if official not in named:
                yield Person(official)

    def _cooperation(self, subject: str) -> Record:
        steps = self._ids(subject, _KG.step)
        newest = max(steps, key=lambda step: (self._string(step, _KG.latest), step), default="")
        return Record(
            id=subject,
            kind="cooperation",
            name=self._text(subject, RDFS.label),
            date=self._string(newest, _KG.date),
            earliest=min(filter(None, (self._string(step, _KG.earliest) for step in steps)), default=""),
            latest=self._string(newest, _KG.latest),
            stage=self._id_at(newest, _KG.stage),
            instrument=self._id_at(newest, _KG.instrument),
            sectors=self._ids(subject, _KG.sector),
            parties=self._ids(subject, _KG.party),
            aim=self._text(subject, _KG.aim),
            note=self._text(subject, _KG.note),
            rulings=self._strings(subject, _KG.ruling),
            statements=self._behind(subject, *steps),
        )

    def _tenure(self, subject: str) -> Record:
        post = self._id_at(subject, _KG.post)
        seen = self._strings(subject, _KG.observedOn)
        dates = self._dates(subject)
        return Record(
            id=subject,
            kind="tenure",
            name=self._text(post, RDFS.label),
            **(dates if any(dates.values()) or not seen else observed(seen)),
            parties=self._ids(post, _KG.postIn),
            people=tuple(Person(official, "", post) for official in self._ids(subject, _KG.official)),
            note=self._text(subject, _KG.note),
            statements=self._behind(subject),
        )

    def statements(self) -> dict[str, Statement]:
        """Every statement, whoever it is about."""
        return {subject: self._statement(subject) for subject in self._subjects(_KG.Evidence)}

    def _statement(self, subject: str) -> Statement:
        claimed = self._ids(subject, _KG.claim)
        claims = [(self._string(claim, _KG.field), self._string(claim, _KG.value)) for claim in claimed]
        return Statement(
            id=subject,
            source=self._id_at(subject, _KG.source),
            locator=self._string(subject, _KG.locator),
            says=self._text(subject, _KG.says),
            quote=self._string(subject, _KG.quote),
            claims=tuple(sorted(claims)),
        )

    def sources(self) -> dict[str, Source]:
        """Every source."""
        return {
            subject: Source(
                id=subject,
                outlet=self._string(subject, _KG.outlet),
                title=self._string(subject, DCTERMS.title),
                url=self._string(subject, SDO.url),
                language=self._string(subject, DCTERMS.language),
                published=self._string(subject, _KG.published),
                family=self._string(subject, _KG.family),
            )
            for subject in self._subjects(_KG.Source)
        }

    def concepts(self) -> dict[str, Concept]:
        """Sectors, stages, instruments, posts and forums by id."""
        subjects = sorted({subject for kind in CONCEPT_CLASSES for subject in self._subjects(kind)})
        return {
            subject: Concept(
                id=subject,
                name=self._text(subject, RDFS.label),
                rank=int(number(self._string(subject, _KG.rank), 99) or 0),
                broader=self._id_at(subject, SKOS.broader),
                body=self._id_at(subject, _KG.postIn),
                statements=self._behind(subject),
            )
            for subject in subjects
        }
