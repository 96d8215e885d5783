"""Request types of the search of publications."""

from chatelet.chat.web.schemas import Query
from chatelet.conversations.schemas import WriteModel


class WorksAsked(WriteModel):
    """A search of publications to make with a question: exactly these words leave."""

    query: Query
