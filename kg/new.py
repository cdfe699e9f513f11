"""Make a new collection that builds, with comments that teach."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KgError
from kg.resources import demo_folder

CONFIG = """\
# A collection of cooperation records. `kg check` reads it, `kg build` makes its graph in build/.

title = "My city's cooperation"

# Under which licence you share the facts.
license = "https://creativecommons.org/licenses/by/4.0/"

# Where your things live on the web; leave it out until you publish.
# base = "https://example.org/id/"

# The order in which labels are chosen; text without a language is in the first.
languages = ["en", "id", "ja"]

# Days without news after which a cooperation at that stage is stale.
[stale]
discussed = 180
mou-signed = 365
"""

RECORDS = """\
# One file may hold any kinds; split it when it grows (records/meetings/2026.yaml ...).
# An id is lower case with hyphens; every other record refers to it. Dates may be 2026, 2026-05 or 2026-05-17.

cities:
  - {id: springfield, name: Springfield, country: US}
  - id: shelbyville
    name: {en: Shelbyville, ja: シェルビービル}   # a name may have several languages
    aliases: [City of Shelbyville]
    country: US

officials:
  - {id: mayor-of-springfield, name: A. Mayor}

posts:
  - id: springfield-mayor
    name: Mayor
    of: springfield
    evidence:
      - {source: example-news-2026-05-18, says: The article names the office of mayor of Springfield.}

tenures:                                   # who held which post; leave out what you do not know
  - id: mayor-springfield-2026
    official: mayor-of-springfield
    post: springfield-mayor
    from: 2026-01
    evidence:
      - {source: example-news-2026-05-18, says: The article calls A. Mayor the mayor of Springfield.}

meetings:
  - id: springfield-shelbyville-2026-05-17
    name: Talks on the lemon tree
    date: 2026-05-17
    at: {city: springfield}
    parties: [springfield, shelbyville]
    people:
      - {official: mayor-of-springfield, as: springfield-mayor, role: host}
    sectors: [environment-climate]         # `kg find environment` names them; add your own under `sectors:`
    stage: discussed                       # never higher than a source supports
    evidence:                              # who says so, where, in your own words
      - source: example-news-2026-05-18
        at: paragraph 2
        says: The two cities talked about their tree on 17 May 2026.

sources:
  - id: example-news-2026-05-18
    outlet: Example News
    url: https://example.org/news/lemon-tree
    language: en
    published: 2026-05-18
"""

IGNORE = """\
# made by kg build
build/
# texts that evidence is checked against; they belong to their publishers
sources/
"""


def new_collection(folder: Path, *, demo: bool = False) -> list[Path]:
    """Write a new collection into a folder that is empty or does not exist; return the files written.

    With `demo`, the shipped collection around Makassar is copied instead of the small example.

    Raises:
        KgError: the folder is not empty or cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise KgError(f"{folder} is not an empty folder; nothing is overwritten")
        if demo:
            shutil.copytree(demo_folder(), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build"))
            _write(folder, {".gitignore": IGNORE})
        else:
            _write(folder, {"kg.toml": CONFIG, "records/first.yaml": RECORDS, ".gitignore": IGNORE})
    except OSError as error:
        raise KgError(f"cannot write {folder}: {error.strerror or error}") from error
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write text files, making the folders they need."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
