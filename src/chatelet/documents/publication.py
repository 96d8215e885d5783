"""What a person says when they take a text away to publish it: its label, and whether they reviewed it (AI Act, 50(4)).

A text of public interest that a model wrote must tell its readers so, unless a person reviewed it and answers for it:
without a review, the label stays. The reviewer is always the caller: nobody says it for another.
"""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chatelet.documents.composing.blocks import Publication

_Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]


class PublicationIn(BaseModel):
    """A text to publish; `label` is what its readers see under its title, empty for nothing once it was reviewed."""

    model_config = ConfigDict(extra="forbid")

    reviewed: bool = Field(default=False, description="The caller reviewed the text and answers for its publication")
    label: _Label = ""

    @model_validator(mode="after")
    def _is_told(self) -> Self:
        if not (self.reviewed or self.label):
            raise ValueError("a text that nobody reviewed keeps its label")
        return self

    def by(self, name: str) -> Publication:
        """Return what the file says, the caller being so named."""
        return Publication(self.label, " ".join(name.split()) if self.reviewed else "")


def markdown_head(publication: Publication, at: datetime) -> list[str]:
    """Return the lines that a Markdown file begins with: comments for machines, then the label for readers."""
    comments = [f"<!-- {name}: {value.replace('--', '- -')} -->" for name, value in publication.properties(at)]
    label = publication.label.replace("*", "\\*").replace("<", "&lt;")
    return [*comments, *([f"*{label}*"] if label else [])]
