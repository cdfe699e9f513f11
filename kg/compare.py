"""Two parties side by side, and the parties most like one: by what they met about, and whom, each with its proof.

Source: Jaccard (1901), the share two sets have in common of all that either has.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.lifecycle import Cooperation, Event
from kg.measures.cautions import cautions
from kg.names import Names
from kg.network.actors import Members, Mode, belonging, kinds, members
from kg.network.window import ALWAYS, Held, Window, count_meetings, seen_until, span
from kg.statements import prove
from kg.tabular import Cell, Table, listed, plural, score
from kg.values import Iri

_PAPER = 3
_NOWHERE = "{} was at no held meeting that counts."
_MODES: tuple[Mode, ...] = ("party", "official", "sector")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a party did at its held meetings: when, with whom, about what, and how far its cooperations got.

    `meetings` are by their last possible day, those without a date first. Of partners, officials and sectors each
    thing comes with the last meeting it was met at, of `papers` (first steps to a paper) and the `highest` stage with
    the step that proves it. `counted` says which meetings were looked at, for all profiles alike.
    """

    party: str
    meetings: tuple[Held, ...]
    partners: Mapping[str, str]
    officials: Mapping[str, str]
    sectors: Mapping[str, str]
    papers: tuple[Iri, ...]
    highest: tuple[Iri, Iri] | None
    counted: str

    @property
    def last(self) -> str | None:
        """The IRI of the last meeting; nothing without one."""
        return self.meetings[-1].iri if self.meetings else None


class Profiles(dict[str, Profile]):
    """Party -> profile, of every party with a held meeting that counts; asked for another, one without meetings."""

    def __init__(self, make: Callable[[str], Profile], parties: Iterable[str]) -> None:
        """Make the profile of each party."""
        super().__init__({party: make(party) for party in parties})
        self._make = make

    def __missing__(self, party: str) -> Profile:
        """Return the profile of a party that was at no meeting."""
        return self._make(party)


def profiles(names: Names, cooperations: Sequence[Cooperation], as_of: date, *, window: Window = ALWAYS) -> Profiles:
    """Return party -> profile, of every party with a held meeting in the window up to a day."""
    within = seen_until(names.dataset, as_of, window)
    counted = count_meetings(names.dataset, within)
    meetings = sorted(counted.meetings, key=lambda meeting: (str(meeting.latest or ""), meeting.iri))
    parties, people, about = (members(names.dataset, mode, meetings) for mode in _MODES)
    held: dict[str, list[Held]] = {}
    for meeting in meetings:
        for party in parties.get(meeting.iri, ()):
            held.setdefault(party, []).append(meeting)
    days = f" {within}" if within != ALWAYS else ""
    said = f"{plural(len(meetings), 'held meeting')} counted{days}{counted.left_out()}."
    steps = _steps(cooperations, as_of)

    def make(party: str) -> Profile:
        own, reached = held.get(party, []), steps.get(party, [])
        partners = {other: last for other, last in _last_at(own, parties).items() if other != party}
        highest = max(reached, key=lambda step: step.rank, default=None)
        stage = (highest.stage, highest.thing) if highest and highest.stage else None
        papers = tuple(step.thing for step in reached if step.rank >= _PAPER)
        return Profile(party, tuple(own), partners, _last_at(own, people), _last_at(own, about), papers, stage, said)

    return Profiles(make, sorted(held))


def _last_at(meetings: Sequence[Held], groups: Members) -> dict[str, str]:
    """Return everything that some meetings have -> the last of them that has it."""
    return {one: meeting.iri for meeting in meetings for one in groups.get(meeting.iri, ())}


def _steps(cooperations: Sequence[Cooperation], as_of: date) -> dict[str, list[Event]]:
    """Return party -> the first step to the highest stage, by a day, of each of its cooperations."""
    found: dict[str, list[Event]] = {}
    for each in cooperations:
        reached = [step for step in each.steps if step.stage and step.by and step.by <= as_of and not step.is_end]
        best = min(reached, key=lambda step: (-step.rank, step.by or date.max, step.thing), default=None)
        for party in each.parties if best else ():
            found.setdefault(str(party), []).extend([best] if best else [])
    return found


def compare(names: Names, one: Profile, other: Profile) -> Table:
    """Return one row a fact, the two parties side by side, what both have, and who says so.

    `record` and `other record` are the meeting or step that shows it, of each; `kg why` tells all that is said of it.
    """
    both = (one, other)
    rows: list[tuple[Cell, ...]] = [
        ("meetings held", *(len(each.meetings) for each in both), None, *(each.last for each in both)),
        ("first day", *(span(each.meetings)[0] or None for each in both), None, *(_first(each) for each in both)),
        ("last day", *(span(each.meetings)[1] or None for each in both), None, *(each.last for each in both)),
        *(_shared_row(names, word, both, *sets) for word, sets in _sets(both).items()),
        (
            "cooperations with a paper or more",
            *(len(each.papers) for each in both),
            None,
            *(str(each.papers[0]) if each.papers else None for each in both),
        ),
        (
            "highest stage",
            *(names.label(each.highest[0]) if each.highest else None for each in both),
            None,
            *(str(each.highest[1]) if each.highest else None for each in both),
        ),
    ]
    labels = [names.label(each.party) for each in both]
    table = Table(
        f"{labels[0]} and {labels[1]}",
        ("fact", *_apart(labels), "in common", "record", "other record"),
        tuple(rows),
        (
            one.counted,
            *(_NOWHERE.format(names.label(each.party)) for each in both if not each.meetings),
            "Partners are parties at the same meeting; parts and units of a party count apart from it.",
            "record: the last meeting or the step behind a line, of each.",
        ),
    )
    return prove(names, table, "record", "other record")


