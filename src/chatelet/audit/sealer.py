"""The sealer: one task, or a process of its own under another account, that links and seals until told to stop.

each second: link what is committed        each 1,000 links or 60 s, and at the end: seal, head file, log line
before each seal: is the database where the last head says?        each day: partitions ahead
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from chatelet.audit import events, journal, queries
from chatelet.audit.chain import link_all
from chatelet.audit.errors import HeadUnusable, JournalBroken
from chatelet.audit.head import Head, read_head, write_head
from chatelet.audit.keys import PublicKeys, SealingKey, publish
from chatelet.audit.sealing import seal
from chatelet.kernel.database import Database
from chatelet.kernel.logs import get_logger

HEAD_FILE: Final = "head.json"
PUBLIC_KEYS_FILE: Final = "public_keys.pem"
_DAY: Final = 86_400.0
_PREPARE_AGAIN: Final = 600.0
_UNREACHABLE: Final = (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often: seconds between two passes, links and seconds before a seal."""

    pass_seconds: float = 1.0
    seal_links: int = 1_000
    seal_seconds: float = 60.0


async def seal_forever(
    database: Database, key: SealingKey, folder: Path, *, stop: asyncio.Event, pace: Pace | None = None
) -> None:
    """Link and seal until `stop` is set, then link and seal what remains. `folder` receives head.json, public_keys.pem.

    Several processes may run it on one database: each pass is done by one of them. A failing database is waited for.
    Cancelled, it stops at once, as if killed: nothing is lost, the next one goes on from there.
    """
    trusted = await asyncio.to_thread(_open_folder, folder, key)
    await _Sealer(database, key, folder, trusted, pace or Pace()).run(stop)


def _open_folder(folder: Path, key: SealingKey) -> PublicKeys:
    folder.mkdir(parents=True, exist_ok=True)
    return publish(key, folder / PUBLIC_KEYS_FILE)


class _Sealer:
    def __init__(self, database: Database, key: SealingKey, folder: Path, trusted: PublicKeys, pace: Pace) -> None:
        self._database = database
        self._key = key
        self._head_file = folder / HEAD_FILE
        self._trusted = trusted
        self._pace = pace
        self._unsealed = 0
        self._sealed_at = time.monotonic()
        self._prepare_at = time.monotonic()
        self._broken = False

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if time.monotonic() >= self._prepare_at:
                await self._guarded(self._prepare())
            await self._guarded(self._pass())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._pace.pass_seconds)
        await self._guarded(self._seal())

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except JournalBroken as error:
            self._broken, self._sealed_at = True, time.monotonic()  # tell it again, but not at each pass
            log.error("journal_broken", **error.params)  # noqa: TRY400 (the place is in the parameters)
        except _UNREACHABLE as error:
            log.warning("journal_sealer_interrupted", error=type(error).__name__)

    async def _pass(self) -> None:
        self._unsealed += await link_all(self._database)
        late = time.monotonic() - self._sealed_at >= self._pace.seal_seconds
        many = self._unsealed >= self._pace.seal_links and not self._broken
        if late or many:  # late: even when this process linked nothing, another may have died before it sealed
            await self._seal()

    async def _prepare(self) -> None:
        """Make partitions ahead. Refused by the database while a long reader holds a table: then tried again later."""
        self._prepare_at = time.monotonic() + _PREPARE_AGAIN
        async with self._database.transaction() as session:
            await queries.prepare(await session.connection())
        self._prepare_at = time.monotonic() + _DAY

    async def _seal(self) -> None:
        await self._tell_rewound()
        await self._tell_key_changed()
        await link_all(self._database)  # a seal covers all that was committed before it
        head = await seal(self._database, self._key, self._trusted)
        self._broken, self._unsealed, self._sealed_at = False, 0, time.monotonic()
        if head is not None:
            await asyncio.to_thread(write_head, self._head_file, head)
            log.info(
                "journal_sealed",
                seq=head.seq,
                chain_hash=head.chain_hash,
                sealed_at=head.sealed_at.isoformat(),
                key_id=head.key_id,
                signature=head.signature,
                previous=head.previous,
            )

    async def _tell_key_changed(self) -> None:
        async with self._database.transaction() as session:
            seals = await queries.last_seals(await session.connection(), 1)
            if seals and seals[0].key_id != self._key.key_id:
                await journal.record(session, events.JournalKeyChanged(key_id=self._key.key_id), actor=None)

    async def _tell_rewound(self) -> None:
        """Journal that the database is not where the last head says, and set this head aside, as evidence."""
        head = await asyncio.to_thread(self._known_head)
        if head is None:
            return
        async with self._database.transaction() as session:
            connection = await session.connection()
            found = await queries.seal_at(connection, head.seq)
            if found is not None and found.signature.hex() == head.signature:
                return
            seals = await queries.last_seals(connection, 1)
            found_seq = seals[0].seq if seals else 0
            await journal.record(session, events.JournalRewound(head_seq=head.seq, found_seq=found_seq), actor=None)
        log.error("journal_rewound", head_seq=head.seq, found_seq=found_seq)
        await asyncio.to_thread(self._head_file.rename, self._head_file.with_name(f"head-{head.seq}-lost.json"))

    def _known_head(self) -> Head | None:
        try:
            return read_head(self._head_file, self._trusted) if self._head_file.exists() else None
        except HeadUnusable as error:
            log.warning("journal_head_unusable", **error.params)
            return None
