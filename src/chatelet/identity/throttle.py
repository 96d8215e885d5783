"""Slows down the guessing of passwords, in the database, so that it holds across processes and restarts.

Three counters: an account from an address (pair), an account, an address. Each counts failures, leaks with time, and
beyond `free` failures makes the next attempt wait 2, 4, 8… seconds, never more than a minute: an account can be
guessed at most about 80 times in an hour (ASVS 4.0.3, 2.2.1 allows 100), and nobody can lock another out for good.
Where an account has already signed in from an address, only the pair counts: strangers elsewhere cannot slow that
person down.

`check` before the password is looked at, then `count` when it was wrong or `trust` when it was right. Callers pass
`one_at_a_time` around the three, so that simultaneous attempts on one account see each other's failures.
"""

import asyncio
import hashlib
import ipaddress
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.errors import SignInBusy, TooManyAttempts
from chatelet.identity.tables import SignInAttempt
from chatelet.kernel.clock import now

_LONGEST_WAIT_SECONDS: Final = 60.0
_TRUST: Final = timedelta(days=30)
_FORGOTTEN_AFTER: Final = timedelta(days=1)
_LONGEST_QUEUE: Final = 200


@dataclass(frozen=True, slots=True)
class Limit:
    """`free` failures without waiting; one is forgotten every `leak_seconds`."""

    free: int
    leak_seconds: float


PAIR: Final = Limit(free=5, leak_seconds=600)
ACCOUNT: Final = Limit(free=20, leak_seconds=600)
ADDRESS: Final = Limit(free=100, leak_seconds=6)  # a whole institution may stand behind one address


@dataclass(frozen=True, slots=True)
class Counter:
    """What one row is about."""

    key: bytes
    limit: Limit
    account_hash: bytes | None = None


class Turnstile:
    """Lets the attempts on one account pass one at a time in this process, and at most `_LONGEST_QUEUE` in all."""

    def __init__(self) -> None:
        self._inside = 0
        self._locks: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def one_at_a_time(self, account: str | UUID) -> AsyncGenerator[None]:
        """Wait for one's turn; raise `SignInBusy`, before anything is written, when too many wait already."""
        if self._inside >= _LONGEST_QUEUE:
            raise SignInBusy(retry_after=2)
        lock = self._locks.setdefault(account_hash(account), asyncio.Lock())
        self._inside += 1
        try:
            async with lock:
                yield
        finally:
            self._inside -= 1


one_at_a_time: Final = Turnstile().one_at_a_time


def leaked(level: float, seconds: float, limit: Limit) -> float:
    """Return the level after `seconds` without failure."""
    return max(0.0, level - seconds / limit.leak_seconds)


def wait_after(level: float, limit: Limit) -> float:
    """Return the seconds to wait once the counter stands at `level`."""
    over = round(level) - limit.free
    return 0.0 if over <= 0 else min(_LONGEST_WAIT_SECONDS, 2.0 ** min(over, 10))


def account_hash(account: str | UUID) -> bytes:
    """Return the mark of an account (folded e-mail or person) on its rows."""
    return _digest("account", str(account))


def account_at(issuer: str, subject: str) -> str:
    """Return what stands for an account where a provider's password is checked here, however its name was typed."""
    return f"{issuer}\0{subject}"


def sign_in_counters(email: str, origin: str | None) -> tuple[Counter, ...]:
    """Return what a sign-in counts on: `email` is folded, known or not; `origin` is the caller's address."""
    account, address = account_hash(email), _network(origin)
    return (
        Counter(_digest("pair", email, address), PAIR, account),
        Counter(account, ACCOUNT, account),
        Counter(_digest("address", address), ADDRESS),
    )


def confirmation_counters(person_id: UUID) -> tuple[Counter, ...]:
    """Return what counts when a signed-in person gives the current password again."""
    return (Counter(_digest("confirmation", str(person_id)), PAIR, account_hash(person_id)),)


def token_counters(origin: str | None) -> tuple[Counter, ...]:
    """Return what counts when a wrong invitation or installation secret is presented; a right one always passes."""
    return (Counter(_digest("token", _network(origin)), ADDRESS),)


