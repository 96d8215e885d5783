"""What can go wrong with a source, and what the desk refuses; told by code, never by what the other side wrote."""

from chatelet.kernel.errors import AppError
from chatelet.policy.errors import Refusal


class SourceError(Exception):
    """Base of what stops one source; `code` is what the page says of it."""

    code = "source_dead"


class SourceDead(SourceError):
    """No answer: unknown host, refused connection, an error of the server."""


class SourceLate(SourceError):
    """Nothing came before the deadline, or the source asked us to wait longer than that."""

    code = "source_late"


class SourceRefused(SourceError):
    """The source, the label or the installation does not let this question be asked."""

    code = "source_refused"


class SourceBroken(SourceError):
    """What came back is not what such a source answers."""

    code = "source_broken"


class ScholarlyClosed(AppError):
    """This installation enabled no scholarly source."""

    code = "scholarly_closed"
    status = 503


class QueryTooSensitive(Refusal):
    """What was typed holds what no scholarly source may receive."""

    code = "scholarly_query_refused"


class IdentifierNotUnderstood(AppError):
    """This is no DOI, HAL, arXiv, PubMed or theses.fr identifier."""

    code = "identifier_not_understood"
    status = 422


class ReferencesNotUnderstood(AppError):
    """The file of references is not BibTeX, RIS or a list of DOIs."""

    code = "references_not_understood"
    status = 422
