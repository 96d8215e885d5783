"""Tables of identity. Secrets are kept as hashes only: argon2id for passwords, SHA-256 for the random tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Person(Base):
    """Someone who may use the installation. Identified by (issuer, subject), never by e-mail (TA-005).

    Only a local account owns its e-mail: a provider's is information, that others may share. `verified_email` is
    the last address that a provider vouched for, whatever is shown.
    """

    __tablename__ = "persons"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        Index("uq_persons_local_email", "email", unique=True, postgresql_where=text("issuer = 'local'")),
        CheckConstraint("state IN ('active', 'disabled')", name="state"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        Index("ix_persons_sort_name_id", "sort_name", "id"),
        Index("ix_persons_search_vector", "search_vector", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(Text)
    verified_email: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    search_vector: Mapped[str] = mapped_column(TSVECTOR)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]


class PersonSession(Base):
    """A sign-in on one browser. `idle_minutes` is the setting at its opening: one query decides whether it lives."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_sessions_person_id", "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    idle_minutes: Mapped[int]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Invitation(Base):
    """A link that lets one future person choose a password, once."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index("ix_invitations_email", "email"),
        Index("ix_invitations_made_by", "made_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    is_administrator: Mapped[bool]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class SignInAttempt(Base):
    """One throttle: for an account, an address, or an account from an address. Shared by every process.

    `key` is a SHA-256; `account_hash` (SHA-256 of the e-mail) lets a person's rows be erased. `level` counts failures
    and leaks with time; `trusted_until` tells that this account has signed in from this address.
    """

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_account_hash", "account_hash"),)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    level: Mapped[float]
    charged_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
    trusted_until: Mapped[datetime | None]


class Installation(Base):
    """The single row behind the one-time secret of the first administrator; its lock makes that creation unique."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    secret_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime | None]
    consumed_at: Mapped[datetime | None]
