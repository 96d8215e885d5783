"""What asks a model for a work that goes on without its person: under the rules of today, in their quotas."""

from chatelet.identity.units.queries import units_above
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.sensitivity import Label
from chatelet.writing import beginning
from chatelet.writing.asking import Asking
from chatelet.writing.works.lease import Run


async def asking_of(claimed: Run) -> Asking:
    """Return what asks; rules may have changed since the work was taken. Raises a `Refusal`, `NoModelAvailable`."""
    services, row = claimed.services, claimed.row
    async with services.database.transaction() as session:
        units = await units_above(session, row.person_id)
    label = Label.of(row.level, row.categories)
    clearance, choice = beginning.choose(services, row.person_id, label, claimed.asked.model, units=units)
    return Asking(services, clearance, choice, Absent(row.person_id, frozenset(claimed.asked.units)))
