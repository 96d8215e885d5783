"""The verbs of acts on many persons: show, confirm, follow, stop, undo. What the job does: `running`."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import listing
from chatelet.identity.acts import choosing, queries
from chatelet.identity.acts.choosing import Change
from chatelet.identity.acts.errors import PersonActChanged, PersonActEmpty, PersonActNotFound, PersonActState
from chatelet.identity.acts.schemas import (
    ActAsked,
    ActConfirmed,
    ActKind,
    ActList,
    ActOut,
    ActPreview,
    ActState,
    LeftOut,
    PersonFilter,
    Reason,
    RefusedLine,
)
from chatelet.identity.acts.tables import PersonAct
from chatelet.identity.principal import Principal
from chatelet.identity.queries import Wanted
from chatelet.identity.schemas import RoleName, UnitName
from chatelet.kernel import jobs
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7

JOB: Final = "act_on_persons"
_KEPT: Final = timedelta(days=7)  # as long as it can be undone
_ENDED: Final = ("done", "stopped", "failed")
Phase = Literal["asked", "stop_asked", "done", "stopped", "failed", "undo_asked", "undone"]


async def preview(session: AsyncSession, principal: Principal, asked: ActAsked) -> ActPreview:
    """Tell for how many it would be done and who is left out. Raises as `choosing.check`."""
    wanted, change = _wanted(asked.filter), choosing.change_of(asked.act)
    await choosing.check(session, principal, change)
    found = await queries.chosen(session, principal, wanted, change)
    left_out = sorted((one for one in found if one.reason), key=lambda one: -one.persons)

    async def sample(why: str | None) -> list[UUID]:
        return await queries.sample(session, principal, wanted, change, why)

    return ActPreview(
        count=_count(found),
        sample=await listing.listed_persons(session, principal, await sample(None)),
        left_out=[
            LeftOut(
                reason=cast("Reason", one.reason),
                count=one.persons,
                sample=await listing.listed_persons(session, principal, await sample(one.reason)),
            )
            for one in left_out
        ],
        seen=_mark(found),
    )


async def confirm(session: AsyncSession, principal: Principal, asked: ActConfirmed) -> ActOut:
    """Ask a job for what was seen. Raises `PersonActChanged`, `PersonActEmpty`, or as `choosing.check`."""
    wanted, change = _wanted(asked.filter), choosing.change_of(asked.act)
    await choosing.check(session, principal, change)
    found = await queries.chosen(session, principal, wanted, change)
    count = _count(found)
    if _mark(found) != asked.seen:
        raise PersonActChanged(count=count)
    if not count:
        raise PersonActEmpty
    act = PersonAct(
        id=uuid7(),
        made_by=principal.person_id,
        kind=change.kind,
        unit_id=change.unit_id,
        role_id=change.role_id,
        is_main=change.is_main,
        expires_at=change.expires_at,
        state="waiting",
        stop_asked=False,
        total=count,
        done=0,
        refused=0,
        undone=0,
        kept=0,
        left_out={one.reason: one.persons for one in found if one.reason},
        error=None,
        created_at=now(),
        ended_at=None,
    )
    session.add(act)
    await session.flush()
    await queries.write_lines(session, principal, wanted, change, act.id)
    await tell(session, act, "asked", principal.person_id)
    await jobs.enqueue(session, JOB, {"act": str(act.id)})
    return await _shown(session, principal, act)


async def read(session: AsyncSession, principal: Principal, act_id: UUID) -> ActOut:
    """Return how far an act is; raise `PersonActNotFound`."""
    return await _shown(session, principal, await _access(session, principal, act_id))


async def latest(session: AsyncSession, principal: Principal) -> ActList:
    """Return the caller's latest acts."""
    return ActList(items=[await _shown(session, principal, one) for one in await queries.latest(session, principal)])


