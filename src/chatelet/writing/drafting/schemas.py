"""Request and response types of templates and drafts."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chatelet.documents.publication import PublicationIn
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.writing.drafting import template as template_values
from chatelet.writing.drafting.template import LONGEST_BODY, MOST_FIELDS, FieldKind, Language, Template
from chatelet.writing.works.schemas import PSEUDONYMISE, WorkOut, WriteModel

Owner = Literal["installation", "unit", "person"]
StyleKind = Literal["docx", "odt"]
DraftForm = Literal["docx", "odt", "pdf", "md"]
Short = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=600, pattern=r"^[^\x00]*$")]
Value = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Name = Annotated[str, StringConstraints(max_length=80)]
LONGEST_FILE = 60_000
LONGEST_DRAFT = 200_000


class FieldModel(WriteModel):
    """A line of the form."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    name: Name
    label: Short
    kind: FieldKind = FieldKind.SHORT
    required: bool = False
    help: Line = ""
    choices: Annotated[list[Short], Field(max_length=40)] = Field(default_factory=list)


class TemplateContent(WriteModel):
    """What a template says, as its author writes it."""

    name: Short
    purpose: Line = ""
    language: Language
    fields: Annotated[list[FieldModel], Field(max_length=MOST_FIELDS)]
    body: Annotated[str, StringConstraints(max_length=LONGEST_BODY, pattern=r"^[^\x00]*$")]

    def plain(self) -> Template:
        """Return the template, not checked yet."""
        fields = tuple(
            template_values.Field(one.name, one.label, one.kind, one.required, one.help, tuple(one.choices))
            for one in self.fields
        )
        return Template(self.name, self.purpose, self.language, fields, self.body)

    @classmethod
    def of(cls, template: Template) -> "TemplateContent":
        """Return what is sent of a template."""
        return cls(
            name=template.name,
            purpose=template.purpose,
            language=template.language,
            fields=[FieldModel.model_validate(one) for one in template.fields],
            body=template.body,
        )


class NewTemplate(WriteModel):
    """A template to add, for oneself or for a unit: written in the page, or a whole Markdown file."""

    content: TemplateContent | None = None
    file: Annotated[str, StringConstraints(max_length=LONGEST_FILE, pattern=r"^[^\x00]*$")] | None = None
    unit_id: UUID | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.content is None) == (self.file is None):
            raise ValueError("a content or a file")
        return self


class TemplateChange(WriteModel):
    """A new version; `version` is that which was read, so that nobody's change is lost."""

    content: TemplateContent
    version: int


class TemplateCopy(WriteModel):
    """Where a copy goes: to a unit, or to oneself."""

    unit_id: UUID | None = None


class TemplateOut(BaseModel):
    """A template as it is chosen. `can_change`: the caller may change and delete it."""

    id: UUID
    name: str
    purpose: str
    language: Language
    owner: Owner
    unit_id: UUID | None
    unit_name: str | None
    version: int
    can_change: bool
    style: StyleKind | None
    style_name: str | None
    updated_at: datetime | None


class TemplateList(BaseModel):
    """All that the caller may use: their own, their units', the installation's."""

    items: list[TemplateOut]


class TemplateFull(TemplateOut):
    """A template with its form and its body."""

    content: TemplateContent


class NewDraft(WriteModel):
    """A form that was filled; dates as `2026-03-12`, yes or no as `yes` and `no`, amounts in euros."""

    template_id: UUID
    values: Annotated[dict[Name, Value], Field(max_length=MOST_FIELDS)]
    level: DeclaredLevel | None = None
    model: Annotated[str, StringConstraints(max_length=64)] | None = None
    pseudonymise: bool = Field(default=False, description=PSEUDONYMISE)


class DraftChange(WriteModel):
    """The text, changed by hand."""

    text: Annotated[str, StringConstraints(max_length=LONGEST_DRAFT, pattern=r"^[^\x00]*$")]


class DraftPublication(PublicationIn):
    """A draft to publish, in one of the forms of a file."""

    form: DraftForm = "docx"


class GivenOut(BaseModel):
    """What was given for a field, as the document says it."""

    label: str
    words: str


class ToCheckOut(BaseModel):
    """A stretch of the text to check; positions count code points, end excluded."""

    model_config = ConfigDict(from_attributes=True)

    kind: Literal["empty", "figure", "amount", "date", "reference", "promise", "name"]
    start: int
    end: int
    words: str
    given: bool


class DraftOut(BaseModel):
    """A draft: the work it is, its text so far, what a person must still check of it."""

    work: WorkOut
    language: Language
    template_id: UUID | None
    template_version: int
    style: StyleKind | None
    given: list[GivenOut]
    text: str
    findings: list[ToCheckOut]
