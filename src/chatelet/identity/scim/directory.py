"""Which directory calls: the token of SCIM, good for `/scim/v2` and nothing else, and its administration nowhere."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, cast
from uuid import UUID

from chatelet.identity.credentials import Credential
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.tokens import LONGEST_TOKEN, Token, hash_token, new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor, execute, fetch

PREFIX: Final = "scim_"
_TOUCH_EVERY: Final = timedelta(minutes=1)
_PRESENTED: Final = """
SELECT id, issuer, subject_from, unit_id, last_used_at FROM scim_clients
WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
"""
# Without ever waiting for another request that notes the same.
_NOTE_USE: Final = """
UPDATE scim_clients SET last_used_at = $2
WHERE id = (SELECT id FROM scim_clients WHERE id = $1 FOR UPDATE SKIP LOCKED)
"""
SubjectFrom = Literal["external_id", "user_name"]


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory whose token lives. Made only by `sessions.authenticate`."""

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


async def directory_of_token(executor: Executor, shown: Credential) -> Directory:
    """Return the directory of a token, in one query; raise `NotSignedIn`. Notes the use at most once a minute."""
    token = shown.text
    if not token.startswith(PREFIX) or len(token) > LONGEST_TOKEN:
        raise NotSignedIn
    moment = now()
    rows = await fetch(executor, _PRESENTED, hash_token(token), moment)
    if not rows:
        raise NotSignedIn
    client_id, issuer, subject_from, unit_id, last_used_at = rows[0]
    if last_used_at is None or moment - last_used_at >= _TOUCH_EVERY:
        await execute(executor, _NOTE_USE, client_id, moment)
    return Directory(id=client_id, issuer=issuer, subject_from=cast("SubjectFrom", subject_from), unit_id=unit_id)
