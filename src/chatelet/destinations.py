"""Every domain that may contact another machine, in one list: what the page of the network's exits is made of.

A domain with a client of its own adds a line here, and one in `tests/architecture/test_egress.py`.
"""

from typing import Final

from chatelet.connectors.scholarly import destinations as scholarly
from chatelet.connectors.web import destinations as web
from chatelet.identity.directory_sign_in import destinations as directories
from chatelet.identity.single_sign_on import destinations as providers
from chatelet.inference import destinations as models
from chatelet.kernel.egress import destinations as settings
from chatelet.kernel.egress.destinations import Declares
from chatelet.knowledge import destinations as knowledge

DECLARERS: Final[tuple[Declares, ...]] = (
    settings.of_settings,
    models.destinations,
    providers.destinations,
    directories.destinations,
    knowledge.destinations,
    web.destinations,
    scholarly.destinations,
)
