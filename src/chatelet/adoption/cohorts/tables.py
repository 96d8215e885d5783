"""Tables of waves. Codes and tokens are kept as hashes only; messages to send as who and why, never as a text."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement


class Cohort(Base):
    """A wave: so many places, from a day to another. Nobody activates in one that is prepared or closed."""

    __tablename__ = "cohorts"
    __table_args__ = (
        CheckConstraint("state IN ('prepared', 'open', 'closed')", name="state"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("closes_on >= opens_on", name="dates"),
        Index("ix_cohorts_unit_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    capacity: Mapped[int]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    state: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]


class Volunteer(Base):
    """Someone who asks to use the service, from their registration to their account.

    `unit_told` is the unit as they wrote it; `unit_id` the one it was recognised as, or that an administrator chose;
    `unit_confirmed`: somebody who manages its waves said that it is theirs, it is given to their account.
    `token_hash` is a link sent by mail (half an hour), `code_hash` a code on paper (until the wave closes).
    """

    __tablename__ = "volunteers"
    __table_args__ = (
        UniqueConstraint("email"),
        UniqueConstraint("token_hash"),
        UniqueConstraint("code_hash"),
        CheckConstraint(
            "state IN ('unconfirmed', 'waiting', 'chosen', 'invited', 'activated', 'declined')", name="state"
        ),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        CheckConstraint(
            "(cohort_id IS NOT NULL) = (state IN ('chosen', 'invited', 'activated'))", name="cohort_of_members"
        ),
        Index("ix_volunteers_cohort_id_state", "cohort_id", "state"),
        Index("ix_volunteers_unit_id", "unit_id"),
        Index("ix_volunteers_person_id", "person_id"),
        Index("ix_volunteers_state_registered_at", "state", "registered_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    unit_confirmed: Mapped[bool] = mapped_column(server_default=text("false"))
    unit_told: Mapped[str] = mapped_column(Text)
    uses: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohorts.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    token_expires_at: Mapped[datetime | None]
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    registered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    chosen_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    activated_at: Mapped[datetime | None]


class Mailing(Base):
    """One message to one volunteer, asked for in the transaction of its reason, sent once by a job."""

    __tablename__ = "mailings"
    __table_args__ = (
        CheckConstraint("kind IN ('confirmation', 'invitation', 'activation', 'reminder')", name="kind"),
        Index("ix_mailings_volunteer_id_kind", "volunteer_id", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]


class MailWords(Base):
    """The words of a message, where an administrator wrote their own."""

    __tablename__ = "mail_words"
    __table_args__ = (
        CheckConstraint("kind IN ('confirmation', 'invitation', 'activation', 'reminder')", name="kind"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
    )

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


# Two days on which one unit is let in: the earlier, for nobody is put out again.
_MERGED: Final = Settlement(
    "earlier",
    both="SELECT count(*) FROM unit_openings a, unit_openings b WHERE a.unit_id = :gone AND b.unit_id = :into",
    statements=(
        """
        UPDATE unit_openings b SET opens_on = least(b.opens_on, a.opens_on) FROM unit_openings a
        WHERE a.unit_id = :gone AND b.unit_id = :into
        """,
        """
        DELETE FROM unit_openings WHERE unit_id = :gone
          AND EXISTS (SELECT FROM unit_openings b WHERE b.unit_id = :into)
        """,
    ),
)


class UnitOpening(Base):
    """The persons of a unit and all under it may use the service from this day on, without being chosen."""

    __tablename__ = "unit_openings"
    __table_args__ = {"info": {"unit_merge": _MERGED}}  # noqa: RUF012 (SQLAlchemy's declared form)

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)
    opens_on: Mapped[date]
    made_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
