"""Who a provider's subject is here: (issuer, subject), never an e-mail (TA-005). Made at the first sign-in.

The e-mail is information: it may be that of a local account, or of another provider's person. Neither is linked,
neither loses it; nobody is found by it. Name and e-mail are those that the provider told last.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.accounts import search_vector
from chatelet.identity.errors import EmailInvalid, NameInvalid
from chatelet.identity.names import LONGEST_NAME, clean_email, clean_name, sort_key
from chatelet.identity.principal import DIRECTORY_ISSUER, Language, PersonState
from chatelet.identity.single_sign_on.errors import AccountDisabled, NotKnownHere
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.tables import Person
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7

# Without these in the ID token, the userinfo endpoint is asked: some providers (ProConnect) tell nothing but `sub`.
WANTED: Final = ("email",)
_LONGEST_GUESS: Final = 60


async def recognise(session: AsyncSession, provider: Provider, claims: Mapping[str, Any]) -> Person:
    """Return the person, locked, made if need be; simultaneous first sign-ins make one.

    Raises `NotKnownHere`, `AccountDisabled`.
    """
    subject = str(claims["sub"])
    name, email = name_in(claims), email_in(claims)
    if provider.creates_persons:
        await _make(session, provider, subject, name, email, language_in(claims) or provider.language)
    found = await session.execute(
        select(Person)
        .where(Person.issuer == provider.issuer, Person.subject == subject)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    person = found.scalar_one_or_none()
    if person is None:
        raise NotKnownHere
    if person.state != PersonState.ACTIVE:
        raise AccountDisabled
    await _refresh(session, person, name, email)
    person.verified_email = email if is_vouched(provider, claims) else None
    return person


def name_in(claims: Mapping[str, Any]) -> str:
    """Return the best name there is: in full, in parts (`usual_name` is ProConnect's), else what resembles one."""
    given, family = _said(claims, "given_name"), _said(claims, "usual_name") or _said(claims, "family_name")
    candidates = (
        _said(claims, "name"),
        f"{given} {family}".strip(),
        _said(claims, "preferred_username"),
        _said(claims, "email"),
        str(claims["sub"])[:_LONGEST_GUESS],
    )
    for candidate in candidates:
        try:
            return clean_name(candidate[:LONGEST_NAME])
        except NameInvalid:
            continue
    return "—"


def email_in(claims: Mapping[str, Any]) -> str | None:
    """Return the address, None when there is none that can be kept."""
    try:
        return clean_email(_said(claims, "email"))
    except EmailInvalid:
        return None


def is_vouched(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Tell whether the address told may be believed to be the person's: said so, or read in the directory itself."""
    return claims.get("email_verified") is True or provider.issuer.startswith(DIRECTORY_ISSUER)


def language_in(claims: Mapping[str, Any]) -> Language | None:
    """Return the language of the page for this person, when the provider tells one we speak."""
    spoken = _said(claims, "locale").lower()[:2]
    return "fr" if spoken == "fr" else "en" if spoken == "en" else None


def _said(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


async def _make(
    session: AsyncSession, provider: Provider, subject: str, name: str, email: str | None, language: Language
) -> None:
    person_id = uuid7()
    line = insert(Person).values(
        id=person_id,
        email=email,
        name=name,
        language=language,
        state=PersonState.ACTIVE.value,
        issuer=provider.issuer,
        subject=subject,
        password_hash=None,
        sort_name=sort_key(name),
        search_vector=search_vector(name, email),
        created_at=now(),
    )
    made = await session.execute(line.on_conflict_do_nothing(index_elements=["issuer", "subject"]).returning(Person.id))
    if made.first() is not None:
        created = events.PersonCreated(person_id=person_id, by="provider")
        await journal.record(session, created, actor=person_id)


async def _refresh(session: AsyncSession, person: Person, name: str, email: str | None) -> None:
    changed = tuple(
        field for field, told in (("email", email), ("name", name)) if told and getattr(person, field) != told
    )
    if not changed:
        return
    person.name, person.email = name, email or person.email
    person.sort_name, person.search_vector = sort_key(name), search_vector(name, person.email)
    await session.flush()
    await journal.record(session, events.PersonChanged(person_id=person.id, changed=changed), actor=person.id)
