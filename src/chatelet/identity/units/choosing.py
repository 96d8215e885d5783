"""Units to choose from, where one of some rights is held: by name or code, a page's worth at most."""

from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units.queries import within
from chatelet.identity.units.tables import Unit

_MOST: Final = 50


async def find(session: AsyncSession, principal: Principal, rights: tuple[Right, ...], words: str) -> list[UnitName]:
    """Return open units where the caller holds one of `rights`, whose name holds or whose code begins with `words`."""
    allowed = or_(*(within(principal, right) for right in rights if principal.rights.holds_somewhere(right)))
    query = select(Unit.id, Unit.name).where(allowed, Unit.closed_at.is_(None))
    if words.strip():
        named = Unit.sort_name.contains(sort_key(words), autoescape=True)
        query = query.where(or_(named, Unit.code.istartswith(words.strip(), autoescape=True)))
    found = await session.execute(query.order_by(Unit.sort_name, Unit.id).limit(_MOST))
    return [UnitName(id=identifier, name=name) for identifier, name in found]
