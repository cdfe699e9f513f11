"""CSV that streams through the guard: whatever the parts it comes in, no cell computes and no other byte changes."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import _guarded
from kg.cli._guarded import GuardedCsv
from kg.cli._print import guard_cell

CELLS = st.text(st.sampled_from("=+-@\t\r\n\",'a1ö"), max_size=6)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def written(rows: list[list[str]]) -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()


def guarded(data: bytes, size: int) -> bytes:
    output = BytesIO()
    stream = GuardedCsv(output)
    for start in range(0, len(data), size):
        stream.write(data[start : start + size])
    stream.finish()
    return output.getvalue()


@given(TABLES, st.integers(1, 9), st.integers(1, 20))
def test_any_table_in_any_parts_comes_out_with_every_cell_guarded(
    rows: list[list[str]], size: int, at_once: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_guarded, "_AT_ONCE", at_once)
        assert guarded(written(rows), size) == written([[guard_cell(cell) for cell in row] for row in rows])


def test_little_is_held_at_a_time() -> None:
    output = BytesIO()
    stream = GuardedCsv(output)
    part = b"https://example.org/one,=1+1\r\n" * 1000
    held = []
    for turn in range(1, 51):
        stream.write(part)
        held.append(turn * len(part) - output.tell())
    assert max(held) < 100_000
    stream.finish()
    assert output.getvalue() == b"https://example.org/one,'=1+1\r\n" * 50_000
