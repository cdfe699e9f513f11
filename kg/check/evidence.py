"""Records and the texts they were read from in, whether the texts still say it out.

A text is the file in `sources/` that a source names (`text`), else `<source id>.txt`. Texts are private and may be
absent: that is counted, not told. How a quote and a text are compared is said in `kg.check.passage`.

Codes, errors: `changed-text` (the SHA-256 is another), `quote-not-found`, `unreadable-text`; warnings: `no-hash`
(a text is there, its hash is not recorded), `stray-text` (a file that no source names).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.check.index import finding
from kg.check.passage import Folded, closest, find_folded, fold
from kg.errors import Issue, Location, shown
from kg.read import Entry
from kg.read.content import read_text
from kg.read.entry import FieldPath
from kg.records import Cooperation, Evidence, Source

MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class EvidenceResult:
    """What came of looking: `issues` sorted, texts read and absent, quotes found, missing, and without their text."""

    issues: tuple[Issue, ...]
    texts: int
    absent: int
    found: int
    missing: int
    unseen: int


@dataclass(frozen=True)
class _Text:
    """A text that was read, as it is and folded."""

    name: str
    text: str
    folded: Folded


def check_evidence(entries: Iterable[Entry], sources: Path) -> EvidenceResult:
    """Compare the records with the texts in the folder `sources`: hashes, then quotes.

    Nothing but that folder is read; a name that leads out of it counts as absent.
    """
    found = list(entries)
    issues: list[Issue] = []
    texts = {source.id: text for entry, source in _sources(found) if (text := _read(entry, source, sources, issues))}
    absent = sum(1 for _, source in _sources(found) if not _path(source, sources).is_file())
    issues += _strays(found, sources)
    quotes = [(entry, path, one) for entry in found for path, one in _statements(entry) if one.quote]
    seen = [(entry, path, one, texts[one.source]) for entry, path, one in quotes if one.source in texts]
    missing = [issue for entry, path, one, text in seen if (issue := _quote(entry, path, one.quote or "", text))]
    return EvidenceResult(
        tuple(sorted([*issues, *missing])),
        texts=len(texts),
        absent=absent,
        found=len(seen) - len(missing),
        missing=len(missing),
        unseen=len(quotes) - len(seen),
    )


def _sources(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Source]]:
    """Yield the sources."""
    for entry in entries:
        if isinstance(entry.record, Source):
            yield entry, entry.record


def _path(source: Source, folder: Path) -> Path:
    """Return the file a source's text would be in."""
    name = source.text or f"{source.id}.txt"
    return folder / (name if Path(name).name == name else f"{source.id}.txt")


def _read(entry: Entry, source: Source, folder: Path, issues: list[Issue]) -> _Text | None:
    """Read the text of a source where it is there, noting whether it is the one that was recorded."""
    path = _path(source, folder)
    if not path.is_file():
        return None
    name = f"{folder.name}/{path.name}"
    text = read_text(path, name, limit=MAX_BYTES)
    if isinstance(text, Issue):
        issues.append(finding(entry, ("text",), "unreadable-text", f"{name} cannot be used: {text.message}"))
        return None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if source.sha256 is None:
        message = f"no hash is recorded of {name}; expected sha256: {digest}"
        issues.append(finding(entry, ("sha256",), "no-hash", message, severity="warning"))
    elif source.sha256 != digest:
        message = f"{name} has changed: its SHA-256 is {digest}; expected {source.sha256}"
        issues.append(finding(entry, ("sha256",), "changed-text", message))
    return _Text(name, text, fold(text))


def _strays(entries: Iterable[Entry], folder: Path) -> Iterator[Issue]:
    """Yield the files that belong to no source."""
    named = {_path(source, folder).name for _, source in _sources(entries)}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and path.name not in named and not path.name.startswith((".", "README")):
            message = "no source names this text; expected a source with `text` or an id like it"
            yield Issue(Location(f"{folder.name}/{path.name}"), "warning", "stray-text", message)


def _statements(entry: Entry) -> Iterator[tuple[FieldPath, Evidence]]:
    """Yield the evidence of a record and of its steps, with its place."""
    for number, evidence in enumerate(getattr(entry.record, "evidence", ())):
        yield ("evidence", number), evidence
    if isinstance(entry.record, Cooperation):
        for outer, step in enumerate(entry.record.steps):
            for number, evidence in enumerate(step.evidence):
                yield ("steps", outer, "evidence", number), evidence


def _quote(entry: Entry, path: FieldPath, quote: str, text: _Text) -> Issue | None:
    """Return why a quote is not proven, with the passage most like it."""
    wanted = fold(quote).text
    if find_folded(text.folded, wanted, text.text):
        return None
    message = f"{shown(quote)} is not in {text.name}"
    near = closest(text.folded, wanted, text.text)
    if near:
        passage = " ".join(text.text[near.start : near.end].split())
        message += f"; the closest passage, {near.score:.0f}% alike, is in its line {near.line}: {shown(passage, 160)}"
    return finding(entry, (*path, "quote"), "quote-not-found", message)
