"""Rows a second and peak memory of an import: generated rows by the plain path, or a table and a mapping of yours.

    python benchmarks/tables.py --rows 1000000
    python benchmarks/tables.py mepmeetings.csv eu-mep-meetings

Processor seconds are those of this process; memory is its peak resident size.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from kg.tables import import_table, summary

MAPPING = """\
title: Generated meetings
source: {id: generated, outlet: Nobody}
columns:
  day: {from: date, dates: [YYYY-MM-DD]}
records:
  city:
    kind: city
    id: "{city}"
    name: "{city}"
  partner:
    kind: organization
    id: "{partner}"
    name: "{partner}"
  meeting:
    kind: meeting
    id: "m {number}"
    name: "{topic}"
    date: "{day}"
    parties: [$city, $partner]
    says: The register lists it.
"""


def generate(path: Path, rows: int) -> None:
    """Write so many meetings of 500 cities with 5,000 partners, the same each time."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("number,date,city,partner,topic\n")
        for n in range(rows):
            day = f"20{n % 25:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
            file.write(f"{n},{day},City {n * 7919 % 500},Partner {n * 104729 % 5000},Topic {n % 997} of the talks\n")


def main() -> None:
    """Measure one import."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("table", nargs="?", type=Path)
    asked.add_argument("mapping", nargs="?")
    asked.add_argument("--rows", type=int, default=100_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, mapping = given.table, given.mapping
        if table is None:
            table, mapping = folder / "generated.csv", str(folder / "generated.yaml")
            Path(mapping).write_text(MAPPING, encoding="utf-8")
            generate(table, given.rows)
        wall, processor = time.perf_counter(), time.process_time()
        outcome = import_table(table, mapping=mapping, into=folder / "records", rejects=folder / "rejects.csv")
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(*summary(outcome), sep="\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    speed = outcome.rows / processor
    print(f"{wall:.1f} s, {processor:.1f} s of processor: {speed:,.0f} rows a second; {peak} MB at most")


if __name__ == "__main__":
    main()
