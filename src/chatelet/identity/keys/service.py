"""The verbs on keys: make, rotate, revoke, take over, list. A key's rights are never here: they are its owner's.

A personal key lives while its owner holds `api.use`; a unit's key while its owner holds `keys.manage` there too: when
they no longer do, it stops at the next call, until another who does takes it over.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.keys import queries
from chatelet.identity.keys.checking import PREFIX
from chatelet.identity.keys.errors import KeyExpiryInvalid, KeyNotFound, TooManyKeys
from chatelet.identity.keys.queries import KeyRow
from chatelet.identity.keys.schemas import (
    KeyList,
    KeyOrder,
    KeyOut,
    KeyPage,
    KeyRotation,
    KeyUnit,
    KeyUnits,
    MadeKey,
    NewKey,
)
from chatelet.identity.keys.scope import KeyRoute
from chatelet.identity.keys.tables import ApiKey
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.sessions import REVOKED_CHANNEL
from chatelet.identity.tokens import Token, hash_token, new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor
from chatelet.kernel.errors import Forbidden, NotFound
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.notifications import notify
from chatelet.kernel.paging import page_of, read_cursor
from chatelet.settings import ApiSettings

_MOST_LIVING: Final = 50
_LONGEST_PAGE: Final = 100
_SHOWN: Final = len(PREFIX) + 8


async def make(
    session: AsyncSession, principal: Principal, new: NewKey, limits: ApiSettings, *, unit_id: UUID | None = None
) -> MadeKey:
    """Make a key of the caller, or for an application of a unit.

    Raises `KeyExpiryInvalid`, `TooManyKeys`, `Forbidden`, and `NotFound` for a unit out of reach.
    """
    _check_may_own(principal, await _path_of(session, unit_id) if unit_id else None)
    token, moment = new_secret(), now()
    _check_expiry(new.expires_at, moment, limits)
    await _check_room(session, principal, unit_id, moment)
    row = ApiKey(
        id=uuid7(),
        person_id=principal.person_id,
        unit_id=unit_id,
        name=new.name,
        prefix=token.text[:_SHOWN],
        secret_hash=token.hash,
        models=None if new.models is None else sorted(set(new.models)),
        routes=sorted(set(new.routes)),
        collections=None if new.collections is None else sorted(set(new.collections)),
        origins=sorted(set(new.origins)),
        addresses=sorted(set(new.addresses)),
        created_at=moment,
        expires_at=new.expires_at,
    )
    session.add(row)
    await session.flush()
    days = (row.expires_at - moment).days + 1
    made = events.KeyMade(key_id=row.id, unit_id=unit_id, days=days)
    await journal.record(session, made, actor=principal.person_id)
    return MadeKey(secret=token.text, key=_out(await queries.row(session, row.id)))


async def rotate(
    session: AsyncSession, principal: Principal, key_id: UUID, asked: KeyRotation, limits: ApiSettings
) -> MadeKey:
    """Make a key in place of another, with the same scope; the old one lives `overlap_hours` more at most.

    Raises `KeyNotFound`, `KeyExpiryInvalid`, `TooManyKeys`, `Forbidden`.
    """
    old, moment = await _access(session, principal, key_id), now()
    if old.revoked_at is not None or old.expires_at <= moment:
        raise KeyNotFound
    lived = old.expires_at - old.created_at
    new = NewKey.model_construct(
        name=old.name,
        expires_at=asked.expires_at or moment + min(lived, timedelta(days=limits.longest_key_days)),
        models=old.models,
        routes=[KeyRoute(route) for route in old.routes],
        collections=old.collections,
        origins=old.origins,
        addresses=old.addresses,
    )
    old.expires_at = min(old.expires_at, moment + timedelta(hours=asked.overlap_hours))
    await session.flush()
    made = await make(session, principal, new, limits, unit_id=old.unit_id)
    replacing = await session.get_one(ApiKey, made.key.id)
    replacing.replaces = old.id
    await session.flush()
    rotated = events.KeyRotated(key_id=old.id, replaced_by=replacing.id, overlap_hours=asked.overlap_hours)
    await journal.record(session, rotated, actor=principal.person_id)
    if not asked.overlap_hours:
        await _end_streams(session, old.id)
    return MadeKey(secret=made.secret, key=_out(await queries.row(session, replacing.id)))


async def revoke(session: AsyncSession, principal: Principal, key_id: UUID) -> None:
    """Revoke a key, here and in what it streams; twice is once. Raises `KeyNotFound`."""
    row = await _access(session, principal, key_id)
    if row.revoked_at is not None:
        return
    row.revoked_at = now()
    await session.flush()
    await _end_streams(session, row.id)
    await journal.record(session, events.KeyRevoked(key_id=row.id), actor=principal.person_id)


async def take_over(session: AsyncSession, principal: Principal, key_id: UUID) -> KeyOut:
    """Become the owner of a unit's key, which lives by one's own rights from now on. Raises `KeyNotFound`."""
    row = await _access(session, principal, key_id)
    if row.unit_id is None or row.revoked_at is not None:
        raise KeyNotFound
    _check_may_own(principal, await _path_of(session, row.unit_id))
    if row.person_id != principal.person_id:
        taken = events.KeyTakenOver(key_id=row.id, before=row.person_id)
        row.person_id = principal.person_id
        await session.flush()
        await journal.record(session, taken, actor=principal.person_id)
    return _out(await queries.row(session, row.id))


async def own(session: AsyncSession, principal: Principal, limits: ApiSettings) -> KeyList:
    """List the caller's personal keys, revoked and expired ones too."""
    found = await queries.own_keys(session, principal)
    return KeyList(items=[_out(row) for row in found], longest_days=limits.longest_key_days)


