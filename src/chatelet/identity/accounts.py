"""Accounts: where a person is inserted (command, invitation, first administrator, single sign-on, directory)."""

from dataclasses import dataclass, field

from sqlalchemy import ARRAY, Text, bindparam, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.functions import Function

from chatelet.identity import passwords
from chatelet.identity.errors import PersonExists
from chatelet.identity.names import clean_email, clean_name, search_words, sort_key
from chatelet.identity.principal import LOCAL_ISSUER, Language, PersonState
from chatelet.identity.roles.holding import make_administrator
from chatelet.identity.tables import Person
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7


@dataclass(frozen=True, slots=True)
class Draft:
    """A local account ready to be written: everything checked, the password hashed."""

    email: str
    name: str
    password_hash: str = field(repr=False)
    is_administrator: bool = False
    language: Language = "fr"


async def draft(
    email: str, name: str, password: str, *, is_administrator: bool = False, language: Language = "fr"
) -> Draft:
    """Check and hash; raise `EmailInvalid`, `NameInvalid`, `PasswordTooWeak` or `SignInBusy`."""
    address, shown = clean_email(email), clean_name(name)
    hashed = await passwords.hash_password(passwords.check_strength(password, address, shown))
    return Draft(address, shown, hashed, is_administrator=is_administrator, language=language)


async def insert_person(session: AsyncSession, new: Draft) -> Person:
    """Write the account; raise `PersonExists` when another local account has the e-mail."""
    person_id = uuid7()
    made = insert(Person).values(
        id=person_id,
        email=new.email,
        name=new.name,
        language=new.language,
        state=PersonState.ACTIVE.value,
        issuer=LOCAL_ISSUER,
        subject=str(person_id),
        password_hash=new.password_hash,
        sort_name=sort_key(new.name),
        search_vector=search_vector(new.name, new.email),
        created_at=now(),
    )
    alone = made.on_conflict_do_nothing(index_elements=["email"], index_where=text("issuer = 'local'"))
    found = await session.execute(alone.returning(Person))
    person = found.scalar_one_or_none()
    if person is None:
        raise PersonExists
    if new.is_administrator:
        await make_administrator(session, person.id, by=None)
    return person


async def insert_federated(
    session: AsyncSession, *, issuer: str, subject: str, email: str | None, name: str, language: Language
) -> Person:
    """Write the account of (issuer, subject), who signs in elsewhere; `email` and `name` are clean already.

    Raises `IntegrityError` when the identity or the e-mail is another's.
    """
    person = Person(
        id=uuid7(),
        email=email,
        name=name,
        language=language,
        state=PersonState.ACTIVE.value,
        issuer=issuer,
        subject=subject,
        password_hash=None,
        sort_name=sort_key(name),
        search_vector=search_vector(name, email),
        created_at=now(),
        last_seen_at=None,
    )
    session.add(person)
    await session.flush()
    return person


def search_vector(name: str, email: str | None) -> "Function[str]":
    """Return the words a person is found by, as PostgreSQL indexes them."""
    words = search_words(name, email or "")
    return func.array_to_tsvector(bindparam(None, words, type_=ARRAY(Text())))
