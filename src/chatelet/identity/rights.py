"""What a person may do, and where: a closed set of rights, each held everywhere or within some units.

    roles.rights x grants (person, role, unit) -> Rights, read with the session in one query, never frozen (TA-003)

A right held on a unit is held on the whole tree under it. Rights marked as the installation's own count only when
they are held everywhere: a role given on a unit cannot carry them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final
from uuid import UUID

import msgspec


class Right(StrEnum):
    """One thing that may be done. The words shown to people live in the page, in French and English."""

    CHAT = "chat.use"
    API = "api.use"
    DOCUMENTS_READ = "documents.read"
    DOCUMENTS_CONTRIBUTE = "documents.contribute"
    DOCUMENTS_CURATE = "documents.curate"
    DOCUMENTS_PUBLISH = "documents.publish"
    LEVELS_LOWER = "levels.lower"
    PLACES_MANAGE = "places.manage"
    PERSONS_READ = "persons.read"
    PERSONS_MANAGE = "persons.manage"
    UNITS_MANAGE = "units.manage"
    ROLES_GRANT = "roles.grant"
    WAVES_MANAGE = "waves.manage"
    CHARTER_PUBLISH = "charter.publish"
    KEYS_MANAGE = "keys.manage"
    QUOTAS_MANAGE = "quotas.manage"
    USAGE_READ = "usage.read"
    JOURNAL_READ = "journal.read"
    PRIVACY_MANAGE = "privacy.manage"
    CONTENT_REQUEST = "content.request"
    CONTENT_APPROVE = "content.approve"
    SECURITY_MANAGE = "security.manage"
    INSTALLATION_MANAGE = "installation.manage"


# Models, ways to sign in, what roles are made of, the journal of everybody: there is one for all units.
# The two rights on content exclude one another: whoever holds both, as administrators do to give them, uses neither.
OF_THE_INSTALLATION: Final = frozenset(
    {
        Right.INSTALLATION_MANAGE,
        Right.JOURNAL_READ,
        Right.PRIVACY_MANAGE,
        Right.SECURITY_MANAGE,
        Right.CONTENT_REQUEST,
        Right.CONTENT_APPROVE,
    }
)
# What opens the administration of a unit, or sets rules for it, and therefore its name and place in the tree.
DELEGABLE: Final = (
    frozenset(Right)
    - OF_THE_INSTALLATION
    - {Right.CHAT, Right.API, Right.DOCUMENTS_READ, Right.DOCUMENTS_CONTRIBUTE, Right.LEVELS_LOWER}
) | {Right.INSTALLATION_MANAGE, Right.PRIVACY_MANAGE}


@dataclass(frozen=True, slots=True)
class Rights:
    """Rights of one person. `within[right]` are the units, each with all under it, where the right is held."""

    everywhere: frozenset[Right]
    within: dict[Right, frozenset[UUID]]

    def holds(self, right: Right, path: Collection[UUID] = ()) -> bool:
        """Tell whether the right is held on the unit of `path` (its ancestors and itself), or on all when empty."""
        return right in self.everywhere or not self.within.get(right, _NOWHERE).isdisjoint(path)

    def holds_somewhere(self, right: Right) -> bool:
        """Tell whether the right is held on anything at all."""
        return right in self.everywhere or right in self.within

    def reach(self, right: Right) -> frozenset[UUID] | None:
        """Return the units under which the right is held; None when it is held everywhere."""
        return None if right in self.everywhere else self.within.get(right, _NOWHERE)

    def only(self, kept: frozenset[Right]) -> "Rights":
        """Return these rights without all but `kept`: what a key may carry, whoever owns it."""
        within = {right: units for right, units in self.within.items() if right in kept}
        return Rights(self.everywhere & kept, within)

    def covers(self, rights: Collection[Right], path: Collection[UUID]) -> bool:
        """Tell whether all of `rights` are held on the unit of `path`."""
        return all(self.holds(right, path) for right in rights)


_NOWHERE: Final[frozenset[UUID]] = frozenset()
NO_RIGHTS: Final = Rights(frozenset(), {})
_KNOWN: Final = {right.value: right for right in Right}
_HELD: Final = msgspec.json.Decoder(list[tuple[list[str], UUID | None]])


@lru_cache(maxsize=1024)
def decode_rights(held: str) -> Rights:
    """Read `[[rights of a role, unit or null], …]`; the same text, that of most agents, is read once."""
    return rights_of([(decode_names(names), unit) for names, unit in _HELD.decode(held)])


def rights_of(roles: Sequence[tuple[Collection[Right], UUID | None]]) -> Rights:
    """Join the roles that a person holds, each on a unit or everywhere (None)."""
    everywhere = frozenset(right for rights, unit in roles if unit is None for right in rights)
    within: dict[Right, set[UUID]] = {}
    for rights, unit in roles:
        if unit is not None:
            for right in set(rights) - everywhere - OF_THE_INSTALLATION:
                within.setdefault(right, set()).add(unit)
    return Rights(everywhere, {right: frozenset(units) for right, units in within.items()})


def decode_names(names: Collection[str]) -> frozenset[Right]:
    """Return the rights of these names; one that this version does not know is no right."""
    return frozenset(_KNOWN[name] for name in names if name in _KNOWN)
