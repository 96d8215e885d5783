"""Coded errors of the search of the web."""

from chatelet.kernel.errors import AppError


class WebSearchOff(AppError):
    """This installation has no search engine."""

    code = "web_search_off"
    status = 409


class WebQueryRefused(AppError):
    """The words to be sent hold what may not leave; `found` says what, never the words."""

    code = "web_query_refused"
    status = 422
