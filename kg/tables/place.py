"""A place as every gazetteer gives it: an id, what a record of it says, and the ways its name is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Way: TypeAlias = tuple[str, str]
"""A text, and what it is: `name`, `kana`, `name with Kanagawa`, ..."""

OWN = "local name"
"""The way that decides where several places can be written so: what a place calls itself, in full."""

RANK = re.compile(r"^(?:kota|kabupaten|city of|town of)\s+|(?:市|区|町|村|[\s-](?:shi|ku|cho|machi|son|mura|city))$")
"""What a name says of the rank of a place, folded to lower case."""


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality: its title tells it from its namesakes, its fields are those of a city record."""

    id: str
    country: str
    title: str
    fields: Mapping[str, Any]
