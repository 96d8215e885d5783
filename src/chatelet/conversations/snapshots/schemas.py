"""Response types of pages read."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from chatelet.connectors.scholarly.schemas import RecordOut


class PageOfWeb(BaseModel):
    """A page of the web that was read for an answer. `published`, `author` and `language` are what it says itself.

    `work` is set for a publication: its record, as the scholarly services told it on that day.
    """

    id: UUID
    turn_id: UUID
    address: str
    title: str
    site: str
    tier: Literal["official", "press", "reference", "other"]
    published: str | None
    author: str
    language: str | None
    wall: Literal["paywall"] | None
    work: RecordOut | None = None
    read_at: datetime


class PagesOfWeb(BaseModel):
    """The pages read in a conversation, in the order in which they were."""

    items: list[PageOfWeb]


class PageOfWebText(PageOfWeb):
    """The page as it was read. Citations are positions (code points) in `text`."""

    text: str
