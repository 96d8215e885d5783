"""The caller, as a frozen value that every verb of every domain receives."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from chatelet.identity.keys.scope import KeyScope
from chatelet.identity.rights import Right, Rights

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
LOCAL_ISSUER: Final = "local"
DIRECTORY_ISSUER: Final = "ldap:"  # how the issuer of a directory begins, and of no other provider


class PersonState(StrEnum):
    """A disabled person keeps what is theirs and is refused everywhere."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Principal:
    """An active person, through a living session or an API key. Made only by `sessions.authenticate`.

    `session_id` is the session, or the key: what is revoked when this way in ends. `units` are those the person
    belongs to, with all above them. `key` narrows what `rights` allow.
    """

    person_id: UUID
    session_id: UUID
    rights: Rights
    units: frozenset[UUID]
    language: Language
    name: str
    email: str | None
    expires_at: datetime
    key: KeyScope | None = None

    @property
    def is_administrator(self) -> bool:
        """Tell whether the person manages the installation as a whole."""
        return Right.INSTALLATION_MANAGE in self.rights.everywhere
