"""Reads of API keys. Those of a caller start from `readable_by`: one's own, or units' where one manages keys."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.finding import folded, says
from chatelet.identity.keys.schemas import KeyOrder
from chatelet.identity.keys.tables import ApiKey
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.roles.queries import HELD
from chatelet.identity.tables import Person
from chatelet.identity.units.queries import UNITS_ABOVE, within
from chatelet.identity.units.tables import Unit
from chatelet.kernel.database import Executor, execute, fetch
from chatelet.kernel.paging import Cursor, Order


class PresentedKey(NamedTuple):
    """What the one query on a key returns, living or not: why a key is refused is told to who holds it."""

    key_id: UUID
    secret_hash: bytes
    unit_id: UUID | None
    unit_path: list[UUID] | None
    models: list[str] | None
    routes: list[str]
    collections: list[UUID] | None
    origins: list[str]
    addresses: list[str]
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    refused_at: datetime | None
    person_id: UUID
    state: str
    held: str
    units: list[UUID]
    language: str
    name: str
    email: str | None


class KeyRow(NamedTuple):
    """A key of a list, with the names of its owner and of its unit."""

    key: ApiKey
    owner_name: str
    unit_name: str | None
    place: str = ""
    """What the list is ordered by, to go on after this key."""


# On the path of every call of /v1. The two parts put in are constants of this package.
_PRESENTED: Final = f"""
SELECT api_keys.id, api_keys.secret_hash, api_keys.unit_id, own.path, api_keys.models, api_keys.routes,
       api_keys.collections, api_keys.origins, api_keys.addresses, api_keys.expires_at, api_keys.revoked_at,
       api_keys.last_used_at, api_keys.refused_at, persons.id, persons.state, {HELD}, {UNITS_ABOVE},
       persons.language, persons.name, persons.email
FROM api_keys JOIN persons ON persons.id = api_keys.person_id LEFT JOIN units AS own ON own.id = api_keys.unit_id
WHERE api_keys.secret_hash = $1
"""  # noqa: S608 (constants, as said)
_NOTE_USE: Final = """
UPDATE api_keys SET last_used_at = greatest(last_used_at, $2)
WHERE id = (SELECT id FROM api_keys WHERE id = $1 FOR UPDATE SKIP LOCKED)
"""
_NOTE_REFUSAL: Final = """
UPDATE api_keys SET refused_at = $2::timestamptz
WHERE id = $1 AND (refused_at IS NULL OR refused_at < $2::timestamptz - interval '1 minute') RETURNING id
"""
_ALLOWED_ORIGIN: Final = """
SELECT EXISTS (SELECT 1 FROM api_keys WHERE origins @> ARRAY[$1::text] AND revoked_at IS NULL AND expires_at > $2)
"""


async def presented(executor: Executor, secret_hash: bytes, moment: datetime) -> PresentedKey | None:
    """Find a key by the hash of its secret, with what its owner holds at `moment`."""
    rows = await fetch(executor, _PRESENTED, secret_hash, moment)
    return PresentedKey(*rows[0]) if rows else None


async def note_use(executor: Executor, key_id: UUID, moment: datetime) -> None:
    """Note that a key served, without ever waiting for another request's note."""
    await execute(executor, _NOTE_USE, key_id, moment)


async def note_refusal(executor: Executor, key_id: UUID, moment: datetime) -> bool:
    """Tell whether this refusal is to be journalled: one a minute for a key."""
    return bool(await fetch(executor, _NOTE_REFUSAL, key_id, moment))


async def is_origin_allowed(executor: Executor, origin: str, moment: datetime) -> bool:
    """Tell whether some living key may be used from a web origin: a preflight carries no key."""
    return bool((await fetch(executor, _ALLOWED_ORIGIN, origin, moment))[0][0])


