"""Facts about turns and conversations: what was asked of whom, at which level, and what became of it."""

from typing import ClassVar, Final, Literal
from uuid import UUID

from chatelet.audit.vocabulary import Amount, BaseEvent, Code, Codes, Count, Level, ObjectKind, Result, Slug, TurnState


class _OfTurn(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "turn"
    object_field: ClassVar[str | None] = "turn_id"
    turn_id: UUID
    conversation_id: UUID


class TurnOpened(_OfTurn, frozen=True, kw_only=True):
    """A person asked a question; nothing has left yet."""

    name: ClassVar[str] = "turn.opened"
    level: Level
    kind: Literal["question", "retry", "edit"] = "question"
    model: Slug | None = None


class TurnRouted(_OfTurn, frozen=True, kw_only=True):
    """A turn was given to a model on a backend: what left, where to, at which level."""

    name: ClassVar[str] = "turn.routed"
    model: Slug
    backend: Slug
    level: Level
    reason: Literal["asked", "default", "replaced", "failed_over"] = "asked"
    attempt: Count = 1


class WebQueried(_OfTurn, frozen=True, kw_only=True):
    """A person confirmed a query: it is about to leave for these search engines. Its words are not told."""

    name: ClassVar[str] = "web.queried"
    engines: Codes
    level: Level


class WebRead(_OfTurn, frozen=True, kw_only=True):
    """A search of the web ended: engines that kept silent, results, pages read, pages that gave nothing."""

    name: ClassVar[str] = "web.read"
    silent: Codes = ()
    results: Count
    pages: Count
    unread: Count


class WorksQueried(_OfTurn, frozen=True, kw_only=True):
    """A person confirmed words to look for publications: these services may receive them; their words are not told."""

    name: ClassVar[str] = "works.queried"
    services: Codes
    level: Level


class WorksRead(_OfTurn, frozen=True, kw_only=True):
    """A search of publications ended: sources that kept silent, works found, works given, retracted ones of these."""

    name: ClassVar[str] = "works.read"
    silent: Codes = ()
    found: Count
    given: Count
    retracted: Count


class WebSiteChanged(BaseEvent, frozen=True, kw_only=True):
    """A site of the web was put in a list, or taken out of it; which one is in the list."""

    name: ClassVar[str] = "web.site_changed"
    object_kind: ClassVar[ObjectKind] = "site"
    object_field: ClassVar[str | None] = "site_id"
    site_id: UUID
    action: Literal["added", "removed"]
    tier: Code
    unit_id: UUID | None = None


class TurnRefused(_OfTurn, frozen=True, kw_only=True):
    """The institution's rules, or a limit, refused a turn; `rule` is the code of the refusal."""

    name: ClassVar[str] = "turn.refused"
    rule: Code
    level: Level
    model: Slug | None = None

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class TurnClosed(_OfTurn, frozen=True, kw_only=True):
    """A turn ended, in exactly one final state, with what it cost."""

    name: ClassVar[str] = "turn.closed"
    state: TurnState
    model: Slug | None = None
    error: Code | None = None
    prompt_tokens: Count | None = None
    completion_tokens: Count | None = None
    energy_wh: Amount | None = None
    cost_euros: Amount | None = None
    first_token_ms: Count | None = None
    duration_ms: Count | None = None

    @property
    def result(self) -> Result:
        """Answered or stopped by the person: done."""
        return _TURN_RESULTS.get(self.state, "failed")


_TURN_RESULTS: Final[dict[str, Result]] = {"answered": "done", "stopped": "done", "refused": "refused"}


class _OfConversation(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "conversation"
    object_field: ClassVar[str | None] = "conversation_id"


class ConversationCreated(_OfConversation, frozen=True, kw_only=True):
    """A conversation was started or imported."""

    name: ClassVar[str] = "conversation.created"
    conversation_id: UUID
    level: Level


class ConversationDeleted(_OfConversation, frozen=True, kw_only=True):
    """A person deleted a conversation; it can be restored for a short while."""

    name: ClassVar[str] = "conversation.deleted"
    conversation_id: UUID


class ConversationRestored(_OfConversation, frozen=True, kw_only=True):
    """A deletion was undone in time."""

    name: ClassVar[str] = "conversation.restored"
    conversation_id: UUID


class ConversationPurged(_OfConversation, frozen=True, kw_only=True):
    """A conversation is really gone: its key was destroyed, then its rows."""

    name: ClassVar[str] = "conversation.purged"
    conversation_id: UUID
    reason: Literal["deleted", "retention", "person_erased"] = "deleted"


class ConversationExported(_OfConversation, frozen=True, kw_only=True):
    """Content left by an export: one conversation, or all of a person's when no conversation is named."""

    name: ClassVar[str] = "conversation.exported"
    conversation_id: UUID | None = None
    format: Literal["json", "markdown"]
    conversations: Count = 1


class ConversationImported(_OfConversation, frozen=True, kw_only=True):
    """Conversations were brought in from an export."""

    name: ClassVar[str] = "conversation.imported"
    conversation_id: UUID | None = None
    conversations: Count = 1
