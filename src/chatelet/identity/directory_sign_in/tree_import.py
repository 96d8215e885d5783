"""A directory's tree, imported: read with no transaction open, then given to the code that imports tables."""

from typing import Literal

from chatelet.identity.directory_sign_in.directory import Directory
from chatelet.identity.directory_sign_in.schemas import DirectoryImportReport
from chatelet.identity.directory_sign_in.tree import read_persons, read_units
from chatelet.identity.imports.persons import import_persons
from chatelet.identity.imports.units import import_units
from chatelet.identity.principal import Principal
from chatelet.kernel.database import Database


async def import_tree(
    database: Database, principal: Principal, directory: Directory, kind: Literal["units", "persons"], *, apply: bool
) -> DirectoryImportReport:
    """Import units or persons, all or nothing; the report names the entry behind each line that has a problem.

    Raises `ProviderUnreachable`, `ProviderMisconfigured`, and what imports raise.
    """
    table = await (read_units(directory) if kind == "units" else read_persons(directory))
    async with database.transaction() as session:
        if kind == "units":
            report = await import_units(session, principal, table.data, apply=apply)
        else:
            report = await import_persons(session, principal, table.data, apply=apply, shares_addresses=True)
    lines = sorted({problem.line for problem in report.problems})
    return DirectoryImportReport(report=report, entries={line: table.entry(line) or "" for line in lines})
