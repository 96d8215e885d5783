"""A person as a job acts for them: the rights and the units that they hold now, whatever they held when they asked.

No session stands behind it: what it may do is what the person could do at this moment, and nothing once disabled.
"""

from typing import Final, cast
from uuid import UUID

from chatelet.identity.principal import Language, Principal
from chatelet.identity.rights import decode_rights
from chatelet.identity.roles.queries import HELD
from chatelet.identity.units.queries import UNITS_ABOVE
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor, fetch

_NO_SESSION: Final = UUID(int=0)
# The two parts put in are constants of this package.
_PERSON: Final = f"""
SELECT {HELD}, {UNITS_ABOVE}, persons.language, persons.name, persons.email
FROM persons WHERE persons.id = $1 AND persons.state = 'active'
"""  # noqa: S608 (constants, as said)


async def acting_for(executor: Executor, person_id: UUID) -> Principal | None:
    """Return the person as they are now; None when they are gone or disabled."""
    moment = now()
    rows = await fetch(executor, _PERSON, person_id, moment)
    if not rows:
        return None
    held, units, language, name, email = rows[0]
    return Principal(
        person_id=person_id,
        session_id=_NO_SESSION,
        rights=decode_rights(held),
        units=frozenset(units),
        language=cast("Language", language),
        name=name,
        email=email,
        expires_at=moment,
    )
