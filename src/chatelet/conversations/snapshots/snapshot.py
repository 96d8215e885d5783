"""A page as it was read: its text, where it was, what it says of itself, and the tier of its site on that day.

Of a publication, the text is what services told of it (title, authors, abstract), and `work` the whole record.
"""

import msgspec

from chatelet.connectors.scholarly.record import Record


class Snapshot(msgspec.Struct, frozen=True):
    """Positions of citations are characters of `text`."""

    address: str
    title: str
    site: str
    tier: str
    text: str
    published: str | None = None
    author: str = ""
    language: str | None = None
    wall: str | None = None
    work: Record | None = None


ENCODER = msgspec.json.Encoder()
DECODER = msgspec.json.Decoder(Snapshot)
