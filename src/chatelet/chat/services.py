"""What the turn needs of the process, built once by the composition root.

A gate is what a higher layer asks before any question is taken (the charter, for one): it raises a coded error, or
lets pass, with at most one cheap statement on the driver's connection. Whatever opens turns or exchanges calls them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from chatelet.chat.running import RunningTurns
from chatelet.chat.v1.exchanges import Exchanges
from chatelet.connectors.scholarly.desk import Desk
from chatelet.connectors.web.services import WebSearch
from chatelet.documents.services import DocumentServices, Reader
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database, Executor
from chatelet.kernel.fair_queue import FairQueue
from chatelet.policy.quotas.service import Quotas
from chatelet.policy.rules.book import Policies
from chatelet.settings import Settings

Gate = Callable[[Executor, Principal], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ChatServices:
    """Frozen: a turn never changes them. `page_reader` reads pages of the web, whose label is known: public.

    `openings` are the questions stored at once: one person's flood leaves others a connection to the database.
    """

    database: Database
    keyring: Keyring
    settings: Settings
    running: RunningTurns
    gateway: Gateway
    quotas: Quotas
    exchanges: Exchanges
    documents: DocumentServices
    web: WebSearch
    scholarly: Desk
    page_reader: Reader
    openings: FairQueue
    policies: Policies = field(default_factory=Policies)
    gates: tuple[Gate, ...] = ()

    async def pass_gates(self, executor: Executor, principal: Principal) -> None:
        """Raise the coded error of the first gate that holds the caller back."""
        for gate in self.gates:
            await gate(executor, principal)