def readable_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `ApiKey` and its outer-joined `Unit` that every read by a caller carries."""
    own = and_(ApiKey.person_id == principal.person_id, ApiKey.unit_id.is_(None))
    if not principal.rights.holds_somewhere(Right.KEYS_MANAGE):
        return own
    return or_(own, and_(ApiKey.unit_id.is_not(None), within(principal, Right.KEYS_MANAGE)))


async def key(session: AsyncSession, principal: Principal, key_id: UUID) -> ApiKey | None:
    """Return a key that the caller may act on, locked."""
    found = await session.execute(
        select(ApiKey)
        .outerjoin(Unit, Unit.id == ApiKey.unit_id)
        .where(ApiKey.id == key_id, readable_by(principal))
        .with_for_update(of=ApiKey)
    )
    return found.scalar_one_or_none()


async def own_keys(session: AsyncSession, principal: Principal) -> Sequence[KeyRow]:
    """Return the caller's personal keys, newest first."""
    mine = (ApiKey.person_id == principal.person_id, ApiKey.unit_id.is_(None))
    found = await session.execute(_rows().where(readable_by(principal), *mine).order_by(ApiKey.id.desc()).limit(500))
    return [KeyRow(*row) for row in found]


async def unit_keys(
    session: AsyncSession,
    principal: Principal,
    words: str,
    order: KeyOrder,
    *,
    moment: datetime,
    after: Cursor | None,
    limit: int,
) -> Sequence[KeyRow]:
    """Return a page of the keys of the units where the caller manages keys; of those, what `words` tell."""
    wanted = says(words, folded(ApiKey.name), ApiKey.name, ApiKey.prefix, Person.sort_name, Unit.sort_name, Unit.code)
    query = _rows().where(readable_by(principal), ApiKey.unit_id.is_not(None), wanted)
    keys: dict[str, ColumnElement[Any]] = {
        "name": folded(ApiKey.name),
        "unit": func.coalesce(Unit.sort_name, ""),
        "owner": Person.sort_name.expression,
        "state": case((ApiKey.revoked_at.is_not(None), 2), (ApiKey.expires_at <= moment, 1), else_=0),
        "last_use": func.coalesce(ApiKey.last_used_at, datetime(1970, 1, 1, tzinfo=UTC)),
        "end": func.coalesce(ApiKey.revoked_at, ApiKey.expires_at),
        "made": ApiKey.created_at.expression,
    }
    paged = Order(keys[order.removeprefix("-")], ApiKey.id.expression, order.startswith("-"))
    return [KeyRow(*row) for row in await session.execute(paged.page(query, after=after, limit=limit))]


async def row(session: AsyncSession, key_id: UUID) -> KeyRow:
    """Return a key as lists show it. For verbs that already know by what right."""
    found = await session.execute(_rows().where(ApiKey.id == key_id))
    return KeyRow(*found.one())


async def living(session: AsyncSession, moment: datetime, *, person_id: UUID, unit_id: UUID | None) -> int:
    """Count the keys of a person, or of a unit, that still live."""
    belongs = ApiKey.unit_id == unit_id if unit_id else and_(ApiKey.person_id == person_id, ApiKey.unit_id.is_(None))
    query = select(func.count()).select_from(ApiKey)
    alive = (ApiKey.revoked_at.is_(None), ApiKey.expires_at > moment)
    return await session.scalar(query.where(belongs, *alive)) or 0


async def unit_path(session: AsyncSession, unit_id: UUID) -> list[UUID] | None:
    """Return the path of an open unit."""
    return await session.scalar(select(Unit.path).where(Unit.id == unit_id, Unit.closed_at.is_(None)))


async def manageable_units(session: AsyncSession, principal: Principal, words: str) -> Sequence[Unit]:
    """Return open units where the caller manages keys, whose name or code begins so."""
    named = Unit.sort_name.startswith(sort_key(words), autoescape=True)
    wanted = or_(named, Unit.code.istartswith(words.strip(), autoescape=True))
    query = select(Unit).where(within(principal, Right.KEYS_MANAGE), Unit.closed_at.is_(None), wanted)
    found = await session.execute(query.order_by(Unit.sort_name, Unit.id).limit(50))
    return found.scalars().all()


async def keys_of(session: AsyncSession, person_id: UUID) -> Sequence[ApiKey]:
    """Return every key that a person owns, units' included."""
    found = await session.execute(select(ApiKey).where(ApiKey.person_id == person_id).order_by(ApiKey.id))
    return found.scalars().all()


def _rows() -> Select[ApiKey, str, str]:
    return (
        select(ApiKey, Person.name, Unit.name)
        .join(Person, Person.id == ApiKey.person_id)
        .outerjoin(Unit, Unit.id == ApiKey.unit_id)
    )
