"""Tables of single sign-on. Secrets of ours are hashes; the provider's are sealed with the installation's key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class SignInProvider(Base):
    """A way in: an OpenID provider, or a directory (LDAP; its own columns are in `sign_in_directories`).

    `issuer` is compared as it is, its last "/" included; a directory's begins with `ldap:`, no provider's does.
    `sign_out`: how our sign-out reaches it (see `sign_out`). `other_origins` are the only origins, besides the
    issuer's, that its discovery document may send us to.
    """

    __tablename__ = "sign_in_providers"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("issuer", "client_id"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        CheckConstraint("sign_out IN ('ask', 'post', 'none')", name="sign_out"),
        CheckConstraint("kind IN ('openid', 'directory')", name="kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text, server_default=text("'openid'"))
    code: Mapped[str] = mapped_column(Text)
    name_fr: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str] = mapped_column(Text)
    client_secret_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    other_origins: Mapped[list[str]] = mapped_column(ARRAY(Text))
    ca_certificate: Mapped[str | None] = mapped_column(Text)
    enabled: Mapped[bool]
    creates_persons: Mapped[bool]
    language: Mapped[str] = mapped_column(Text)
    sign_out: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ClaimRule(Base):
    """What a claim gives at each sign-in and silent renewal: a unit to belong to, a role on it, or a role everywhere.

    `takes_unit_from_claim`: the unit's code is the value found (after the prefix), not `unit_code`.
    """

    __tablename__ = "claim_rules"
    __table_args__ = (
        Index("ix_claim_rules_provider_id_position", "provider_id", "position"),
        CheckConstraint("operator IN ('equals', 'contains', 'prefix', 'one_of', 'present')", name="operator"),
        CheckConstraint(
            "unit_code IS NOT NULL OR takes_unit_from_claim OR role_code IS NOT NULL", name="gives_something"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_providers.id", ondelete="CASCADE"))
    position: Mapped[int]
    claim: Mapped[str] = mapped_column(Text)
    operator: Mapped[str] = mapped_column(Text)
    values: Mapped[list[str]] = mapped_column(ARRAY(Text))
    unit_code: Mapped[str | None] = mapped_column(Text)
    takes_unit_from_claim: Mapped[bool]
    role_code: Mapped[str | None] = mapped_column(Text)


class SignInFlow(Base):
    """A sign-in begun by one browser, for ten minutes and one return. Only hashes: see `flows`."""

    __tablename__ = "sign_in_flows"
    __table_args__ = (Index("ix_sign_in_flows_expires_at", "expires_at"),)

    state_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_providers.id", ondelete="CASCADE"))
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary)
    return_to: Mapped[str] = mapped_column(Text)
    silent: Mapped[bool]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ProviderSession(Base):
    """What ties one of our sessions to the provider's: needed to end either when the other ends."""

    __tablename__ = "provider_sessions"
    __table_args__ = (
        Index("ix_provider_sessions_provider_id_sid", "provider_id", "sid"),
        Index("ix_provider_sessions_check_at", "check_at"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_providers.id", ondelete="CASCADE"))
    sid: Mapped[str | None] = mapped_column(Text)
    id_token_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    refresh_token_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    check_at: Mapped[datetime | None]
    sign_out_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    sign_out_until: Mapped[datetime | None]


class SpentToken(Base):
    """A logout token already used: it is refused until it would be too old anyway."""

    __tablename__ = "spent_tokens"
    __table_args__ = (Index("ix_spent_tokens_expires_at", "expires_at"),)

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    expires_at: Mapped[datetime]


class SignInRecord(Base):
    """One sign-in, for the login inspector, kept a week. What was received and given is sealed.

    `subject_hash` (of issuer and subject) lets a person's lines be erased, the refused ones included.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (
        Index("ix_sign_ins_provider_id_id", "provider_id", "id"),
        Index("ix_sign_ins_person_id", "person_id"),
        Index("ix_sign_ins_subject_hash", "subject_hash"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_providers.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    subject_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    outcome: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    details_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class EmergencyAccess(Base):
    """The single sealed way in while the local form is off: a one-time secret for one local account."""

    __tablename__ = "emergency_access"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    secret_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    armed_at: Mapped[datetime]
    open_until: Mapped[datetime | None]
