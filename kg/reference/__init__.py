"""The ontology as one page that a person reads: every term, scheme and example, offline, the same bytes every time."""

from kg.reference.page import render
from kg.reference.reading import read_reference


def reference_page(lang: str = "en") -> str:
    """Return the HTML page of the shipped ontology; its own words are in `lang` (`en`, `id` or `ja`).

    Anchors are the local names of terms, so `ontology.html#Meeting` documents `kg:Meeting`. Every term
    shows its labels and definitions in all three languages whatever `lang` is.

    Raises:
        OntologyError: an ontology file is missing or will not parse.
    """
    return render(read_reference(), lang=lang)


__all__ = ["reference_page"]