def _first(profile: Profile) -> str | None:
    """Return the IRI of the first dated meeting; nothing without one."""
    dated = [(str(meeting.earliest), meeting.iri) for meeting in profile.meetings if meeting.earliest]
    return min(dated)[1] if dated else None


def _apart(labels: list[str]) -> list[str]:
    """Return two column names that differ."""
    return labels if labels[0] != labels[1] else [f"{labels[0]} (1)", f"{labels[1]} (2)"]


def _sets(both: tuple[Profile, Profile]) -> dict[str, tuple[Mapping[str, str], Mapping[str, str]]]:
    """Return what is compared by name."""
    one, other = both
    return {
        "partners": (one.partners, other.partners),
        "officials there": (one.officials, other.officials),
        "sectors": (one.sectors, other.sectors),
    }


def _shared_row(
    names: Names, word: str, both: tuple[Profile, Profile], one: Mapping[str, str], other: Mapping[str, str]
) -> tuple[Cell, ...]:
    """Count two sets, name what both have, and the meetings that show the first of it."""
    shared = sorted({*one} & {*other}, key=lambda thing: (names.label(thing), thing))
    common = f"{len(shared)}: {listed([names.label(thing) for thing in shared], most=8)}" if shared else "none"
    records = (one[shared[0]], other[shared[0]]) if shared else tuple(each.last for each in both)
    return word, len(one), len(other), common, *records


def similar(
    names: Names,
    party: Iri,
    found: Profiles,
    *,
    only: Callable[[str], bool] = lambda _: True,
    most: int | None = 10,
) -> Table:
    """Return the other parties by likeness: the mean of the shares of sectors and of partners in common.

    Columns: `rank`, `id`, `label`, `kind`, `likeness` (0 to 1), `sectors` and `partners` in common (the two
    parties themselves left out), whether they `met`, the `last meeting` of the other with something in common, and its
    `proof`. Left out is who has nothing in common, and the party's own parts and units, or what it is one of; `only`
    picks candidates.
    """
    own, sorts = found[str(party)], kinds(names.dataset)
    related = {other for one, other in belonging(names.dataset) if one == own.party} & {*found}
    others = (other for other in found.values() if other.party not in {own.party, *related} and only(other.party))
    scored = sorted(
        ((likeness, other) for other in others if (likeness := _likeness(own, other))),
        key=lambda pair: (-pair[0], pair[1].party),
    )
    rows: list[tuple[Cell, ...]] = []
    for likeness, other in scored[:most]:
        place = 1 + sum(1 for value, _ in scored if value > likeness)
        sectors, partners = ({*own.sectors} & {*other.sectors}, {*own.partners} & {*other.partners})
        said = (_names(names, sectors), _names(names, partners), "yes" if other.party in own.partners else "")
        shown = {other.sectors[each] for each in sectors} | {other.partners[each] for each in partners}
        last = next(meeting.iri for meeting in reversed(other.meetings) if meeting.iri in shown)
        rows.append((place, other.party, names.label(other.party), sorts.get(other.party), likeness, *said, last))
    columns = ("rank", "id", "label", "kind", "likeness", "sectors", "partners", "met", "last meeting")
    label, among = names.label(party), plural(len({*found} - {own.party} - related), "party", "parties")
    notes = (
        own.counted,
        *([] if own.meetings else [_NOWHERE.format(label)]),
        f"{len(scored)} of {among} with a sector or partner in common with {label}.",
        *([f"Left out, as parts of one another: {_names(names, related)}."] if related else []),
        "likeness: the mean of two shares, of sectors met about and of partners, that both have of all either has.",
        *cautions({each.party: len(each.partners) for each in found.values()}, names.label, words=("party", "parties")),
    )
    return prove(names, Table(f"like {label}", columns, tuple(rows), notes), "last meeting")


def _likeness(own: Profile, other: Profile) -> float:
    """Return the mean of the shares of sectors, and of partners but the two themselves, that both have."""
    ends = {own.party, other.party}
    shares = (
        _jaccard({*own.sectors}, {*other.sectors}),
        _jaccard({*own.partners} - ends, {*other.partners} - ends),
    )
    return score(sum(shares) / len(shares)) or 0.0


def _names(names: Names, things: Iterable[str]) -> str:
    """Name some things in one cell."""
    return listed(sorted(map(names.label, things)))


def _jaccard(one: set[str], other: set[str]) -> float:
    """Return the share in common; nothing is like nothing by 0."""
    return len(one & other) / len(one | other) if one | other else 0.0
