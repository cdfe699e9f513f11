"""The IRIs of a record's parts: participations and steps are named after records, so a merge renames them too."""

from collections.abc import Iterator

from kg.records import Cooperation, Meeting, PartyInRole, Record

Part = tuple[str, str]
"""Kind and key of a part, as its IRI has them."""


def parts(record: Record) -> Iterator[Part]:
    """Yield the participations and steps of a record; evidence is numbered anew and has no lasting name."""
    if isinstance(record, Meeting):
        for person in record.people:
            yield "participation", f"{record.id}.{person.official}"
        for party in record.parties:
            if isinstance(party, PartyInRole):
                yield "participation", f"{record.id}.{party.party}"
        if record.stage:
            yield "step", record.id
    elif isinstance(record, Cooperation):
        for step in record.steps:
            yield "step", f"{record.id}.{step.id}"


def renamed_parts(before: Record, after: Record, old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Yield kind, old key and new key of the parts that a change of one id has renamed and that `after` has."""
    there = set(parts(after))
    for kind, key in parts(before):
        apart = f"{new}.{key.replace('.', '-')}"  # as a step is called whose own id was taken
        plain = ".".join(new if word == old else word for word in key.split("."))
        renamed = next((one for one in (apart, plain) if (kind, one) in there), None)
        if renamed and renamed != key:
            yield kind, key, renamed
