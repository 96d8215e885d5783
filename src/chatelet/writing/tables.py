"""Tables of works: what was asked, how far it is, what was written so far. Words are sealed with the work's own key."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement

# Where both units decided, what the one that stays says of inclusive writing holds.
_MERGED: Final = Settlement(
    "receiver",
    both="""
    SELECT count(*) FROM inclusive_rules
    WHERE unit_id = :gone AND EXISTS (SELECT FROM inclusive_rules WHERE unit_id = :into)
    """,
    statements=(
        """
        DELETE FROM inclusive_rules
        WHERE unit_id = :gone AND EXISTS (SELECT FROM inclusive_rules WHERE unit_id = :into)
        """,
    ),
)


class Work(Base):
    """A text or a file that a person wants translated, rewritten or summarised; or a draft from a template.

    `asked_sealed`: the task, the names and, without file, the text. `told_sealed`: the report and the text written.
    `token` names the process that has it, which says at `touched_at` that it lives. `resumes_at`: paused
    because an allowance is used up, it goes on by itself then.
    """

    __tablename__ = "works"
    __table_args__ = (
        CheckConstraint("kind IN ('translate', 'rewrite', 'summarise', 'draft')", name="kind"),
        CheckConstraint("state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')", name="state"),
        Index("ix_works_person_id", "person_id"),
        Index("ix_works_expires_at", "expires_at"),
        Index("ix_works_resumes_at", "resumes_at", postgresql_where=text("resumes_at IS NOT NULL")),
        Index("ix_works_touched_at", "touched_at", postgresql_where=text("state IN ('queued', 'running')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    asked_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    told_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_id: Mapped[UUID | None]
    result_file_id: Mapped[UUID | None]
    level: Mapped[str] = mapped_column(Text)
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    model_id: Mapped[str | None] = mapped_column(Text)
    segments: Mapped[int] = mapped_column(server_default="0")
    done: Mapped[int] = mapped_column(server_default="0")
    done_before: Mapped[int] = mapped_column(server_default="0")
    attempts: Mapped[int] = mapped_column(server_default="0")
    prompt_tokens: Mapped[int] = mapped_column(server_default="0")
    completion_tokens: Mapped[int] = mapped_column(server_default="0")
    error_code: Mapped[str | None] = mapped_column(Text)
    token: Mapped[UUID | None]
    resumes_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    touched_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class WorkPiece(Base):
    """Segments of a work, written together: a work killed half way goes on from there."""

    __tablename__ = "work_pieces"

    work_id: Mapped[UUID] = mapped_column(ForeignKey("works.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    segments: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Glossary(Base):
    """Terms, or a translation memory, that a person keeps, or a unit: then whoever belongs there uses it.

    `by_default`: used in works of these languages without being asked for.
    """

    __tablename__ = "glossaries"
    __table_args__ = (
        CheckConstraint("kind IN ('terms', 'memory')", name="kind"),
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="owned_once"),
        Index("ix_glossaries_person_id", "person_id"),
        Index("ix_glossaries_unit_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    source: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(Text)
    lines: Mapped[int]
    by_default: Mapped[bool] = mapped_column(server_default="false")
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    lines_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class InclusiveRule(Base):
    """What a unit decided of inclusive writing: it holds for whoever is in it, unless a unit below says otherwise."""

    __tablename__ = "inclusive_rules"
    __table_args__ = (
        CheckConstraint("rule IN ('none', 'generic', 'epicene', 'doublets', 'median-point')", name="rule"),
        {"info": {"unit_merge": _MERGED}},
    )

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"), primary_key=True)
    rule: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime]


class TemplateRow(Base):
    """A template that a person keeps, or a unit; its words are in its versions, sealed with its own key."""

    __tablename__ = "templates"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="owned_once"),
        Index("ix_templates_person_id", "person_id"),
        Index("ix_templates_unit_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    version: Mapped[int]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TemplateStyle(Base):
    """The style file of a template: a document whose styles, header and footer its drafts take."""

    __tablename__ = "template_styles"
    __table_args__ = (
        CheckConstraint("kind IN ('docx', 'odt')", name="kind"),
        Index("ix_template_styles_template_id", "template_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    template_id: Mapped[UUID] = mapped_column(ForeignKey("templates.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class TemplateVersion(Base):
    """A template as it was written at a moment."""

    __tablename__ = "template_versions"
    __table_args__ = (Index("ix_template_versions_style_id", "style_id"),)

    template_id: Mapped[UUID] = mapped_column(ForeignKey("templates.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    style_id: Mapped[UUID | None] = mapped_column(ForeignKey("template_styles.id"))
    created_at: Mapped[datetime]
