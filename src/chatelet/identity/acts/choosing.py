"""Whom an act may be done to, said in SQL: the same condition tells the preview, fills the lines and guards each batch.

A person's reason is null when it may be done; otherwise the first that holds, in the order of `_conditions`. It says in
one statement what `access.check_manages` and the verbs of one person say one by one (TA-029, TA-030).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, any_, case, exists, false, func, literal, null, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from chatelet.identity.acts.schemas import ActKind, PlaceAct, RoleAct, StateAct, TakeOutAct
from chatelet.identity.principal import PersonState, Principal
from chatelet.identity.rights import OF_THE_INSTALLATION, Right
from chatelet.identity.roles import service as roles
from chatelet.identity.roles.holding import BY_HAND
from chatelet.identity.roles.queries import unexpired
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.tables import Person
from chatelet.identity.units import service as units
from chatelet.identity.units.tables import Membership, Unit

_KNOWN = [right.value for right in Right]


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to each person."""

    kind: ActKind
    unit_id: UUID | None = None
    role_id: UUID | None = None
    is_main: bool = False
    expires_at: datetime | None = None


def change_of(act: StateAct | PlaceAct | TakeOutAct | RoleAct) -> Change:
    """Return what was asked for as a value."""
    match act:
        case StateAct():
            return Change(act.kind)
        case PlaceAct():
            return Change(act.kind, act.unit_id, is_main=act.is_main)
        case TakeOutAct():
            return Change(act.kind, act.unit_id)
        case RoleAct():
            return Change(act.kind, act.unit_id, act.role_id, expires_at=act.expires_at)


_OPPOSITES: dict[ActKind, ActKind] = {
    "disable": "enable",
    "enable": "disable",
    "place": "take_out",
    "take_out": "place",
    "give": "withdraw",
    "withdraw": "give",
}


def opposite(change: Change) -> Change:
    """Return the act whose rights undoing this one needs."""
    return Change(_OPPOSITES[change.kind], change.unit_id, change.role_id)


async def check(session: AsyncSession, principal: Principal, change: Change) -> None:
    """Raise what the act meets before anybody is looked at: a right that is missing, a unit closed, a role unknown."""
    match change.kind:
        case "disable" | "enable":
            if not principal.rights.holds_somewhere(Right.PERSONS_MANAGE):
                units.check(principal, Right.PERSONS_MANAGE)
        case "place" | "take_out":
            assert change.unit_id is not None
            await units.access(session, principal, change.unit_id, Right.PERSONS_MANAGE)
        case "give" | "withdraw":
            assert change.role_id is not None
            await roles.check_gives(session, principal, change.role_id, change.unit_id, change.expires_at)


def reason(principal: Principal, change: Change) -> ColumnElement[str]:
    """Return, for a row of `Person`, why the act is not done to them; null when it is."""
    told = [(condition, literal(name, Text)) for name, condition in _conditions(principal, change)]
    return case(*told, else_=null())


def _conditions(principal: Principal, change: Change) -> list[tuple[str, ColumnElement[bool]]]:
    if change.kind in ("disable", "enable"):
        wanted = PersonState.DISABLED if change.kind == "disable" else PersonState.ACTIVE
        return [
            ("self", Person.id == principal.person_id),
            ("already", Person.state == wanted),
            ("out_of_reach", ~_main_within_reach(principal)),
            ("holds_more", _holds_more(principal)),
        ]
    if change.kind in ("place", "take_out"):
        return _of_unit(principal, change)
    held = _holds(change)
    return [
        ("self", Person.id == principal.person_id),
        ("already", held if change.kind == "give" else ~held),
    ]


def _of_unit(principal: Principal, change: Change) -> list[tuple[str, ColumnElement[bool]]]:
    """Conditions of placing and taking out: whom the main unit holds elsewhere is placed beside, never moved."""
    line = Membership
    here = exists().where(line.person_id == Person.id, line.unit_id == change.unit_id)
    if change.kind == "take_out":
        return [("already", ~here)]
    if not change.is_main:
        return [("already", here)]
    main = exists().where(line.person_id == Person.id, line.unit_id == change.unit_id, line.is_main)
    return [("already", main), ("out_of_reach", and_(here, ~movable(principal)))]


def movable(principal: Principal) -> ColumnElement[bool]:
    """Return "their main unit, if they have one, is where the caller manages persons"."""
    main = exists().where(Membership.person_id == Person.id, Membership.is_main)
    return or_(~main, _main_within_reach(principal))


def _main_within_reach(principal: Principal) -> ColumnElement[bool]:
    reach = principal.rights.reach(Right.PERSONS_MANAGE)
    if reach is None:
        return true()
    line, place = aliased(Membership), aliased(Unit)
    return exists().where(
        line.person_id == Person.id, line.is_main, place.id == line.unit_id, place.path.overlap(sorted(reach))
    )


def _holds(change: Change) -> ColumnElement[bool]:
    """Return "this role is held there": by hand, to be given; whoever gave it, to be taken back."""
    on_unit = Grant.unit_id.is_not_distinct_from(change.unit_id)
    held = [Grant.person_id == Person.id, Grant.role_id == change.role_id, on_unit]
    return exists().where(*held, Grant.source == BY_HAND) if change.kind == "give" else exists().where(*held)


def _holds_more(principal: Principal) -> ColumnElement[bool]:
    """Return "they hold a right, somewhere, that the caller does not hold there"."""
    if principal.is_administrator:
        return false()
    place = aliased(Unit)
    held = func.unnest(Role.rights).table_valued("name").render_derived(name="held")
    right: ColumnElement[str] = held.c.name
    missing = (
        select(Grant.id)
        .select_from(Grant)
        .join(Role, Role.id == Grant.role_id)
        .outerjoin(place, place.id == Grant.unit_id)
        .join(held, true())
        .where(
            Grant.person_id == Person.id,
            unexpired(),
            _among(right, _KNOWN),
            ~and_(Grant.unit_id.is_not(None), _among(right, [one.value for one in OF_THE_INSTALLATION])),
            ~_covered(principal, right, place),
        )
    )
    return missing.correlate(Person).exists()


def _covered(principal: Principal, right: ColumnElement[str], place: type[Unit]) -> ColumnElement[bool]:
    everywhere = _among(right, [one.value for one in principal.rights.everywhere])
    within = [
        and_(right == one.value, func.coalesce(place.path.overlap(sorted(reach)), false()))
        for one, reach in principal.rights.within.items()
    ]
    return or_(everywhere, *within)


def _among(right: ColumnElement[str], names: list[str]) -> ColumnElement[bool]:
    return right == any_(literal(sorted(names), ARRAY(Text)))
