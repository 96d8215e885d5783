"""Finding passages for a question in collections: the caller's rights are in the query, and asked at each question."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.policy.clearance import Clearance


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of a document: `start` is its place in the text of the file."""

    file_id: UUID
    document_id: UUID
    name: str
    text: str
    start: int
    page: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """The passages that fit, best first. `withdrawn` counts collections that may no longer be read."""

    hits: tuple[FoundPassage, ...] = ()
    withdrawn: int = 0
    lexical_only: bool = False


async def find(
    services: DocumentServices,
    gateway: Gateway,
    principal: Principal,
    collections: Sequence[UUID],
    question: str,
    clearance: Clearance,
) -> Findings:
    """Return the passages of these collections that fit the question."""
    raise NotImplementedError
