"""What one source says of a record as text: the evidence node, its quote and claims, the facts as it claims them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rdflib import URIRef

from kg.convert.facts import TYPE, Fact, P, Settings, labels, word
from kg.prefixes import OA
from kg.records import Evidence, Record, Step
from kg.terms import KG
from kg.values import quoted


def _oa(name: str) -> URIRef:
    """Return a term of the Web Annotation vocabulary."""
    return URIRef(f"{OA}{name}")


_SOURCE, _ABOUT, _SAYS, _QUOTE = word(KG.source), word(KG.about), word(KG.says), word(KG.quote)
_LOCATOR, _SUPPORTS = word(KG.locator), word(KG.supports)
_CLAIM, _FIELD, _VALUE = word(KG.claim), word(KG.field), word(KG.value)
_TARGET, _HAS_SOURCE, _HAS_SELECTOR = word(_oa("hasTarget")), word(_oa("hasSource")), word(_oa("hasSelector"))
_IS_EVIDENCE, _IS_ANNOTATION = f"{TYPE}<{KG.Evidence}>", f"{TYPE}<{_oa('Annotation')}>"
_IS_RESOURCE, _IS_SELECTOR = f"{TYPE}<{_oa('SpecificResource')}>", f"{TYPE}<{_oa('TextQuoteSelector')}>"
_IS_CLAIM, _EXACT = f"{TYPE}<{KG.Claim}>", word(_oa("exact"))

Stated = tuple[str, str]
"""A subject, and a predicate with its object."""


def stands_for_all(evidence: Evidence) -> bool:
    """Say whether the evidence stands for every field."""
    return evidence.supports is None and not evidence.claims


def supports(evidence: Evidence, field: str) -> bool:
    """Say whether the evidence stands for a field: every one it does not dispute, or those it names."""
    top = field.partition(".")[0]
    if evidence.claims and (field in evidence.claims or top in evidence.claims):
        return False
    return evidence.supports is None or field in evidence.supports or top in evidence.supports


def evidence_lines(evidence: Evidence, node: str, about: str, settings: Settings) -> list[Stated]:
    """Return what an evidence node says of itself, and the Web Annotation selector of a quote."""
    source = f"{settings.starts['source']}{evidence.source}>"
    lines = [(node, _IS_EVIDENCE), (node, _IS_ANNOTATION), (node, _SOURCE + source), (node, _ABOUT + about)]
    if evidence.at:
        lines.append((node, _LOCATOR + quoted(evidence.at)))
    lines += [(node, _SAYS + label) for label in labels(evidence.says, settings)]
    for field in evidence.supports or ():
        named = (known for known in P if known == field or known.startswith(f"{field}."))  # `at` is four fields
        lines += [(node, f"{_SUPPORTS}{P[known].strip()}") for known in named]
    return lines + (_quote_lines(evidence.quote, node, source) if evidence.quote else [(node, _TARGET + source)])


def _quote_lines(quote: str, node: str, source: str) -> list[Stated]:
    """Return a quote, its source, and the exact words in it."""
    target, selector, words = f"{node[:-1]}.target>", f"{node[:-1]}.selector>", quoted(quote)
    return [
        (node, _QUOTE + words),
        (node, _TARGET + target),
        (target, _IS_RESOURCE),
        (target, _HAS_SOURCE + source),
        (target, _HAS_SELECTOR + selector),
        (selector, _IS_SELECTOR),
        (selector, _EXACT + words),
    ]


def claim_lines(claims: Mapping[str, str | tuple[str, ...]], start: str, node: str, about: str) -> Iterator[Stated]:
    """Yield one claim node for each value the source gives instead of the ruled one."""
    for field, claimed in claims.items():
        claim = f"{start}.{_slug(field)}>"
        yield node, _CLAIM + claim
        yield claim, _IS_CLAIM
        yield claim, _ABOUT + about
        yield claim, _FIELD + quoted(field)
        yield claim, _VALUE + quoted(claimed if isinstance(claimed, str) else "; ".join(claimed))


def _slug(field: str) -> str:
    """Make a field name safe inside an IRI: letters, digits, `-`; anything else as its code point."""
    plain = field.replace("_", "-").replace(".", "-")
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"x{ord(c):x}" for c in plain)


def claimed_facts(
    part: Record | Step,
    facts: Callable[[Any, Settings], list[Fact]],
    claims: Mapping[str, str | tuple[str, ...]],
    settings: Settings,
) -> list[Fact]:
    """Return the facts as the source claims them, for the claims that are about fields of the record."""
    own = {info.alias or name for name, info in type(part).model_fields.items()}
    meant = {field: value for field, value in claims.items() if field in P and field.partition(".")[0] in own}
    if not meant:
        return []
    plain = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for field, value in meant.items():
        _put(plain, field, value)
    variant = type(part).model_validate(plain)
    tops = {field.partition(".")[0] for field in meant}
    return [fact for fact in facts(variant, settings) if fact[0].partition(".")[0] in tops]


def _put(plain: dict[str, Any], field: str, value: object) -> None:
    """Set a field, one level down when its name is dotted."""
    top, dot, nested = field.partition(".")
    if dot:
        plain[top] = {**plain.get(top, {}), nested: value}
    else:
        plain[top] = value
