"""What an administrator does with the charter: write, see who will be asked, publish, withdraw, follow, export.

Publishing writes one row per language under one new number, tells every process, and asks everybody again for whom
this charter is in force: an acceptance is of a version.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.charter import queries
from chatelet.adoption.charter.errors import CharterChanged, CharterEmpty
from chatelet.adoption.charter.gate import CHARTER_CHANNEL
from chatelet.adoption.charter.model import kept_now, model_texts
from chatelet.adoption.charter.schemas import (
    CharterAdmin,
    CharterOrder,
    CharterProgress,
    CharterProgressList,
    CharterTexts,
    NewCharter,
    PublishedCharter,
)
from chatelet.adoption.charter.service import hash_text
from chatelet.adoption.charter.tables import Charter
from chatelet.adoption.reach import require_reach
from chatelet.adoption.suppression import part_of
from chatelet.audit import events, journal
from chatelet.identity.principal import Language, Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units.tables import Unit
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.notifications import notify
from chatelet.kernel.paging import page_of, read_cursor
from chatelet.kernel.sheets import sheet
from chatelet.settings import Settings

_ONE_AT_A_TIME: Final = 4_242_010
_HEADS: Final[dict[Language, tuple[str, ...]]] = {
    "fr": ("Nom", "Adresse", "Unité", "Charte", "Version", "Langue", "SHA-256", "Acceptée le (UTC)"),
    "en": ("Name", "Address", "Unit", "Charter", "Version", "Language", "SHA-256", "Accepted on (UTC)"),
}


async def progress(
    session: AsyncSession, principal: Principal, words: str, order: CharterOrder, *, cursor: str | None, limit: int
) -> CharterProgressList:
    """Return a page of the charters in force where the caller publishes, each with its acceptance."""
    reach = principal.rights.reach(Right.CHARTER_PUBLISH)
    after = read_cursor(cursor) if cursor else None
    found = await queries.rulings(session, reach, words, order, after=after, limit=limit + 1)
    shown, following = page_of(found, limit, lambda ruling: (ruling.place, ruling.id))
    return CharterProgressList(
        items=[_progress(ruling) for ruling in shown],
        institution=reach is None,
        is_unwritten=reach is None and not await queries.institution_rules(session),
        next_cursor=following,
    )


async def read(session: AsyncSession, principal: Principal, settings: Settings, unit_id: UUID | None) -> CharterAdmin:
    """Return the last version of a unit, the model, and how many persons a publication would ask. Raises `NotFound`."""
    await require_reach(session, principal, Right.CHARTER_PUBLISH, unit_id)
    version = await queries.last_version(session, unit_id)
    rows = await queries.texts(session, unit_id, version)
    name = await session.scalar(select(Unit.name).where(Unit.id == unit_id)) if unit_id else None
    return CharterAdmin(
        unit=UnitName(id=unit_id, name=name or "") if unit_id else None,
        version=version,
        in_force=bool(rows) and rows[0].withdrawn_at is None,
        texts=CharterTexts.model_validate({row.language: row.text for row in rows}),
        model=model_texts(settings, await kept_now(session)),
        would_ask=await queries.concerned(session, unit_id),
    )


async def publish(session: AsyncSession, principal: Principal, new: NewCharter) -> PublishedCharter:
    """Publish a version. Raises `NotFound`, `Forbidden`, `CharterEmpty`, `CharterChanged`."""
    await require_reach(session, principal, Right.CHARTER_PUBLISH, new.unit_id)
    texts = _written(new.texts)
    if not texts:
        raise CharterEmpty
    await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    version = await queries.last_version(session, new.unit_id)
    if version != new.after:
        raise CharterChanged(version=version)
    hashes: dict[Language, str] = {language: hash_text(written) for language, written in texts.items()}
    for language, digest in hashes.items():
        session.add(_row(new.unit_id, version + 1, language, texts[language], digest, principal))
    await session.flush()
    asked = await queries.concerned(session, new.unit_id)
    told = events.CharterPublished(
        unit_id=new.unit_id,
        version=version + 1,
        asked=asked,
        hash_fr=hashes.get("fr"),
        hash_en=hashes.get("en"),
    )
    await journal.record(session, told, actor=principal.person_id)
    await notify(session, CHARTER_CHANNEL, str(new.unit_id or ""))
    return PublishedCharter(version=version + 1, asked=asked)


async def withdraw(session: AsyncSession, principal: Principal, unit_id: UUID | None) -> None:
    """End the charter of a unit: the nearest one above is in force again. Raises `NotFound`, `Forbidden`."""
    await require_reach(session, principal, Right.CHARTER_PUBLISH, unit_id)
    version = await queries.last_version(session, unit_id)
    ended = await session.execute(
        update(Charter)
        .where(
            Charter.unit_id.is_not_distinct_from(unit_id), Charter.version == version, Charter.withdrawn_at.is_(None)
        )
        .values(withdrawn_at=now())
        .returning(Charter.id)
    )
    if ended.all():
        told = events.CharterWithdrawn(unit_id=unit_id, version=version)
        await journal.record(session, told, actor=principal.person_id)
        await notify(session, CHARTER_CHANNEL, str(unit_id or ""))


async def export(session: AsyncSession, principal: Principal, unit_id: UUID | None) -> str:
    """Return every person of a unit with what they accepted, as CSV. Raises `NotFound`, `Forbidden`."""
    await require_reach(session, principal, Right.CHARTER_PUBLISH, unit_id)
    proofs = await queries.proofs(session, unit_id)
    told = events.CharterExported(unit_id=unit_id, rows=len(proofs))
    await journal.record(session, told, actor=principal.person_id)
    return sheet(_HEADS[principal.language], proofs)


def _written(texts: CharterTexts) -> dict[Language, str]:
    cleaned: dict[Language, str] = {"fr": _clean(texts.fr), "en": _clean(texts.en)}
    return {language: written for language, written in cleaned.items() if written}


def _clean(written: str) -> str:
    lines = (line.rstrip() for line in written.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).replace("\0", "").strip()


def _row(
    unit_id: UUID | None, version: int, language: Language, written: str, digest: str, principal: Principal
) -> Charter:
    return Charter(
        id=uuid7(),
        unit_id=unit_id,
        version=version,
        language=language,
        text=written,
        hash=digest,
        published_at=now(),
        published_by=principal.person_id,
        withdrawn_at=None,
    )


def _progress(ruling: queries.Ruling) -> CharterProgress:
    return CharterProgress(
        unit=UnitName(id=ruling.unit_id, name=ruling.unit_name or "") if ruling.unit_id else None,
        version=ruling.version,
        published_at=ruling.published_at,
        published_by=ruling.published_by,
        persons=ruling.persons,
        accepted=part_of(ruling.accepted, ruling.persons),
    )
