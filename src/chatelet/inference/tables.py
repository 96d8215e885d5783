"""Tables of inference. `source` tells who owns a row: `file` (chatelet.toml, followed at each start) or `page`.

`model_usage` holds figures only, and the person as a plain UUID.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class BackendRow(Base):
    """A server that runs models. `key_origin` is where its credential may go, and nowhere else (TA-063)."""

    __tablename__ = "backends"
    __table_args__ = (
        CheckConstraint("source IN ('file', 'page')", name="source"),
        CheckConstraint("prefix_cache IN ('salted', 'shared', 'none')", name="prefix_cache"),
    )

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    api_key_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    api_key_file: Mapped[str | None] = mapped_column(Text)
    key_origin: Mapped[str | None] = mapped_column(Text)
    ca_file: Mapped[str | None] = mapped_column(Text)
    zone_name: Mapped[str] = mapped_column(Text)
    zone_country: Mapped[str] = mapped_column(Text)
    zone_operator: Mapped[str] = mapped_column(Text)
    zone_legal_reach: Mapped[str] = mapped_column(Text)
    zone_qualifications: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    connect_seconds: Mapped[float] = mapped_column(Double)
    first_token_seconds: Mapped[float] = mapped_column(Double)
    between_tokens_seconds: Mapped[float] = mapped_column(Double)
    concurrent_answers: Mapped[int | None]
    prefix_cache: Mapped[str] = mapped_column(Text, server_default="shared")
    enabled: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ModelRow(Base):
    """A model as offered to people; `upstream` is the name its backend knows it by."""

    __tablename__ = "models"
    __table_args__ = (
        CheckConstraint("source IN ('file', 'page')", name="source"),
        CheckConstraint(
            "highest_level ~ '^(public|internal|restricted|diffusion_restreinte)(_[1-3])?$'", name="highest_level"
        ),
        Index("ix_models_backend", "backend"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    display_name: Mapped[str] = mapped_column(Text)
    description_fr: Mapped[str | None] = mapped_column(Text)
    description_en: Mapped[str | None] = mapped_column(Text)
    backend: Mapped[str] = mapped_column(ForeignKey("backends.name"))
    upstream: Mapped[str] = mapped_column(Text)
    context_tokens: Mapped[int]
    max_output_tokens: Mapped[int]
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    abilities: Mapped[list[str]] = mapped_column(ARRAY(Text))
    highest_level: Mapped[str] = mapped_column(Text)
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{personal}")
    no_training: Mapped[bool]
    log_delay_days: Mapped[int | None]
    price_input: Mapped[float | None] = mapped_column(Double)
    price_output: Mapped[float | None] = mapped_column(Double)
    active_parameters_billions: Mapped[float | None] = mapped_column(Double)
    renewal_date: Mapped[date | None]
    enabled: Mapped[bool]
    is_default: Mapped[bool]
    position: Mapped[int]
    demonstration: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class UsageRow(Base):
    """What one answer cost; never what it said. `model_id` and `backend` outlive the rows they name."""

    __tablename__ = "model_usage"
    __table_args__ = (
        CheckConstraint("purpose IN ('turn', 'title', 'summary', 'api', 'writing', 'research')", name="purpose"),
        Index("ix_model_usage_person_id_created_at", "person_id", "created_at"),
        Index("ix_model_usage_unit_id_created_at", "unit_id", "created_at"),
        Index("ix_model_usage_created_at", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    model_id: Mapped[str] = mapped_column(Text)
    backend: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    prompt_tokens: Mapped[int]
    completion_tokens: Mapped[int]
    estimated: Mapped[bool]
    energy_wh: Mapped[float | None] = mapped_column(Double)
    cost_euros: Mapped[float | None] = mapped_column(Double)
    created_at: Mapped[datetime]
