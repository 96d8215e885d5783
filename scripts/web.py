"""The web page: its packages from the lock file (integrity checked, no install script run), then its build."""

from collections.abc import Iterator
from pathlib import Path

import console
import node
import stamps

FOLDER = stamps.ROOT / "web"
_PAGE = stamps.ROOT / "src" / "chatelet" / "page"
_NOT_SOURCES = {"node_modules", "dist", "test-results"}


def prepare() -> None:
    """Install the page's packages and build it into the Python package."""
    environ = node.environ()
    _install(environ)
    built = stamps.digest("page", files=_sources(FOLDER))
    if not (stamps.is_done("page", built) and (_PAGE / "index.html").is_file()):
        with console.step("Web page"):
            console.run(["npm", "run", "build"], cwd=FOLDER, env=environ)
        if not (_PAGE / "index.html").is_file():
            raise console.StepFailed(f"The build left no page in {_PAGE}: see `outDir` in web/vite.config.ts.")
        stamps.mark_done("page", built)


def _install(environ: dict[str, str]) -> None:
    packages = stamps.digest("web", files=[FOLDER / "package.json", FOLDER / "package-lock.json"])
    if stamps.is_done("web", packages) and (FOLDER / "node_modules").is_dir():
        return
    with console.step("Web packages (package-lock.json, integrity checked)"):
        quiet = ("--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline")
        console.run(["npm", "ci", "--ignore-scripts", *quiet], cwd=FOLDER, env=environ)
    stamps.mark_done("web", packages)


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _NOT_SOURCES:
            continue
        if path.is_dir():
            yield from _sources(path)
        elif path.is_file():
            yield path
