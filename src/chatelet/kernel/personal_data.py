"""What each domain that holds personal data must offer: export and erasure of one person's rows.

Every table is claimed by one domain's `personal_data.py` (`TABLES`) or declared free of personal data in
`tests/architecture/test_personal_data.py`; a table that is neither fails the build.
"""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

Exported = Mapping[str, object]


class PersonalData(Protocol):
    """One domain's answer to access, portability and erasure (GDPR 15, 17, 20)."""

    TABLES: frozenset[str]

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return everything this domain holds on the person, ready for JSON."""
        ...

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Delete everything this domain holds on the person; return the number of rows."""
        ...
