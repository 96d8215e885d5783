"""A passage offered to the model, with the name of what it is from."""

from dataclasses import dataclass

from chatelet.evidence.passage import Passage


@dataclass(frozen=True, slots=True)
class Origin:
    """Where on the web it is from. `published` is what the page says of itself."""

    site: str
    tier: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Which publication it is of. `status` is what the services say of it: `telling.Status`."""

    status: str
    authors: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """`passage.number` is how the model cites it; `name` is the document's, or the page's title.

    `origin` is set for what comes from the web, `published` for what scholarly services told.
    """

    passage: Passage
    name: str
    origin: Origin | None = None
    published: Published | None = None
