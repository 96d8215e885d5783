"""Facts about persons: sessions, accounts, invitations, refusals of access."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Changes, Code, Codes, Count, Hexadecimal, ObjectKind, Result, Slug


class _OfSession(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "session"
    object_field: ClassVar[str | None] = "session_id"
    session_id: UUID


class SessionOpened(_OfSession, frozen=True, kw_only=True):
    """A person signed in."""

    name: ClassVar[str] = "session.opened"
    method: Literal["password", "invitation", "first_administrator", "single_sign_on", "directory"] = "password"


class SessionClosed(_OfSession, frozen=True, kw_only=True):
    """A session ended."""

    name: ClassVar[str] = "session.closed"
    reason: Literal[
        "signed_out",
        "expired",
        "idle",
        "password_changed",
        "person_disabled",
        "renewed",
        "provider_ended",
        "way_closed",
    ] = "signed_out"


class SignInRefused(BaseEvent, frozen=True, kw_only=True):
    """A sign-in was refused. Unknown accounts leave no address: at most a keyed digest of it."""

    name: ClassVar[str] = "sign_in.refused"
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "person_id"
    person_id: UUID | None = None
    reason: Literal[
        "unknown_account", "wrong_password", "disabled", "throttled",
        "way_closed", "not_known", "flow_invalid", "token_refused", "refused_by_provider", "provider_unreachable",
    ]  # fmt: skip
    account_digest: Hexadecimal | None = None
    provider: Slug | None = None

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class _OfPerson(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "person_id"
    person_id: UUID


class PersonCreated(_OfPerson, frozen=True, kw_only=True):
    """A person's account was made."""

    name: ClassVar[str] = "person.created"
    by: Literal["command", "invitation", "first_administrator", "administrator", "directory", "provider"]
    is_administrator: bool = False


class PersonChanged(_OfPerson, frozen=True, kw_only=True):
    """Something of a person's account changed; `changed` names the fields, `values` never a name nor an address."""

    name: ClassVar[str] = "person.changed"
    changed: Codes
    values: Changes = ()


class PersonDisabled(_OfPerson, frozen=True, kw_only=True):
    """A person may no longer sign in."""

    name: ClassVar[str] = "person.disabled"


class PersonEnabled(_OfPerson, frozen=True, kw_only=True):
    """A disabled person may sign in again."""

    name: ClassVar[str] = "person.enabled"


class PersonExported(_OfPerson, frozen=True, kw_only=True):
    """Everything held on a person was exported (right of access)."""

    name: ClassVar[str] = "person.exported"


class PersonsExported(BaseEvent, frozen=True, kw_only=True):
    """A list of persons left as a file; `count` is how many."""

    name: ClassVar[str] = "persons.exported"
    object_kind: ClassVar[ObjectKind] = "person"
    count: Count = 0


class PersonsActed(BaseEvent, frozen=True, kw_only=True):
    """One act on many persons was asked for, ended or undone; each change has its own line, with what was before.

    `total` are those to act on, `left_out` those seen and left out; `done` and `refused` tell how it ended.
    """

    name: ClassVar[str] = "persons.acted"
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "act_id"
    act_id: UUID
    kind: Literal["disable", "enable", "place", "take_out", "give", "withdraw"]
    phase: Literal["asked", "stop_asked", "done", "stopped", "failed", "undo_asked", "undone"]
    total: Count = 0
    left_out: Count = 0
    done: Count = 0
    refused: Count = 0
    unit_id: UUID | None = None
    role_id: UUID | None = None


class PersonErased(_OfPerson, frozen=True, kw_only=True):
    """Everything held on a person was erased; `rows` is how many."""

    name: ClassVar[str] = "person.erased"
    rows: Count = 0


class PasswordChanged(_OfPerson, frozen=True, kw_only=True):
    """A person's password was changed."""

    name: ClassVar[str] = "password.changed"
    by: Literal["self", "command", "administrator"] = "self"


class RightsFromClaims(_OfPerson, frozen=True, kw_only=True):
    """At a sign-in or a silent renewal, the claims of a provider changed what a person belongs to or holds.

    Figures say how much; each unit and each role has its own line, after this one.
    """

    name: ClassVar[str] = "person.rights_from_claims"
    provider: Slug
    at: Literal["sign_in", "renewal"] = "sign_in"
    units_given: Count = 0
    units_withdrawn: Count = 0
    roles_given: Count = 0
    roles_withdrawn: Count = 0


class EmergencyArmed(_OfPerson, frozen=True, kw_only=True):
    """A one-time secret was made, by command, that opens the local sign-in for this person while it is off."""

    name: ClassVar[str] = "emergency.armed"


class EmergencyOpened(_OfPerson, frozen=True, kw_only=True):
    """The one-time secret was used: for a while this person may sign in with their password. Never ordinary."""

    name: ClassVar[str] = "emergency.opened"
    minutes: Count


class EmergencyRefused(BaseEvent, frozen=True, kw_only=True):
    """A wrong or spent secret was presented to open the local sign-in."""

    name: ClassVar[str] = "emergency.refused"
    object_kind: ClassVar[ObjectKind] = "person"

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class AdministratorFirst(_OfPerson, frozen=True, kw_only=True):
    """The installation's first administrator took the one-time link."""

    name: ClassVar[str] = "administrator.first"


class AdministratorFirstRefused(BaseEvent, frozen=True, kw_only=True):
    """Someone tried to become the first administrator and was refused."""

    name: ClassVar[str] = "administrator.first_refused"
    object_kind: ClassVar[ObjectKind] = "administrator"
    reason: Literal["wrong_secret", "already_done"]

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class AdministratorGranted(_OfPerson, frozen=True, kw_only=True):
    """A person became an administrator."""

    name: ClassVar[str] = "administrator.granted"


class AdministratorWithdrawn(_OfPerson, frozen=True, kw_only=True):
    """A person is no longer an administrator."""

    name: ClassVar[str] = "administrator.withdrawn"


class _OfInvitation(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "invitation"
    object_field: ClassVar[str | None] = "invitation_id"


class InvitationMade(_OfInvitation, frozen=True, kw_only=True):
    """An administrator made an invitation link."""

    name: ClassVar[str] = "invitation.made"
    invitation_id: UUID
    is_administrator: bool = False


class InvitationAccepted(_OfInvitation, frozen=True, kw_only=True):
    """An invitation was used; the person it made."""

    name: ClassVar[str] = "invitation.accepted"
    invitation_id: UUID
    person_id: UUID


class InvitationWithdrawn(_OfInvitation, frozen=True, kw_only=True):
    """An administrator took an invitation back before it was used."""

    name: ClassVar[str] = "invitation.withdrawn"
    invitation_id: UUID


class InvitationRefused(_OfInvitation, frozen=True, kw_only=True):
    """A link of invitation was presented and refused."""

    name: ClassVar[str] = "invitation.refused"
    invitation_id: UUID | None = None
    reason: Literal["unknown", "expired", "used", "withdrawn"]

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class AccessRefused(BaseEvent, frozen=True, kw_only=True):
    """A known person asked for what they may not reach; `code` is the error they received."""

    name: ClassVar[str] = "access.refused"
    object_kind: ClassVar[ObjectKind] = "route"
    object_field: ClassVar[str | None] = "object_id"
    kind: ObjectKind = "route"
    object_id: Slug | None = None
    code: Code

    @property
    def object_type(self) -> ObjectKind:
        """The kind of what was asked for."""
        return self.kind

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"
