"""The arrows between the packages: who may import whom, and who alone may do what."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STANDARD = frozenset(sys.stdlib_module_names)
OURS = frozenset({"knowledge", "bot", "actions", "api", "scripts", "tests", "benchmarks"})

# Inside the gateway an arrow goes only down: to a later line, or within one part.
# Channels, console and form do not know each other; neither do the bot's client and the database.
LAYERS = (
    ("__main__",),
    ("app",),
    ("channels", "console", "form", "widget"),
    ("staff",),
    ("conversations",),
    ("bot", "db"),
    ("errors",),
)


def files(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found, f"{package} is empty"
    return found


def imports(file: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in the file, relative ones resolved."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def top(module: str) -> str:
    return module.partition(".")[0]


def wrong(package: str, *, allowed: frozenset[str]) -> list[str]:
    """「file imports module」 for each import that is not allowed."""
    return [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files(package)
        for module in imports(file)
        if top(module) not in allowed
    ]


@pytest.mark.parametrize("package", ["bot", "actions", "api"])
def test_bot_actions_and_api_know_only_themselves_and_knowledge(package: str) -> None:
    seen = {
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files(package)
        for module in imports(file)
        if top(module) in OURS - {package, "knowledge"}
    }

    assert not seen


def test_knowledge_needs_nothing_but_python() -> None:
    assert wrong("knowledge", allowed=STANDARD | {"knowledge"}) == []


def test_the_scripts_run_before_anything_is_installed() -> None:
    assert wrong("scripts/lib", allowed=STANDARD | {"scripts", "knowledge"}) == []


def test_the_benchmarks_look_at_the_bot_and_at_nothing_else_that_is_served() -> None:
    seen = {
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files("benchmarks")
        for module in imports(file)
        if top(module) in OURS - {"benchmarks", "bot", "knowledge", "scripts"}
    }

    assert not seen


def test_only_the_settings_read_the_environment() -> None:
    readers = {str(file.relative_to(ROOT)) for file in files("api") if reads_environment(file)}

    assert readers == {"api/config.py"}


def reads_environment(file: Path) -> bool:
    names = {"environ", "environb", "getenv", "getenvb"}
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    return any(isinstance(node, ast.Attribute) and node.attr in names for node in nodes) or any(
        isinstance(node, ast.ImportFrom)
        and node.module == "os"
        and names & {alias.name for alias in node.names}
        for node in nodes
    )


def test_only_the_store_writes_sql() -> None:
    parts = [f"api/{part}/{file}" for part in ("conversations", "staff") for file in ("tables.py", "store")]
    allowed = ("api/db.py", "api/migrations/", *parts)
    writers = {
        str(file.relative_to(ROOT))
        for file in files("api")
        if any(top(module) in ("sqlalchemy", "alembic", "sqlite3", "psycopg") for module in imports(file))
    }

    assert sorted(writer for writer in writers if not writer.startswith(allowed)) == []


def test_inside_the_gateway_no_arrow_points_back() -> None:
    layer = {name: number for number, names in enumerate(LAYERS) for name in names}
    back = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files("api")
        for module in imports(file)
        if top(module) == "api"
        and _points_back(layer, _part(file.relative_to(ROOT).parts), _part(module.split(".")))
    ]

    assert back == []


def _part(path: tuple[str, ...] | list[str]) -> str:
    """The part of the gateway: api/db.py → db, api/channels/web.py → channels."""
    return path[1].removesuffix(".py")


def _points_back(layer: dict[str, int], here: str, there: str) -> bool:
    if here == there or here not in layer or there not in layer:
        return False
    return layer[there] <= layer[here]
