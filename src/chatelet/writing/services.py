"""What the desk needs of the process, built once by the composition root."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chatelet.documents.services import DocumentServices
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database, Executor
from chatelet.policy.quotas.service import Quotas
from chatelet.settings import Settings

Gate = Callable[[Executor, Principal], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class WritingServices:
    """Frozen: a work never changes them. Gates are what higher layers ask before any work is taken."""

    documents: DocumentServices
    gateway: Gateway
    quotas: Quotas
    gates: tuple[Gate, ...] = ()

    @property
    def database(self) -> Database:
        """The database."""
        return self.documents.database

    @property
    def keyring(self) -> Keyring:
        """What wraps the keys of works."""
        return self.documents.keyring

    @property
    def settings(self) -> Settings:
        """The settings."""
        return self.documents.settings

    async def pass_gates(self, executor: Executor, principal: Principal) -> None:
        """Raise the coded error of the first gate that holds the caller back."""
        for gate in self.gates:
            await gate(executor, principal)
