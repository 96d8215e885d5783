"""Reading units and persons from a directory: written as the tables that imports read, so that one code decides.

    pages of entries (RFC 2696), no transaction -> a table in memory -> `imports`, tried or applied, all or nothing

A unit is named by an attribute; it hangs under the one that an attribute names, or under the nearest entry above it
that is a unit too. A person belongs to the unit that an attribute names, or to the nearest one above their entry.
The order is the DNs', so that the same directory gives the same table.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.identity.directory_sign_in.asking import Visit, visit
from chatelet.identity.directory_sign_in.directory import Directory
from chatelet.identity.directory_sign_in.entries import PERSON, claims_of, subject_of
from chatelet.identity.imports.table import MOST_LINES
from chatelet.identity.single_sign_on import persons
from chatelet.identity.single_sign_on.errors import ProviderMisconfigured
from chatelet.kernel.ldap import filters
from chatelet.kernel.ldap.messages import Entry, Search
from chatelet.kernel.ldap.names import parts_of

READ_SECONDS: Final = 300.0
_PAGE: Final = 500
_NO_ATTRIBUTE: Final = ("1.1",)
_FIRST_LINE: Final = 2
Path = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TreeTable:
    """A table for `imports`; `entries` are the DNs, line after line from the second."""

    data: bytes
    entries: Sequence[str]

    def entry(self, line: int) -> str | None:
        """Return the DN behind a line of the table."""
        at = line - _FIRST_LINE
        return self.entries[at] if 0 <= at < len(self.entries) else None


@dataclass(frozen=True, slots=True)
class _Unit:
    dn: str
    path: Path
    code: str
    name: str
    parent: str | None


async def read_units(directory: Directory) -> TreeTable:
    """Read the units: `code;name;parent`. Raises `ProviderMisconfigured`, `ProviderUnreachable`."""
    async with visit(directory, within=READ_SECONDS) as visited:
        units = await _units(visited)
    by_path = {unit.path: unit.code for unit in units}
    rows = [
        (unit.code, unit.name, unit.parent if unit.parent is not None else _nearest(unit.path[1:], by_path))
        for unit in units
    ]
    return _written(("code", "name", "parent"), rows, [unit.dn for unit in units])


async def read_persons(directory: Directory) -> TreeTable:
    """Read the persons: `issuer;subject;email;name;language;unit;state`.

    Who is disabled there becomes disabled here; who is not keeps the state that they have here.
    """
    tree = directory.tree
    if tree.import_filter is None:
        raise ProviderMisconfigured(reason="import_filter")
    async with visit(directory, within=READ_SECONDS) as visited:
        by_path = {unit.path: unit.code for unit in await _units(visited)} if _places_by_tree(directory) else {}
        disabled = await disabled_names(visited)
        wanted = frozenset({tree.person_unit} if tree.person_unit else ())
        attributes = (directory.subject_attribute, *PERSON, *wanted)
        found = await _sorted(visited, Search(directory.base_dn, _encoded(tree.import_filter), attributes, page=_PAGE))
    rows = [_person(directory, entry, path, by_path, disabled) for path, entry in found]
    header = ("issuer", "subject", "email", "name", "language", "unit", "state")
    return _written(header, rows, [entry.dn for _, entry in found])


async def read_subjects(directory: Directory) -> dict[str, bool]:
    """Return who is there, and whether they may enter: for the report of those who are gone."""
    async with visit(directory, within=READ_SECONDS) as visited:
        wanted = _encoded(directory.tree.import_filter or f"({directory.subject_attribute}=*)")
        disabled = await disabled_names(visited)
        found: dict[str, bool] = {}
        search = Search(directory.base_dn, wanted, (directory.subject_attribute,), page=_PAGE)
        async for entry in visited.every(search):
            subject = subject_of(entry, directory.subject_attribute)
            if subject is not None:
                found[subject] = entry.dn.casefold() not in disabled
    return found


async def disabled_names(visited: Visit) -> frozenset[str]:
    """Return the DNs of those who may not enter, folded."""
    directory = visited.directory
    if directory.disabled_filter is None:
        return frozenset()
    wanted = filters.both(directory.tree.import_filter or "(objectClass=*)", directory.disabled_filter)
    search = Search(directory.base_dn, _encoded(wanted), _NO_ATTRIBUTE, page=_PAGE)
    return frozenset([entry.dn.casefold() async for entry in visited.every(search)])


def _places_by_tree(directory: Directory) -> bool:
    tree = directory.tree
    return tree.person_unit is None and tree.unit_base is not None and tree.unit_filter is not None


async def _units(visited: Visit) -> list[_Unit]:
    tree = visited.directory.tree
    if tree.unit_base is None or tree.unit_filter is None:
        raise ProviderMisconfigured(reason="unit_filter")
    attributes = tuple(filter(None, (tree.unit_code, tree.unit_name, tree.unit_parent)))
    found = await _sorted(visited, Search(tree.unit_base, _encoded(tree.unit_filter), attributes, page=_PAGE))
    return [
        _Unit(
            dn=entry.dn,
            path=path,
            code=_cell(entry.text(tree.unit_code)),
            name=_cell(entry.text(tree.unit_name) or entry.text(tree.unit_code)),
            parent=None if tree.unit_parent is None else _cell(entry.text(tree.unit_parent)),
        )
        for path, entry in found
    ]


async def _sorted(visited: Visit, search: Search) -> list[tuple[Path, Entry]]:
    found: list[tuple[Path, Entry]] = []
    async for entry in visited.every(search):
        found.append((_path(entry.dn), entry))
        if len(found) > MOST_LINES:
            raise ProviderMisconfigured(reason="size_limit")
    return sorted(found, key=lambda one: one[0][::-1])


def _person(
    directory: Directory, entry: Entry, path: Path, by_path: dict[Path, str], disabled: frozenset[str]
) -> tuple[str, ...]:
    """Return the line of a person; without identifier it has none, and the import refuses it by its line."""
    subject = subject_of(entry, directory.subject_attribute) or ""
    claims = claims_of(entry, subject, (), ())
    attribute = directory.tree.person_unit
    unit = entry.text(attribute) if attribute else _nearest(path[1:], by_path)
    return (
        directory.provider.issuer,
        subject,
        persons.email_in(claims) or "",
        persons.name_in({**claims, "sub": subject or "—"}),
        persons.language_in(claims) or directory.provider.language,
        _cell(unit),
        "disabled" if entry.dn.casefold() in disabled else "",
    )


def _nearest(path: Path, by_path: dict[Path, str]) -> str:
    """Return the code of the nearest unit at or above a place; empty when there is none."""
    return next((by_path[path[at:]] for at in range(len(path)) if path[at:] in by_path), "")


def _path(dn: str) -> Path:
    try:
        return parts_of(dn)
    except ValueError:
        raise ProviderMisconfigured(reason="names") from None


def _encoded(text: str) -> bytes:
    return filters.encode(text)


def _cell(text: str) -> str:
    """Return one line of printable text."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _written(header: tuple[str, ...], rows: Iterable[Sequence[str]], entries: list[str]) -> TreeTable:
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return TreeTable(text.getvalue().encode(), entries)
