"""Fold sources that copy each other into families: sources and their texts in, source -> family out.

Ten papers that print one press release are one voice. Sources are of one family when somebody
says so (`copy_of`, `family`), when they are the same page, when their kept texts are near-identical,
or when a headline, a quote or our own summary of them is, at a length where that is no accident.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from rapidfuzz.distance import LCSseq

from kg.collection import Collection
from kg.records import Cooperation, Evidence, Meeting, Record, Source, Text

SAME_TEXT = 0.7
"""The share of the shorter text's words that stand in the longer one, in order, at which one is a copy.

Two reports of one event that were written apart stay below a quarter.
"""
SAME_WORDS = 0.9
"""The same, for a headline, a quote or a summary."""
LEAST_WORDS: Mapping[str, int] = {"title": 6, "quote": 12, "summary": 12}
"""Words below which likeness is no sign of copying; short summaries are alike because we wrote them."""
_DAYS_APART = 7
_SHINGLE = 5
_SKETCH = 100
_SHARED = 8
_COMMON = 60
_LARGEST = 5_000_000
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


class Link(NamedTuple):
    """Two sources of one family, smaller id first, and what ties them."""

    a: str
    b: str
    reason: str


class Said(NamedTuple):
    """What we note of a source about one record: a quote or a summary."""

    about: tuple[str, str]
    source: str
    sort: str
    words: str


def families(
    sources: Iterable[Source], texts: Mapping[str, str] | None = None, said: Iterable[Said] = ()
) -> dict[str, str]:
    """Return source id -> family id for every source, sorted.

    A family is called as its sources declare (the first such name in order), else by the smallest id in it.
    """
    given = sorted(sources, key=lambda source: source.id)
    root = {source.id: source.id for source in given}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for link in family_links(given, texts or {}, said):
        one, other = sorted((find(link.a), find(link.b)))
        root[other] = one
    names: dict[str, str] = {}
    for source in given:
        if source.family:
            here = find(source.id)
            names[here] = min(names.get(here, source.family), source.family)
    return {source.id: names.get(find(source.id), find(source.id)) for source in given}


def independent(sources: Iterable[str], family_of: Mapping[str, str]) -> tuple[int, int]:
    """Count the families and the sources among some sources: 2 independent of 7."""
    distinct = set(sources)
    return len({family_of.get(source, source) for source in distinct}), len(distinct)


def family_links(sources: Sequence[Source], texts: Mapping[str, str], said: Iterable[Said]) -> list[Link]:
    """Return what ties sources into families, each pair once with the strongest reason, sorted."""
    known = {source.id for source in sources}
    found: dict[tuple[str, str], str] = {}
    ties = (_declared(sources), _same_page(sources), _same_text(texts), _same_title(sources), _same_words(said))
    for link in chain.from_iterable(ties):
        if link.a in known and link.b in known and link.a != link.b:
            found.setdefault((min(link.a, link.b), max(link.a, link.b)), link.reason)
    return [Link(a, b, reason) for (a, b), reason in sorted(found.items())]


def said_of(records: Iterable[Record]) -> Iterator[Said]:
    """Yield the quotes under records, and the summaries under meetings and cooperations, steps included.

    What we note under a person or a post is a formula ("Names X as mayor"): it says nothing about wording.
    """
    for record in records:
        parts: list[tuple[str, tuple[Evidence, ...]]] = [(record.id, getattr(record, "evidence", ()))]
        if isinstance(record, Cooperation):
            parts += [(f"{record.id}.{step.id}", step.evidence) for step in record.steps]
        for key, evidence in parts:
            for one in evidence:
                if one.quote:
                    yield Said((record.namespace, key), one.source, "quote", one.quote)
                if one.says and isinstance(record, Meeting | Cooperation):
                    yield Said((record.namespace, key), one.source, "summary", _one_language(one.says))


class Voices:
    """Takes the records of a collection one at a time, and tells the family of each source in the end.

    Only what can tie sources is held: sources that say more than outlet and date, and the long quotes and summaries
    of records that have two of a sort. All other sources are families of their own.
    """

    def __init__(self, collection: Collection) -> None:
        """Start with no records."""
        self._collection = collection
        self._ids = bytearray()
        self._telling: list[Source] = []
        self._said: list[Said] = []

    def add(self, record: Record) -> None:
        """Take a record."""
        if isinstance(record, Source):
            self._ids += f"{record.id}\n".encode()
        for one in ties(record):
            if isinstance(one, Source):
                self._telling.append(one)
            else:
                self._said.append(one)

    def families(self) -> Iterator[tuple[str, str]]:
        """Yield source id and family id for every source, as `families` finds them."""
        named = {one.source for one in self._said}
        named |= {name for source in self._telling for name in (source.copy_of, source.family) if name}
        named -= {source.id for source in self._telling}
        ids = self._ids.decode().split("\n")[:-1]
        silent = [Source(id=name, outlet="-") for name in ids if name in named]
        texts = read_texts(self._collection, self._telling)
        found = families([*self._telling, *silent], texts, self._said)
        yield from ((name, found.get(name, name)) for name in ids)


def ties(record: Record) -> Sequence[Source | Said]:
    """Return what of a record can tie sources into families: nothing, of most."""
    if isinstance(record, Source):
        told = record.copy_of or record.family or record.sha256 or record.url or record.title or record.text
        return [record] if told else []
    if len(getattr(record, "evidence", ())) <= 1 and not isinstance(record, Cooperation):
        return []
    long = [one for one in said_of([record]) if len(_words(one.words)) >= LEAST_WORDS[one.sort]]
    groups = Counter((one.about, one.sort) for one in long)
    return [one for one in long if groups[one.about, one.sort] > 1]


def read_texts(collection: Collection, sources: Iterable[Source]) -> dict[str, str]:
    """Return the texts that are kept in `sources/`, by source; one that is missing or no text is left out."""
    folder = collection.sources.resolve()
    found = {}
    for source in sources:
        path = (folder / source.text).resolve() if source.text else Path()
        if source.text and path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= _LARGEST:
            found[source.id] = path.read_text(encoding="utf-8", errors="replace")
    return found


def _one_language(text: Text) -> str:
    """Return a text in one language, the first by tag."""
    return text if isinstance(text, str) else text[min(text)]


def _words(text: str) -> list[str]:
    """Return the words of a text, folded; where words are not divided, its characters."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _declared(sources: Iterable[Source]) -> Iterator[Link]:
    """Yield what the records say themselves."""
    first: dict[str, str] = {}
    for source in sources:
        if source.copy_of:
            yield Link(source.id, source.copy_of, "declared a copy")
        if source.family:
            reason = f"declared of family {source.family}"
            yield Link(first.setdefault(source.family, source.id), source.id, reason)
            yield Link(source.family, source.id, reason)  # a family may be called after one of its sources


