"""A page as it was read: its text, where it was, what it says of itself, and the tier of its site on that day."""

import msgspec


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


ENCODER = msgspec.json.Encoder()
DECODER = msgspec.json.Decoder(Snapshot)
