"""What papers need of the process, built once by the composition root."""

from dataclasses import dataclass

from chatelet.connectors.scholarly.desk import Desk
from chatelet.connectors.web.pages import Pages
from chatelet.documents.services import DocumentServices


@dataclass(frozen=True, slots=True)
class PaperServices:
    """Frozen. `pages` visits the address of a full text by the one egress client; `desk` finds works by identifier."""

    documents: DocumentServices
    pages: Pages
    desk: Desk
