"""Issues as JSON for programs, and as SARIF 2.1.0 for editors and code hosts."""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from kg.errors import Issue

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_json(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """Return one object an issue: file, line, column, path, severity, code, message, about; unknown ones are null."""
    return [
        {
            "file": issue.at.file,
            "line": issue.at.line or None,
            "column": issue.at.column or None,
            "path": issue.at.path or None,
            "severity": issue.severity,
            "code": issue.code,
            "message": issue.message,
            "about": issue.about or None,
        }
        for issue in issues
    ]


def to_sarif(issues: Iterable[Issue]) -> dict[str, Any]:
    """Return a SARIF log of one run; files are relative to the collection.

    Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.30.
    """
    found = list(issues)
    driver = {
        "name": "kg check",
        "version": version("cooperation-kg"),
        "rules": [{"id": code} for code in sorted({issue.code for issue in found})],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(one) for one in found]}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(issue: Issue) -> dict[str, Any]:
    """Return one SARIF result."""
    at = issue.at
    region = {"startLine": at.line} | ({"startColumn": at.column} if at.column else {})
    place = {"artifactLocation": {"uri": quote(at.file)}} | ({"region": region} if at.line else {})
    name = "#".join(part for part in (issue.about, at.path) if part)
    location = {"physicalLocation": place} | ({"logicalLocations": [{"fullyQualifiedName": name}]} if name else {})
    return {
        "ruleId": issue.code,
        "level": issue.severity,
        "message": {"text": issue.message},
        "locations": [location],
    }
