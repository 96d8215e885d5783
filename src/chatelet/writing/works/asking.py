"""What asks a model for a work that goes on without its person: under the rules of today, in their quotas."""

from functools import partial

from chatelet.audit import events
from chatelet.identity.units.queries import units_above
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.sensitivity import Label
from chatelet.writing.asking import Asking
from chatelet.writing.beginning import Chosen
from chatelet.writing.services import WritingServices
from chatelet.writing.standins import StandIns
from chatelet.writing.tables import Work
from chatelet.writing.works.held import beginning_of
from chatelet.writing.works.lease import Run
from chatelet.writing.works.sealed import Asked


async def asking_of(claimed: Run) -> Asking:
    """Return what asks; rules may have changed since the work was taken. Raises a `Refusal`, `NoModelAvailable`."""
    services, row = claimed.services, claimed.row
    async with services.database.transaction() as session:
        units = await units_above(session, row.person_id)
    label = Label.of(row.level, row.categories)
    asked = claimed.asked
    counted = Absent(row.person_id, frozenset(asked.units))
    return asking_for(services, row, asked, beginning_of(services, row.person_id, label, asked, units), counted)


def asking_for(
    services: WritingServices, row: Work, asked: Asked, chosen: Chosen, counted: Absent, *, is_waited_for: bool = False
) -> Asking:
    """Return what asks, with stand-ins where names are replaced."""
    model = asked.model or chosen.choice.first.id
    told = partial(events.WorkPseudonymised, work_id=row.id)
    standins = StandIns(services, told, chosen.clearance, model) if chosen.replaced else None
    return Asking(services, chosen.clearance, chosen.choice, counted, standins=standins, is_waited_for=is_waited_for)
