"""A path inside a place: what a source reads, and nothing beside it.

A bucket, a WebDAV folder and a plain folder are opened at the path itself. A folder known by a witness, and a site, are
opened whole; what is not under the path is left out.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote

from chatelet.connectors.contract import Entry, Place
from chatelet.connectors.declared import BucketPlace, Credential, Declared, FolderPlace, SitePlace, WebdavPlace
from chatelet.knowledge.sources.services import SourceServices


@asynccontextmanager
async def opened(
    services: SourceServices, declared: Declared, credential: Credential | None, path: str
) -> AsyncGenerator[Place]:
    """Open a place at a path; paths of its entries begin there. Raises `PlaceRefused` where it is not allowed."""
    narrowed, left = narrow(declared, path)
    place = services.open(narrowed, credential, services.surroundings)
    try:
        yield Within(place, left) if left else place
    finally:
        await place.close()


def narrow(declared: Declared, path: str) -> tuple[Declared, str]:
    """Return the place at a path, and the path that is left to look under."""
    if not path:
        return declared, ""
    match declared:
        case FolderPlace(witness=None):
            return declared.model_copy(update={"root": str(PurePosixPath(declared.root, path))}), ""
        case BucketPlace():
            return declared.model_copy(update={"prefix": f"{declared.prefix}/{path}".strip("/")}), ""
        case WebdavPlace():
            return declared.model_copy(update={"address": f"{declared.address.rstrip('/')}/{quote(path)}"}), ""
        case FolderPlace() | SitePlace():
            return declared, path


class Within:
    """The entries of a place under a path."""

    def __init__(self, place: Place, path: str) -> None:
        self._place = place
        self._above = f"{path}/"

    async def entries(self) -> AsyncIterator[Entry]:
        """Tell those under the path, from there on."""
        async for entry in self._place.entries():
            if entry.path.startswith(self._above):
                yield replace(entry, path=entry.path.removeprefix(self._above))

    def read(self, entry: Entry, *, limit: int) -> AsyncIterator[bytes]:
        """Give the content of an entry."""
        return self._place.read(replace(entry, path=self._above + entry.path), limit=limit)

    async def close(self) -> None:
        """Let go."""
        await self._place.close()
