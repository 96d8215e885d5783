"""What the routes of rights read and write."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

RequestKind = Literal["access", "erasure", "rectification", "objection"]
RequestState = Literal["open", "working", "ready", "done", "declined", "failed"]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewPrivacyRequest(_Written):
    """Access needs no words; the two others say what is to be corrected, or objected to."""

    kind: Literal["access", "rectification", "objection"]
    words: _Words | None = None


class ErasureOrder(_Written):
    """The person's password, where they have one here."""

    password: Annotated[str | None, Field(max_length=1_000, repr=False)] = None


class RequestAnswer(_Written):
    """How the data protection officer closes a request."""

    outcome: Literal["done", "declined"]


class PrivacyRequestOut(BaseModel):
    """A request of one's own."""

    id: UUID
    kind: RequestKind
    state: RequestState
    words: str | None
    made_at: datetime
    due_at: datetime
    closed_at: datetime | None
    archive_bytes: int | None
    archive_until: datetime | None


class PrivacyRequestList(BaseModel):
    """One's own requests, the newest first."""

    items: list[PrivacyRequestOut]


class DeskRequest(BaseModel):
    """A request on the desk. The person is null once erased."""

    id: UUID
    kind: RequestKind
    state: RequestState
    origin: Literal["self", "idle"]
    person_id: UUID | None
    person_name: str | None
    words: str | None
    made_at: datetime
    due_at: datetime
    overdue: bool
    closed_at: datetime | None
    certificate_id: UUID | None


class Desk(BaseModel):
    """Requests that wait, the most urgent first, then those answered lately."""

    items: list[DeskRequest]
    overdue: int


class ErasureStarted(BaseModel):
    """Where the certificate will be."""

    reference: UUID


class CertificateOut(BaseModel):
    """A certificate in a list."""

    id: UUID
    reason: Literal["retention", "person", "idle"]
    made_at: datetime
    sha256: str
    rows: int
    keys: int
    blobs: int
    vectors: int


class CertificateList(BaseModel):
    """The last certificates."""

    items: list[CertificateOut]
