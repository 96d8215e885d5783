"""What a key is narrowed to, as a frozen value beside the rights of its owner."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class KeyRoute(StrEnum):
    """Families of routes of `/v1` that a key may be narrowed to."""

    MODELS = "models"
    CHAT = "chat"
    RESPONSES = "responses"
    EMBEDDINGS = "embeddings"
    RERANK = "rerank"


@dataclass(frozen=True, slots=True)
class KeyScope:
    """None means "all that the owner may reach". `origin` is the web origin allowed to read this very answer."""

    key_id: UUID
    unit_id: UUID | None
    models: frozenset[str] | None
    collections: frozenset[UUID] | None
    origin: str | None = None
