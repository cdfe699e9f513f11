"""Suggest which records may be one thing: pairs with a score and reasons in words; nothing is decided here."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log2
from typing import NamedTuple

from kg.identity import Decision, Merge, NotSame
from kg.records import Cooperation, Forum, Meeting, Official, Post, Record, Text
from kg.same.candidates import Named, candidate_pairs
from kg.same.context import MOST_IN_FAVOUR, Context
from kg.same.encounters import compare_meetings, meeting_pairs
from kg.same.likeness import ONE_WORD, Likeness, compare
from kg.same.names import Name, party_name, person_name

KINDS = ("official", "party", "post", "forum", "meeting", "cooperation")
"""The kinds that can be suggested, in the order they are."""

_HIGHEST = 0.99
_ACTING = {"acting", "harian", "pelaksana", "penjabat", "pj", "pjs", "plh", "plt", "sementara"}
_MODIFIERS = _ACTING | {"deputy", "former", "honorary", "kehormatan", "mantan", "vice", "wakil"}
_EXTRA: Mapping[str, float] = {"official": 0.4, "party": 0.7, "post": 0.8, "forum": 0.8, "cooperation": 0.8}


class Suggestion(NamedTuple):
    """Two records that may be one: ids in alphabetical order, a score, and why."""

    kind: str
    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


def suggest(
    records: Iterable[Record],
    decisions: Iterable[Decision] = (),
    *,
    kinds: Sequence[str] = KINDS,
    minimum: float = 0.8,
) -> list[Suggestion]:
    """Return pairs of records that may be one thing, most alike first, then by kind and ids.

    `records` are those after the ledger is applied, so that what is merged is one already;
    pairs marked not-same are left out. A score of 1 is never given: somebody decides.
    """
    everything = list(records)
    context = Context.of(everything)
    apart = _told_apart(decisions)
    found = [
        suggestion
        for kind in kinds
        for suggestion in _of_kind(kind, everything, context, minimum)
        if suggestion.score >= minimum and (kind, frozenset((suggestion.a, suggestion.b))) not in apart
    ]
    return sorted(found, key=lambda one: (-one.score, KINDS.index(one.kind), one.a, one.b))


def _told_apart(decisions: Iterable[Decision]) -> set[tuple[str, frozenset[str]]]:
    """Return the pairs marked not-same, under the ids that merges have left."""
    standing = [decision.action for decision in decisions if decision.in_force]
    merged: dict[tuple[str, str], str] = {
        (action.kind, action.from_): action.into for action in standing if isinstance(action, Merge)
    }

    def current(kind: str, name: str) -> str:
        while (kind, name) in merged:
            name = merged[kind, name]
        return name

    return {
        (action.kind, frozenset((current(action.kind, action.a), current(action.kind, action.b))))
        for action in standing
        if isinstance(action, NotSame)
    }


def _of_kind(kind: str, everything: Sequence[Record], context: Context, minimum: float) -> Iterator[Suggestion]:
    """Yield the pairs of one kind that may reach the minimum."""
    records = [record for record in everything if record.namespace == kind]
    if kind == "meeting":
        meetings = [record for record in records if isinstance(record, Meeting)]
        for i, j in meeting_pairs(meetings):
            score, reasons = compare_meetings(meetings[i], meetings[j])
            yield _suggestion(meetings[i], meetings[j], score, reasons)
        return
    names = [_names(record) for record in records]
    rarity = _rarity(names)
    flat: list[Named] = [(index, name) for index, several in enumerate(names) for name in several]
    for i, j in candidate_pairs(flat):
        best = _best(names[i], names[j], rarity, kind)
        if best.score and best.score + MOST_IN_FAVOUR >= minimum:
            arguments = [*context.arguments(records[i], records[j]), *_fit(records[i], records[j])]
            score = best.score + sum(change for change, _ in arguments)
            yield _suggestion(records[i], records[j], score, [best.reason, *(why for _, why in arguments)])


def _suggestion(one: Record, other: Record, score: float, reasons: Iterable[str]) -> Suggestion:
    """Put the ids in order and the score in bounds."""
    a, b = sorted((one.id, other.id))
    return Suggestion(one.namespace, a, b, round(max(0.0, min(score, _HIGHEST)), 2), tuple(reasons))


def _best(ours: Sequence[Name], theirs: Sequence[Name], rarity: Mapping[str, float], kind: str) -> Likeness:
    """Compare every name of one record with every name of the other; the best counts.

    What people are called for short, one word, counts in full only where neither has a longer name.
    """
    person = kind == "official"
    longer = min(max(len(name.words) for name in several) for several in (ours, theirs)) > 1
    found = Likeness(0.0, "")
    for one in ours:
        for other in theirs:
            likeness = compare(one, other, rarity, extra=_EXTRA[kind], person=person)
            if person and longer and len(one.words) == len(other.words) == 1 and one.words[0].isascii():
                likeness = Likeness(min(likeness.score, ONE_WORD), f"both called {one.text!r}")
            if likeness.score > found.score:
                found = likeness
    return found


def _names(record: Record) -> list[Name]:
    """Return every name of a record, taken apart as its kind asks."""
    take_apart: Callable[[str], Name] = person_name if isinstance(record, Official) else party_name
    texts: list[Text | None] = [getattr(record, "name", None), *getattr(record, "aliases", ())]
    words = [word for text in texts if text for word in ([text] if isinstance(text, str) else text.values())]
    return [take_apart(word) for word in dict.fromkeys(words)]


def _rarity(names: Sequence[Sequence[Name]]) -> dict[str, float]:
    """Weigh each word by how many records have it: 1 for one or two, less the more."""
    counts: Counter[str] = Counter()
    for several in names:
        counts.update({word for name in several for word in name.words})
    return {word: 1 / (1 + 0.15 * log2(count / 2)) for word, count in counts.items() if count > 2}  # noqa: PLR2004


def _fit(one: Record, other: Record) -> Iterator[tuple[float, str]]:
    """Yield what the fields of posts, forums and cooperations say."""
    if isinstance(one, Post) and isinstance(other, Post):
        if one.of != other.of:
            yield -0.4, f"but of {one.of} and of {other.of}"
        words = [{word for name in _names(post) for word in name.words} & _MODIFIERS for post in (one, other)]
        if bool(one.acting_for) != bool(other.acting_for) or words[0] != words[1]:
            yield -0.35, "but one is acting, deputy or former"
    if isinstance(one, Forum) and isinstance(other, Forum) and one.date and other.date:
        ends = (one.until or one.date).latest, (other.until or other.date).latest
        if max(one.date.earliest, other.date.earliest) > min(ends):
            yield -0.4, f"but {one.date} and {other.date}"
    if isinstance(one, Cooperation) and isinstance(other, Cooperation):
        shared = set(one.parties) & set(other.parties)
        if len(shared) < 2:  # noqa: PLR2004 - a cooperation is between two
            yield -0.4, "but between other parties"
