"""Which directory calls: the token of SCIM, good for `/scim/v2` and nothing else, and its administration nowhere."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, cast
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.scim.failures import Unauthorised
from chatelet.identity.scim.tables import ScimClient
from chatelet.identity.tokens import LONGEST_TOKEN, Token, hash_token, new_token
from chatelet.kernel.clock import now

PREFIX: Final = "scim_"
_TOUCH_EVERY: Final = timedelta(minutes=1)
SubjectFrom = Literal["external_id", "user_name"]


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory whose token lives. Made only by `authenticate`."""

    id: UUID
    issuer: str
    subject_from: SubjectFrom
    unit_id: UUID | None

    @property
    def source(self) -> str:
        """Who keeps the lines that follow from this directory's groups."""
        return source_of(self.id)


def source_of(client_id: UUID) -> str:
    """Return what memberships and grants say of where they come from."""
    return f"scim:{client_id}"


def draw_token() -> Token:
    """Draw the token of a directory; its beginning says what it is to whoever finds it."""
    text = f"{PREFIX}{new_token().text}"
    return Token(text=text, hash=hash_token(text))


async def authenticate(session: AsyncSession, authorization: str | None) -> Directory:
    """Return the directory of an `Authorization: Bearer …` header; raise `Unauthorised`. Notes the use."""
    scheme, _, token = (authorization or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token.startswith(PREFIX) or len(token) > LONGEST_TOKEN:
        raise Unauthorised("a bearer token of this service is required")
    moment, hashed = now(), hash_token(token)
    found = await session.execute(
        select(ScimClient).where(
            ScimClient.token_hash == hashed,
            ScimClient.revoked_at.is_(None),
            or_(ScimClient.expires_at.is_(None), ScimClient.expires_at > moment),
        )
    )
    client = found.scalar_one_or_none()
    if client is None or not hmac.compare_digest(client.token_hash, hashed):
        raise Unauthorised("this token is not accepted")
    await _note_use(session, client, moment)
    subject_from = cast("SubjectFrom", client.subject_from)
    return Directory(id=client.id, issuer=client.issuer, subject_from=subject_from, unit_id=client.unit_id)


async def _note_use(session: AsyncSession, client: ScimClient, moment: datetime) -> None:
    """Note the use at most once a minute, without ever waiting for another request that does."""
    if client.last_used_at is not None and moment - client.last_used_at < _TOUCH_EVERY:
        return
    free = select(ScimClient.id).where(ScimClient.id == client.id).with_for_update(skip_locked=True)
    await session.execute(
        update(ScimClient).where(ScimClient.id.in_(free)).values(last_used_at=moment),
        execution_options={"synchronize_session": False},
    )
