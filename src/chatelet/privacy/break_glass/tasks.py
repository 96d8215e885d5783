"""What happens to readings without anybody asking: they end at their date, and persons are told."""

from chatelet.kernel import clock
from chatelet.privacy.break_glass import notices, service
from chatelet.privacy.services import PrivacyServices


async def go_on(services: PrivacyServices) -> None:
    """End what is over, then tell whom must be told."""
    async with services.database.transaction() as session:
        await service.close_overdue(session)
        await notices.tell_in_page(session, clock.now())
    await notices.send(services)
