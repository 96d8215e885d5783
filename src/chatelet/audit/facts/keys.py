"""Facts about API keys and what they asked: who, by which key, of which model, at which level; never a word of it."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import Amount, BaseEvent, Code, Codes, Count, Level, ObjectKind, Result, Slug, TurnState


class _OfKey(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "key"
    object_field: ClassVar[str | None] = "key_id"
    key_id: UUID


class KeyMade(_OfKey, frozen=True, kw_only=True):
    """A person made an API key, of their own or for a unit's application, for `days` at most."""

    name: ClassVar[str] = "key.made"
    unit_id: UUID | None = None
    days: Count


class KeyRotated(_OfKey, frozen=True, kw_only=True):
    """A key was given a successor; it serves for `overlap_hours` more at most."""

    name: ClassVar[str] = "key.rotated"
    replaced_by: UUID
    overlap_hours: Count


class KeyRevoked(_OfKey, frozen=True, kw_only=True):
    """A key was revoked before its end."""

    name: ClassVar[str] = "key.revoked"


class KeyTakenOver(_OfKey, frozen=True, kw_only=True):
    """A unit's key changed owner: it lives by the rights of the actor, no longer by those of `before`."""

    name: ClassVar[str] = "key.taken_over"
    before: UUID


class KeyRefused(_OfKey, frozen=True, kw_only=True):
    """A true key was presented and refused; at most one line a minute for each key."""

    name: ClassVar[str] = "key.refused"
    reason: Literal["expired", "revoked", "owner_disabled", "right_withdrawn", "address", "origin", "route"]

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class ApiExchange(_OfKey, frozen=True, kw_only=True):
    """A call of `/v1` that asked a model, ended; its content was not kept."""

    name: ClassVar[str] = "api.exchange"
    exchange_id: UUID
    route: Literal["chat", "responses", "embeddings", "rerank"]
    level: Level
    state: TurnState
    model: Slug | None = None
    backend: Slug | None = None
    error: Code | None = None
    prompt_tokens: Count | None = None
    completion_tokens: Count | None = None
    energy_wh: Amount | None = None
    cost_euros: Amount | None = None
    first_token_ms: Count | None = None
    duration_ms: Count | None = None

    @property
    def result(self) -> Result:
        """Answered, or stopped by the caller: done."""
        if self.state in {"answered", "stopped"}:
            return "done"
        return "refused" if self.state == "refused" else "failed"


class ExchangeScreened(_OfKey, frozen=True, kw_only=True):
    """Detectors found something grave in what a model wrote to a program: how many were masked, how many others."""

    name: ClassVar[str] = "api.screened"
    exchange_id: UUID
    masked: Count
    found: Count
    types: Codes = ()


class ExchangePseudonymised(_OfKey, frozen=True, kw_only=True):
    """Names and identifiers were replaced before the words of a program left for a model: how many, of which types."""

    name: ClassVar[str] = "api.pseudonymised"
    exchange_id: UUID
    model: Slug
    level: Level
    categories: Codes = ()
    replaced: Count
    types: Codes = ()
