"""Tell how far long work has come, to whoever listens; while nobody does, it costs nothing.

The library says *what* it goes through (`track`, `meter`); a program decides whether anybody sees it (`listening`).
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

T = TypeVar("T")
Advance = Callable[[int], None]
"""Says that so many more are done."""


class Step(Protocol):
    """One piece of work a listener has heard of."""

    def advance(self, more: int) -> None:
        """Note that so many more are done."""

    def end(self) -> None:
        """Note that the work is done, or was given up."""


class Listener(Protocol):
    """Somebody who wants to know."""

    def begin(self, label: str, total: int | None, unit: str) -> Step:
        """Note that work begins; `total` is None where nobody can tell, `unit` what is counted: `records`, `B`."""


_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let a listener hear of all work done inside."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


@contextmanager
def meter(label: str, total: int | None = None, *, unit: str = "") -> Iterator[Advance]:
    """Do work that says itself how far it has come.

    Example: `with meter("loading", size, unit="B") as advance: ... advance(len(chunk))`.
    """
    listener = _LISTENER.get()
    if listener is None:
        yield _ignore
        return
    step = listener.begin(label, total, unit)
    try:
        yield step.advance
    finally:
        step.end()


def track(things: Iterable[T], label: str, total: int | None = None, *, unit: str = "") -> Iterable[T]:
    """Return the same things, and say with each one taken how far it is; what has a length needs no total."""
    if _LISTENER.get() is None:
        return things
    if total is None and isinstance(things, Sized):
        total = len(things)
    return _tracked(things, label, total, unit)


def _tracked(things: Iterable[T], label: str, total: int | None, unit: str) -> Iterator[T]:
    """Yield the things."""
    with meter(label, total, unit=unit) as advance:
        for thing in things:
            yield thing
            advance(1)


def _ignore(_: int) -> None:
    """Nobody listens."""
