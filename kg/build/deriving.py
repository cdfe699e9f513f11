"""Derive from sorted lines, in parts that fit into memory: a rule asks there a fraction of what it asks on disk.

What most rules say follows from one meeting, cooperation or tenure, or from one tie with all it goes through. So
the lines that rules read are dealt out by the thing they are about, and each part is derived from by itself; two
parts may say the same triple. Rules that are not named here see the whole store, after these.
"""

import re
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from zlib import crc32

import pyoxigraph as ox

from kg import rules
from kg.loading import SLICE, slices
from kg.progress import track

MEETINGS = frozenset(
    {"body", "officials-met", "officials-tie", "parties-cooperate", "parties-tie", "tie-links", "tie-sectors"}
)
"""Rules about one meeting, cooperation or tenure, and what it leads on to."""
TIES = frozenset({"cooperation-stage", "tie-days", "tie-meetings", "tie-stage"})
"""Rules about one tie or cooperation, and all the meetings, cooperations and steps it goes through."""
PART = 256 * 1024 * 1024
"""Bytes of asserted lines for each part: some 300,000 triples that rules read, and as many derived, in memory."""

_TYPE = re.escape(b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
_OBJECT = re.compile(rb"(<[^>\n]*>) \.\n")
_TERM = rb'(?:<[^>\n]*+>|"(?:[^"\\\n]|\\.)*+"(?:@[\w-]+|\^\^<[^>\n]*>)?)'


def derive(source: Path, folder: Path, *, base: str, size: int = PART) -> Iterator[Path]:
    """Yield files of N-Triples in `folder`, unsorted: what the rules named here derive from sorted asserted lines."""
    number = 1 + source.stat().st_size // size
    with closing(Facts(folder, number, base)) as facts, closing(Parts(folder, number)) as ties:
        for some in slices(source, SLICE):
            facts.take(some)
        for part in track(range(number), "deriving", unit="parts"):
            for file in rules.derive(facts.of(part), folder, base=base, only=MEETINGS):
                if file.stem.endswith("-tie"):
                    lines = file.read_bytes().splitlines(keepends=True)
                    ties.add((line.partition(b" ")[0], line) for line in lines)
                yield file
        for part in track(range(number), "deriving of ties", unit="parts"):
            store = facts.around(ties.lines(part), part, base)
            yield from rules.derive(store, folder, base=base, only=TIES)


class Parts:
    """Lines dealt out to a number of files without a name, by the thing they are about."""

    def __init__(self, folder: Path, number: int) -> None:
        """Start with empty files."""
        with ExitStack() as stack:
            self._files = [stack.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(number)]
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Give the files up."""
        self._stack.close()

    def add(self, lines: Iterable[tuple[bytes, bytes]]) -> None:
        """Take lines, each with the name of what it is about."""
        dealt: list[list[bytes]] = [[] for _ in self._files]
        for name, line in lines:
            dealt[self.place(name)].append(line)
        for file, some in zip(self._files, dealt, strict=True):
            file.write(b"".join(some))

    def place(self, name: bytes) -> int:
        """Return the number of the part of a thing."""
        return crc32(name) % len(self._files)

    def lines(self, part: int) -> bytes:
        """Return the lines of one part."""
        self._files[part].seek(0)
        return self._files[part].read()


class Facts:
    """The triples of the default graph that rules read."""

    def __init__(self, folder: Path, number: int, base: str) -> None:
        """Deal them out to so many parts."""
        self._triple = _triple(rules.words(), base)
        self._of_ties = {f"<{word}>".encode() for word in rules.words(TIES)}
        self._parts = Parts(folder, number)
        self._shared: list[bytes] = []
        self._passed: dict[bytes, bytes] = {}

    def close(self) -> None:
        """Give up what lies on disk."""
        self._parts.close()

    def take(self, lines: bytes) -> None:
        """Take what rules read from some whole lines."""
        own = []
        for found in self._triple.finditer(lines):
            line, subject, kind, name, word = found.group(0, "subject", "kind", "name", "word")
            if not kind:
                self._shared.append(line)
                continue
            own.append((name, line))
            if kind in (b"meeting", b"cooperation", b"step") and word in self._of_ties:
                self._passed[subject] = self._passed.get(subject, b"") + line
        self._parts.add(own)

    def of(self, part: int) -> ox.Store:
        """Return a store of the facts of one part, and of all that any may need."""
        return self._store(self._parts.lines(part))

    def around(self, ties: bytes, part: int, base: str) -> ox.Store:
        """Return a store of some ties as derived, and of what they and a share of the cooperations go through."""
        start = f"<{base}cooperation/".encode()
        waiting = {name for name in self._passed if name.startswith(start) and self._parts.place(name) == part}
        waiting.update(_OBJECT.findall(ties))
        found, seen = [], set[bytes]()
        while waiting:
            name = waiting.pop()
            if name not in seen and (block := self._passed.get(name)):
                seen.add(name)
                found.append(block)
                waiting.update(_OBJECT.findall(block))
        store = self._store(b"".join(found))
        store.bulk_load(ties, ox.RdfFormat.N_TRIPLES, to_graph=rules.derived_graph(base))
        return store

    def _store(self, lines: bytes) -> ox.Store:
        """Return a store in memory of some lines and the shared ones."""
        store = ox.Store()
        store.bulk_load(b"".join(self._shared) + lines, ox.RdfFormat.N_TRIPLES)
        return store


def _triple(words: Collection[str], base: str) -> re.Pattern[bytes]:
    """Return what finds the triples rules read: subject, kind and name of what it is about, and our word in it."""
    word = b"|".join(re.escape(f"<{word}>".encode()) for word in sorted(words))
    about = rb"(?:%s(?P<kind>meeting|participation|cooperation|step|tenure)/(?P<name>[^>.\n]*+))?+" % re.escape(
        base.encode()
    )
    # Either a class and nothing more, or a property and what it leads to; four terms are in a named graph.
    said = rb"(?P<type>%s )?+(?P<word>%s)(?(type)| %s)" % (_TYPE, word, _TERM)
    return re.compile(rb"^(?P<subject><%s[^>\n]*+>) %s \.\n" % (about, said), re.MULTILINE)
