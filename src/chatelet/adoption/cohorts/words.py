"""The words of messages: those that ship with the product, in both languages, or an administrator's own.

A template's first line is the subject. Places: {name} {institution} {link} {cohort} {closes_on}; nothing else is read
in it, and what is put in is never read again.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final, get_args

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts.errors import MailWordsInvalid
from chatelet.adoption.cohorts.schemas import MailKind, MailWordsOut, NewMailWords
from chatelet.adoption.cohorts.tables import MailWords
from chatelet.adoption.reach import require_reach
from chatelet.audit import changes, events, journal
from chatelet.identity.principal import LANGUAGES, Language, Principal
from chatelet.identity.rights import Right
from chatelet.kernel.clock import now

_PLACE: Final = re.compile(r"\{(name|institution|link|cohort|closes_on)\}")
_FIELDS: Final = ("subject", "body")
KINDS: Final[tuple[MailKind, ...]] = get_args(MailKind)


def fill(words: str, values: dict[str, str]) -> str:
    """Put the values in their places, once."""
    return _PLACE.sub(lambda place: values.get(place[1], ""), words)


async def words_of(session: AsyncSession, kind: MailKind, language: Language) -> tuple[str, str]:
    """Return the subject and the body of a message."""
    own = await session.get(MailWords, (kind, language))
    return (own.subject, own.body) if own else shipped(kind, language)


async def all_words(session: AsyncSession, principal: Principal) -> list[MailWordsOut]:
    """Return the words of every message, in both languages. Raises `Forbidden`: they are the whole installation's."""
    await require_reach(session, principal, Right.WAVES_MANAGE, None)
    own = {(row.kind, row.language): row for row in (await session.execute(select(MailWords))).scalars()}
    told: list[MailWordsOut] = []
    for kind in KINDS:
        for language in LANGUAGES:
            row = own.get((kind, language))
            subject, body = (row.subject, row.body) if row else shipped(kind, language)
            told.append(MailWordsOut(kind=kind, language=language, subject=subject, body=body, is_own=row is not None))
    return told


async def change(session: AsyncSession, principal: Principal, new: NewMailWords) -> None:
    """Write one's own words. Raises `Forbidden`, `MailWordsInvalid` when the place of the link is missing."""
    await require_reach(session, principal, Right.WAVES_MANAGE, None)
    subject, body = " ".join(new.subject.split()), new.body.replace("\0", "").strip()
    if "{link}" not in body or not subject or not subject.isprintable():
        raise MailWordsInvalid
    before = await words_of(session, new.kind, new.language)
    made = insert(MailWords).values(kind=new.kind, language=new.language, subject=subject, body=body, updated_at=now())
    await session.execute(
        made.on_conflict_do_update(
            index_elements=["kind", "language"], set_={"subject": subject, "body": body, "updated_at": now()}
        )
    )
    await _tell(session, principal, new.kind, new.language, before, (subject, body))


async def restore(session: AsyncSession, principal: Principal, kind: MailKind, language: Language) -> None:
    """Go back to the words that ship with the product. Raises `Forbidden`."""
    await require_reach(session, principal, Right.WAVES_MANAGE, None)
    own = await session.get(MailWords, (kind, language))
    if own is not None:
        await session.delete(own)
        await _tell(session, principal, kind, language, (own.subject, own.body), shipped(kind, language))


@cache
def shipped(kind: MailKind, language: Language) -> tuple[str, str]:
    """Return the subject and the body that ship with the product."""
    text = (files("chatelet.adoption.cohorts") / "letters" / f"{kind}.{language}.txt").read_text("utf-8")
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


async def _tell(
    session: AsyncSession,
    principal: Principal,
    kind: MailKind,
    language: Language,
    before: tuple[str, str],
    after: tuple[str, str],
) -> None:
    values = changes.between(_named(before), _named(after), texts=_FIELDS)
    told = events.WordsChanged(kind=kind, language=language, values=values)
    await journal.record(session, told, actor=principal.person_id)


def _named(words: tuple[str, str]) -> dict[str, object]:
    return {"subject": words[0], "body": words[1]}
