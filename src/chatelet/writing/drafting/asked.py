"""What was asked of a draft, sealed with its work: the template as it was, what was given, the style file's name."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from chatelet.writing.drafting import filling, review
from chatelet.writing.drafting.review import Finding
from chatelet.writing.drafting.template import Template
from chatelet.writing.drafting.writing import written
from chatelet.writing.task import Outcome


class AskedDraft(msgspec.Struct, frozen=True):
    """A draft keeps its template whole: it stays what it was when the template changes, or goes."""

    template_id: UUID | None
    version: int
    template: Template
    values: dict[str, str]
    style_id: UUID | None = None
    style_kind: str | None = None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return what was given, as the form asked and as the document says it."""
        return filling.facts(self.template, self.values)

    @property
    def words(self) -> str:
        """Return all that a model will read of it, for the detectors."""
        return "\n".join((*self.values.values(), self.template.words))

    def parts(self) -> list[filling.Part]:
        """Return the parts of the document."""
        return filling.parts_of(self.template, self.values)

    def text(self, outcomes: Mapping[int, Outcome]) -> str:
        """Return the document as far as it is written."""
        return filling.joined(self.parts(), written(outcomes), self.template.language)

    def findings(self, text: str) -> list[Finding]:
        """Return what a reader must check of `text`, which may have been changed by hand."""
        given = [*self.values.values(), *(words for _, words in self.facts)]
        return review.review(text, given, self.template.body, self.template.language)
