"""What a person does with the charter: read the one in force for them, accept it."""

import hashlib
from typing import cast

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.charter import queries
from chatelet.adoption.charter.errors import CharterOutdated
from chatelet.adoption.charter.model import Kept, kept_now, model_text
from chatelet.adoption.charter.queries import Standing
from chatelet.adoption.charter.schemas import AcceptanceOut, CharterOut, NewAcceptance
from chatelet.adoption.charter.tables import Charter, CharterAcceptance
from chatelet.audit import events, journal
from chatelet.identity.principal import LANGUAGES, Language, Principal
from chatelet.identity.schemas import UnitName
from chatelet.identity.units.tables import Unit
from chatelet.kernel.clock import now
from chatelet.settings import Settings


async def read(
    session: AsyncSession, principal: Principal, settings: Settings, language: Language | None = None
) -> CharterOut:
    """Return the charter in force for the caller, in `language` (theirs when absent), else in the other one."""
    wanted = language or principal.language
    standing = await queries.standing(session, principal.person_id, principal.units)
    if standing is None:
        return _model(wanted, settings, await kept_now(session))
    texts = await queries.texts(session, standing.unit_id, standing.version)
    shown = next((text for text in texts if text.language == wanted), texts[0])
    return CharterOut(
        state="to_accept" if standing.accepted_at is None else "accepted",
        id=shown.id,
        unit=await unit_name(session, standing),
        version=standing.version,
        language=cast("Language", shown.language),
        languages=[cast("Language", text.language) for text in texts],
        text=shown.text,
        hash=shown.hash,
        published_at=shown.published_at,
        accepted_at=standing.accepted_at,
    )


async def accept(session: AsyncSession, principal: Principal, accepted: NewAcceptance) -> AcceptanceOut:
    """Store that the caller accepts the text they read; twice is once.

    Raises `CharterOutdated` when it is not, or no longer, the text in force for them.
    """
    standing = await queries.standing(session, principal.person_id, principal.units)
    texts = await queries.texts(session, standing.unit_id, standing.version) if standing else ()
    text = next((each for each in texts if each.id == accepted.charter_id and each.hash == accepted.hash), None)
    if text is None:
        raise CharterOutdated
    written = await _write(session, principal, text)
    return AcceptanceOut(
        charter_id=text.id,
        version=text.version,
        hash=text.hash,
        language=cast("Language", text.language),
        accepted_at=written.accepted_at,
    )


async def unit_name(session: AsyncSession, standing: Standing) -> UnitName | None:
    """Return the unit whose charter it is; None for the institution's."""
    if standing.unit_id is None:
        return None
    name = await session.scalar(select(Unit.name).where(Unit.id == standing.unit_id))
    return UnitName(id=standing.unit_id, name=name or "")


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal: what an acceptance is bound to."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


async def _write(session: AsyncSession, principal: Principal, text: Charter) -> CharterAcceptance:
    """Insert the proof and its journal line, unless both are there."""
    made = insert(CharterAcceptance).values(
        person_id=principal.person_id,
        charter_id=text.id,
        hash=text.hash,
        language=text.language,
        accepted_at=now(),
    )
    added = await session.execute(made.on_conflict_do_nothing().returning(CharterAcceptance))
    written = added.scalar_one_or_none()
    if written is None:
        return await session.get_one(CharterAcceptance, (principal.person_id, text.id))
    told = events.CharterAccepted(
        charter_id=text.id, version=text.version, language=cast("Language", text.language), hash=text.hash
    )
    await journal.record(session, told, actor=principal.person_id)
    return written


def _model(language: Language, settings: Settings, kept: Kept) -> CharterOut:
    text = model_text(language, settings, kept)
    return CharterOut(
        state="none",
        id=None,
        unit=None,
        version=0,
        language=language,
        languages=list(LANGUAGES),
        text=text,
        hash=hash_text(text),
        published_at=None,
        accepted_at=None,
    )
