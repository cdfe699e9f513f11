"""Who held a post on a day, and how sure that is: every certainty, and the mayors of Makassar."""

from datetime import date
from pathlib import Path

import pytest
from tiny import names_of

from kg.dates import PartialDate
from kg.iris import mint
from kg.who import CERTAINTY, Tenure, holders, tenures

MAYOR = mint("post", "mayor")


def held(
    who: str,
    start: str | None = None,
    end: str | None = None,
    *observed: str,
    post: str = "mayor",
) -> Tenure:
    """Make a tenure of the mayor's seat, or of a post of its own."""
    return Tenure(
        mint("tenure", f"{who}-{post}"),
        mint("official", who),
        mint("post", post),
        MAYOR if "mayor" in post else mint("post", post),
        PartialDate(start) if start else None,
        PartialDate(end) if end else None,
        tuple(map(PartialDate, observed)),
    )


@pytest.mark.parametrize(
    ("tenure", "how"),
    [
        (held("a", "2020-01-01", "2020-12-31"), "dated"),
        (held("a", "2020-07-27", "2020-12-31"), "dated"),
        (held("a", "2020-01-01", "2020-07-27"), "dated"),
        (held("a", "2020-07-28", "2020-12-31"), ""),
        (held("a", "2020-01-01", "2020-07-26"), ""),
        (held("a", "2020", "2021"), "may"),
        (held("a", "2019", "2020-07"), "may"),
        (held("a", "2020-01-01"), "no end seen"),
        (held("a", "2020-01-01", None, "2020-08-01"), "seen before and after"),
        (held("a", "2020-01-01", None, "2020-07-01"), "no end seen"),
        (held("a", "2020-01-01", "2020-12-31", "2020-07-27"), "seen that day"),
        (held("a", None, None, "2020-07-27"), "seen that day"),
        (held("a", None, None, "2020-07"), "may"),
        (held("a", None, None, "2020-07-26"), ""),
        (held("a", None, None, "2020-07-28"), ""),
        (held("a", None, None, "2020-07-26", "2020-07-28"), "seen before and after"),
        (held("a", None, "2020-12-31", "2020-07-26"), "no start seen"),
        (held("a", None, "2020-12-31"), ""),
        (held("a", None, "2020-01-01", "2019-12-31"), ""),
        (held("a"), ""),
    ],
)
def test_how_sure_one_tenure_is(tenure: Tenure, how: str) -> None:
    found = holders([tenure], date(2020, 7, 27))
    assert [holder.certainty for holder in found] == ([how] if how else [])


@pytest.mark.parametrize(
    ("later", "still"),
    [
        (held("b", "2020-06-26"), False),
        (held("b", "2020-06-26", post="acting-mayor"), False),
        (held("b", None, None, "2020-06-26"), False),
        (held("b", "2020-07-28"), True),
        (held("b", "2019-12-31"), True),
        (held("a", "2020-06-26", post="acting-mayor"), True),
        (held("b", "2020-06-26", post="head"), True),
    ],
    ids=[
        "another took the seat",
        "another acts in the seat",
        "another was seen in the seat",
        "the other came after the day",
        "the other came before",
        "the same person acts",
        "another seat",
    ],
)
def test_a_tenure_without_an_end_lasts_until_somebody_takes_the_seat(later: Tenure, *, still: bool) -> None:
    found = holders([held("a", "2020-01-01"), later], date(2020, 7, 27))
    assert any(holder.tenure.tenure.endswith("/a-mayor") for holder in found) is still


def test_surest_first() -> None:
    every = [
        held("may", "2020", "2021"),
        held("open", "2020-07-20", post="p"),
        held("dated", "2020-01-01", "2020-12-31", post="q"),
        held("seen", None, None, "2020-07-27", post="r"),
    ]
    found = [holder.certainty for holder in holders(every, date(2020, 7, 27))]
    assert found == sorted(found, key=CERTAINTY.index)
    assert len(found) == 4


def test_tenures_of_a_body_are_read_with_the_seat_they_stand_in_for(world: Path) -> None:
    found = tenures(names_of(world), mint("party", "makassar"))
    assert [(t.official.rpartition("/")[2], t.seat.rpartition("/")[2]) for t in found] == [
        ("budi", "mayor"),
        ("amir", "mayor"),
        ("dewi", "mayor"),
    ]
    assert [str(day) for day in found[0].observed] == ["2020-07-27"]


REAL_MAYORS = [
    ("2019-02-07", "danny-pomanto", "makassar-mayor"),
    ("2019-05-20", "iqbal-suhaeb", "makassar-acting-mayor"),
    ("2020-06-01", "yusran-jusuf", "makassar-acting-mayor"),
    ("2020-07-27", "rudy-djamaluddin", "makassar-acting-mayor"),
    ("2022-07-11", "danny-pomanto", "makassar-mayor"),
    ("2024-10-10", "andi-arwin-azis", "makassar-temporary-acting-mayor"),
    ("2025-11-25", "munafri-arifuddin", "makassar-mayor"),
]


@pytest.mark.parametrize(("day", "official", "post"), REAL_MAYORS, ids=[row[0] for row in REAL_MAYORS])
def test_the_mayors_of_makassar(built: Path, day: str, official: str, post: str) -> None:
    every = [t for t in tenures(names_of(built), mint("party", "makassar")) if t.seat == mint("post", "makassar-mayor")]
    found = holders(every, date.fromisoformat(day))
    in_charge = [holder for holder in found if holder.tenure.post != holder.tenure.seat] or found
    assert [(h.tenure.official, h.tenure.post) for h in in_charge] == [(mint("official", official), mint("post", post))]
    assert in_charge[0].certainty in CERTAINTY[:5]


def test_mayors_of_2019_to_2025_are_different_people() -> None:
    assert len({official for _, official, _ in REAL_MAYORS}) == 6


def test_who_is_known_only_by_an_end_held_the_seat_since_the_last_one_left(built: Path) -> None:
    names = names_of(built)
    every = [t for t in tenures(names, names.resolve("makassar")) if t.seat.endswith("makassar-mayor")]
    (holder,) = holders(every, date(2019, 5, 10))
    assert (names.label(holder.tenure.official), holder.certainty) == ("Muh. Ansar", "no start seen")


def test_who_stands_in_comes_before_whom_they_stand_in_for(built: Path) -> None:
    names = names_of(built)
    every = [t for t in tenures(names, names.resolve("makassar")) if t.seat.endswith("makassar-mayor")]
    assert [names.label(h.tenure.post) for h in holders(every, date(2024, 10, 10))] == [
        "Temporary Acting Mayor",
        "Mayor",
    ]
