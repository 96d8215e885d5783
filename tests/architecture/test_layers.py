"""Packages only import lower ones; across domains, only what a domain offers."""

import contextlib
import io

from importlinter.cli import lint_imports

from tests.architecture.sources import PACKAGE, ROOT, imports_of, name_of, python_files

_DOMAINS = ("audit", "identity", "policy", "evidence", "inference", "conversations", "chat", "adoption")
_OWN = ("api", "admin", "queries", "tasks")


def test_packages_import_only_lower_ones() -> None:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert not broken, told.getvalue()


def test_what_a_domain_keeps_to_itself_is_imported_by_no_other() -> None:
    """`api`, `admin`, `queries` and `tasks` belong to their domain; the composition root and commands wire them."""
    found = []
    for path in python_files("src/chatelet"):
        place = path.relative_to(PACKAGE).parts[0]
        for name, line in imports_of(path):
            parts = name.split(".")
            foreign = parts[0] == "chatelet" and len(parts) > 2 and parts[1] in _DOMAINS and parts[1] != place
            if foreign and parts[2] in _OWN and place in _DOMAINS:
                found.append(f"{name_of(path)}:{line} imports {name}")
    assert not found, "\n".join(found)


def test_only_the_gateway_reaches_the_backends() -> None:
    """There is one door to the models, and it asks for a clearance; `service` makes the backends it hands to it."""
    inference = "src/chatelet/inference/"
    allowed = (f"{inference}gateway.py", f"{inference}service.py", f"{inference}backends/")
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files("src/chatelet")
        for name, line in imports_of(path)
        if name.startswith("chatelet.inference.backends") and not name_of(path).startswith(allowed)
    ]
    assert not found, found
