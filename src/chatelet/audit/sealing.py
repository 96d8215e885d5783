"""Sealing: signs the chain. The sealer signs only what it has just recomputed from its last seal.

A seal also stands at the end of each partition of links, so that the chain can start again from there once the
partition, its events having reached the end of their retention, is dropped.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from chatelet.audit import queries
from chatelet.audit.encoding import GENESIS, NO_SEAL, chain, seal_statement, signature_digest
from chatelet.audit.errors import JournalBroken
from chatelet.audit.head import Head, head_of
from chatelet.audit.keys import PublicKeys, SealingKey
from chatelet.audit.rows import SEGMENT, SealRow
from chatelet.kernel import clock
from chatelet.kernel.database import Database

_BATCH: Final = 10_000


async def seal(database: Database, key: SealingKey, trusted: PublicKeys, *, segment: int = SEGMENT) -> Head | None:
    """Sign every link not yet sealed; return the new head, None when nothing is new.

    Raises `JournalBroken` when the last seal or the links after it do not hold.
    """
    async with database.transaction() as session:
        connection = await session.connection()
        await queries.hold_off_sealer(connection)
        last = await _checked_last_seal(connection, trusted)
        moment = max(clock.now(), last.sealed_at) if last else clock.now()
        head: Head | None = None
        for seq, chain_hash in await _ends_to_seal(connection, last, segment):
            made = _sign(key, seq, chain_hash, moment, last)
            await queries.add_seal(connection, made)
            head, last = head_of(made, last), made
        return head


async def _checked_last_seal(connection: AsyncConnection, trusted: PublicKeys) -> SealRow | None:
    seals = await queries.last_seals(connection, 2)
    if not seals:
        return None
    last = seals[0]
    previous = signature_digest(seals[1].signature) if len(seals) > 1 else NO_SEAL
    statement = seal_statement(last.seq, last.chain_hash, last.sealed_at, last.key_id, previous)
    if not trusted.verify(last.key_id, last.signature, statement):
        raise JournalBroken(seq=last.seq, reason="seal" if trusted.knows(last.key_id) else "unknown_key")
    return last


async def _ends_to_seal(connection: AsyncConnection, last: SealRow | None, segment: int) -> list[tuple[int, bytes]]:
    """Recompute the chain since the last seal; return where to sign it: ends of partitions, and its end."""
    seq, chain_hash = (last.seq, last.chain_hash) if last else (0, GENESIS)
    ends: list[tuple[int, bytes]] = []
    found = await queries.links_after(connection, seq, _BATCH)
    while found:
        for number, event_id, digest, stored in found:
            chain_hash = chain(chain_hash, seq + 1, event_id, digest)
            if number != seq + 1 or stored != chain_hash:
                raise JournalBroken(seq=seq + 1, reason="chain")
            seq = number
            if seq % segment == 0:
                ends.append((seq, chain_hash))
        following = await queries.links_after(connection, seq, _BATCH)
        if not following and seq % segment:
            ends.append((seq, chain_hash))
        found = following
    return ends


def _sign(key: SealingKey, seq: int, chain_hash: bytes, moment: datetime, before: SealRow | None) -> SealRow:
    previous = signature_digest(before.signature) if before else NO_SEAL
    signature = key.sign(seal_statement(seq, chain_hash, moment, key.key_id, previous))
    return SealRow(seq=seq, chain_hash=chain_hash, sealed_at=moment, key_id=key.key_id, signature=signature)
