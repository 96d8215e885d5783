"""Who may do what with a collection: the part that a person has in it, the greatest of these.

    owner     of a personal collection                                   -> curator
    granted   to the person, or to a unit they belong to (or above it)   -> reader | contributor | curator
    by right  `documents.curate` held on the unit that owns it           -> curator
              `documents.contribute` held there, and a reader            -> contributor

A closed collection is its owner's and that of persons granted by name: no unit, and nobody by right unless no named
curator is left, whose account is active.

Reading needs `documents.read` besides, wherever it is held. Rules are in the query: what may not be read is not found.
"""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, select
from sqlalchemy.orm import aliased

from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.tables import Person
from chatelet.identity.units.tables import Unit
from chatelet.knowledge.tables import Collection, CollectionGrant


class Part(StrEnum):
    """From the least to the greatest; each may do what those before it may."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    CURATOR = "curator"

    @property
    def rank(self) -> int:
        """Position in the order, from 1."""
        return list(Part).index(self) + 1


def readable_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `Collection` that every read by a caller carries; their key narrows it (TA-009)."""
    if not principal.rights.holds_somewhere(Right.DOCUMENTS_READ):
        return false()
    allowed = or_(
        Collection.person_id == principal.person_id,
        _granted(CollectionGrant.person_id == principal.person_id),
        and_(_granted(_to(principal)), Collection.closed.is_(False)),
        _by_right(principal),
    )
    chosen = principal.key.collections if principal.key is not None else None
    return allowed if chosen is None else and_(allowed, Collection.id.in_(chosen))


def part_of(principal: Principal) -> ColumnElement[int]:
    """Return the rank of the caller's part in a `Collection` that they may read."""
    granted = (
        select(func.max(case({part.value: part.rank for part in Part}, value=CollectionGrant.part)))
        .where(CollectionGrant.collection_id == Collection.id, _to(principal))
        .correlate(Collection)
        .scalar_subquery()
    )
    by_right = case(
        (Collection.person_id == principal.person_id, Part.CURATOR.rank),
        (_by_right(principal), Part.CURATOR.rank),
        (and_(_over(principal, Right.DOCUMENTS_CONTRIBUTE), Collection.closed.is_(False)), Part.CONTRIBUTOR.rank),
        else_=literal(Part.READER.rank),
    )
    return func.greatest(by_right, func.coalesce(granted, 0))


_CURATE = Right.DOCUMENTS_CURATE


def _to(principal: Principal) -> ColumnElement[bool]:
    return or_(CollectionGrant.person_id == principal.person_id, CollectionGrant.unit_id.in_(sorted(principal.units)))


def _granted(to: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(CollectionGrant.collection_id == Collection.id, to)


def _by_right(principal: Principal) -> ColumnElement[bool]:
    """Return the condition "the caller curates what the unit owns"; of a closed one, once nobody named can."""
    curator = aliased(Person)
    active = exists().where(curator.id == CollectionGrant.person_id, curator.state == "active")
    named = and_(active, CollectionGrant.part == Part.CURATOR.value)
    return and_(_over(principal, _CURATE), or_(Collection.closed.is_(False), ~_granted(named)))


def _over(principal: Principal, right: Right) -> ColumnElement[bool]:
    """Return the condition "a unit owns it, on which the caller holds `right`"."""
    reach: frozenset[UUID] | None = principal.rights.reach(right)
    if reach is None:
        return Collection.unit_id.is_not(None)
    if not reach:
        return false()
    place = aliased(Unit)
    return exists().where(place.id == Collection.unit_id, place.path.overlap(sorted(reach)))
