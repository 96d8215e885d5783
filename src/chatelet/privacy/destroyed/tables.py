"""The table of destructions. It names nobody: a fingerprint is only compared with an identifier one holds already."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Destruction(Base):
    """One row or key that was destroyed; `digest` is the SHA-256 of its identifier, `kind` the table it was in."""

    __tablename__ = "destroyed"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    destroyed_at: Mapped[datetime] = mapped_column(server_default=text("now()"), index=True)
