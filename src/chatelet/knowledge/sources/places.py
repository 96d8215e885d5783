"""The verbs on places: declare, change, try, withdraw; by who holds `places.manage` on the unit that they are for.

Nobody else names an address or a folder of the server, and these only those that the settings list (TA-062). The
credential is sealed, never told, and leaves for the address it was given with and no other (TA-063).
"""

from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.audit.vocabulary import Changes
from chatelet.connectors.declared import (
    CREDENTIAL,
    DECLARED,
    BucketPlace,
    Credential,
    Declared,
    FolderPlace,
    SitePlace,
    WebdavPlace,
)
from chatelet.connectors.opening import allowed
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units import service as units
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.outbound import origin_of
from chatelet.knowledge.sources import queries
from chatelet.knowledge.sources.errors import PlaceCredentialNeeded, PlaceNotAllowed, PlaceNotFound
from chatelet.knowledge.sources.queries import PlaceRow
from chatelet.knowledge.sources.schemas import NewPlace, PlaceChange, PlaceList, PlaceOut
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import DeclaredPlace
from chatelet.knowledge.tables import Collection

_TOLD = ("name", "rights_required")


async def list_places(session: AsyncSession, services: SourceServices, principal: Principal) -> PlaceList:
    """Return the places that the caller manages, and what may be declared."""
    rows = await queries.places(session, principal)
    around = services.surroundings
    return PlaceList(
        items=[shown(row) for row in rows],
        folders=[str(folder) for folder in around.folders],
        origins=sorted(around.origins),
    )


async def declare(session: AsyncSession, services: SourceServices, principal: Principal, new: NewPlace) -> PlaceOut:
    """Declare a place. Raises `PlaceNotAllowed`, and as `units.access` and `units.check`."""
    if new.unit_id is None:
        units.check(principal, Right.PLACES_MANAGE)
    else:
        await units.access(session, principal, new.unit_id, Right.PLACES_MANAGE)
    _check(services, new.declared, new.credential)
    moment = clock.now()
    row = DeclaredPlace(
        id=uuid7(),
        unit_id=new.unit_id,
        name=new.name,
        declared=DECLARED.dump_python(new.declared, mode="json"),
        rights_required=new.rights_required,
        created_by=principal.person_id,
        created_at=moment,
        updated_at=moment,
    )
    row.credential_sealed = _sealed(services, row.id, new.credential)
    session.add(row)
    await session.flush()
    await tell(session, principal, row, "added")
    return shown(await access(session, principal, row.id))


async def change(
    session: AsyncSession, services: SourceServices, principal: Principal, place_id: UUID, wanted: PlaceChange
) -> PlaceOut:
    """Change a place; what follows it is run again.

    Raises `PlaceNotFound`, `PlaceNotAllowed`, `PlaceCredentialNeeded`.
    """
    row = (await access(session, principal, place_id)).place
    changed = sorted(wanted.model_fields_set)
    before = DECLARED.validate_python(row.declared)
    after = wanted.declared or before
    credential = opened(services.documents.keyring, row)
    if "credential" in changed:
        credential = wanted.credential
    elif credential is not None and target(after) != target(before):
        raise PlaceCredentialNeeded
    _check(services, after, credential)
    told = {**changes.seen(row, _TOLD), "declared": dict(row.declared)}
    row.name = wanted.name or row.name
    row.declared = DECLARED.dump_python(after, mode="json")
    row.credential_sealed = _sealed(services, row.id, credential)
    if wanted.rights_required is not None:
        row.rights_required = wanted.rights_required
    row.updated_at = clock.now()
    for source in await queries.following(session, place_id):
        source.follows_rights = source.follows_rights or row.rights_required
        source.due_at = clock.now()
    await session.flush()
    if changed:
        values = changes.between(told, changes.seen(row, told), texts=told)
        await tell(session, principal, row, "changed", changed=tuple(changed), values=values)
    return shown(await access(session, principal, place_id))


async def withdraw(session: AsyncSession, principal: Principal, place_id: UUID) -> None:
    """Withdraw a place, with the sources that follow it; their documents stay. Raises `PlaceNotFound`."""
    row = (await access(session, principal, place_id)).place
    for source in await queries.following(session, place_id):
        gone = events.SourceChanged(
            collection_id=source.collection_id, source_id=source.id, place_id=place_id, action="removed"
        )
        await journal.record(session, gone, actor=principal.person_id)
        await session.delete(source)
    await session.flush()
    await session.delete(row)
    await session.flush()
    await tell(session, principal, row, "removed")


async def access(session: AsyncSession, principal: Principal, place_id: UUID) -> PlaceRow:
    """Return a place that the caller manages, locked. Raises `PlaceNotFound`."""
    row = await queries.place(session, principal, place_id)
    if row is None:
        raise PlaceNotFound
    return row


async def is_for(session: AsyncSession, place: DeclaredPlace, collection: Collection) -> bool:
    """Tell whether a collection may follow a place now."""
    query = select(DeclaredPlace.id).where(DeclaredPlace.id == place.id, queries.usable_in(collection))
    return await session.scalar(query) is not None


def opened(keyring: Keyring, row: DeclaredPlace) -> Credential | None:
    """Open the credential of a place, for its own address. Raises `UnreadableContent`."""
    if row.credential_sealed is None:
        return None
    return CREDENTIAL.validate_json(keyring.open(row.credential_sealed, f"place:{row.id}".encode()))


def target(declared: Declared) -> str:
    """Return what a credential was given for."""
    match declared:
        case FolderPlace():
            return "folder"
        case BucketPlace():
            return f"{origin_of(declared.endpoint)}/{declared.bucket}"
        case WebdavPlace() | SitePlace():
            return f"{declared.kind} {origin_of(declared.address)}"


async def tell(
    session: AsyncSession,
    principal: Principal,
    row: DeclaredPlace,
    action: Literal["added", "changed", "tried", "removed"],
    *,
    changed: tuple[str, ...] = (),
    error: str | None = None,
    values: Changes = (),
) -> None:
    """Journal what became of a place."""
    event = events.PlaceChanged(
        place_id=row.id, action=action, kind=row.declared["kind"], unit_id=row.unit_id, changed=changed, error=error,
        values=values,
    )  # fmt: skip
    await journal.record(session, event, actor=principal.person_id)


def shown(row: PlaceRow) -> PlaceOut:
    """Return a place as its manager sees it."""
    one = row.place
    return PlaceOut(
        id=one.id,
        name=one.name,
        unit=UnitName(id=row.unit.id, name=row.unit.name) if row.unit is not None else None,
        declared=DECLARED.validate_python(one.declared),
        has_credential=one.credential_sealed is not None,
        rights_required=one.rights_required,
        sources=row.sources,
        created_at=one.created_at,
        updated_at=one.updated_at,
    )


def _check(services: SourceServices, declared: Declared, credential: Credential | None) -> None:
    if not allowed(declared, credential, services.surroundings):
        raise PlaceNotAllowed


def _sealed(services: SourceServices, place_id: UUID, credential: Credential | None) -> bytes | None:
    if credential is None:
        return None
    return services.documents.keyring.seal(CREDENTIAL.dump_json(credential), f"place:{place_id}".encode())
