"""Routes of the administration of directories: administrators only. What waits for a directory holds no transaction."""

from typing import Annotated, Any, Final, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chatelet.audit import events, journal
from chatelet.identity.current import CurrentAdministrator, OpenDatabase
from chatelet.identity.directory_sign_in import directories, orphans, tree, tree_import, trial
from chatelet.identity.directory_sign_in.directory import Directory, Groups, SubjectAttribute, known
from chatelet.identity.directory_sign_in.schemas import (
    DirectoryImport,
    DirectoryImportReport,
    DirectoryTrial,
    DirectoryTried,
    GoneOrder,
    GonePerson,
    GonePersons,
    LdapDirectoryChange,
    LdapDirectoryOut,
    NewLdapDirectory,
)
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.principal import Language, Principal
from chatelet.identity.single_sign_on.admin import detached_administrator
from chatelet.identity.single_sign_on.api import OpenSingleSignOn
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.kernel.database import Database
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.kernel.paging import LONGEST_CURSOR

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_DIRECTORY: Final = "/{provider_id}/directory"
_WAITING: Final[dict[int | str, Any]] = {404: _CODED, 422: _CODED, 502: _CODED, 503: _CODED}
_Detached = Annotated[Principal, Depends(detached_administrator)]
router = APIRouter(prefix="/api/admin/sign-in-providers", tags=["administration"], responses={401: _CODED, 403: _CODED})


@router.post("/directories", status_code=201, responses={409: _CODED, 422: _CODED})
async def add_directory(
    body: NewLdapDirectory, session: Transaction, administrator: CurrentAdministrator, sso: OpenSingleSignOn
) -> LdapDirectoryOut:
    """Declare a directory (LDAP) that people sign in with."""
    return _out(await directories.add(session, administrator, sso.keyring, body))


@router.get(_DIRECTORY, responses={404: _CODED})
async def read_directory(
    provider_id: UUID, session: Transaction, _administrator: CurrentAdministrator
) -> LdapDirectoryOut:
    """Read how a directory is declared; its password is not told."""
    return _out(await directories.found(session, provider_id))


@router.patch(_DIRECTORY, responses={404: _CODED, 422: _CODED})
async def change_directory(
    provider_id: UUID,
    body: LdapDirectoryChange,
    session: Transaction,
    administrator: CurrentAdministrator,
    sso: OpenSingleSignOn,
) -> LdapDirectoryOut:
    """Change a directory; switched off, the sessions opened through it end."""
    return _out(await directories.change(session, administrator, sso.keyring, provider_id, body))


@router.post(f"{_DIRECTORY}/trial", responses=_WAITING)
async def try_directory(
    provider_id: UUID, body: DirectoryTrial, database: OpenDatabase, administrator: _Detached, sso: OpenSingleSignOn
) -> DirectoryTried:
    """Try each server, and what somebody's entry would give; nothing is given."""
    return await trial.attempt(database, administrator, sso, provider_id, body.name)


@router.post(f"{_DIRECTORY}/import", responses={409: _CODED, **_WAITING})
async def import_from_directory(
    provider_id: UUID, body: DirectoryImport, database: OpenDatabase, administrator: _Detached, sso: OpenSingleSignOn
) -> DirectoryImportReport:
    """Create, change and move units or persons as the directory says; all or nothing, and nothing without `apply`."""
    directory = await _known(database, sso, provider_id)
    return await tree_import.import_tree(database, administrator, directory, body.kind, apply=body.apply)


@router.get(f"{_DIRECTORY}/orphans", responses=_WAITING)
async def list_directory_orphans(
    provider_id: UUID,
    database: OpenDatabase,
    _administrator: _Detached,
    sso: OpenSingleSignOn,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    order: GoneOrder = "name",
    cursor: Annotated[str | None, Query(max_length=LONGEST_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> GonePersons:
    """List who may sign in here and is gone from the directory, or disabled there, as it is now."""
    return orphans.page(await _gone(database, sso, provider_id), q, order, cursor=cursor, limit=limit)


@router.get(
    f"{_DIRECTORY}/orphans.csv",
    responses={**_WAITING, 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    response_class=Response,
)
async def export_directory_orphans(
    provider_id: UUID, database: OpenDatabase, administrator: _Detached, sso: OpenSingleSignOn
) -> Response:
    """List all of them, as a table."""
    found = await _gone(database, sso, provider_id)
    async with database.transaction() as session:
        await journal.record(session, events.PersonsExported(count=len(found)), actor=administrator.person_id)
    named = {"content-disposition": 'attachment; filename="orphans.csv"', "cache-control": "no-store"}
    return Response(orphans.table_of(found), media_type="text/csv; charset=utf-8", headers=named)


async def _known(database: Database, sso: SingleSignOn, provider_id: UUID) -> Directory:
    async with database.transaction() as session:
        return await known(session, sso.keyring, provider_id)


async def _gone(database: Database, sso: SingleSignOn, provider_id: UUID) -> list[GonePerson]:
    directory = await _known(database, sso, provider_id)
    there = await tree.read_subjects(directory)
    async with database.transaction() as session:
        return await orphans.gone(session, directory, there)


def _out(rows: directories.Rows) -> LdapDirectoryOut:
    provider, row = rows
    return LdapDirectoryOut(
        id=provider.id,
        code=provider.code,
        issuer=provider.issuer,
        name_fr=provider.name_fr,
        name_en=provider.name_en,
        servers=row.servers,
        ca_certificate=provider.ca_certificate,
        bind_dn=row.bind_dn,
        base_dn=row.base_dn,
        person_filter=row.person_filter,
        subject_attribute=cast("SubjectAttribute", row.subject_attribute),
        disabled_filter=row.disabled_filter,
        groups=cast("Groups", row.groups),
        group_base=row.group_base,
        import_filter=row.import_filter,
        unit_base=row.unit_base,
        unit_filter=row.unit_filter,
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        unit_parent=row.unit_parent,
        person_unit=row.person_unit,
        enabled=provider.enabled,
        creates_persons=provider.creates_persons,
        language=cast("Language", provider.language),
        position=provider.position,
    )
