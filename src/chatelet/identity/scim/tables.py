"""Tables of SCIM: the directories that provision, and what each has said of persons and groups."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class ScimClient(Base):
    """A directory that provisions the persons of one issuer; `subject_from` tells which attribute is their subject.

    `unit_id` bounds it: the persons it makes belong there, and its groups lead nowhere else. `renewed_at` is the day of
    the token, where it is not the first one.
    """

    __tablename__ = "scim_clients"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("subject_from IN ('external_id', 'user_name')", name="subject_from"),
        Index("ix_scim_clients_unit_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str] = mapped_column(Text)
    subject_from: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    renewed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ScimUser(Base):
    """What a directory says of a person; its identifier in SCIM is the person's.

    `active` is what the directory said last; `stopped`: the person was disabled on its word, so that its word enables
    them again, and never someone whom an administrator disabled. `deleted_at`: it no longer names them.
    """

    __tablename__ = "scim_users"
    __table_args__ = (
        UniqueConstraint("client_id", "user_key"),
        UniqueConstraint("client_id", "external_id"),
        Index("ix_scim_users_person_id", "person_id"),
        Index("ix_scim_users_client_id_last_modified", "client_id", "last_modified"),
        Index("ix_scim_users_emails", "emails", postgresql_using="gin", postgresql_ops={"emails": "jsonb_path_ops"}),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("scim_clients.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    user_name: Mapped[str] = mapped_column(Text)
    user_key: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
    display_name: Mapped[str | None] = mapped_column(Text)
    formatted: Mapped[str | None] = mapped_column(Text)
    family_name: Mapped[str | None] = mapped_column(Text)
    given_name: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(Text)
    emails: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    active: Mapped[bool]
    stopped: Mapped[bool]
    version: Mapped[int]
    created_at: Mapped[datetime]
    last_modified: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class ScimGroup(Base):
    """A group of a directory, and what it leads to: a unit, a role on a unit or everywhere, or nothing yet."""

    __tablename__ = "scim_groups"
    __table_args__ = (
        UniqueConstraint("client_id", "group_key"),
        UniqueConstraint("client_id", "external_id"),
        Index("ix_scim_groups_unit_id", "unit_id"),
        Index("ix_scim_groups_role_id", "role_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("scim_clients.id"))
    display_name: Mapped[str] = mapped_column(Text)
    group_key: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    role_id: Mapped[UUID | None] = mapped_column(ForeignKey("roles.id"))
    version: Mapped[int]
    created_at: Mapped[datetime]
    last_modified: Mapped[datetime]


class ScimGroupMember(Base):
    """A person whom a directory puts in one of its groups."""

    __tablename__ = "scim_group_members"
    __table_args__ = (Index("ix_scim_group_members_person_id", "person_id"),)

    group_id: Mapped[UUID] = mapped_column(ForeignKey("scim_groups.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
