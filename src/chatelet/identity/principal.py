"""The caller, as a frozen value that every verb of every domain receives."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")


class PersonState(StrEnum):
    """A disabled person keeps what is theirs and is refused everywhere."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Principal:
    """An active person, through a living session. Made only by `sessions`."""

    person_id: UUID
    session_id: UUID
    is_administrator: bool
    language: Language
    name: str
    email: str | None
    expires_at: datetime
