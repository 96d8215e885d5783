"""The verbs on collections: make, change, share, delete. Documents are in `documents`.

A personal collection is its person's alone until they share it. Sharing with a unit takes `documents.publish` there:
what reaches everybody of a directorate is published, not lent.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.files import service as files
from chatelet.identity.names import fold_email, sort_key
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.rights import Right
from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit
from chatelet.kernel import clock
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.paging import read_cursor, write_cursor
from chatelet.knowledge import closing, queries
from chatelet.knowledge.errors import (
    CollectionClosed,
    CollectionLevelExceeded,
    CollectionNotFound,
    CollectionPartMissing,
    GranteeUnknown,
    GrantNotFound,
)
from chatelet.knowledge.parts import Part
from chatelet.knowledge.queries import CollectionRow
from chatelet.knowledge.schemas import (
    CollectionChange,
    CollectionOut,
    CollectionPage,
    NewCollection,
    NewShare,
    OwnerOut,
    ShareList,
    ShareOut,
)
from chatelet.knowledge.tables import Collection, CollectionGrant
from chatelet.policy.clearance import check_ceiling
from chatelet.policy.sensitivity import Label, Level, join_all
from chatelet.settings import PolicySettings

_LONGEST_PAGE: Final = 100


async def list_collections(
    session: AsyncSession, principal: Principal, *, words: str, cursor: str | None, limit: int
) -> CollectionPage:
    """Return a page of the collections that the caller may read, by name."""
    after, limit = read_cursor(cursor) if cursor else None, min(limit, _LONGEST_PAGE)
    found = await queries.collections_page(session, principal, words=words, after=after, limit=limit + 1)
    shown = found[:limit]
    last = shown[-1].collection if len(found) > limit else None
    return CollectionPage(
        items=[view(row) for row in shown], next_cursor=write_cursor(last.sort_name, last.id) if last else None
    )


async def read(session: AsyncSession, principal: Principal, collection_id: UUID) -> CollectionOut:
    """Return a collection that the caller may read. Raises `CollectionNotFound`."""
    return view(await access(session, principal, collection_id))


async def create(
    session: AsyncSession, principal: Principal, new: NewCollection, policy: PolicySettings
) -> CollectionOut:
    """Make a collection of the caller's, or of a unit where they curate. Raises `Forbidden`, `LevelTooHigh`."""
    if new.unit_id is None:
        if not principal.rights.holds_somewhere(Right.DOCUMENTS_READ):
            raise Forbidden(right=Right.DOCUMENTS_READ.value)
    else:
        await _require_on_unit(session, principal, Right.DOCUMENTS_CURATE, new.unit_id)
    level = new.level or Level(policy.default_level)
    check_ceiling(Label(level), Level(policy.highest_level))
    row = Collection(
        id=uuid7(),
        person_id=None if new.unit_id else principal.person_id,
        unit_id=new.unit_id,
        name=new.name,
        sort_name=sort_key(new.name),
        description=new.description,
        level=level,
        closed=new.closed,
        review_on=new.review_on,
        created_by=principal.person_id,
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    if row.closed:
        await closing.close(session, principal, row)
    event = events.CollectionChanged(collection_id=row.id, action="added", unit_id=row.unit_id, level=level)
    await journal.record(session, event, actor=principal.person_id)
    return view(await access(session, principal, row.id))


async def change(
    session: AsyncSession, principal: Principal, collection_id: UUID, wanted: CollectionChange, policy: PolicySettings
) -> CollectionOut:
    """Change a collection that the caller curates.

    Raises as `access`, `LevelTooHigh`, `CollectionLevelExceeded`, `CollectionClosed`.
    """
    row = (await access(session, principal, collection_id, Part.CURATOR)).collection
    changed = [name for name in sorted(wanted.model_fields_set) if getattr(row, name) != getattr(wanted, name)]
    if wanted.level is not None:
        check_ceiling(Label(wanted.level), Level(policy.highest_level))
        await _check_documents(session, row, wanted.level)
    if wanted.closed and "closed" in changed:
        await closing.close(session, principal, row)
    for name in changed:
        value = getattr(wanted, name)
        if value is not None or name == "review_on":
            setattr(row, name, value)
    row.sort_name = sort_key(row.name)
    await session.flush()
    if changed:
        event = events.CollectionChanged(
            collection_id=row.id, action="changed", unit_id=row.unit_id, level=Level(row.level), changed=tuple(changed)
        )
        await journal.record(session, event, actor=principal.person_id)
    return view(await access(session, principal, collection_id))


async def _check_documents(session: AsyncSession, row: Collection, level: Level) -> None:
    """Raise `CollectionLevelExceeded` where a document held would not have been let into a base of this level."""
    if level.covers(Level(row.level)):
        return
    held = join_all([files.label_in_base(one) for one in await queries.files_of(session, row.id)])
    if not level.covers(held.level):
        raise CollectionLevelExceeded(level=held.level, limit=level)


async def remove(session: AsyncSession, principal: Principal, collection_id: UUID) -> None:
    """Delete a collection, its documents, their files, keys and passages. Raises as `access`."""
    row = (await access(session, principal, collection_id, Part.CURATOR)).collection
    await remove_row(session, row, actor=principal.person_id)


async def remove_row(session: AsyncSession, row: Collection, *, actor: UUID | None) -> None:
    """Delete a collection, for verbs that already know by what right."""
    documents = await queries.documents_of(session, row.id)
    await session.execute(delete(Collection).where(Collection.id == row.id))
    session.expunge(row)
    await files.delete_held(session, documents, actor=actor)
    event = events.CollectionChanged(
        collection_id=row.id, action="removed", unit_id=row.unit_id, documents=len(documents)
    )
    await journal.record(session, event, actor=actor)


async def list_grants(session: AsyncSession, principal: Principal, collection_id: UUID) -> ShareList:
    """Return with whom a collection that the caller curates is shared. Raises as `access`."""
    await access(session, principal, collection_id, Part.CURATOR)
    return ShareList(items=[_grant(*row) for row in await queries.grants(session, collection_id)])


async def share(session: AsyncSession, principal: Principal, collection_id: UUID, new: NewShare) -> ShareOut:
    """Give a part to somebody or to a unit, in place of the one they had.

    Raises as `access`, `GranteeUnknown`, `CollectionClosed`.
    """
    held = await access(session, principal, collection_id, Part.CURATOR)
    if held.collection.closed and new.unit_id is not None:
        raise CollectionClosed
    person_id = await _person(session, new.email) if new.email is not None else None
    if new.unit_id is not None:
        await _require_on_unit(session, principal, Right.DOCUMENTS_PUBLISH, new.unit_id)
    found = await session.scalars(
        select(CollectionGrant)
        .where(
            CollectionGrant.collection_id == collection_id,
            CollectionGrant.person_id.is_not_distinct_from(person_id),
            CollectionGrant.unit_id.is_not_distinct_from(new.unit_id),
        )
        .with_for_update()
    )
    row = found.first()
    before = row.part if row else None
    if row is None:
        row = CollectionGrant(
            id=uuid7(), collection_id=collection_id, person_id=person_id, unit_id=new.unit_id, created_at=clock.now()
        )
        session.add(row)
    row.part, row.granted_by = new.part, principal.person_id
    await session.flush()
    event = events.CollectionShared(
        collection_id=collection_id, person_id=person_id, unit_id=new.unit_id, before=before, after=new.part.value
    )
    await journal.record(session, event, actor=principal.person_id)
    [shown] = [name for grant, name in await queries.grants(session, collection_id) if grant.id == row.id]
    return _grant(row, shown)


async def unshare(session: AsyncSession, principal: Principal, collection_id: UUID, grant_id: UUID) -> None:
    """Take a part back: nothing of the collection is found any more from the next question on. Raises as `access`."""
    await access(session, principal, collection_id, Part.CURATOR)
    row = await session.get(CollectionGrant, grant_id, with_for_update=True)
    if row is None or row.collection_id != collection_id:
        raise GrantNotFound
    await session.delete(row)
    event = events.CollectionShared(
        collection_id=collection_id, person_id=row.person_id, unit_id=row.unit_id, before=row.part
    )
    await journal.record(session, event, actor=principal.person_id)


async def access(
    session: AsyncSession, principal: Principal, collection_id: UUID, part: Part = Part.READER
) -> CollectionRow:
    """Return a collection where the caller has `part`. Raises `CollectionNotFound`, `CollectionPartMissing`."""
    row = await queries.collection(session, principal, collection_id)
    if row is None:
        raise CollectionNotFound
    if row.part < part.rank:
        raise CollectionPartMissing(part=part.value)
    return row


def view(row: CollectionRow) -> CollectionOut:
    """Return a collection as its readers see it."""
    one = row.collection
    kind = "person" if one.person_id else "unit"
    owner_id = one.person_id or one.unit_id
    assert owner_id is not None
    return CollectionOut(
        id=one.id,
        name=one.name,
        description=one.description,
        owner=OwnerOut(kind=kind, id=owner_id, name=row.person_name or row.unit_name or ""),
        part=list(Part)[row.part - 1],
        level=Level(one.level),
        closed=one.closed,
        review_on=one.review_on,
        documents=row.documents,
        unread=row.unread,
        shared=row.shared,
        created_at=one.created_at,
    )


def _grant(row: CollectionGrant, name: str | None) -> ShareOut:
    holder = row.person_id or row.unit_id
    assert holder is not None
    return ShareOut(
        id=row.id,
        kind="person" if row.person_id else "unit",
        holder_id=holder,
        name=name or "",
        part=Part(row.part),
        created_at=row.created_at,
    )


async def _person(session: AsyncSession, email: str) -> UUID:
    found = await session.scalars(
        select(Person.id).where(Person.email == fold_email(email), Person.state == PersonState.ACTIVE).limit(2)
    )
    persons = found.all()
    if len(persons) != 1:
        raise GranteeUnknown
    return persons[0]


async def _require_on_unit(session: AsyncSession, principal: Principal, right: Right, unit_id: UUID) -> None:
    """Raise unless the unit is open and the caller holds the right there: a unit out of reach is not told apart."""
    path = await session.scalar(select(Unit.path).where(Unit.id == unit_id, Unit.closed_at.is_(None)))
    if not principal.rights.holds_somewhere(right):
        raise Forbidden(right=right.value)
    if path is None or not principal.rights.holds(right, path):
        raise GranteeUnknown
