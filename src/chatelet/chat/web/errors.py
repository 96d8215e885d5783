"""Coded errors of the search of the web."""

from chatelet.kernel.errors import AppError
from chatelet.policy.errors import Refusal


class WebSearchOff(AppError):
    """This installation has no search engine."""

    code = "web_search_off"
    status = 409


class WebQueryRefused(Refusal):
    """The words to be sent hold what may not leave; `found` says what, never the words."""

    code = "web_query_refused"
    status = 422
