"""Where a directory is and how it is read. What every provider has is in `sign_in_providers`."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class SignInDirectory(Base):
    """Columns of a provider of kind `directory`. Filters are RFC 4515; `{name}` is what somebody typed.

    `disabled_filter`: who it fits may not enter. `groups`: read from the entry (`member_of`), looked for (`search`), or
    looked for with the groups that hold them (`nested`, Active Directory). The columns of the tree serve imports only.
    """

    __tablename__ = "sign_in_directories"
    __table_args__ = (
        CheckConstraint("groups IN ('none', 'member_of', 'search', 'nested')", name="groups"),
        CheckConstraint("cardinality(servers) BETWEEN 1 AND 8", name="servers"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("sign_in_providers.id", ondelete="CASCADE"), primary_key=True)
    servers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    bind_dn: Mapped[str] = mapped_column(Text)
    bind_password_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    base_dn: Mapped[str] = mapped_column(Text)
    person_filter: Mapped[str] = mapped_column(Text)
    subject_attribute: Mapped[str] = mapped_column(Text)
    disabled_filter: Mapped[str | None] = mapped_column(Text)
    groups: Mapped[str] = mapped_column(Text)
    group_base: Mapped[str | None] = mapped_column(Text)
    import_filter: Mapped[str | None] = mapped_column(Text)
    unit_base: Mapped[str | None] = mapped_column(Text)
    unit_filter: Mapped[str | None] = mapped_column(Text)
    unit_code: Mapped[str] = mapped_column(Text)
    unit_name: Mapped[str] = mapped_column(Text)
    unit_parent: Mapped[str | None] = mapped_column(Text)
    person_unit: Mapped[str | None] = mapped_column(Text)
