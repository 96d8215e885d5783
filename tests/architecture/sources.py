"""The files of the repository, and their syntax trees, as the rules look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "chatelet"
WEB = ROOT / "web"
_NOT_OURS = {".git", ".venv", "node_modules", "page", "dist", "results", "test-results", "__pycache__"}
_NOT_OURS |= {".hypothesis", ".ruff_cache", ".pytest_cache", ".import_linter_cache"}


@cache
def repository_files() -> tuple[Path, ...]:
    """Return every file that is, or would be, in the repository."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:  # an archive of the sources, without git
        found = list(_walk(ROOT))
    return tuple(sorted(path for path in found if path.is_file()))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _NOT_OURS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Return the Python files under some folders of the repository."""
    wanted = tuple(f"{folder}/" for folder in folders)
    return tuple(path for path in repository_files() if path.suffix == ".py" and name_of(path).startswith(wanted))


def name_of(path: Path) -> str:
    """Return a path as it is told: from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@cache
def imports_of(path: Path) -> tuple[tuple[str, int], ...]:
    """Return every dotted name that a file imports, wherever in it, with its line."""
    return tuple(_imports(tree_of(path)))


def _imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def calls_of(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Give every call of a file with the dotted name of what is called."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names; "" for anything else at its root."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
