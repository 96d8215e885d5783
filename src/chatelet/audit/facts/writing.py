"""Facts about works of the writing desk, glossaries and templates. Never a word of them, nor the name of a file."""

from typing import ClassVar, Literal
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Code, Codes, Count, Hexadecimal, Level, ObjectKind, Result, Slug


class _OfWork(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "work"
    object_field: ClassVar[str | None] = "work_id"
    work_id: UUID


class WorkAsked(_OfWork, frozen=True, kw_only=True):
    """A person asked for a text, or a file, to be translated, rewritten or summarised."""

    name: ClassVar[str] = "work.asked"
    kind: Code
    level: Level
    files: Count
    model: Slug | None = None


class WorkPseudonymised(_OfWork, frozen=True, kw_only=True):
    """Names met in a work were replaced before its words left for a model: how many of a batch, of which types."""

    name: ClassVar[str] = "work.pseudonymised"
    model: Slug
    level: Level
    categories: Codes = ()
    replaced: Count
    types: Codes = ()


class PapersRead(BaseEvent, frozen=True, kw_only=True):
    """A person asked papers of a base: a question, a text from them, an explanation. Its words are not told."""

    name: ClassVar[str] = "papers.read"
    object_kind: ClassVar[ObjectKind] = "collection"
    object_field: ClassVar[str | None] = "collection_id"
    collection_id: UUID
    papers: Count
    kind: Literal["cell", "synthesis", "explanation"]
    level: Level
    model: Slug


class PapersPseudonymised(BaseEvent, frozen=True, kw_only=True):
    """Names met in papers of a base were replaced before their words left for a model: how many, of which types."""

    name: ClassVar[str] = "papers.pseudonymised"
    object_kind: ClassVar[ObjectKind] = "collection"
    object_field: ClassVar[str | None] = "collection_id"
    collection_id: UUID
    model: Slug
    level: Level
    categories: Codes = ()
    replaced: Count
    types: Codes = ()


class WorkChanged(_OfWork, frozen=True, kw_only=True):
    """A work was paused, resumed, cancelled, changed by hand or deleted, by its person or because its time was over.

    `error` tells why it was paused by itself. `reworded`: other words were asked for a sentence; `chosen`: put there.
    """

    name: ClassVar[str] = "work.changed"
    action: Literal["paused", "resumed", "cancelled", "edited", "deleted", "expired", "reworded", "chosen"]
    error: Code | None = None


class WorkOpened(_OfWork, frozen=True, kw_only=True):
    """The file that a work made was downloaded."""

    name: ClassVar[str] = "work.opened"


class WorkPublished(_OfWork, frozen=True, kw_only=True):
    """A draft was taken away to be published: whether its person said to have reviewed it, whether it is labelled.

    `file`: the fingerprint (SHA-256) of the file that they took, by which it is known again.
    """

    name: ClassVar[str] = "work.published"
    form: Code
    reviewed: bool
    labelled: bool
    file: Hexadecimal


class WorkClosed(_OfWork, frozen=True, kw_only=True):
    """A work ended; `kept` segments stayed as they were, since nothing good came of them."""

    name: ClassVar[str] = "work.closed"
    kind: Code
    state: Literal["done", "failed"]
    level: Level
    model: Slug | None = None
    error: Code | None = None
    segments: Count = 0
    kept: Count = 0
    prompt_tokens: Count = 0
    completion_tokens: Count = 0

    @property
    def result(self) -> Result:
        """Whether it was written."""
        return "done" if self.state == "done" else "failed"


class GlossaryChanged(BaseEvent, frozen=True, kw_only=True):
    """A glossary or a translation memory was imported or made, changed, taken away as a file, or deleted."""

    name: ClassVar[str] = "glossary.changed"
    object_kind: ClassVar[ObjectKind] = "glossary"
    object_field: ClassVar[str | None] = "glossary_id"
    glossary_id: UUID
    action: Literal["added", "changed", "exported", "removed"]
    kind: Literal["terms", "memory"]
    lines: Count
    unit_id: UUID | None = None


class InclusiveRuleSet(BaseEvent, frozen=True, kw_only=True):
    """A unit decided of inclusive writing; without rule, it leaves it to the units above."""

    name: ClassVar[str] = "inclusive_rule.set"
    object_kind: ClassVar[ObjectKind] = "unit"
    object_field: ClassVar[str | None] = "unit_id"
    unit_id: UUID
    rule: Code | None = None


class TemplateChanged(BaseEvent, frozen=True, kw_only=True):
    """A template was added, changed (its words or its style file), taken away as a file, or deleted."""

    name: ClassVar[str] = "template.changed"
    object_kind: ClassVar[ObjectKind] = "template"
    object_field: ClassVar[str | None] = "template_id"
    template_id: UUID
    action: Literal["added", "changed", "styled", "exported", "removed"]
    version: Count
    unit_id: UUID | None = None