async def of_units(
    session: AsyncSession,
    principal: Principal,
    limits: ApiSettings,
    words: str,
    order: KeyOrder,
    *,
    cursor: str | None,
    limit: int,
) -> KeyPage:
    """List the keys of the units where the caller manages keys."""
    limit = min(limit, _LONGEST_PAGE)
    after = read_cursor(cursor) if cursor else None
    found = await queries.unit_keys(session, principal, words, order, moment=now(), after=after, limit=limit + 1)
    shown, following = page_of(found, limit, lambda row: (row.place, row.key.id))
    return KeyPage(
        items=[_out(row) for row in shown],
        next_cursor=following,
        longest_days=limits.longest_key_days,
    )


async def units(session: AsyncSession, principal: Principal, *, words: str) -> KeyUnits:
    """Return some units for which the caller may make keys, by the beginning of their name or code."""
    found = await queries.manageable_units(session, principal, words)
    return KeyUnits(items=[KeyUnit(id=unit.id, code=unit.code, name=unit.name) for unit in found])


async def allows_origin(executor: Executor, origin: str) -> bool:
    """Tell whether a browser on this web origin may ask at all; the key it then shows decides."""
    return await queries.is_origin_allowed(executor, origin, now())


async def _access(session: AsyncSession, principal: Principal, key_id: UUID) -> ApiKey:
    row = await queries.key(session, principal, key_id)
    if row is None:
        raise KeyNotFound
    return row


async def _path_of(session: AsyncSession, unit_id: UUID) -> list[UUID]:
    path = await queries.unit_path(session, unit_id)
    if path is None:
        raise NotFound
    return path


def _check_may_own(principal: Principal, path: list[UUID] | None) -> None:
    """Raise where a key of this owner would be dead from its first call."""
    if path is not None and not principal.rights.holds(Right.KEYS_MANAGE, path):
        raise NotFound
    if not principal.rights.holds_somewhere(Right.API):
        raise Forbidden(right=Right.API.value)


def _check_expiry(expires_at: datetime, moment: datetime, limits: ApiSettings) -> None:
    if not moment < expires_at <= moment + timedelta(days=limits.longest_key_days, minutes=10):
        raise KeyExpiryInvalid(days=limits.longest_key_days)


async def _check_room(session: AsyncSession, principal: Principal, unit_id: UUID | None, moment: datetime) -> None:
    if await queries.living(session, moment, person_id=principal.person_id, unit_id=unit_id) >= _MOST_LIVING:
        raise TooManyKeys(limit=_MOST_LIVING)


async def _end_streams(session: AsyncSession, key_id: UUID) -> None:
    await notify(session, REVOKED_CHANNEL, f"key:{key_id}")


def new_secret() -> Token:
    """Draw a secret: what is shown of it in lists is drawn apart, so that 256 bits stay unseen."""
    text = f"{PREFIX}{secrets.token_hex(4)}_{new_token().text}"
    return Token(text=text, hash=hash_token(text))


def _out(row: KeyRow) -> KeyOut:
    key = row.key
    return KeyOut(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        owner_id=key.person_id,
        owner_name=row.owner_name,
        unit_id=key.unit_id,
        unit_name=row.unit_name,
        models=key.models,
        routes=[KeyRoute(route) for route in key.routes],
        collections=key.collections,
        origins=key.origins,
        addresses=key.addresses,
        created_at=key.created_at,
        expires_at=key.expires_at,
        last_used_at=key.last_used_at,
        revoked_at=key.revoked_at,
        replaces=key.replaces,
    )
