"""The commands by heading, each with the line that help shows; listing them imports none."""

from collections.abc import Mapping

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "Make a collection": {
        "init": "make a new collection that builds",
        "import": "make records of a register's table",
        "check": "report every finding in the records, with its place",
        "build": "check, convert, store and derive",
        "watch": "build again whenever files change",
        "convert": "convert more records than one machine builds",
    },
    "Ask": {
        "find": "find things by name, meetings by what they are about",
        "show": "show one thing with all that is known of it",
        "who": "say who held a post on a day",
        "why": "show the statements behind a thing or a relation",
        "status": "say how far each cooperation got, and which are stale",
        "promises": "list what was promised and what came of it",
        "query": "answer a named or written SPARQL query",
    },
    "Weigh the sources": {
        "conflicts": "list what sources disagree about",
        "sources": "list sources and the families of copies they form",
        "same": "suggest, merge and split names of one thing",
    },
    "Measure": {
        "analyze": "measure a network drawn from the graph",
        "brokers": "list who stands between others, and what chance would give",
        "path": "find who leads from one to another",
        "gaps": "find talks without a paper, and parties that never met",
        "compare": "set two parties side by side",
        "similar": "list the parties most like one",
        "trends": "say how things went: growth, silence, turnover, survival",
    },
    "Show and hand over": {
        "brief": "write a page to read before a visit",
        "report": "write a page about the whole collection",
        "map": "draw one offline HTML map",
        "export": "write the graph in another format",
        "diff": "say what changed between two builds",
        "ontology": "write the vocabulary as one page for people",
    },
}
"""Heading -> command -> what it does, in the order help shows them."""

SUMMARIES: Mapping[str, str] = {name: said for section in SECTIONS.values() for name, said in section.items()}

_MODULES: Mapping[str, str] = {"import": "import_", "report": "report_", "similar": "compare"}


def module_of(command: str) -> str:
    """Return the module that defines a command."""
    return f"kg.cli.{_MODULES.get(command, command)}"
