"""Facts about adoption: charter, acceptances, waves, volunteers, codes. Never a text, a name nor an address."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Changes, Codes, Count, Hexadecimal, ObjectKind, Result


class _OfCharter(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "charter"


class CharterPublished(_OfCharter, frozen=True, kw_only=True):
    """A version of a charter was published, for a unit or the institution; `asked` persons must accept it."""

    name: ClassVar[str] = "charter.published"
    unit_id: UUID | None = None
    version: Count
    asked: Count
    hash_fr: Hexadecimal | None = None
    hash_en: Hexadecimal | None = None


class CharterWithdrawn(_OfCharter, frozen=True, kw_only=True):
    """A charter is no longer in force; the nearest one above is."""

    name: ClassVar[str] = "charter.withdrawn"
    unit_id: UUID | None = None
    version: Count


class CharterAccepted(_OfCharter, frozen=True, kw_only=True):
    """A person accepted this text: the proof, beside that of the table."""

    name: ClassVar[str] = "charter.accepted"
    object_field: ClassVar[str | None] = "charter_id"
    charter_id: UUID
    version: Count
    language: Literal["fr", "en"]
    hash: Hexadecimal


class CharterExported(_OfCharter, frozen=True, kw_only=True):
    """The acceptances of a unit, or of the institution, were exported with the names of persons."""

    name: ClassVar[str] = "charter.exported"
    unit_id: UUID | None = None
    rows: Count


class _OfCohort(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "cohort"
    object_field: ClassVar[str | None] = "cohort_id"
    cohort_id: UUID


class CohortChanged(_OfCohort, frozen=True, kw_only=True):
    """A wave was prepared, changed, opened or closed; `changed` names the fields."""

    name: ClassVar[str] = "cohort.changed"
    action: Literal["added", "changed", "opened", "closed"]
    changed: Codes = ()
    capacity: Count | None = None
    values: Changes = ()


class VolunteersChosen(_OfCohort, frozen=True, kw_only=True):
    """Volunteers were put in a wave, or taken out of it."""

    name: ClassVar[str] = "volunteers.chosen"
    action: Literal["added", "removed"]
    rule: Literal["by_hand", "first_come", "unit_share"]
    count: Count


class VolunteersMailed(_OfCohort, frozen=True, kw_only=True):
    """Messages to the members of a wave were asked for."""

    name: ClassVar[str] = "volunteers.mailed"
    kind: Literal["invitation", "reminder"]
    count: Count


class CodesMade(_OfCohort, frozen=True, kw_only=True):
    """Activation codes were made and given to an administrator; earlier ones of the same members stopped working."""

    name: ClassVar[str] = "codes.made"
    count: Count


class VolunteersAdded(BaseEvent, frozen=True, kw_only=True):
    """An administrator put persons on the waiting list."""

    name: ClassVar[str] = "volunteers.added"
    object_kind: ClassVar[ObjectKind] = "volunteer"
    count: Count
    known: Count = 0


class VolunteerChanged(BaseEvent, frozen=True, kw_only=True):
    """A volunteer registered, confirmed an address, declined, was removed, put in a unit or found to be of theirs."""

    name: ClassVar[str] = "volunteer.changed"
    object_kind: ClassVar[ObjectKind] = "volunteer"
    object_field: ClassVar[str | None] = "volunteer_id"
    volunteer_id: UUID
    action: Literal["registered", "confirmed", "declined", "removed", "moved", "unit_confirmed"]


class VolunteerActivated(BaseEvent, frozen=True, kw_only=True):
    """A member of a wave opened their account, by a code on paper or a link sent to their address."""

    name: ClassVar[str] = "volunteer.activated"
    object_kind: ClassVar[ObjectKind] = "volunteer"
    object_field: ClassVar[str | None] = "volunteer_id"
    volunteer_id: UUID
    person_id: UUID
    cohort_id: UUID
    by: Literal["code", "link"]


class ActivationRefused(BaseEvent, frozen=True, kw_only=True):
    """A code or a link was presented and refused."""

    name: ClassVar[str] = "activation.refused"
    object_kind: ClassVar[ObjectKind] = "volunteer"
    object_field: ClassVar[str | None] = "volunteer_id"
    volunteer_id: UUID | None = None
    reason: Literal["unknown", "expired", "closed", "full", "throttled", "taken"]

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"


class UnitOpened(BaseEvent, frozen=True, kw_only=True):
    """The persons of a unit may use the service from a day on, or may no longer by this rule."""

    name: ClassVar[str] = "unit.opened"
    object_kind: ClassVar[ObjectKind] = "unit"
    object_field: ClassVar[str | None] = "unit_id"
    unit_id: UUID
    action: Literal["added", "changed", "removed"]
    values: Changes = ()


class WordsChanged(BaseEvent, frozen=True, kw_only=True):
    """An administrator changed the words of a message, or went back to those that ship with the product."""

    name: ClassVar[str] = "words.changed"
    object_kind: ClassVar[ObjectKind] = "cohort"
    kind: Literal["confirmation", "invitation", "activation", "reminder"]
    language: Literal["fr", "en"]
    values: Changes = ()
