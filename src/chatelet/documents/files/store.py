"""The blobs of one file: its parts as they came, what was read in it, images of its pages. All sealed with its key.

<file>/part-00000…   bytes as received, at most PART_BYTES each
<file>/text          the ParsedDocument, without words
<file>/words         the words of its pages, with their boxes
<file>/page-<n>-<w>  image of a page, w pixels wide
"""

import zlib
from collections.abc import AsyncGenerator
from typing import Final
from uuid import UUID

import msgspec

from chatelet.documents.parsing.document import Page, ParsedDocument, Word
from chatelet.kernel.crypto import DataKey, Keyring
from chatelet.kernel.storage import BlobMissing, Storage

PART_BYTES: Final = 4 * 1024 * 1024 - 1024  # within the limit of any request's body
_encoder = msgspec.msgpack.Encoder()
_document = msgspec.msgpack.Decoder(ParsedDocument)
_words = msgspec.msgpack.Decoder(list[list[Word]])


def new_key(keyring: Keyring, file_id: UUID) -> tuple[DataKey, bytes]:
    """Make the data key of a new file; return it with its wrapped form."""
    return keyring.new_key(b"file:" + file_id.bytes)


class FileBlobs:
    """What is stored of one file."""

    def __init__(self, storage: Storage, keyring: Keyring, file_id: UUID, wrapped_key: bytes) -> None:
        self._storage = storage
        self._id = file_id
        self._key = keyring.unwrap(wrapped_key, b"file:" + file_id.bytes)

    def seal_name(self, name: str) -> bytes:
        """Seal the file's name."""
        return self._key.seal(name.encode(), b"name:" + self._id.bytes)

    def open_name(self, sealed: bytes) -> str:
        """Open what `seal_name` returned."""
        return self._key.open(sealed, b"name:" + self._id.bytes).decode()

    async def put_part(self, number: int, data: bytes) -> None:
        """Store a part. Raises `StorageUnavailable`."""
        await self._put(_part(number), data)

    async def original(self, parts: int) -> bytes:
        """Return the whole file. Raises `BlobMissing`, `StorageUnavailable`, `UnreadableContent`."""
        return b"".join([part async for part in self.parts(parts)])

    async def parts(self, parts: int) -> AsyncGenerator[bytes]:
        """Yield the file part by part."""
        for number in range(parts):
            yield await self._get(_part(number))

    async def put_reading(self, document: ParsedDocument) -> None:
        """Store what was read."""
        words = [page.words for page in document.pages]
        bare = [msgspec.structs.replace(page, words=[]) for page in document.pages]
        text = _encoder.encode(msgspec.structs.replace(document, pages=bare))
        await self._put("text", zlib.compress(text, 1))
        await self._put("words", zlib.compress(_encoder.encode(words), 1))

    async def reading(self) -> ParsedDocument:
        """Return what was read, without words."""
        return _document.decode(zlib.decompress(await self._get("text")))

    async def pages(self, document: ParsedDocument) -> list[Page]:
        """Return the pages of `document` with their words."""
        words = _words.decode(zlib.decompress(await self._get("words")))
        return [msgspec.structs.replace(page, words=found) for page, found in zip(document.pages, words, strict=True)]

    async def put_image(self, page: int, width: int, image: bytes) -> None:
        """Keep the image of a page."""
        await self._put(f"page-{page}-{width}", image)

    async def image(self, page: int, width: int) -> bytes | None:
        """Return the image of a page, if it was kept."""
        try:
            return await self._get(f"page-{page}-{width}")
        except BlobMissing:
            return None

    async def _put(self, name: str, data: bytes) -> None:
        await self._storage.put(f"{self._id}/{name}", self._key.seal(data, self._context(name)))

    async def _get(self, name: str) -> bytes:
        return self._key.open(await self._storage.get(f"{self._id}/{name}"), self._context(name))

    def _context(self, name: str) -> bytes:
        return self._id.bytes + name.encode()


def _part(number: int) -> str:
    return f"part-{number:05d}"