def _same_page(sources: Iterable[Source]) -> Iterator[Link]:
    """Yield sources with the same hash or the same address."""
    first: dict[tuple[str, str], str] = {}
    for source in sources:
        address = re.sub(r"^https?://(?:www\.)?|[/#?]+$", "", source.url or "")
        for sort, value in (("text by its hash", source.sha256), ("address", address)):
            if value:
                yield Link(first.setdefault((sort, value), source.id), source.id, f"the same {sort}")


def _same_text(texts: Mapping[str, str]) -> Iterator[Link]:
    """Yield near-identical texts."""
    words = {source: _words(text) for source, text in sorted(texts.items())}
    for a, b in _meeting_pairs(words, _SHINGLE, _SHARED):
        share = _share(words[a], words[b])
        if share >= SAME_TEXT:
            yield Link(a, b, f"{share:.0%} of one text stands in the other")


def _meeting_pairs(words: Mapping[str, Sequence[str]], run: int, least: int) -> Iterator[tuple[str, str]]:
    """Yield pairs that have runs of words in common, so that few need comparing; runs that many have do not count."""
    sketches = {source: _sketch(own, run) for source, own in words.items()}
    holders: dict[int, list[str]] = defaultdict(list)
    for source, sketch in sketches.items():
        for mark in sketch:
            holders[mark].append(source)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for holding in holders.values():
        if len(holding) <= _COMMON:
            for pair in combinations(holding, 2):
                shared[pair] += 1
    return ((a, b) for (a, b), count in shared.items() if count >= min(least, len(sketches[a]), len(sketches[b])))


def _sketch(words: Sequence[str], run: int) -> list[int]:
    """Return the smallest hashes of a text's runs of words: two copies have most of them in common.

    Source: Broder (1997), On the resemblance and containment of documents (bottom-k sketch).
    """
    runs = {" ".join(words[i : i + run]) for i in range(len(words) - run + 1)}
    return sorted({crc32(one.encode()) for one in runs})[:_SKETCH]


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of the shorter text's words that stand in the longer one, in order."""
    shorter = min(len(one), len(other))
    return LCSseq.similarity(one, other) / shorter if shorter else 0.0


def _same_title(sources: Sequence[Source]) -> Iterator[Link]:
    """Yield sources with the same long headline, in one language, within a week."""
    by_id = {source.id: source for source in sources}
    titles = {source.id: _words(_one_language(source.title)) for source in sources if source.title}
    for a, b in _meeting_pairs(titles, 3, 1):
        if (
            by_id[a].language == by_id[b].language
            and _near(by_id[a], by_id[b])
            and _alike(titles[a], titles[b], "title")
        ):
            yield Link(a, b, "the same title")


def _same_words(said: Iterable[Said]) -> Iterator[Link]:
    """Yield sources from which the same long quote or summary is noted under one record."""
    groups: dict[tuple[str, tuple[str, str]], list[tuple[str, list[str]]]] = defaultdict(list)
    for one in said:
        groups[one.sort, one.about].append((one.source, _words(one.words)))
    for (sort, _), members in groups.items():
        for (a, own), (b, theirs) in combinations(members, 2):
            if _alike(own, theirs, sort):
                yield Link(a, b, f"the same {sort}")


def _alike(one: Sequence[str], other: Sequence[str], sort: str) -> bool:
    """Say whether two short texts are the same but for a word or two, and long enough for that to mean something."""
    shorter, longer = sorted((len(one), len(other)))
    return shorter >= LEAST_WORDS[sort] and shorter / longer >= SAME_WORDS and _share(one, other) >= SAME_WORDS


def _near(one: Source, other: Source) -> bool:
    """Say whether two sources may have been published within a week of each other."""
    if not one.published or not other.published:
        return True
    first, last = sorted((one.published, other.published))
    return (last.earliest - first.latest).days <= _DAYS_APART
