"""How tests read a place: all its entries by path, one entry whole."""

from chatelet.connectors.contract import Entry, Place

MUCH = 100 * 1024 * 1024


async def listed(place: Place) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    async for entry in place.entries():
        assert entry.path not in found, "each path once"
        found[entry.path] = entry
    return found


async def whole(place: Place, entry: Entry, limit: int = MUCH) -> bytes:
    pieces = [piece async for piece in place.read(entry, limit=limit)]
    assert all(pieces)
    return b"".join(pieces)
