"""Places of one name told apart: a city in, the city under an id of its own, where another lies far away, out."""

import math

from kg.records import City


class Apart:
    """Where the cities of each id lie."""

    def __init__(self) -> None:
        """Know none."""
        self._places: dict[str, list[tuple[float, float, str]]] = {}

    def placed(self, city: City, kilometres: float) -> tuple[City, bool]:
        """Return the city under the id that its place has, and whether that id is new and not its own.

        The first place keeps the id; another that lies further away gets one that says where.
        """
        if city.latitude is None or city.longitude is None:
            return city, False
        places = self._places.setdefault(city.id, [])
        for latitude, longitude, name in places:
            if _distance(latitude, longitude, city.latitude, city.longitude) <= kilometres:
                return city.model_copy(update={"id": name}), False
        name = f"{city.id}-{_spot(city.latitude, city.longitude)}" if places else city.id
        places.append((city.latitude, city.longitude, name))
        return city.model_copy(update={"id": name}), name != city.id


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in kilometres on a sphere of 6,371 km (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371 * math.asin(min(1, math.sqrt(half)))


def _spot(latitude: float, longitude: float) -> str:
    """Spell a place for an id."""
    north = f"{'n' if latitude >= 0 else 's'}{round(abs(latitude) * 100):04d}"
    return f"{north}-{'e' if longitude >= 0 else 'w'}{round(abs(longitude) * 100):05d}"