def registration_counters(email: str, origin: str | None) -> tuple[Counter, ...]:
    """Return what counts each time someone asks for a message to an address, known or not."""
    return (
        Counter(_digest("registration", email), PAIR, account_hash(email)),
        Counter(_digest("registrations", _network(origin)), ADDRESS),
    )


async def check(session: AsyncSession, counters: tuple[Counter, ...]) -> tuple[Counter, ...]:
    """Raise `TooManyAttempts` while one blocks; return those to count on: the first alone, when it is trusted."""
    moment = now()
    found = await session.execute(
        select(SignInAttempt.key, SignInAttempt.blocked_until, SignInAttempt.trusted_until).where(
            SignInAttempt.key.in_([counter.key for counter in counters])
        )
    )
    rows = {row.key: row for row in found}
    first = rows.get(counters[0].key)
    if first is not None and first.trusted_until is not None and first.trusted_until > moment:
        counters = counters[:1]
    blocked = [rows[counter.key].blocked_until for counter in counters if counter.key in rows]
    until = max((each for each in blocked if each is not None), default=moment)
    if until > moment:
        raise TooManyAttempts(retry_after=math.ceil((until - moment).total_seconds()))
    return counters


async def count(session: AsyncSession, counters: tuple[Counter, ...]) -> None:
    """Count a failure; it must be committed although the request fails."""
    moment = now()
    levels = await _locked(session, counters, moment)
    counted: list[dict[str, object]] = []
    for counter in counters:
        level, charged_at = levels[counter.key]
        level = leaked(level, max(0.0, (moment - charged_at).total_seconds()), counter.limit) + 1
        wait = wait_after(level, counter.limit)
        blocked_until = moment + timedelta(seconds=wait) if wait else None
        counted.append({"key": counter.key, "level": level, "charged_at": moment, "blocked_until": blocked_until})
    await session.execute(update(SignInAttempt), counted)


async def trust(session: AsyncSession, counters: tuple[Counter, ...]) -> None:
    """Forget the failures of the first counter, and trust it: the password was right."""
    moment = now()
    fresh = {"level": 0.0, "charged_at": moment, "blocked_until": None, "trusted_until": moment + _TRUST}
    made = insert(SignInAttempt).values(key=counters[0].key, account_hash=counters[0].account_hash, **fresh)
    await session.execute(made.on_conflict_do_update(index_elements=["key"], set_=fresh))


async def forget(session: AsyncSession, accounts: list[bytes]) -> int:
    """Erase the rows of these accounts (their `account_hash`); return how many."""
    erased = await session.execute(
        delete(SignInAttempt).where(SignInAttempt.account_hash.in_(accounts)).returning(SignInAttempt.key)
    )
    return len(erased.all())


async def purge(session: AsyncSession) -> int:
    """Delete rows that no longer count; return how many."""
    moment = now()
    idle = SignInAttempt.charged_at < moment - _FORGOTTEN_AFTER
    untrusted = or_(SignInAttempt.trusted_until.is_(None), SignInAttempt.trusted_until < moment)
    purged = await session.execute(delete(SignInAttempt).where(idle, untrusted).returning(SignInAttempt.key))
    return len(purged.all())


async def _locked(
    session: AsyncSession, counters: tuple[Counter, ...], moment: datetime
) -> dict[bytes, tuple[float, datetime]]:
    """Make the missing rows, lock all, in the order of their keys (so that no two callers wait for each other)."""
    made = insert(SignInAttempt).values(
        [
            {"key": counter.key, "account_hash": counter.account_hash, "level": 0.0, "charged_at": moment}
            for counter in sorted(counters, key=lambda counter: counter.key)
        ]
    )
    locked = made.on_conflict_do_update(index_elements=["key"], set_={"key": made.excluded.key})
    rows = await session.execute(locked.returning(SignInAttempt.key, SignInAttempt.level, SignInAttempt.charged_at))
    return {key: (level, charged_at) for key, level, charged_at in rows}


def _network(origin: str | None) -> str:
    """Return the address that counts: IPv4 as it is, the /64 of an IPv6, '-' when there is none (a local socket)."""
    try:
        address = ipaddress.ip_address(origin or "")
    except ValueError:
        return origin or "-"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
