"""The verbs on the network's exits: what may be contacted beside what was; counts stored, forgotten in time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.clock import now
from chatelet.kernel.csv_cells import neutral
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.destinations import ANY_HOST, Declares, Destination
from chatelet.kernel.egress.ledger import Contact, Count, place, read_place
from chatelet.kernel.egress.posture import Posture
from chatelet.kernel.egress.purposes import Purpose
from chatelet.policy.egress import queries
from chatelet.policy.egress.queries import Contacted
from chatelet.policy.egress.schemas import ContactsOut, ExitOut, ExitsOut, PurposeOut
from chatelet.settings import Settings

KEPT_DAYS: Final = 400
_NONE: Final = ContactsOut(answered=0, failed=0, refused=0, last_at=None)
_COLUMNS: Final = ("day", "host", "purpose", "outcome", "times", "last_at")


async def exits(session: AsyncSession, settings: Settings, declarers: Sequence[Declares], days: int) -> ExitsOut:
    """Return what may be contacted and what was over the last `days`."""
    declared = [one for declares in declarers for one in await declares(session, settings)]
    contacts = _summed(await queries.contacted_since(session, _first_day(days)))
    known = {(place(one.host, one.port), one.purpose) for one in declared}
    items = [_told(one, contacts.get((place(one.host, one.port), one.purpose), _NONE)) for one in _ordered(declared)]
    items += [_undeclared(*key, found) for key, found in contacts.items() if key not in known]
    return ExitsOut(mode=settings.egress.mode, days=days, purposes=_purposes(declared), items=items)


async def export(session: AsyncSession, days: int) -> bytes:
    """Return what was contacted, day after day, as CSV."""
    lines = [",".join(_COLUMNS)]
    for row in await queries.days_since(session, _first_day(days)):
        at = row.last_at.isoformat(timespec="seconds")
        lines.append(f"{row.day},{neutral(row.host)},{row.purpose},{row.outcome},{row.times},{at}")
    return ("\r\n".join(lines) + "\r\n").encode()


async def store(session: AsyncSession, counts: Mapping[Contact, Count]) -> None:
    """Add what a process counted."""
    await queries.add(session, counts)


async def forget(session: AsyncSession) -> int:
    """Delete the counts that nobody needs any more; return how many there were."""
    return await queries.forget_before(session, _first_day(KEPT_DAYS))


def _first_day(days: int) -> date:
    return now().date() - timedelta(days=days - 1)


def _purposes(declared: Sequence[Destination]) -> list[PurposeOut]:
    """Tell each purpose that the installation has a server or a list for, in the order of the vocabulary."""
    posture = gate.current().posture
    counted = Counter(one.purpose for one in declared if one.host != ANY_HOST)
    lists = {**posture.lists}
    if posture.allowed:
        lists[Purpose.PAGES] = (*posture.allowed, *lists.get(Purpose.PAGES, ()))
    told = {one.purpose for one in declared} | lists.keys()
    return [
        PurposeOut(
            purpose=purpose,
            hosts=list(dict.fromkeys(lists[purpose])) if purpose in lists else None,
            declared=counted[purpose],
        )
        for purpose in Purpose
        if purpose in told
    ]


def _ordered(declared: Sequence[Destination]) -> list[Destination]:
    order = {purpose: position for position, purpose in enumerate(Purpose)}
    return sorted(declared, key=lambda one: (order[one.purpose], one.host, one.label))


def _summed(found: Sequence[Contacted]) -> dict[tuple[str, Purpose], ContactsOut]:
    sums: dict[tuple[str, Purpose], ContactsOut] = {}
    for one in found:
        key = (one.host, Purpose(one.purpose) if one.purpose in _KNOWN else Purpose.OTHER)
        before = sums.get(key, _NONE)
        times = {outcome: getattr(before, outcome) for outcome in _OUTCOMES}
        times[one.outcome] = times.get(one.outcome, 0) + one.times
        last = one.last_at if before.last_at is None else max(before.last_at, one.last_at)
        sums[key] = ContactsOut(**times, last_at=last)
    return sums


_KNOWN: Final = frozenset(Purpose)
_OUTCOMES: Final[tuple[Literal["answered", "failed", "refused"], ...]] = ("answered", "failed", "refused")


def _told(one: Destination, contacts: ContactsOut) -> ExitOut:
    posture = gate.current().posture
    is_open = one.may_be_contacted(posture)
    return ExitOut(
        purpose=one.purpose,
        host=one.host,
        port=one.port,
        declared_by=one.declared_by,
        label=one.label,
        zone=one.zone,
        country=one.country,
        inside=one.is_inside(posture),
        open=is_open,
        closed_by=None if is_open else _closed_by(one, posture),
        contacts=contacts,
    )


def _closed_by(one: Destination, posture: Posture) -> Literal["mode", "list"]:
    return "mode" if posture.lists_let(one.host, one.purpose) else "list"


def _undeclared(written: str, purpose: Purpose, contacts: ContactsOut) -> ExitOut:
    """Tell what was contacted and is not declared by name: a page that was read, a server declared no more."""
    posture = gate.current().posture
    host, port = read_place(written)
    return ExitOut(
        purpose=purpose,
        host=host,
        port=port,
        declared_by=None,
        label="",
        zone=None,
        country=None,
        inside=posture.knows_inside(host),
        open=purpose is Purpose.PAGES and posture.mode == "open",
        closed_by=None,
        contacts=contacts,
    )
