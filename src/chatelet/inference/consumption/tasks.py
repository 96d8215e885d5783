"""The routine that makes the figures of units, every night: not oftener, so that nobody's hours can be guessed."""

from datetime import date

from chatelet.inference.consumption import queries
from chatelet.inference.consumption.figures import begins, later
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.policy.quotas.amounts import zone


async def refresh_months(database: Database, time_zone: str) -> list[date]:
    """Make what is missing, this month and the one before; older months are settled. Returns the months made."""
    place, moment = zone(time_zone), now()
    async with database.driver_connection() as connection:
        first_used, last_made = await queries.oldest(connection)
    if first_used is None:
        return []
    month = moment.astimezone(place).date().replace(day=1)
    start = later(min(last_made, month), -1) if last_made else first_used.astimezone(place).date().replace(day=1)
    made: list[date] = []
    while start <= month:
        async with database.driver_transaction() as connection:
            bounds = begins(start, place), begins(later(start, 1), place)
            await queries.refresh(connection, start, bounds, moment)
        made.append(start)
        start = later(start, 1)
    return made