async def stop(session: AsyncSession, principal: Principal, act_id: UUID) -> ActOut:
    """Stop after the batch under way: what was done stays done. Raises `PersonActNotFound`, `PersonActState`."""
    act = await _access(session, principal, act_id, locked=True)
    if act.state not in ("waiting", "running", "undoing"):
        raise PersonActState(state=act.state)
    act.stop_asked = True
    await tell(session, act, "stop_asked", principal.person_id)
    return await _shown(session, principal, act)


async def undo(session: AsyncSession, principal: Principal, act_id: UUID) -> ActOut:
    """Ask a job to put back what was done. Raises `PersonActNotFound`, `PersonActState`, or as `choosing.check`."""
    act = await _access(session, principal, act_id, locked=True)
    if not _undoable(act):
        raise PersonActState(state=act.state)
    await choosing.check(session, principal, choosing.opposite(change_of(act)))
    act.state, act.stop_asked, act.ended_at, act.error = "undoing", False, None, None
    await tell(session, act, "undo_asked", principal.person_id)
    await jobs.enqueue(session, JOB, {"act": str(act.id), "by": str(principal.person_id)})
    return await _shown(session, principal, act)


async def purge(session: AsyncSession) -> int:
    """Forget acts that can no longer be undone; return how many."""
    return await queries.purge(session, now() - _KEPT)


def change_of(act: PersonAct) -> Change:
    """Return what an act does, as a value."""
    return Change(cast("ActKind", act.kind), act.unit_id, act.role_id, act.is_main, act.expires_at)


async def tell(session: AsyncSession, act: PersonAct, phase: Phase, actor: UUID | None) -> None:
    """Journal what became of an act as a whole."""
    undone = phase == "undone"
    told = events.PersonsActed(
        act_id=act.id,
        kind=cast("ActKind", act.kind),
        phase=phase,
        total=act.total,
        left_out=sum(act.left_out.values()),
        done=act.undone if undone else act.done,
        refused=act.kept if undone else act.refused,
        unit_id=act.unit_id,
        role_id=act.role_id,
    )
    await journal.record(session, told, actor=actor)


def _wanted(asked: PersonFilter) -> Wanted:
    ids = frozenset(asked.ids) if asked.ids is not None else None
    return Wanted(words=asked.q, unit_id=asked.unit_id, role_id=asked.role_id, state=asked.state, ids=ids)


def _count(found: Sequence[queries.Chosen]) -> int:
    return sum(one.persons for one in found if one.reason is None)


def _mark(found: Sequence[queries.Chosen]) -> str:
    """Return how many and who would be acted on, as one word that the caller sends back."""
    mark = next((one.mark for one in found if one.reason is None), 0)
    return f"{_count(found)}-{mark & 0xFFFFFFFFFFFFFFFF:016x}"


async def _access(session: AsyncSession, principal: Principal, act_id: UUID, *, locked: bool = False) -> PersonAct:
    act = await queries.act(session, principal, act_id, locked=locked)
    if act is None:
        raise PersonActNotFound
    return act


def _undoable(act: PersonAct) -> bool:
    return act.state in _ENDED and act.done > act.undone + act.kept


async def _shown(session: AsyncSession, principal: Principal, act: PersonAct) -> ActOut:
    refused = await queries.refusals(session, principal, act.id) if act.refused or act.kept else []
    unit, role = await queries.about(session, principal, act)
    return ActOut(
        id=act.id,
        kind=cast("ActKind", act.kind),
        unit=UnitName(id=unit.id, name=unit.name) if unit else None,
        role=RoleName(code=role.code, name_fr=role.name_fr, name_en=role.name_en) if role else None,
        state=cast("ActState", act.state),
        total=act.total,
        done=act.done,
        refused=act.refused,
        undone=act.undone,
        kept=act.kept,
        left_out=act.left_out,
        error=act.error,
        refusals=[
            RefusedLine(person_id=person, name=name, reason=cast("Reason", why)) for person, name, why in refused
        ],
        undoable=_undoable(act),
        created_at=act.created_at,
        ended_at=act.ended_at,
    )
