"""Every domain that holds personal data, in the order in which they are erased: identity last, to which all refer."""

from chatelet.adoption import personal_data as adoption
from chatelet.audit import personal_data as audit
from chatelet.connectors import personal_data as connectors
from chatelet.conversations.personal_data import ConversationsPersonalData
from chatelet.documents.personal_data import DocumentsPersonalData
from chatelet.documents.services import DocumentServices
from chatelet.identity import personal_data as identity
from chatelet.inference import personal_data as inference
from chatelet.kernel.database import Database
from chatelet.kernel.mail import Mailer
from chatelet.kernel.personal_data import PersonalData
from chatelet.knowledge.personal_data import KnowledgePersonalData
from chatelet.policy import personal_data as policy
from chatelet.privacy.certificates.service import signing_key
from chatelet.privacy.personal_data import PrivacyPersonalData
from chatelet.privacy.services import PrivacyServices
from chatelet.research.personal_data import ResearchPersonalData
from chatelet.settings import Settings
from chatelet.writing.personal_data import WritingPersonalData


def holdings_of(documents: DocumentServices) -> dict[str, PersonalData]:
    """Return the domains by name."""
    return {
        "conversations": ConversationsPersonalData(documents.keyring),
        "research": ResearchPersonalData(documents.keyring),
        "writing": WritingPersonalData(documents.keyring),
        "documents": DocumentsPersonalData(documents),
        "knowledge": KnowledgePersonalData(),
        "connectors": connectors,
        "inference": inference,
        "policy": policy,
        "adoption": adoption,
        "privacy": PrivacyPersonalData(documents.keyring),
        "audit": audit,
        "identity": identity,
    }


def privacy_of(settings: Settings, database: Database, documents: DocumentServices) -> PrivacyServices:
    """Return what forgetting needs. Raises `CertificateKeyMissing`."""
    return PrivacyServices(
        database=database,
        settings=settings,
        documents=documents,
        mailer=Mailer(settings.mail, address=settings.address),
        holdings=holdings_of(documents),
        signing=signing_key(settings),
    )
