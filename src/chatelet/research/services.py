"""What deep research needs of the process, built once by the composition root."""

from dataclasses import dataclass

from chatelet.chat.services import ChatServices
from chatelet.connectors.scholarly.desk import Desk
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.sections import ResearchSettings
from chatelet.settings import Settings
from chatelet.writing.services import WritingServices


@dataclass(frozen=True, slots=True)
class ResearchServices:
    """Frozen: a research never changes them."""

    chat: ChatServices
    desk: Desk
    writing: WritingServices

    @property
    def database(self) -> Database:
        """The database."""
        return self.chat.database

    @property
    def keyring(self) -> Keyring:
        """What wraps the keys of researches."""
        return self.chat.keyring

    @property
    def settings(self) -> Settings:
        """The settings."""
        return self.chat.settings

    @property
    def bounds(self) -> ResearchSettings:
        """Those of research."""
        return self.chat.settings.research
