"""Coded errors of the search of publications in a conversation."""

from chatelet.policy.errors import Refusal


class WorksQueryRefused(Refusal):
    """The words to be sent hold what may not leave; `found` says what, never the words."""

    code = "works_query_refused"
    status = 422


class WorksNotCleared(Refusal):
    """The conversation is more sensitive than what a query may leave from, and nothing is kept here to look in."""

    code = "works_not_cleared"
