"""The label of what a work is given, what of it stays whatever names are replaced, and who may then write it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import msgspec

from chatelet.policy.guardrails.examination import Examination
from chatelet.policy.guardrails.pseudonyms.rules import rule_of
from chatelet.policy.sensitivity import Label
from chatelet.sections import PolicySettings
from chatelet.writing import beginning
from chatelet.writing.beginning import Chosen
from chatelet.writing.services import WritingServices
from chatelet.writing.works.sealed import Asked


@dataclass(frozen=True, slots=True)
class Held:
    """`kept`: what persons, files, conversations and markings decided, as in a turn."""

    label: Label
    kept: Label

    @classmethod
    def declared(cls, label: Label) -> "Held":
        """Begin with what the person declared."""
        return cls(label, label)

    def with_text(self, found: Examination) -> "Held":
        """Join what was found in a text."""
        return Held(self.label.join(found.label), self.kept.join(found.marked))

    def with_label(self, label: Label) -> "Held":
        """Join the label of where it comes from."""
        return Held(self.label.join(label), self.kept.join(label))

    def with_file(self, label: Label, policy: PolicySettings) -> "Held":
        """Join that of a file: its level stays, and the categories that replacing names does not take away."""
        left = Label(label.level, label.categories - rule_of(policy).categories)
        return Held(self.label.join(label), self.kept.join(left))

    def told_in(self, asked: Asked, *, pseudonymise: bool) -> Asked:
        """Return what was asked, with what a later run needs to know of it."""
        kept = self.kept
        return msgspec.structs.replace(
            asked, pseudonymise=pseudonymise, kept_level=kept.level.value, kept_categories=tuple(kept.names)
        )


def beginning_of(
    services: WritingServices, person_id: UUID, label: Label, asked: Asked, units: Collection[UUID]
) -> Chosen:
    """Return who writes a work of this label. Raises a `Refusal`, `PseudonymsOff`, `NoModelAvailable`."""
    return beginning.choose_writer(
        services, person_id, label, asked.kept_of(label), asked.model, units=units, pseudonymise=asked.pseudonymise
    )
