"""What can go wrong with an index that another server keeps."""

from chatelet.kernel.errors import AppError, Forbidden


class SearchEngineUnreachable(AppError):
    """The search engine does not answer, or not as expected. Nothing was changed."""

    code = "search_engine_unreachable"
    status = 503


class SearchEngineNotCleared(Forbidden):
    """The search engine is not cleared for content of this level."""

    code = "search_engine_not_cleared"
