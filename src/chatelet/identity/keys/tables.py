"""Table of API keys. The secret is kept as a SHA-256 only: it has 256 bits of chance (see `identity.tokens`)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class ApiKey(Base):
    """A key of `person_id`, its owner; for an application, of `unit_id`, as long as the owner manages keys there.

    `models` and `collections` null: all that the owner may reach. `refused_at`: when a refusal was last journalled.
    `replaces`: the key that this one took the place of, and which lives on until its own shortened end.
    """

    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("secret_hash"),
        Index("ix_api_keys_person_id_id", "person_id", "id"),
        Index("ix_api_keys_unit_id_id", "unit_id", "id"),
        Index("ix_api_keys_origins", "origins", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary)
    models: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    routes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    collections: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid()))
    origins: Mapped[list[str]] = mapped_column(ARRAY(Text))
    addresses: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    replaces: Mapped[UUID | None] = mapped_column(ForeignKey("api_keys.id", ondelete="SET NULL"))
