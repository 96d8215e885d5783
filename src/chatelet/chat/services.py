"""What the turn needs of the process, built once by the composition root."""

from dataclasses import dataclass

from chatelet.chat.running import RunningTurns
from chatelet.chat.v1.exchanges import Exchanges
from chatelet.inference.gateway import Gateway
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.policy.quotas.service import Quotas
from chatelet.settings import Settings


@dataclass(frozen=True, slots=True)
class ChatServices:
    """Frozen: a turn never changes them."""

    database: Database
    keyring: Keyring
    settings: Settings
    running: RunningTurns
    gateway: Gateway
    quotas: Quotas
    exchanges: Exchanges
