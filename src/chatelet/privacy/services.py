"""What forgetting needs of the process, built once by the composition root."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chatelet.audit.keys import SealingKey
from chatelet.documents.services import DocumentServices
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.mail import Mailer
from chatelet.kernel.personal_data import PersonalData
from chatelet.kernel.storage import Storage
from chatelet.settings import Settings


@dataclass(frozen=True, slots=True)
class PrivacyServices:
    """Frozen. `holdings`: every domain that holds personal data, in the order in which they are erased."""

    database: Database
    settings: Settings
    documents: DocumentServices
    mailer: Mailer
    holdings: Mapping[str, PersonalData]
    signing: SealingKey = field(repr=False)

    @property
    def keyring(self) -> Keyring:
        """The keys of what is stored."""
        return self.documents.keyring

    @property
    def storage(self) -> Storage:
        """The blobs."""
        return self.documents.storage

    def left_in_search_server(self, versions: int) -> int | None:
        """Return how many versions of documents just destroyed the search server still holds; None without one."""
        return versions if self.settings.search.engine == "opensearch" else None
