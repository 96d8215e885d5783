"""What was asked of a draft, sealed with its work: the template as it was, what was given, the style file's name."""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

import msgspec

from chatelet.writing.drafting import filling, review
from chatelet.writing.drafting.review import Finding
from chatelet.writing.drafting.template import Template
from chatelet.writing.drafting.writing import written
from chatelet.writing.task import Outcome

_LONGEST_TITLE: Final = 120


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

    @property
    def title(self) -> str:
        """Return how the draft is called in a list: its first title, once filled; else its template's name."""
        found = re.search(r"^#[ \t]+(.+)$", self.text({}), re.MULTILINE)
        title = found[1].strip() if found else ""
        return title[:_LONGEST_TITLE] if title and "[" not in title else self.template.name

    @property
    def file_name(self) -> str:
        """Return the title as a name that no folder cuts."""
        return self.title.replace("/", "-")

    def findings(self, text: str) -> list[Finding]:
        """Return what a reader must check of `text`, which may have been changed by hand."""
        given = [*self.values.values(), *(words for _, words in self.facts)]
        return review.review(text, given, self.template.body, self.template.language)
