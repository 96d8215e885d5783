"""The job of an act: batch by batch, each in its own transaction, until nobody is left or it is told to stop.

    lock the act -> its maker as they are now -> the next lines -> who may still be acted on -> done as sets -> told

A job whose process died is run again and goes on with the lines that wait: each batch is done whole or not at all.
"""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import journal
from chatelet.identity.acts import choosing, doing, queries, undoing
from chatelet.identity.acts.choosing import Change
from chatelet.identity.acts.doing import Before, Done
from chatelet.identity.acts.service import Phase, change_of, tell
from chatelet.identity.acts.tables import PersonAct
from chatelet.identity.behalf import acting_for
from chatelet.identity.errors import LastAdministrator, NotSignedIn
from chatelet.identity.principal import Principal
from chatelet.identity.roles.queries import has_active_administrator, lock_active_administrators
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.jobs import Payload

AT_ONCE: Final = 500
_UNDER_WAY: Final = ("waiting", "running", "undoing")


async def run(database: Database, payload: Payload) -> None:
    """Act, or undo, until it is over."""
    act_id = UUID(payload["act"])
    by = UUID(payload["by"]) if "by" in payload else None
    while await _step(database, act_id, by):
        pass


async def _step(database: Database, act_id: UUID, by: UUID | None) -> bool:
    """Do one batch; return whether there is more. What refuses the whole act ends it, and is told."""
    try:
        async with database.transaction() as session:
            return await _batch(session, act_id, by)
    except AppError as refusal:
        async with database.transaction() as session:
            await _fail(session, act_id, by, refusal.code)
        return False


async def _batch(session: AsyncSession, act_id: UUID, by: UUID | None) -> bool:
    await lock_active_administrators(session)
    act = await queries.locked(session, act_id)
    if act is None or act.state not in _UNDER_WAY:
        return False
    principal = await acting_for(session, by or act.made_by)
    if principal is None:
        raise NotSignedIn
    is_undoing = act.state == "undoing"
    lines = dict(await queries.batch(session, act_id, "done" if is_undoing else "waiting", AT_ONCE))
    if not lines or act.stop_asked:
        await _end(session, act, principal, stopped=bool(lines))
        return False
    act.state = "undoing" if is_undoing else "running"
    change = change_of(act)
    done = await (_undo if is_undoing else _do)(session, principal, act, change, lines)
    await journal.record_all(session, done.told, actor=principal.person_id)
    if not await has_active_administrator(session):
        raise LastAdministrator
    return True


async def _do(
    session: AsyncSession, principal: Principal, act: PersonAct, change: Change, lines: dict[UUID, Before]
) -> Done:
    await choosing.check(session, principal, change)
    await doing.lock(session, list(lines))
    seen = await queries.reasons(session, principal, change, list(lines))
    able = [person for person, (why, _) in seen.items() if why is None]
    done = await doing.do(session, principal, change, able, {person for person, (_, moves) in seen.items() if moves})
    results: dict[UUID, tuple[str, Before | None]] = {}
    for person in lines:
        why = seen[person][0] if person in seen else "gone"
        results[person] = ("done", done.before[person]) if person in done.before else (why or "changed", None)
    await queries.note(session, act.id, results)
    act.done += len(done.before)
    act.refused += len(lines) - len(done.before)
    return done


async def _undo(
    session: AsyncSession, principal: Principal, act: PersonAct, change: Change, lines: dict[UUID, Before]
) -> Done:
    """Put back those who are still as the act left them; the others stay, and are told."""
    back = choosing.opposite(change)
    await choosing.check(session, principal, back)
    await doing.lock(session, list(lines))
    seen = await queries.reasons(session, principal, back, list(lines))
    able = {person: lines[person] for person, (why, _) in seen.items() if why is None}
    done = await undoing.undo(session, principal, change, able)
    results: dict[UUID, tuple[str, Before | None]] = {}
    for person in lines:
        why = seen[person][0] if person in seen else "gone"
        told = "changed" if why in (None, "already") else why
        results[person] = ("undone" if person in done.before else told, None)
    await queries.note(session, act.id, results)
    act.undone += len(done.before)
    act.kept += len(lines) - len(done.before)
    return done


async def _end(session: AsyncSession, act: PersonAct, principal: Principal, *, stopped: bool) -> None:
    phase: Phase = "stopped" if stopped else "undone" if act.state == "undoing" else "done"
    act.state, act.ended_at, act.stop_asked = phase, now(), False
    await tell(session, act, phase, principal.person_id)


async def _fail(session: AsyncSession, act_id: UUID, by: UUID | None, code: str) -> None:
    act = await queries.locked(session, act_id)
    if act is not None and act.state in _UNDER_WAY:
        act.state, act.error, act.ended_at = "failed", code, now()
        await tell(session, act, "failed", by or act.made_by)
