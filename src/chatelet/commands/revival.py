"""What whoever keeps the installation does beside answering: word of where it listens, the database had back."""

import asyncio
import sys
import time
from typing import Final

from chatelet.kernel.embedded.errors import EmbeddedError
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.kernel.logs import get_logger
from chatelet.settings import Settings

_BETWEEN_REVIVALS: Final = 2.0
log = get_logger(__name__)


class Revival:
    """Looks whether the embedded database still runs; has it back when it died."""

    def __init__(self, database: EmbeddedPostgres | None) -> None:
        self._database = database
        self._revived_at = 0.0

    async def look(self) -> None:
        """From the main thread's loop only: PostgreSQL ends with the thread that launches it."""
        database = self._database
        if database is None or database.alive or time.monotonic() < self._revived_at + _BETWEEN_REVIVALS:
            return
        self._revived_at = time.monotonic()
        log.error("database_died")
        try:
            await asyncio.to_thread(database.clear_survivors)
            database.revive()
        except EmbeddedError as error:
            log.exception("database_not_revived", **error.params)
        except OSError as error:  # a disk that cannot be written: it is tried again, and the service stays
            log.error("database_not_revived", error=type(error).__name__)  # noqa: TRY400 (every 2 s, for as long)


def announce(settings: Settings, secret: str | None) -> None:
    """Say where the service listens, with the one-time link while there is no administrator."""
    address = settings.address
    print(f"\n  {settings.institution_name} → {address}\n", file=sys.stderr)
    if secret:
        print(
            "  No administrator yet. Open this link once to become the first one:\n"
            f"  {address}/#/install?secret={secret}\n",
            file=sys.stderr,
        )
    sys.stderr.flush()
