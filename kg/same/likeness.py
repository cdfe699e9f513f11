"""How alike two names are, from 0 to 1, and why in words."""

from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kg.same.names import Name

SAME, NUMBERED, ORDER, SPELLING, INITIAL = 0.97, 0.96, 0.95, 0.94, 0.6
ONE_WORD = 0.7
"""The most that a name of one word can be worth beside a longer one: many people are called Ahmad."""
ONE_TELLING_WORD = 0.86
"""The most when only one word of the two names tells people apart and the rest are initials."""

_FUZZY, _NEAR = 0.66, 0.78
_OTHER_SORT = 0.2
_SHORTEST_FUZZY = 4


class Likeness(NamedTuple):
    """A score and its reason."""

    score: float
    reason: str


class _Match(NamedTuple):
    """A word of one name and the word of the other it stands for."""

    ours: int
    theirs: int
    likeness: float
    reason: str


Rarity = Mapping[str, float]
"""Word -> what it says about who it is, from 1 (one record has it) downwards."""


def compare(one: Name, other: Name, rarity: Rarity, *, extra: float = 0.4, person: bool = True) -> Likeness:
    """Compare two names; the same whichever comes first.

    `extra` is how much a word that only the longer name has counts against the pair: little for
    people, who go by parts of their names, much for organizations, whose units add words. One word
    in common is not enough for a `person`. Two that a register knows under different numbers are two.
    """
    if (len(other.words), other.text) < (len(one.words), one.text):
        one, other = other, one
    if one.numbers and other.numbers:
        return _numbered(one.numbers & other.numbers)
    if sorted(one.words) == sorted(other.words):
        return _same_words(one, other)
    if one.marks != other.marks:
        return Likeness(0.0, "")
    if "".join(one.sounds) == "".join(other.sounds) or one.sorted_text == other.sorted_text:
        return Likeness(SPELLING, f"sounds the same: {one.text} = {other.text}")
    if len(one.words) == 1 and len(other.words) > 2 and one.words[0] == other.initials:  # noqa: PLR2004 - an acronym
        return Likeness(0.85, f"{one.text} = initials of {other.text}")
    return _aligned(one, other, rarity, extra=extra, person=person)


def _same_words(one: Name, other: Name) -> Likeness:
    """Score two names of the same words."""
    if one.words != other.words:
        return Likeness(ORDER, "same words in another order")
    same = one.text.casefold() == other.text.casefold()
    return Likeness(SAME, "same name" if same else "same name once titles and forms are set aside")


def _numbered(shared: frozenset[str]) -> Likeness:
    """Score two names that both have numbers of a register: those in common decide."""
    return Likeness(NUMBERED, f"both have the number {min(shared)}") if shared else Likeness(0.0, "")


def _aligned(one: Name, other: Name, rarity: Rarity, *, extra: float, person: bool) -> Likeness:
    """Score word by word: what matches, over that and what is left."""
    matches = _matches(one, other)
    if not matches:
        return Likeness(0.0, "")
    ours = _weights(one, rarity)
    theirs = _weights(other, rarity)
    shared = sum((ours[m.ours] + theirs[m.theirs]) for m in matches)
    alike = sum((ours[m.ours] + theirs[m.theirs]) * m.likeness for m in matches)
    covered = len(matches) == len(one.words)
    left = _left(other, theirs, matches, rarity) if covered else sum(ours) + sum(theirs) - shared
    score = min(alike / (shared + left * (extra if covered else 1.0)), SPELLING - 0.01)
    telling = sum(one.weights[m.ours] == 1 and m.likeness > INITIAL for m in matches)
    if person and telling < 2:  # noqa: PLR2004 - one word does not tell two people apart
        score = min(score, ONE_WORD if len(one.words) == 1 else ONE_TELLING_WORD)
    if one.sorts != other.sorts:
        score -= _OTHER_SORT
    return Likeness(score, _reason(one, other, matches))


def _left(longer: Name, weights: list[float], matches: list[_Match], rarity: Rarity) -> float:
    """Return what the words say that only the longer name has; what many names add (France, Group) says still less."""
    matched = {match.theirs for match in matches}
    return sum(
        weight * rarity.get(word, 1.0)
        for place, (word, weight) in enumerate(zip(longer.words, weights, strict=True))
        if place not in matched
    )


def _weights(name: Name, rarity: Rarity) -> list[float]:
    """Return what each word of a name says in this collection."""
    return [weight * rarity.get(word, 1.0) for word, weight in zip(name.words, name.weights, strict=True)]


def _matches(one: Name, other: Name) -> list[_Match]:
    """Match words greedily, best first; each word once."""
    kana = one.from_kana != other.from_kana
    possible = [
        _Match(i, j, *word)
        for i in range(len(one.words))
        for j in range(len(other.words))
        if (word := _word(one, i, other, j, kana=kana))[0]
    ]
    possible.sort(key=lambda match: (-match.likeness, match.ours, match.theirs))
    used: tuple[set[int], set[int]] = (set(), set())
    found: list[_Match] = []
    for match in possible:
        if match.ours not in used[0] and match.theirs not in used[1]:
            found.append(match)
            used[0].add(match.ours)
            used[1].add(match.theirs)
    return sorted(found, key=lambda match: match.ours)


def _word(one: Name, i: int, other: Name, j: int, *, kana: bool) -> tuple[float, str]:
    """Compare two words: equal, alike in sound, an initial, or spelled nearly the same (never with digits in them)."""
    a, b = one.words[i], other.words[j]
    if a == b:
        return 1.0, ""
    if one.sounds[i] == other.sounds[j]:
        return 0.97, f"{a} = {b}"
    if min(len(a), len(b)) == 1:
        return (INITIAL, f"{a}. = {b}") if a[0] == b[0] else (0.0, "")
    if kana and len(one.skeletons[i]) > 1 and one.skeletons[i] == other.skeletons[j]:
        return 0.9, f"{a} = {b} (kana)"
    if min(len(a), len(b)) < _SHORTEST_FUZZY or not (a.isalpha() and b.isalpha()):
        return 0.0, ""
    near = OSA.normalized_similarity(one.sounds[i], other.sounds[j], score_cutoff=_FUZZY)
    return (near - (0.05 if near >= _NEAR else 0.15), f"{a} ~ {b}") if near else (0.0, "")


def _reason(one: Name, other: Name, matches: list[_Match]) -> str:
    """Say in words what matched."""
    parts = [match.reason for match in matches if match.reason]
    if len(matches) == len(one.words) < len(other.words):
        parts.insert(0, f"all of {one.text!r} is in {other.text!r}")
    elif len(matches) < len(one.words):
        shared = " ".join(one.words[match.ours] for match in matches)
        parts.insert(0, f"{one.text!r} and {other.text!r} share {shared!r}")
    else:
        parts.insert(0, f"{one.text!r} is like {other.text!r}")
    return "; ".join(parts)
