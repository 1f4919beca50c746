"""Who may import whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

from config import service
from config.env import BASE_DIR

MODULE = service.NAME.replace("-", "_")


def imports_of(folder: str) -> Iterator[tuple[Path, str]]:
    files = sorted((BASE_DIR / folder).rglob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield file, node.module


def test_platform_kit_knows_nothing_of_this_service() -> None:
    """So that it can be replaced by a newer one. What it must know comes from the settings."""
    wrong = [
        f"{file.relative_to(BASE_DIR)} imports {name}"
        for file, name in imports_of("platform_kit")
        if name.split(".")[0] in {"config", MODULE, "tests"}
    ]

    assert wrong == []


def test_the_service_is_not_imported_by_its_configuration() -> None:
    """But for its addresses, which are named as text."""
    wrong = [file.name for file, name in imports_of("config") if name.split(".")[0] == MODULE]

    assert wrong == []
